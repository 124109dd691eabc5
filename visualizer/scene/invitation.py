"""What a newcomer is to do first, at the thing itself: a ring round one unit, and a bolt with three words."""

from __future__ import annotations

from visualizer.language import say
from visualizer.scene.easing import eased
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Area, Box, Icon, Path, Primitive, Rectangle, Text
from visualizer.scene.sites import framed
from visualizer.sim.state import Role
from visualizer.story.caption import opening_us

PULSES = 32
"""Steps of one breath of the ring: `Look.pulse` counts them."""

_SIZE = 15.5
_HEIGHT = 31.0
_POINTER = 8.0


def inviting(frame: Frame, look: Look) -> bool:
    """Whether somebody sits before the paused start of a run and has done nothing yet."""
    at_opening = frame.now_us == opening_us(frame.setup)
    alone = look.chrome and look.comparison is None and not look.locked and look.told is None
    return alone and not look.playing and at_opening and not frame.acted


def invited(frame: Frame) -> int | None:
    """Which unit of the first tier to strike: the one that serves."""
    unit = frame.state.tiers[0].directed
    return unit if frame.state.tiers[0].units[unit].role is Role.ACTIVE else None


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A ring that breathes, and what to do; under the pointer the card says it already."""
    unit = invited(frame)
    if unit is None or not inviting(frame, look):
        return Part()
    card = layout.cards[0][unit]
    if look.hover == f"unit:0:{unit}":
        return Part()
    above = unit == 0 and not framed(frame.setup)
    return Part(moving=(_ring(card, look.pulse), *_words(card, layout, above=above)))


def _ring(card: Box, pulse: int) -> Primitive:
    """Wide and faint, narrow and bright: once in about two seconds."""
    share = eased(abs(pulse % PULSES / PULSES * 2 - 1))
    off = 8.0 - 4.0 * share
    return Rectangle(
        card.x - off, card.y - off, card.width + 2 * off, card.height + 2 * off, None, "bolt_glow",
        2.6, 11 + off, 0.35 + 0.65 * share,
    )  # fmt: skip


def _words(card: Box, layout: Layout, *, above: bool) -> list[Primitive]:
    """A label with a bolt, which points at the card."""
    words = say("click to strike")
    width = text_width(words, _SIZE, "semibold") + 46
    middle = card.x + card.width / 2
    x = clamp(middle - width / 2, layout.stage.x, layout.stage.x + layout.stage.width - width)
    edge = card.y - 12 if above else card.y + card.height + 12
    y = edge - _POINTER - _HEIGHT if above else edge + _POINTER
    side = y + _HEIGHT - 1 if above else y + 1
    return [
        Rectangle(x, y, width, _HEIGHT, "card", "bolt_glow", 1.6, _HEIGHT / 2),
        Area(((middle - 7, side), (middle + 7, side), (middle, edge)), "card"),
        Path(((middle - 7, side), (middle, edge), (middle + 7, side)), "bolt_glow", 1.6),
        Icon(x + 21, y + _HEIGHT / 2, "bolt", 19, "bolt_glow"),
        Text(x + 34, y + _HEIGHT / 2 + 5.3, words, _SIZE, "text", "semibold"),
    ]
