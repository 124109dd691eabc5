"""What happened when, on the timeline: heartbeats, copies, faults, takeovers. What is to come is faint."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import chain

from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL
from visualizer.scene.primitives import Box, Disc, Icon, Path, Primitive, Sprites, Text
from visualizer.scene.readings import READINGS, Mark
from visualizer.scene.wording import duration
from visualizer.sim.event import Event, SyncReceived, Takeover

_FAINT = 0.45
_LEAST_HEART = 5.5
_LEAST_SYNC = 14.0
_APART = 17.0
"""Marks that lie nearer would cover each other."""
_SELDOM = 80.0

Place = Callable[[float, str, float, Box], float | None]


def _x(frame: Frame, plot: Box, at_us: int) -> float:
    return plot.x + plot.width * at_us / max(frame.duration_us, 1)


def beats(frame: Frame, plot: Box) -> list[Primitive]:
    """A heart where the standby heard one; where they would lie on each other, a line while they come."""
    heard = frame.history.heard_us[frame.tier]
    if not heard:
        return []
    y = plot.y - 14
    apart = frame.setup.tiers[frame.tier].heartbeat.interval_us * plot.width / max(frame.duration_us, 1)
    if apart < _LEAST_HEART:
        return _stretches(frame, plot, heard, y)
    size = min(12.0, apart * 0.8)
    past = bisect_right(heard, frame.now_us)
    items: list[Primitive] = []
    for times, alpha in ((heard[:past], 1.0), (heard[past:], 0.35)):
        if times:
            points = tuple((_x(frame, plot, at_us), y) for at_us in times)
            items.append(Sprites("heartbeat", points, size, "heartbeat", alpha))
    return items


def _stretches(frame: Frame, plot: Box, heard: tuple[int, ...], y: float) -> list[Primitive]:
    """Lines where hearts came without a miss, a heart at the head of each."""
    gap_us = 2 * frame.setup.tiers[frame.tier].heartbeat.interval_us
    spans = [[heard[0], heard[0]]]
    for at_us in heard[1:]:
        if at_us - spans[-1][1] > gap_us:
            spans.append([at_us, at_us])
        spans[-1][1] = at_us
    items: list[Primitive] = []
    for low, high in spans:
        a, b = _x(frame, plot, low), _x(frame, plot, high)
        alpha = 1.0 if low <= frame.now_us else 0.35
        items += [
            Path(((a, y), (max(b, a + 1), y)), "heartbeat", 3, alpha=0.6 * alpha),
            Sprites("heartbeat", ((a, y),), 12, "heartbeat", alpha),
        ]
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


def faults(frame: Frame, plot: Box, *others: Frame) -> list[Primitive]:
    """An icon where something happened, in this run or others; of those that would lie on each other the
    gravest is drawn.
    """
    found: list[tuple[int, float, int, Mark]] = []
    for kind, reading in READINGS.items():
        if reading is None:
            continue
        happened: list[list[Event]] = [each.history.events.all(kind) for each in (frame, *others)]
        for event in chain.from_iterable(happened):
            mark = reading(event)
            if mark:
                found.append((mark.rank, _x(frame, plot, event.at_us), event.at_us, mark))
    items: list[Primitive] = []
    taken: list[tuple[float, str]] = []
    for _, x, at_us, mark in sorted(found, key=lambda entry: entry[:3]):
        apart = _SELDOM if mark.repeats else _APART
        if any(abs(x - at) < (apart if icon == mark.icon else _APART) for at, icon in taken):
            continue
        taken.append((x, mark.icon))
        size = 30.0 if mark.icon == "bolt" else 20.0
        alpha = 1.0 if at_us <= frame.now_us else _FAINT
        if mark.icon != "bolt":
            items.append(Disc(x, plot.y - 13, 13, "panel"))  # no heart shows through
        items.append(Icon(x, plot.y - 12, mark.icon, size, mark.role, alpha))
    return items


def takeovers(frame: Frame, plot: Box, place: Place, *others: Frame) -> list[Primitive]:
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
        label = f"takeover{' due' if due else ''} {duration(event.at_us)}"
        left = place(x, label, SMALL, plot)
        if left is not None:
            items.append(Text(left, plot.y + 37, label, SMALL, "active"))
    return items
