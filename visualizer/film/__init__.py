"""Any run as a still or a film."""

from visualizer.film.clips import Clip, clips
from visualizer.film.errors import FilmError
from visualizer.film.formats import format_of
from visualizer.film.pictures import Pictures
from visualizer.film.render import Made, Making, check, film, spoken, still
from visualizer.film.spec import FilmSpec, ReelSpec
from visualizer.film.words import left_out, title_of

__all__ = [
    "Clip",
    "FilmError",
    "FilmSpec",
    "Made",
    "Making",
    "Pictures",
    "ReelSpec",
    "check",
    "clips",
    "film",
    "format_of",
    "left_out",
    "spoken",
    "still",
    "title_of",
]
