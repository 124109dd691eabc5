"""Paints a `Scene` on a Surface: the fold over the closed set of primitives, and what is kept meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

import pygame

from visualizer.canvas.backdrop import paint_backdrop
from visualizer.canvas.edges import edges
from visualizer.canvas.icons import render_icon
from visualizer.canvas.sprites import SpriteSheets
from visualizer.canvas.stamp import Stamp, StampCache
from visualizer.canvas.stretcher import Stretcher
from visualizer.canvas.surface import check_pygame_ce
from visualizer.canvas.text import Line, Typesetter
from visualizer.canvas.theme import Theme
from visualizer.canvas.vector import Brush
from visualizer.canvas.view import View
from visualizer.scene.primitives import (
    Area,
    Box,
    Disc,
    Icon,
    Path,
    Primitive,
    Rectangle,
    Ring,
    Scene,
    Sprites,
    Text,
    Zoomed,
)

_KEPT_BYTES = 96 * 2**20
"""Pixels kept of finished primitives: a busy 4K picture's stamps and those of some seconds before."""

_Stamped = Rectangle | Path | Area | Disc | Ring | Text | Icon
"""What is drawn once into a stamp and kept; `Sprites` keep their own pictures."""


@dataclass(frozen=True)
class _Still:
    """The still layer as it was painted last."""

    items: tuple[Primitive, ...]
    view: View
    surface: pygame.Surface


class Painter:
    """Paints scenes in one theme at one size in pixels; make another painter for another theme or size.

    Painting the same scene twice gives the same pixels, whatever was painted in between.
    """

    def __init__(self, theme: Theme, size_px: tuple[int, int]) -> None:
        check_pygame_ce()
        self.theme = theme
        self.size_px = size_px
        self.still_painted = 0  # how often the still layer had to be painted: tests and the bench look at it
        self._backdrop = paint_backdrop(theme, size_px)
        self._still: _Still | None = None
        self._stamps = StampCache(_KEPT_BYTES)
        self._sprites = SpriteSheets(theme.glow)
        self._typesetter = Typesetter()
        self._stretcher = Stretcher()

    def paint(self, scene: Scene, surface: pygame.Surface) -> None:
        """Fill `surface`, which has this painter's size (ValueError otherwise), with `scene`."""
        if surface.get_size() != self.size_px:
            raise ValueError(f"a surface of {surface.get_size()} pixels; this painter paints {self.size_px}")
        view = View.of(scene, self.size_px)
        surface.blit(self._still_layer(scene, view), (0, 0))
        for item in scene.moving:
            self._paint_item(item, view, surface)

    def to_logical(self, scene: Scene, x_px: float, y_px: float) -> tuple[float, float]:
        """Which point of `scene` lies under a pixel, for pointing."""
        return View.of(scene, self.size_px).to_logical(x_px, y_px)

    def text_box(self, scene: Scene, item: Text) -> Box:
        """The logical box that a text of `scene` takes, ascenders and descenders included."""
        view = View.of(scene, self.size_px)
        line = self._line(item, view)
        left, top = view.to_logical(*self._text_place(item, line, view))
        return Box(left, top, line.width / view.scale, line.face.height / view.scale)

    def _still_layer(self, scene: Scene, view: View) -> pygame.Surface:
        kept = self._still
        if kept and kept.view == view and (kept.items is scene.still or kept.items == scene.still):
            return kept.surface
        layer = self._backdrop.copy()
        for item in scene.still:
            self._paint_item(item, view, layer)
        self._still = _Still(scene.still, view, layer)
        self.still_painted += 1
        return layer

    def _paint_item(self, item: Primitive, view: View, surface: pygame.Surface) -> None:
        match item:
            case Sprites():
                colour = self.theme.colour(item.role, item.alpha)
                points = view.points(item.points)
                self._sprites.paint(surface, item.kind, points, item.size * view.scale, colour)
            case Zoomed():
                self._paint_zoomed(item, view, surface)
            case Rectangle() | Path() | Area() | Disc() | Ring() | Text() | Icon():
                stamp = self._stamps.get((item, view), lambda: self._stamp(item, view, surface.get_size()))
                if stamp:
                    stamp.onto(surface)
            case _:
                assert_never(item)

    def _paint_zoomed(self, item: Zoomed, view: View, surface: pygame.Surface) -> None:
        left, top, right, bottom = view.box(item.box.x, item.box.y, item.box.width, item.box.height)
        clip, inner = surface.get_clip(), view.through(item)
        room = clip.clip((left, top, right - left, bottom - top))
        under = edges(surface, room, round(item.soft * view.scale))
        surface.set_clip(room)
        if item.drawn_at:
            self._stretcher.paint(item, view, surface, self._paint_item)
        else:
            for each in item.items:
                self._paint_item(each, inner, surface)
        surface.set_clip(clip)
        for edge in under:
            edge.onto(surface)

    def _stamp(  # noqa: PLR0911 - one for each kind
        self, item: _Stamped, view: View, size_px: tuple[int, int]
    ) -> Stamp | None:
        brush = Brush(self.theme, view, size_px)
        match item:
            case Rectangle():
                return brush.rectangle(item)
            case Path():
                return brush.path(item)
            case Area():
                return brush.area(item)
            case Disc():
                return brush.disc(item)
            case Ring():
                return brush.ring(item)
            case Text():
                return self._text(item, view)
            case Icon():
                return self._icon(item, view)
            case _:
                assert_never(item)

    def _icon(self, item: Icon, view: View) -> Stamp:
        x, y = view.to_pixel(item.x, item.y)
        size = max(1, round(item.size * view.scale))
        picture = render_icon(item.name, size, self.theme.colour(item.role, item.alpha))
        return Stamp(picture, round(x - size / 2), round(y - size / 2))

    def _text(self, item: Text, view: View) -> Stamp | None:
        line = self._line(item, view)
        if line.width <= 0:
            return None
        colour = self.theme.colour(item.role, item.alpha)
        picture = line.face.render(line.content, view.spacing(item.letter_spacing), colour, line.width)
        x, y = self._text_place(item, line, view)
        return Stamp(picture, x, y)

    def _line(self, item: Text, view: View) -> Line:
        max_width = None if item.max_width is None else item.max_width * view.scale
        face = self._typesetter.face(item.size * view.scale, item.weight)
        return self._typesetter.line(item.content, face, view.spacing(item.letter_spacing), max_width)

    def _text_place(self, item: Text, line: Line, view: View) -> tuple[int, int]:
        """Left edge and top in pixels."""
        x, y = view.to_pixel(item.x, item.y)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[item.anchor]
        return round(x - share * line.width), round(y) - line.face.ascent
