"""What each of several runs has lost, large; and what its design costs more than the best of them."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.language import say, say_many, thousands
from visualizer.scene.frame import Frame
from visualizer.scene.ledger_rows import of_how_many
from visualizer.scene.lettering import fitting_size, shortened, text_width
from visualizer.scene.primitives import Box, Primitive, Rectangle, Role, Text
from visualizer.scene.wording import span

_LARGE, _WORD, _DETAIL = 62.0, 19.0, 14.5
_CHIP = 16.5
_MOST = 0.5
"""Of the width is for the costs, at most."""
_NARROW = 640.0
"""In less width the other books stand below each other, and so do the costs."""


def _head() -> str:
    return say("the design costs")


def _width_of(lines: Sequence[str]) -> float:
    """Of a plate with these."""
    return max((text_width(line, _CHIP, "bold") for line in (*lines, _head())), default=0.0) + 28


def outcome(frame: Frame, frames: Sequence[Frame], box: Box) -> list[Primitive]:
    """The number, what it counts, the other books, and a plate with what it is more than the least."""
    extra = excess(frame, frames, short=box.width < _NARROW)
    narrow = box.width < _NARROW
    if box.height > box.width / 2:
        return _above(frame, extra, box)
    whole = (", ".join(extra),) if extra else ()
    chip_lines = extra if narrow or _width_of(whole) > _MOST * box.width else whole
    chip_width = min(_width_of(chip_lines), _MOST * box.width)
    room = box.width - (chip_width + 14 if extra else 0)
    lines = 2 if narrow else 1
    items = _number(
        frame, Box(box.x, box.y, room, box.height), lines=lines, largest=_LARGE, joined=not narrow
    )
    if extra:
        right = box.x + box.width
        items += _chip(chip_lines, Box(right - chip_width, box.y + 4, chip_width, box.height - 10))
    return items


def _above(frame: Frame, extra: tuple[str, ...], box: Box) -> list[Primitive]:
    """Number above, plate below."""
    height = min(0.54 * box.height, 72)
    lines = 2 if height > 62 else 1
    items = _number(frame, Box(box.x, box.y, box.width, height), lines=lines, largest=46, joined=False)
    if extra:
        plate = min(box.height - height, 26.0 + 18 * lines)
        items += _chip(extra[:lines], Box(box.x, box.y + height, box.width - 6, plate))
    return items


def _number(frame: Frame, box: Box, *, lines: int, largest: float, joined: bool) -> list[Primitive]:
    """The number, and beside it what it counts and the other books: `joined` in one line, else in so many."""
    lost = frame.account.lost
    number = thousands(lost.sessions)
    size = fitting_size(number, largest, 24, 0.42 * box.width, "bold")
    left = box.x + text_width(number, size, "bold") + 8
    room = box.x + box.width - left
    words = _words(frame, short=not joined)
    details = (" · ".join(words),) if joined else words[:lines]
    middle = box.y + box.height / 2
    role: Role = "struck" if lost.sessions else "text"
    items: list[Primitive] = [Text(box.x, middle + 0.36 * size, number, size, role, "bold")]
    title = say_many("session lost", "sessions lost", lost.sessions)
    y = middle + 9 - 10 * len(details)
    items.append(Text(left, y, title, fitting_size(title, _WORD, 11.5, room), max_width=room))
    for line in details:
        y += 20
        items.append(Text(left, y, *shortened(line, _DETAIL, 11.0, room), "text_dim", max_width=room))
    return items


def _words(frame: Frame, *, short: bool) -> tuple[str, ...]:
    """The books beside the sessions: each counted apart."""
    books, parts = frame.account, []
    if books.lost.transactions:
        parts.append(say("{n} transactions", n=thousands(books.lost.transactions)))
    if books.lost.entries != books.lost.sessions or (books.lost.entries and len(frame.exposed) > 1):
        count = books.lost.entries
        parts.append(say_many("{n} table entry", "{n} table entries", count, n=thousands(count)))
    if books.no_service_us:
        gap = span(books.no_service_us)
        parts.append(say("no service {time}", time=gap) if short else say("no service for {time}", time=gap))
    if books.at_stake.sessions:
        parts.append(say("{n} will be discarded", n=thousands(books.at_stake.sessions)))
    return tuple(parts[:2]) or (of_how_many(frame),)


def excess(frame: Frame, frames: Sequence[Frame], *, short: bool = False) -> tuple[str, ...]:
    """What this run lost more than the run that lost least, book by book: "33 sessions more"."""
    mine = frame.account
    least_sessions = mine.lost.sessions - min(each.account.lost.sessions for each in frames)
    least_entries = mine.lost.entries - min(each.account.lost.entries for each in frames)
    longer_us = mine.no_service_us - min(each.account.no_service_us for each in frames)
    parts = []
    if least_sessions:
        more = thousands(least_sessions)
        parts.append(say_many("{n} session more", "{n} sessions more", least_sessions, n=more))
    if least_entries != least_sessions and least_entries:
        more = thousands(least_entries)
        parts.append(say_many("{n} entry more", "{n} entries more", least_entries, n=more))
    if longer_us:
        gap = span(longer_us)
        parts.append(say("{time} longer", time=gap) if short else say("no service {time} longer", time=gap))
    return tuple(parts[:2])


def _chip(lines: Sequence[str], box: Box) -> list[Primitive]:
    middle = box.x + box.width / 2
    items: list[Primitive] = [
        Rectangle(box.x, box.y, box.width, box.height, "card", "panel_edge", 1, 10),
    ]
    step = min(20.0, (box.height - 10) / (len(lines) + 1))
    y = box.y + (box.height - step * (len(lines) + 1)) / 2 + 0.78 * step
    head = fitting_size(_head(), _DETAIL, 11.0, box.width - 12)
    items.append(Text(middle, y, _head(), head, "text_dim", anchor="centre", max_width=box.width - 12))
    for line in lines:
        y += step
        size = fitting_size(line, min(_CHIP, step - 2), 11.0, box.width - 12, "bold")
        items.append(Text(middle, y, line, size, "text", "bold", "centre", max_width=box.width - 12))
    return items
