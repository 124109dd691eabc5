"""The knobs in the ledger: a label, a value, and a track with a handle, or a choice between two arrows."""

from __future__ import annotations

from visualizer.language import say
from visualizer.scene.ledger_lines import Row, heading
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.look import KnobLook, Look
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Role, Text

_TEXT = 15.5
_SMALL = 12.5
_TRACK = 5.0
_CHOICE, _ARROWS = 128.0, 24.0
"""Width of a choice with its arrows, at least; that of the arrows."""

_HIGH, _LOW = 36.0, 25.0


def rows(look: Look, title: str | None, *, low: bool) -> list[Row]:
    """The heading, with the tier's `title` where there are several, and a row each; `low`: on one line."""
    if look.knobs is None:
        return []
    found = [heading(say("Turn the knobs · {tier}", tier=title) if title else say("Turn the knobs"))]
    return [*found, *(_row(knob, look, low=low) for knob in look.knobs.knobs)]


def _row(knob: KnobLook, look: Look, *, low: bool) -> Row:
    lit = knob.name in (look.hover, look.focus)
    kind = _choice if knob.share is None else _short if low else _long

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        items = kind(knob, Box(x, y, width, height), lit)
        if knob.name == look.focus:
            items.append(Rectangle(x - 10, y - 1, width + 20, height + 1.5, None, "focus", 2.5, 9))
        return items

    def target(x: float, y: float, width: float, height: float) -> Box:
        if knob.share is None:
            choice = _choice_width(knob, width)
            return Box(x + width - choice, y, choice, height)
        left, right = _ends(Box(x, y, width, height)) if low else (x, x + width)
        return Box(left, y, right - left, height)

    return Row(_HIGH if kind is _long else _LOW, draw, knob.name, target)


def _long(knob: KnobLook, box: Box, lit: bool) -> list[Primitive]:
    """Words above the track, which is as wide as the ledger."""
    right, y = box.x + box.width, box.y + box.height - 8.5
    room = box.width - text_width(knob.value, _TEXT) - 10
    return [
        *_label(knob, box.x, y - 10, room, was=True),
        Text(right, y - 10, knob.value, _TEXT, anchor="right"),
        *_track(knob, box.x, right, y, 9.5 if lit else 8.0),
    ]


def _short(knob: KnobLook, box: Box, lit: bool) -> list[Primitive]:
    """Label, track and value beside each other."""
    left, right = _ends(box)
    y = box.y + box.height / 2 + 5.2
    return [
        *_label(knob, box.x, y, left - box.x - 8, was=False),
        *_track(knob, left, right, y - 5, 8.0 if lit else 6.5),
        Text(box.x + box.width, y, knob.value, _TEXT, anchor="right"),
    ]


def _ends(box: Box) -> tuple[float, float]:
    """Where the track of a short row begins and ends."""
    return box.x + 0.6 * box.width, box.x + box.width - 62


def _choice_width(knob: KnobLook, width: float) -> float:
    """As much as a long word needs."""
    return max(_CHOICE, min(text_width(knob.value, _SMALL) + _ARROWS, 0.62 * width))


def _choice(knob: KnobLook, box: Box, lit: bool) -> list[Primitive]:
    y, width, right = box.y + box.height / 2 + 5.2, _choice_width(knob, box.width), box.x + box.width
    left, size = right - width, fitting_size(knob.value, _TEXT, _SMALL, width - _ARROWS)
    tone: Role = "text" if lit else "text_dim"
    middle = y - 5
    arrows = [
        Path(((x + 6 * to, middle - 6), (x, middle), (x + 6 * to, middle + 6)), tone, 2.2)
        for x, to in ((left + 4, 1), (right - 3, -1))
    ]
    return [
        *_label(knob, box.x, y, left - box.x - 6, was=True),
        Text((left + right) / 2, y, knob.value, size, anchor="centre", max_width=width - _ARROWS),
        *arrows,
    ]


def _label(knob: KnobLook, x: float, y: float, room: float, *, was: bool) -> list[Primitive]:
    """What it is; when it has been turned a dot, and what it was before where there is room."""
    size = fitting_size(knob.title, _TEXT, _SMALL, room)
    items: list[Primitive] = [Text(x, y, knob.title, size, max_width=room)]
    x, room = x + text_width(knob.title, size), room - text_width(knob.title, size)
    if knob.changed and room > 14:
        items.append(Disc(x + 9, y - 5, 3.4, "request"))
    if was and knob.before and room > 22 + text_width(knob.before, _SMALL):
        items.append(Text(x + 19, y, knob.before, _SMALL, "text_dim"))
    return items


def _track(knob: KnobLook, left: float, right: float, y: float, radius: float) -> list[Primitive]:
    """Filled up to the handle; a ring where the handle was before."""
    share = knob.share or 0.0
    x = left + share * (right - left)
    items: list[Primitive] = [
        Rectangle(left, y - _TRACK / 2, right - left, _TRACK, "track", radius=_TRACK / 2),
    ]
    if x > left + 1:
        items.append(Rectangle(left, y - _TRACK / 2, x - left, _TRACK, "request", radius=_TRACK / 2))
    if knob.before_share is not None:
        at = left + knob.before_share * (right - left)
        items.append(Disc(at, y, 5, "panel", "text_dim", 1.8))
    return [*items, Disc(x, y, radius, "knob")]
