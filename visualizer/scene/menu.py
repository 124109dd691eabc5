"""The menu of what can be done to a thing, over everything else but the help."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.scene.camera import Shot, shot
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout, clamp
from visualizer.scene.lettering import fitting_size, text_width, wrapped
from visualizer.scene.look import Choice, Look, Menu
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Icon, Path, Primitive, Rectangle, Role, Text

_WIDTH = 372.0
_INSET = 16.0
_TITLE = 16.0
_LINE = 17.0
_MARGIN = 12.0
_KEY = 13.5
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One choice, and the lines of its summary that are shown."""

    choice: Choice
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return 33.0 + _LINE * len(self.lines)


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Heading, one row for each choice; a click beside it closes it."""
    menu = look.menu
    if menu is None:
        return Part()
    width = min(_WIDTH, layout.width - 2 * _MARGIN)
    about = wrapped(menu.about, SMALL, width - 2 * _INSET, _MOST_LINES) if menu.about else ()
    rows, foot = _rows(menu, layout, width, about)
    head = 36.0 + _LINE * len(about) + 8
    height = head + sum(row.height for row in rows) + _LINE * len(foot) + (20 if foot else 8)
    box = _place(menu, layout, shot(frame, look, layout), width, height)
    items: list[Primitive] = [
        Rectangle(box.x + 3, box.y + 6, width, height, "shadow", radius=14),
        Rectangle(box.x, box.y, width, height, "panel", "text_dim", 1.2, 13),
        *_head(menu, box, about),
    ]
    targets = {"menu:close": Box(0, 0, layout.width, layout.height)}
    y = box.y + head
    for number, row in enumerate(rows):
        place = Box(box.x + 6, y, width - 12, row.height)
        targets[f"menu:{number}"] = place
        items += _row(row, place, chosen=number == menu.chosen)
        y += row.height
    items += [
        Text(box.x + _INSET, y + 20 + _LINE * n, line, SMALL, "text_dim", max_width=width - 2 * _INSET)
        for n, line in enumerate(foot)
    ]
    return Part(moving=tuple(items), targets=targets)


def _rows(
    menu: Menu, layout: Layout, width: float, about: tuple[str, ...]
) -> tuple[list[_Row], tuple[str, ...]]:
    """Each with its summary; where that is too high, one summary at the foot: that of what is chosen."""
    room = width - 2 * _INSET - 30
    rows = [_Row(choice, wrapped(choice.summary, SMALL, room, _MOST_LINES)) for choice in menu.choices]
    if sum(row.height for row in rows) + _LINE * len(about) + 70 <= layout.height - 2 * _MARGIN:
        return rows, ()
    foot = wrapped(menu.choices[menu.chosen].summary, SMALL, width - 2 * _INSET, _MOST_LINES)
    return [_Row(choice, ()) for choice in menu.choices], foot


def _place(menu: Menu, layout: Layout, through: Shot | None, width: float, height: float) -> Box:
    """At the pointer, else right of the target; always within the window."""
    x, y = menu.at or _beside(menu.target, layout, through)
    x = clamp(x, _MARGIN, layout.width - width - _MARGIN)
    return Box(x, clamp(y, _MARGIN, max(layout.height - height - _MARGIN, _MARGIN)), width, height)


def _beside(target: str, layout: Layout, through: Shot | None) -> tuple[float, float]:
    kind, tier, *rest = target.split(":")
    if kind not in ("unit", "link"):
        return layout.stage.x + 40, layout.stage.y + 30
    card = layout.cards[int(tier)][int(rest[0]) if kind == "unit" else 0]
    if kind != "unit":
        card = replace(card, y=layout.gap[0])
    card = through.place(card) if through else card
    return card.x + card.width + 10, card.y


def _head(menu: Menu, box: Box, about: tuple[str, ...]) -> list[Primitive]:
    x, width = box.x + _INSET, box.width - 2 * _INSET
    below = box.y + 36 + _LINE * len(about)
    return [
        Text(
            x,
            box.y + 27,
            menu.heading,
            fitting_size(menu.heading, 18, 13, width, "bold"),
            weight="bold",
            max_width=width,
        ),
        *(
            Text(x, box.y + 27 + 18 + _LINE * n, line, SMALL, "text_dim", max_width=width)
            for n, line in enumerate(about)
        ),
        Path(((x, below + 2), (x + width, below + 2)), "panel_edge", 1),
    ]


def _row(row: _Row, place: Box, *, chosen: bool) -> list[Primitive]:
    choice = row.choice
    items: list[Primitive] = []
    if chosen:
        items.append(Rectangle(place.x, place.y, place.width, place.height, "track", "focus", 2, 9))
    tone: Role = "active" if choice.mends else "struck"
    items.append(Icon(place.x + 21, place.y + 17, choice.icon, 20, tone))
    x, right = place.x + 40, place.x + place.width - 10
    if choice.key:
        cap = text_width(choice.key.upper(), _KEY, "semibold") + 13
        items += _key(Box(right - cap, place.y + 6, cap, 21), choice.key.upper())
        right -= cap + 8
    size = fitting_size(choice.title, _TITLE, 11.5, right - x, "semibold")
    items.append(Text(x, place.y + 22.5, choice.title, size, weight="semibold", max_width=right - x))
    room = place.x + place.width - 10 - x
    return items + [
        Text(x, place.y + 22.5 + _LINE * (n + 1), line, SMALL, "text_dim", max_width=room)
        for n, line in enumerate(row.lines)
    ]


def _key(box: Box, content: str) -> list[Primitive]:
    """A key cap."""
    return [
        Rectangle(box.x, box.y, box.width, box.height, "card", "text_dim", 1, 5),
        Text(box.x + box.width / 2, box.y + 15.5, content, _KEY, "text", "semibold", "centre"),
    ]
