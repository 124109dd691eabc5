"""A sweep over the stage: what is asked, the chart or the field of cells, what one of them says, the keys."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import marked, say, say_as
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.lab_curve_panel import place_of
from visualizer.scene.lab_sweep_heat import heat
from visualizer.scene.lab_sweep_lines import lines
from visualizer.scene.lab_sweep_shown import PREFIX, SweepLook
from visualizer.scene.lab_sweep_words import progress, readings, spread
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import (
    balanced,
    fitting,
    fitting_size,
    set_within,
    text_width,
    whole_sentences,
)
from visualizer.scene.look import Look
from visualizer.scene.lost_list import INSET, heading, panel
from visualizer.scene.part import Part
from visualizer.scene.primitives import Area, Box, Primitive, Rectangle, Role, Text

MEASURE, ALONG, AND = f"{PREFIX}measure", f"{PREFIX}along", f"{PREFIX}and"
"""The targets that ask something else."""

_SIZE, _LEAST = 17.0, 13.5
_BUTTON = 34.0
_WORD_GAP = 10.0
_CAP = 20.0
_SIDES = 12.0 + _CAP + 9 + 26
"""Of a button: what is not its words."""
_LINE = 18.0
_READING = 19.0
_KEYS = (
    ("← →", marked("choose")),
    (marked("Enter"), marked("open one of its runs")),
    ("1 2 3", marked("ask something else")),
    (marked("Esc"), marked("close")),
)


@dataclass(frozen=True, slots=True)
class _Button:
    target: str
    key: str
    words: str
    before: str
    """What stands in front of it."""
    bare: bool = False
    """Whether nothing is asked with it."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """The panel, unless something else is asked that it would tell."""
    shown = look.sweep
    if shown is None or look.locked:
        return Part()
    box = place_of(look, layout)
    x, width = box.x + INSET, box.width - 2 * INSET
    items: list[Primitive] = [*panel(box), *_head(shown, box)]
    asked, targets, y = _asked(shown, look, Box(x, box.y + 44, width, _BUTTON))
    items += asked
    about, size = whole_sentences(shown.about, (SMALL,), width, 2 * _LINE)
    about = balanced(about, size, width)
    items += [Text(x, y + 20 + _LINE * n, line, size, "text_dim") for n, line in enumerate(about)]
    top, foot = y + 12 + _LINE * len(about) + 12, box.y + box.height - 82
    inner, chart = Box(x, top, width, foot - top), Part()
    if shown.problem is None:
        chart = heat(shown, inner) if len(shown.axes) > 1 else lines(shown, inner)
    else:
        items += _problem(shown.problem, inner)
    items += chart.still
    keys = (("← → ↑ ↓", marked("choose")), *_KEYS[1:]) if len(shown.axes) > 1 else _KEYS
    items += keycaps(x, box.y + box.height - 19, width, keys)
    everything = {f"{PREFIX}panel": box, **targets, **chart.targets}
    read = _read(shown, x, box.y + box.height - 52, width)
    return Part(still=tuple(items), moving=(*chart.moving, *read), targets=everything)


def _head(shown: SweepLook, box: Box) -> list[Primitive]:
    """The heading; how much is known at the right, and a bar that fills meanwhile."""
    right, y = box.x + box.width - INSET, box.y + 31
    items: list[Primitive] = [*heading(say("WHAT IF A KNOB STOOD ELSEWHERE?"), box)]
    if shown.problem is not None:
        return items
    said = progress(shown)
    items.append(Text(right, y, said, SMALL, "text_dim", anchor="right"))
    if not shown.done:
        x = right - text_width(said, SMALL) - 12 - 90
        items += [
            Rectangle(x, y - 7, 90, 5, "track", radius=2.5),
            Rectangle(x, y - 7, max(90 * shown.seeds / max(shown.of, 1), 5), 5, "request", radius=2.5),
        ]
    return items


def _asked(shown: SweepLook, look: Look, room: Box) -> tuple[list[Primitive], dict[str, Box], float]:
    """The question as a sentence with three buttons, on as few lines as it takes; also where it
    ends.
    """
    titles, nothing = [axis.title for axis in shown.axes], say("nothing else")
    first = _Button(MEASURE, "1", shown.measure, "")
    along = _Button(ALONG, "2", titles[0] if titles else nothing, say("against"), not titles)
    one = len(titles) < 2
    second = _Button(AND, "3", nothing if one else titles[1], say_as("a second knob", "and"), one)
    ways: tuple[tuple[tuple[_Button, ...], ...], ...] = (
        ((first, along, second),), ((first,), (along, second)), ((first,), (along,), (second,)),
    )  # fmt: skip
    for rows in ways:
        size = min(_fitted(row, room.width) for row in rows)
        if size >= _LEAST:
            break
    items: list[Primitive] = []
    targets: dict[str, Box] = {}
    y = room.y
    for row in rows:
        x = room.x
        for button in row:
            if button.before:
                items.append(Text(x, y + 22, button.before, 15.5, "text_dim"))
                x += text_width(button.before, 15.5) + _WORD_GAP
            box = Box(x, y, text_width(button.words, size, "semibold") + _SIDES, room.height)
            targets[button.target] = box
            items += _button(button, box, size, look)
            x += box.width + _WORD_GAP
        y += room.height + 6
    return items, targets, y - 6


def _fitted(row: tuple[_Button, ...], width: float) -> float:
    """How large the words of a row can be."""
    fixed = sum(_SIDES + _WORD_GAP for _ in row) - _WORD_GAP
    fixed += sum(text_width(button.before, 15.5) + _WORD_GAP for button in row if button.before)
    return fitting_size("".join(button.words for button in row), _SIZE, 8, width - fixed - 2, "semibold")


def _button(button: _Button, box: Box, size: float, look: Look) -> list[Primitive]:
    """Its key, its words, and an arrow that says that there is a list."""
    focus, hover = look.focus == button.target, look.hover == button.target
    edge: Role = "focus" if focus else "text_dim"
    tone: Role = "text_dim" if button.bare and not (focus or hover) else "text"
    middle, right = box.y + box.height / 2, box.x + box.width - 16
    return [
        Rectangle(box.x, box.y, box.width, box.height, "track" if hover or focus else "card", edge,
                  2.5 if focus else 1.1, 9),
        Rectangle(box.x + 10, middle - 10, _CAP, _CAP, "panel", "text_dim", 1, 5),
        Text(box.x + 10 + _CAP / 2, middle + 4.6, button.key, 13.5, "text_dim", "semibold", "centre"),
        Text(box.x + 10 + _CAP + 9, middle + 0.33 * size, button.words, size, tone, "semibold"),
        Area(((right - 5, middle - 3), (right + 5, middle - 3), (right, middle + 4)), "text_dim"),
    ]  # fmt: skip


def _problem(said: str, room: Box) -> list[Primitive]:
    lines_, size = set_within(said, (17.0, 15.5, SMALL), room.width - 40, room.height - 40)
    top = room.y + (room.height - 1.3 * size * len(lines_)) / 2 + size
    middle = room.x + room.width / 2
    return [
        Text(middle, top + 1.3 * size * n, line, size, "text", anchor="centre")
        for n, line in enumerate(lines_)
    ]


def _read(shown: SweepLook, x: float, y: float, width: float) -> list[Primitive]:
    """What the chosen cell says; how widely its runs are spread where there is room."""
    if shown.chosen is None or shown.problem is not None:
        return []
    said, size = fitting(readings(shown, shown.chosen), _READING, SMALL, width, "semibold")
    items: list[Primitive] = [Text(x, y, said, size, "text", "semibold", max_width=width)]
    more, left = spread(shown, shown.chosen), x + text_width(said, size, "semibold") + 20
    if more and left + text_width(more, SMALL) <= x + width:
        items.append(Text(x + width, y, more, SMALL, "text_dim", anchor="right"))
    return items
