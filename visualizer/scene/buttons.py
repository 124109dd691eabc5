"""The buttons: transport on the timeline, the rest at the foot. A film or a still has none."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import marked, translated
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Area, Box, Icon, Path, Primitive, Rectangle, Role, Text
from visualizer.scene.wording import short_speed

_SIZE = 27.0
_STEP = 32.0


@dataclass(frozen=True, slots=True)
class _Button:
    """`name` is the target after `button:`; `icon` or a `word`."""

    name: str
    icon: str = ""
    word: str = ""


_TRANSPORT = (
    _Button("slower", "slower"),
    _Button("speed"),
    _Button("faster", "faster"),
    _Button("back", "step_back"),
    _Button("play", "play"),
    _Button("forward", "step_forward"),
    _Button("next", "next"),
)
_FOOT = (
    _Button("curve", word=marked("Curve")),
    _Button("sweep", word=marked("Sweep")),
    _Button("reset", word=marked("Reset")),
    _Button("undo", word=marked("Undo")),
    _Button("save", word=marked("Save")),
    _Button("help", "help"),
)


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Both rows."""
    if not look.chrome:
        return Part()
    items: list[Primitive] = []
    targets: dict[str, Box] = {}
    room = layout.timeline
    x = room.x + room.width - 14 - 7 * _STEP - 16
    for button in () if look.covered else _TRANSPORT:
        box = Box(x, room.y + 6, _SIZE, _SIZE)
        if button.name == "speed":
            items.append(_speed(box, look))
            x += _STEP + 10
            continue
        targets[f"button:{button.name}"] = box
        items += _drawn(button, box, look)
        x += _STEP + (6 if button.name == "faster" else 0)
    foot, targets_foot = _foot(look, layout)
    return Part(still=(*items, *foot), targets={**targets, **targets_foot})


def _speed(box: Box, look: Look) -> Text:
    x = box.x + _SIZE / 2 + 3
    return Text(x, box.y + 18, short_speed(look.speed), SMALL, "text", "semibold", "centre", max_width=40)


def _foot(look: Look, layout: Layout) -> tuple[list[Primitive], dict[str, Box]]:
    room = layout.hints
    right = room.x + room.width
    items: list[Primitive] = []
    targets: dict[str, Box] = {}
    for button in reversed(_FOOT):
        width = text_width(translated(button.word), 14.5) + 20 if button.word else _SIZE
        box = Box(right - width, room.y + (room.height - _SIZE) / 2, width, _SIZE)
        targets[f"button:{button.name}"] = box
        items += _drawn(button, box, look)
        right -= width + 8
    return items, targets


def foot_width() -> float:
    """How much of the foot the buttons take."""
    return sum(text_width(translated(b.word), 14.5) + 28 if b.word else _SIZE + 8 for b in _FOOT) + 10


def _drawn(button: _Button, box: Box, look: Look) -> list[Primitive]:
    name = f"button:{button.name}"
    hover, focus = look.hover == name, look.focus == name
    fill: Role = "track" if hover else "card"
    edge: Role = "focus" if focus else "panel_edge"
    frame = Rectangle(box.x, box.y, box.width, box.height, fill, edge, 2.5 if focus else 1, 7)
    tone: Role = "text" if hover or focus else "text_dim"
    x, y = box.x + box.width / 2, box.y + box.height / 2
    if button.word:
        word = translated(button.word)
        return [frame, Text(x, y + 5, word, 14.5, tone, anchor="centre", max_width=box.width - 6)]
    if button.name == "play":
        return [frame, Icon(x, y, "pause" if look.playing else "play", 18, "text")]
    glyph = _GLYPHS.get(button.icon)
    return [frame, *(glyph(x, y, tone) if glyph else [Icon(x, y, button.icon, 18, tone)])]


def _slower(x: float, y: float, role: Role) -> list[Primitive]:
    """A minus sign."""
    return [Path(((x - 5.5, y), (x + 5.5, y)), role, 2.2)]


def _faster(x: float, y: float, role: Role) -> list[Primitive]:
    """A plus sign."""
    return [*_slower(x, y, role), Path(((x, y - 5.5), (x, y + 5.5)), role, 2.2)]


def _next(x: float, y: float, role: Role) -> list[Primitive]:
    """Two triangles that point on."""
    return [Area(((x + left, y - 5.5), (x + left + 7, y), (x + left, y + 5.5)), role) for left in (-7.0, 0.5)]


_GLYPHS = {"slower": _slower, "faster": _faster, "next": _next}
