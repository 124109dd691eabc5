"""A list to choose from, over everything else: what does not fit is scrolled, and a bar says where one is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.language import say, translated
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.layout import SMALL, Layout, size
from visualizer.scene.lettering import text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.panels import Dialog, DialogRow
from visualizer.scene.part import Part
from visualizer.scene.primitives import Area, Box, Icon, Path, Primitive, Rectangle, Role, Text

_WIDTH = 820.0
_MARGIN = 36.0
_INSET = 28.0
_HEADING = 24.0
_TITLE = 16.5
_LINE = 18.0
_ONE_LINE = 42.0
_DETAIL_LINES = 5
_SEARCH = 46.0
_FOOT = 54.0
_BAR = 5.0


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Heading, search line, rows, keys; a click beside it closes it."""
    if look.dialog is None:
        return Part()
    dialog = scrolled(look.dialog, look)
    place = _placed(dialog, layout.width, layout.height)
    box = place.box
    items: list[Primitive] = [
        Rectangle(0, 0, layout.width, layout.height, "background", alpha=0.72),
        Rectangle(box.x + 4, box.y + 8, box.width, box.height, "shadow", radius=18),
        Rectangle(box.x, box.y, box.width, box.height, "panel", "panel_edge", 1.5, 17),
        *_head(dialog, place),
    ]
    targets = {"dialog:close": Box(0, 0, layout.width, layout.height), "dialog:panel": box}
    y = place.rows.y
    for number in range(dialog.first, _after(dialog, place, dialog.first)):
        row = dialog.rows[number]
        line = Box(place.rows.x, y, place.rows.width, place.height_of(row))
        targets[f"dialog:{number}"] = line
        items += _row(row, line, place, chosen=number == dialog.chosen)
        y += line.height
    if not dialog.rows:
        items.append(
            Text(box.x + _INSET, y + 26, translated(dialog.empty), 16, "text_dim", max_width=place.room)
        )
    items += _bar(dialog, place)
    items += _foot(dialog, look, place)
    return Part(moving=tuple(items), targets=targets)


def scrolled(dialog: Dialog, look: Look) -> Dialog:
    """The same list with what is chosen in sight, and no room below its last row."""
    count = len(dialog.rows)
    chosen = min(max(dialog.chosen, 0), max(count - 1, 0))
    place = _placed(dialog, *size(look))
    first = min(max(dialog.first, 0), chosen)
    while _after(dialog, place, first) <= chosen < count:
        first += 1
    while first > 0 and _after(dialog, place, first - 1) == count:
        first -= 1
    return replace(dialog, chosen=chosen, first=first)


