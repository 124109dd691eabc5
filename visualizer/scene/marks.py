"""What happened when, on the timeline: heartbeats, copies, faults, takeovers. What is to come is faint."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from visualizer.language import say
from visualizer.scene.frame import Frame
from visualizer.scene.labels import Labels
from visualizer.scene.primitives import Box, Icon, Path, Primitive, Rectangle, Sprites, Text
from visualizer.scene.readings import READINGS, Mark
from visualizer.scene.wording import instant
from visualizer.sim.event import Event, SyncReceived, Takeover

_FAINT = 0.45
_LEAST_HEART = 5.5
_LEAST_SYNC = 24.0
_APART = 19.0
"""Marks that lie nearer would cover each other."""
_COUNT = 22.0
"""Room for "+12" beside a mark."""
_SELDOM = 80.0
_TAKEOVER_ROW = 37.0


def _x(frame: Frame, plot: Box, at_us: int) -> float:
    return plot.x + plot.width * at_us / max(frame.duration_us, 1)


def beats(frame: Frame, plot: Box, what: Sequence[Group]) -> list[Primitive]:
    """A heart where the standby heard one, but for those under a mark; where they would lie on each other, a
    line while they come.
    """
    heard = frame.history.heard_us[frame.tier]
    if not heard:
        return []
    y = plot.y - 14
    apart = frame.setup.tiers[frame.tier].heartbeat.interval_us * plot.width / max(frame.duration_us, 1)
    if apart < _LEAST_HEART:
        return _stretches(frame, plot, what, y)
    size = min(12.0, apart * 0.8)
    past = bisect_right(heard, frame.now_us)
    items: list[Primitive] = []
    for times, alpha in ((heard[:past], 1.0), (heard[past:], 0.35)):
        points = tuple((x, y) for at_us in times if _free(x := _x(frame, plot, at_us), what))
        if points:
            items.append(Sprites("heartbeat", points, size, "heartbeat", alpha))
    return items


def _free(x: float, what: Sequence[Group]) -> bool:
    return not any(group.x - 15 < x < group.end + 5 for group in what)


def _stretches(frame: Frame, plot: Box, what: Sequence[Group], y: float) -> list[Primitive]:
    """Lines where hearts came without a miss, a heart at the head of each that has room."""
    heard = frame.history.heard_us[frame.tier]
    gap_us = 2 * frame.setup.tiers[frame.tier].heartbeat.interval_us
    spans = [[heard[0], heard[0]]]
    for at_us in heard[1:]:
        if at_us - spans[-1][1] > gap_us:
            spans.append([at_us, at_us])
        spans[-1][1] = at_us
    items: list[Primitive] = []
    last = -_APART
    for low, high in spans:
        a, b = _x(frame, plot, low), _x(frame, plot, high)
        alpha = 1.0 if low <= frame.now_us else 0.35
        items.append(Path(((a, y), (max(b, a + 1), y)), "heartbeat", 3, alpha=0.6 * alpha))
        if _free(a, what) and a - last > _APART:
            items.append(Sprites("heartbeat", ((a, y),), 12, "heartbeat", alpha))
            last = a
    return items


def syncs(frame: Frame, plot: Box) -> list[Primitive]:
    """A dashed line where a copy arrived, unless they stand closer than can be told apart."""
    tier = frame.setup.tiers[frame.tier]
    if tier.sync.interval_us * plot.width / max(frame.duration_us, 1) < _LEAST_SYNC:
        return []
    items: list[Primitive] = []
    for event in frame.history.events.all(SyncReceived):
        if event.tier == frame.tier:
            x = _x(frame, plot, event.at_us)
            alpha = 0.75 if event.at_us <= frame.now_us else 0.3
            line = ((x, plot.y - 4), (x, plot.y + plot.height))
            items.append(Path(line, "sync", 1.2, (3, 3), alpha))
    return items


@dataclass(frozen=True, slots=True)
class Group:
    """What happened at about one instant: the gravest mark, and how many others lie under it."""

    x: float
    at_us: int
    mark: Mark
    others: int = 0

    @property
    def end(self) -> float:
        """How far it reaches to the right, with the count."""
        return self.x + _APART / 2 + (_COUNT if self.others else 0.0)

    def drawn(self, frame: Frame, plot: Box) -> list[Primitive]:
        """The icon on a plate, so that no heart shows through, and "+2" for the others."""
        alpha = 1.0 if self.at_us <= frame.now_us else _FAINT
        y = plot.y - 14
        size = 27.0 if self.mark.icon == "bolt" else 20.0
        items: list[Primitive] = [
            Rectangle(self.x - 10, y - 10, self.end - self.x + 10, 20, "panel", radius=8)
        ]
        items.append(Icon(self.x, y, self.mark.icon, size, self.mark.role, alpha))
        if self.others:
            count = f"+{self.others}"
            items.append(
                Text(self.x + 10, y + 4.5, count, 12.5, "text_dim", "semibold", alpha=max(alpha, 0.7))
            )
        return items


def groups(frame: Frame, plot: Box, *others: Frame) -> list[Group]:
    """Icons where something happened, in this run or others (once where it is the same); what would cover
    another is counted with the gravest nearby.
    """
    found: list[tuple[int, float, int, Mark]] = []
    for kind, reading in READINGS.items():
        if reading is None:
            continue
        happened: list[list[Event]] = [each.history.events.all(kind) for each in (frame, *others)]
        for event in dict.fromkeys(chain.from_iterable(happened)):
            mark = reading(event)
            if mark:
                found.append((mark.rank, _x(frame, plot, event.at_us), event.at_us, mark))
    placed: list[Group] = []
    for _, x, at_us, mark in sorted(found, key=lambda entry: entry[:3]):
        near = min(range(len(placed)), key=lambda number: abs(placed[number].x - x), default=None)
        if mark.repeats and any(abs(g.x - x) < _SELDOM and g.mark.icon == mark.icon for g in placed):
            continue
        if near is None or abs(placed[near].x - x) >= _APART:
            placed.append(Group(x, at_us, mark))
        elif not mark.repeats:
            placed[near] = replace(placed[near], others=placed[near].others + 1)
    return _joined(sorted(placed, key=lambda group: group.x))


def _joined(placed: list[Group]) -> list[Group]:
    """Groups whose count would reach into the next one become one with it."""
    result: list[Group] = []
    for group in placed:
        while result and result[-1].end > group.x - _APART / 2:
            before = result.pop()
            graver = min(before, group, key=lambda one: one.mark.rank)
            group = replace(graver, others=before.others + group.others + 1)  # noqa: PLW2901 - grows
        result.append(group)
    return result


def takeovers(frame: Frame, plot: Box, labels: Labels, *others: Frame) -> list[Primitive]:
    """A line where a standby took over, or will if nobody acts, in this run or others."""
    items: list[Primitive] = []
    told: set[int] = set()
    for event in (e for one in (frame, *others) for e in one.history.events.all(Takeover)):
        if event.at_us in told:
            continue  # a column takes over at one instant
        told.add(event.at_us)
        x = _x(frame, plot, event.at_us)
        due = event.at_us > frame.now_us
        items.append(Path(((x, plot.y), (x, plot.y + plot.height)), "active", 1.8, alpha=0.6 if due else 1.0))
        at = instant(event.at_us)
        for words in (say("takeover due {at}", at=at) if due else say("takeover {at}", at=at), at):
            if labels.beside(x, x, _TAKEOVER_ROW, words, "active"):
                break
    return items
