"""The ghost lane: the run that this one is compared with, faint, from the instant at which the two part."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from visualizer.language import say, thousands, translated
from visualizer.scene.curve import lines
from visualizer.scene.frame import Frame
from visualizer.scene.history import History
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.motion import Point
from visualizer.scene.primitives import Box, Disc, Icon, Path, Primitive, Rectangle, Text
from visualizer.scene.readings import READINGS
from visualizer.sim.event import Event, Takeover

_DASH = (7.0, 5.0)
_LOW = 90.0
_GRAVE = 1
"""Marks of this rank and graver are drawn: what struck, not what came of it."""


def lane(frame: Frame, plot: Box) -> list[Primitive]:
    """Its sawtooth and its takeovers."""
    before = frame.before
    if before is None:
        return []
    from_us = parted_us(frame.history, before.history)
    if from_us is None:
        return []
    left = _at_x(frame, plot, from_us)
    after = [_after(line, left) for line in lines(before.history, plot, frame.scale)]
    items: list[Primitive] = [Path(line, "text_dim", 1.7, _DASH, 0.8) for line in after if len(line) > 1]
    for at_us in _takeovers(frame.history, before.history):
        x = _at_x(frame, plot, at_us)
        items.append(Path(((x, plot.y), (x, plot.y + plot.height)), "text_dim", 1.5, (2, 4), 0.75))
    return items


def marks(frame: Frame, plot: Box) -> list[Primitive]:
    """What struck it and not this one."""
    items: list[Primitive] = []
    for at_us, icon in _struck(frame.history, frame.before.history) if frame.before else ():
        x, y = _at_x(frame, plot, at_us), plot.y - 14
        items += [Disc(x, y, 12, "panel"), Icon(x, y, icon, 20, "text_dim", 0.8)]
    return items


def count(frame: Frame, plot: Box) -> list[Primitive]:
    """What it loses in all, at its end: at the foot of the plot, above it where the plot is low."""
    before = frame.before
    if before is None:
        return []
    content = say("{run}: {count} lost", run=translated(before.label), count=thousands(before.lost))
    width = text_width(content, SMALL, "semibold") + 46
    y = plot.y + plot.height - 30 if plot.height >= _LOW else plot.y - 24
    box = Box(plot.x + plot.width - width - 4, y, width, 23)
    middle = box.y + box.height / 2
    return [
        Rectangle(box.x, box.y, box.width, box.height, "panel", "panel_edge", 1, 7, 0.92),
        Path(((box.x + 9, middle), (box.x + 31, middle)), "text_dim", 1.5, _DASH),
        Text(box.x + 37, middle + 4.7, content, SMALL, "text_dim", "semibold", max_width=width - 42),
    ]


@lru_cache(maxsize=8)
def parted_us(one: History, other: History) -> int | None:
    """The first instant at which their exposures differ; None where they never do."""
    mine, theirs = one.sawtooth, other.sawtooth
    times = np.union1d(mine.times_us, theirs.times_us)
    a, b = (np.interp(times, each.times_us, each.worst) for each in (mine, theirs))
    differs = np.flatnonzero(np.abs(a - b) >= 1)
    return int(times[max(differs[0] - 1, 0)]) if len(differs) else None


@lru_cache(maxsize=8)
def _takeovers(here: History, other: History) -> tuple[int, ...]:
    """When a standby took over there and not here."""
    own = {event.at_us for event in here.events.all(Takeover)}
    return tuple(sorted({event.at_us for event in other.events.all(Takeover)} - own))


@lru_cache(maxsize=8)
def _struck(here: History, other: History) -> tuple[tuple[int, str], ...]:
    """(instant, icon) of the grave marks that are there and not here."""
    found: list[tuple[int, str]] = []
    for kind, reading in READINGS.items():
        if reading is None:
            continue
        own: set[Event] = set(here.events.all(kind))
        there: list[Event] = other.events.all(kind)
        marked = [(event.at_us, reading(event)) for event in there if event not in own]
        found += [(at_us, mark.icon) for at_us, mark in marked if mark and mark.rank <= _GRAVE]
    return tuple(found)


def _after(line: tuple[Point, ...], left: float) -> tuple[Point, ...]:
    return tuple(point for point in line if point[0] >= left)


def _at_x(frame: Frame, plot: Box, at_us: int) -> float:
    return plot.x + plot.width * at_us / max(frame.duration_us, 1)