def in_sight(dialog: Dialog, look: Look) -> int:
    """How many rows of a scrolled list are seen."""
    return _after(dialog, _placed(dialog, *size(look)), dialog.first) - dialog.first


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the panel and its rows lie; `icons`: there is a column for them."""

    box: Box
    rows: Box
    about: tuple[str, ...]
    icons: bool

    @property
    def room(self) -> float:
        """The width of what is written across the panel."""
        return self.box.width - 2 * _INSET

    @property
    def lead(self) -> float:
        """From the left edge of a row to its words."""
        return 46.0 if self.icons else 16.0

    def detail(self, row: DialogRow) -> tuple[str, ...]:
        """The lines below the title."""
        width = self.rows.width - self.lead - 16
        return wrapped(row.detail, SMALL, width, _DETAIL_LINES) if row.detail else ()

    def height_of(self, row: DialogRow) -> float:
        """How much of the panel a row takes."""
        lines = len(self.detail(row))
        return _ONE_LINE + _LINE * lines + (1 if lines else 0)


def _placed(dialog: Dialog, width: float, height: float) -> _Place:
    """In the middle, as high as its rows need, within the window."""
    panel = min(_WIDTH, width - 2 * _MARGIN)
    about = wrapped(dialog.about, SMALL, panel - 2 * _INSET, 3) if dialog.about else ()
    head = 56.0 + _LINE * len(about) + (_SEARCH if dialog.search is not None else 0) + 8
    icons = any(row.icon for row in dialog.rows)
    x = (width - panel) / 2
    wide = _Place(Box(x, 0, panel, 0), Box(x + 14, 0, panel - 28 - _BAR - 5, 0), about, icons)
    wanted = head + sum(map(wide.height_of, dialog.rows)) + (0 if dialog.rows else _ONE_LINE) + _FOOT
    # while somebody types the list gets shorter: the search line must not jump then
    tall = wanted if dialog.search is None else max(wanted, 0.7 * height)
    tall = min(tall, height - 2 * _MARGIN)
    y = (height - tall) / 2
    rows = replace(wide.rows, y=y + head, height=tall - head - _FOOT)
    return replace(wide, box=Box(x, y, panel, tall), rows=rows)


def _after(dialog: Dialog, place: _Place, first: int) -> int:
    """The number of the first row after `first` that has no room any more; one always has."""
    left = place.rows.height
    for number in range(first, len(dialog.rows)):
        left -= place.height_of(dialog.rows[number])
        if left < -0.5:
            return max(number, first + 1)
    return len(dialog.rows)


def _head(dialog: Dialog, place: _Place) -> list[Primitive]:
    x, y = place.box.x + _INSET, place.box.y
    items: list[Primitive] = [Text(x, y + 43, dialog.heading, _HEADING, weight="bold", max_width=place.room)]
    items += [
        Text(x, y + 66 + _LINE * number, line, SMALL, "text_dim", max_width=place.room)
        for number, line in enumerate(place.about)
    ]
    if dialog.search is not None:
        items += _search(dialog.search, Box(x, place.rows.y - _SEARCH - 2, place.room, 36))
    return items


def _foot(dialog: Dialog, look: Look, place: _Place) -> list[Primitive]:
    """The keys; in their place what there is to say."""
    x, y = place.box.x + _INSET, place.box.y + place.box.height - 20
    if look.notice:
        return [Text(x, y, look.notice, 15, weight="semibold", max_width=place.room)]
    return keycaps(x, y, place.room, dialog.keys)


def _search(typed: str, box: Box) -> list[Primitive]:
    """The field, and a caret behind what is typed."""
    y = box.y + 24
    shown = Text(box.x + 14, y, typed or say("Type to search"), 16, "text" if typed else "text_dim")
    caret = box.x + 14 + min(text_width(typed, 16), box.width - 32) + 1
    return [
        Rectangle(box.x, box.y, box.width, box.height, "track", "panel_edge", 1, 9),
        replace(shown, max_width=box.width - 32),
        Path(((caret, box.y + 9), (caret, box.y + 27)), "focus", 1.6),
    ]


def _row(row: DialogRow, line: Box, place: _Place, *, chosen: bool) -> list[Primitive]:
    items: list[Primitive] = []
    if chosen:
        items.append(Rectangle(line.x, line.y + 1, line.width, line.height - 2, "track", "focus", 2, 10))
    tone: Role = "text" if chosen else "text_dim"
    if row.icon:
        items.append(Icon(line.x + 24, line.y + 21, row.icon, 22, tone))
    x, right, base = line.x + place.lead, line.x + line.width - 16, line.y + 26.5
    if row.value:
        width = min(text_width(row.value, 15), 0.42 * (right - x))
        inner = right - (16 if row.turns else 0)
        items.append(
            Text(inner, base, row.value, 15, "text" if row.turns else tone, anchor="right", max_width=width)
        )
        if row.turns and chosen:
            items += _arrows(inner - width - 10, right - 4, base - 5)
        right = inner - width - 24
    items.append(Text(x, base, row.title, _TITLE, weight="semibold", max_width=right - x))
    room = line.x + line.width - 16 - x
    return items + [
        Text(x, base + 3 + _LINE * (number + 1), detail, SMALL, "text_dim", max_width=room)
        for number, detail in enumerate(place.detail(row))
    ]


def _arrows(left: float, right: float, y: float) -> list[Primitive]:
    """The value can go both ways."""
    return [
        Area(((left, y - 5), (left - 6, y), (left, y + 5)), "focus"),
        Area(((right - 2, y - 5), (right + 4, y), (right - 2, y + 5)), "focus"),
    ]


def _bar(dialog: Dialog, place: _Place) -> list[Primitive]:
    """Which part of the list is in sight."""
    heights = [place.height_of(row) for row in dialog.rows]
    whole, rows = sum(heights), place.rows
    last = _after(dialog, place, dialog.first)
    if last - dialog.first == len(dialog.rows):
        return []
    x = place.box.x + place.box.width - 14 - _BAR
    top = sum(heights[: dialog.first]) / whole
    share = sum(heights[dialog.first : last]) / whole
    return [
        Rectangle(x, rows.y, _BAR, rows.height, "track", radius=_BAR / 2),
        Rectangle(x, rows.y + top * rows.height, _BAR, share * rows.height, "text_dim", radius=_BAR / 2),
    ]
