"""Icons: the SVG files of assets/icons, drawn at their final size in one colour."""

from __future__ import annotations

import pygame

from visualizer.canvas.theme import Colour
from visualizer.files import shipped


def icon_names() -> list[str]:
    """The names that a scene's `Icon` may have, sorted."""
    return sorted(path.stem for path in (shipped("assets") / "icons").glob("*.svg"))


def render_icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    """The icon called `name`, `size` pixels wide and high, in `colour`; ValueError for an unknown name."""
    path = shipped("assets") / "icons" / f"{name}.svg"
    if not path.is_file():
        raise ValueError(f"there is no icon {name!r}; there are {', '.join(icon_names())}")
    picture = pygame.image.load_sized_svg(path, (size, size))
    # Keep the shape, which is the alpha, and exchange the colour: first to black, then to the one asked for.
    picture.fill((0, 0, 0, colour[3]), special_flags=pygame.BLEND_RGBA_MULT)
    picture.fill((*colour[:3], 0), special_flags=pygame.BLEND_RGBA_ADD)
    return picture
