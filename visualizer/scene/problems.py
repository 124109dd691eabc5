"""Why a file cannot be opened, over the stage: as many lines as there is room for, the others counted."""

from __future__ import annotations

from visualizer.language import marked, say
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import wrapped
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Icon, Primitive, Rectangle, Text

_INSET = 28.0
_HEAD = 84.0
_FOOT = 50.0
_SIZE = 15.5
_LINE = 20.0
_BETWEEN = 9.0
_LINES_EACH = 3


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """A panel as high as its lines need, in the middle of the stage; a click on it closes it."""
    shown = look.problems
    if shown is None:
        return Part()
    stage = layout.stage
    width = stage.width - 2 * _INSET
    problems = [wrapped(line, _SIZE, width - 16, _LINES_EACH) for line in shown.lines]
    fitting, height = _fitting(problems, stage.height - _HEAD - _FOOT)
    box = Box(
        stage.x, stage.y + (stage.height - height - _HEAD - _FOOT) / 2, stage.width, height + _HEAD + _FOOT
    )
    x, y = box.x + _INSET, box.y + _HEAD
    items: list[Primitive] = [
        Rectangle(box.x + 4, box.y + 8, box.width, box.height, "shadow", radius=17),
        Rectangle(box.x, box.y, box.width, box.height, "panel", "struck", 1.8, 16),
        Icon(x + 11, box.y + 36, "cross", 22, "struck"),
        Text(x + 32, box.y + 43, shown.heading, 21, weight="bold", max_width=width - 32),
        Text(x, box.y + 67, shown.about, SMALL, "text_dim", max_width=width),
    ]
    for problem in problems[:fitting]:
        items.append(Rectangle(x, y + 9, 5, 5, "struck", radius=2.5))
        items += [
            Text(x + 16, y + 16 + _LINE * number, line, _SIZE, max_width=width - 16)
            for number, line in enumerate(problem)
        ]
        y += _LINE * len(problem) + _BETWEEN
    if fitting < len(problems):
        more = say("and {n} more", n=len(problems) - fitting)
        items.append(Text(x + 16, y + 16, more, _SIZE, "text_dim", max_width=width - 16))
    items += keycaps(x, box.y + box.height - 19, width, ((marked("Esc"), marked("or a click closes this")),))
    return Part(moving=tuple(items), targets={"problems": box})


def _fitting(problems: list[tuple[str, ...]], room: float) -> tuple[int, float]:
    """How many problems there is room for, with the line that counts the others, and how much they take."""
    heights = [_LINE * len(lines) + _BETWEEN for lines in problems]
    if sum(heights) <= room:
        return len(heights), sum(heights)
    taken, count = _LINE + _BETWEEN, 0
    while count < len(heights) and taken + heights[count] <= room:
        taken += heights[count]
        count += 1
    return count, taken
