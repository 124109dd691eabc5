"""The loss and the gap as bars of what they are made of, with a line for each part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.lab.beat_ideal import Term, TermName
from visualizer.language import say, translated
from visualizer.scene.layout import SMALL
from visualizer.scene.ledger_lines import Row
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text
from visualizer.story.beat import TITLES

COLOURS: dict[TermName, Role] = {
    "bandwidth": "request",
    "latency": "announce",
    "copying work": "suspect",
    "left out": "standby",
    "no copies": "lost",
    "sync period": "sync",
    "nervous": "heartbeat",
    "cut cable": "struck",
    "one site": "bolt_glow",
    "shared power": "bolt_glow",
    "detection": "heartbeat",
    "fence": "struck",
    "start": "suspect",
    "address": "announce",
    "retries": "request",
}
"""Of the terms that make up a bar."""

_TEXT = 15.5
_NUMBER = 19.0
_LEGEND = 14.0
_BAR = 9.0
_LEAST = 4.0
_SLACK = 1.3
_ENDLESS = 8
"""A bar without end is as much longer as what has one."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """What was found is made of `terms`, beside the `limit` of the goal (None: no matter); `said` and
    `allowed` are these in words.
    """

    label: str
    said: str
    allowed: str
    limit: int | None
    terms: tuple[Term, ...]
    met: bool

    @property
    def row(self) -> Row:
        """The label, the figures and the bar."""
        return Row(46, lambda x, y, width, height: self._draw(Box(x, y, width, height)))

    def _draw(self, box: Box) -> list[Primitive]:
        base, right = box.y + box.height - 19.5, box.x + box.width
        tone: Role = "text" if self.limit is None else ("active" if self.met else "struck")
        items: list[Primitive] = [Text(right, base, self.said, _NUMBER, tone, "bold", "right")]
        left = right - text_width(self.said, _NUMBER, "bold") - 10
        least = text_width(self.label, 11.0) + text_width(self.allowed, SMALL) + 8
        if self.allowed and least <= left - box.x:
            items.append(Text(left, base, self.allowed, SMALL, "text_dim", anchor="right"))
            left -= text_width(self.allowed, SMALL) + 8
        size = fitting_size(self.label, _TEXT, 11.0, left - box.x)
        items.append(Text(box.x, base, self.label, size, max_width=left - box.x))
        return items + self._bar(Box(box.x, box.y + box.height - 10, box.width, _BAR))

    def _bar(self, box: Box) -> list[Primitive]:
        """A piece for each term, and where the limit is; beside what has no end all else is small."""
        endless = any(term.amount is None for term in self.terms)
        found = sum(term.amount or 0 for term in self.terms)
        full = max(_ENDLESS * found if endless else found, (self.limit or 0) * _SLACK, 1)
        items: list[Primitive] = [Rectangle(box.x, box.y, box.width, _BAR, "track", radius=3)]
        x = box.x
        for term in sorted(self.terms, key=lambda term: term.amount is None):
            amount = full if term.amount is None else term.amount
            width = min(max(_LEAST, box.width * amount / full), box.x + box.width - x)
            if width > 0:
                items.append(Rectangle(x, box.y, max(width - 1.5, 1), _BAR, COLOURS[term.name], radius=2))
            x += width
        if self.limit is not None:
            at = box.x + max(box.width * self.limit / full, 1.0)
            items.append(Path(((at, box.y - 3), (at, box.y + _BAR + 3)), "text", 2))
        return items


def legend(
    terms: tuple[Term, ...], binding: TermName, figure: Callable[[int], str], *, only_binding: bool
) -> list[Row]:
    """A line for each term, the one that binds in bold; `only_binding`: where there is little room."""
    shown = sorted(terms, key=lambda term: -(float("inf") if term.amount is None else term.amount))
    if only_binding:
        shown = [term for term in shown if term.name == binding]
    return [_line(term, figure, binds=term.name == binding) for term in shown]


def _line(term: Term, figure: Callable[[int], str], *, binds: bool) -> Row:
    said = say("no end") if term.amount is None else figure(term.amount)
    tone: Role = "text" if binds else "text_dim"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        base = y + height - 6
        left = x + width - text_width(said, _LEGEND, "semibold") - 8
        title = translated(TITLES[term.name])
        return [
            Rectangle(x + 1, base - 10, 11, 11, COLOURS[term.name], radius=3),
            Text(x + 20, base, title, fitting_size(title, _LEGEND, 10.5, left - x - 20, "semibold"), tone,
                 "semibold" if binds else "regular", max_width=left - x - 20),
            Text(x + width, base, said, _LEGEND, tone, "semibold", "right"),
        ]  # fmt: skip

    return Row(21, draw)
