"""Any run as a still or a film."""

from visualizer.film.render import film, still
from visualizer.film.video import FilmError

__all__ = ["FilmError", "film", "still"]
