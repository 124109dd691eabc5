"""Any run as a still or a film."""

from visualizer.film.reel import Pictures
from visualizer.film.render import film, still
from visualizer.film.spec import FilmSpec, ReelSpec
from visualizer.film.video import FilmError

__all__ = ["FilmError", "FilmSpec", "Pictures", "ReelSpec", "film", "still"]
