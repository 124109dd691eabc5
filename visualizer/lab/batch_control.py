"""What strikes at many instants do: learnt from the engine by striking few of them.

Between two instants at which something happens in the undisturbed run a strike finds the same state. What
follows then comes at the same instants wherever the strike falls, or as much later as it does. That is tried,
not believed: at both ends and in the middle, over everything that happens until the end of the run; where
they disagree the stretch is halved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from visualizer.lab.batch_reading import Reading, Watch, watched
from visualizer.lab.columns import Integers
from visualizer.lab.strike import undisturbed
from visualizer.sim import command
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.intervals import Interval
from visualizer.sim.setup import Setup
from visualizer.sim.traffic import FAR_US

_FEW = 4
"""So many strikes in one stretch are tried one by one; three are tried to learn all of it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the numbers of a reading mean: how many spans there are of each kind, and in each wound."""

    refused: int
    doubtful: int
    lost: int
    lost_entries: int
    wounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """A reading, flat. `story`: what makes two readings the same but for when things happened."""

    layout: Layout
    story: Hashable
    values: Integers
    trail: Integers


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Strikes in [low_us, high_us]: the values at the first, and by how much each moves with the strike."""

    low_us: int
    high_us: int
    layout: Layout
    values: Integers
    slopes: Integers

    def at(self, strike_us: Integers) -> Integers:
        """Shape (values, strikes)."""
        return self.values[:, np.newaxis] + self.slopes[:, np.newaxis] * (strike_us - self.low_us)


HEAD = ("takeover_us", "restored_us", "failovers", "no_service_us")
"""The first numbers of every reading."""


Same = tuple[Layout, Integers, Integers]
"""Runs of one layout: it, their places among all, and their values, shape (values, places)."""


def alone(setups: Iterable[Setup]) -> list[Same]:
    """What happens in each of these runs, each played on its own. Raises UnlikeError."""
    found: dict[Layout, tuple[list[int], list[Integers]]] = {}
    for place, setup in enumerate(setups):
        numbers = _flat(watched(setup).reading(setup.duration_us))
        places, values = found.setdefault(numbers.layout, ([], []))
        places.append(place)
        values.append(numbers.values)
    return [
        (layout, np.array(places, dtype=np.int64), np.stack(values, axis=1))
        for layout, (places, values) in found.items()
    ]


@lru_cache(maxsize=4)
def control(setup: Setup, tier: int, fault: str) -> Control:
    """Kept, because a family comes in several parts."""
    return Control(setup, tier, fault)


class Control:
    """Strikes of one fault on the primary of one tier of an undisturbed setup."""

    def __init__(self, setup: Setup, tier: int, fault: str) -> None:
        self._setup = undisturbed(setup)
        self._tier, self._fault = tier, fault
        self._stretches: list[_Stretch] = []

    def of(self, strikes_us: Integers) -> list[Same]:
        """What happens after strikes at these instants. Raises UnlikeError."""
        stretches = self._learn(strikes_us)
        order = np.argsort(strikes_us, kind="stable")
        ascending = strikes_us[order]
        found: dict[Layout, list[tuple[Integers, Integers]]] = {}
        lows = np.searchsorted(ascending, [one.low_us for one in stretches]).tolist()
        highs = np.searchsorted(ascending, [one.high_us for one in stretches], side="right").tolist()
        for stretch, low, high in zip(stretches, lows, highs, strict=True):
            if low < high:
                part = order[low:high], stretch.at(ascending[low:high])
                found.setdefault(stretch.layout, []).append(part)
        return [
            (
                layout,
                np.concatenate([one for one, _ in parts]),
                np.concatenate([one for _, one in parts], axis=1),
            )
            for layout, parts in found.items()
        ]

    def _learn(self, strikes_us: Integers) -> list[_Stretch]:
        """The stretches of these strikes; keeps those that may serve others."""
        unknown = self._unknown(np.unique(strikes_us)).tolist()
        if not unknown:
            return self._stretches
        watch = watched(self._setup)
        fresh: list[_Stretch] = []
        watch.step(-1)
        while unknown:
            for low_us, high_us in self._spans(watch):
                count = bisect_left(unknown, high_us + 1)
                fresh += self._stretches_of(watch, low_us, high_us, unknown[:count])
                unknown = unknown[count:]
            if unknown:
                watch.step(watch.next_us)
        stretches = sorted([*self._stretches, *fresh], key=lambda stretch: stretch.low_us)
        self._stretches = [stretch for stretch in stretches if stretch.low_us < stretch.high_us]
        return stretches

    def _spans(self, watch: Watch) -> Iterable[tuple[int, int]]:
        """Until something happens again; the first instant, at which nothing new has been made yet, and the
        last are unlike the others.
        """
        first_us, last_us = watch.state.now_us + 1, min(watch.next_us, self._setup.duration_us)
        yield first_us, first_us
        if first_us + 1 < last_us:
            yield first_us + 1, last_us - 1
        if first_us < last_us:
            yield last_us, last_us

    def _unknown(self, strikes_us: Integers) -> Integers:
        """Those in no stretch."""
        highs = np.array([stretch.high_us for stretch in self._stretches], dtype=np.int64)
        lows = np.array([*(stretch.low_us for stretch in self._stretches), FAR_US], dtype=np.int64)
        return strikes_us[lows[np.searchsorted(highs, strikes_us)] > strikes_us]

    def _stretches_of(
        self, watch: Watch, low_us: int, high_us: int, strikes_us: Sequence[int]
    ) -> Iterable[_Stretch]:
        """Enough of [low_us, high_us], in which nothing else happens, for these strikes."""
        if len(strikes_us) < _FEW:
            for at_us in strikes_us:
                numbers = self._struck(watch, at_us)
                yield _Stretch(at_us, at_us, numbers.layout, numbers.values, np.zeros_like(numbers.values))
            return
        middle_us = (low_us + high_us) // 2
        stretch = self._stretch(watch, low_us, middle_us, high_us)
        if stretch is not None:
            yield stretch
            return
        count = bisect_left(strikes_us, middle_us + 1)
        yield from self._stretches_of(watch, low_us, middle_us, strikes_us[:count])
        yield from self._stretches_of(watch, middle_us + 1, high_us, strikes_us[count:])

    def _stretch(self, watch: Watch, low_us: int, middle_us: int, high_us: int) -> _Stretch | None:
        """The whole of it, if one rule holds for both ends and the middle."""
        low, middle, high = (self._struck(watch, at_us) for at_us in (low_us, middle_us, high_us))
        if not low.story == middle.story == high.story:
            return None
        slopes = _slopes(low.values, high.values, high_us - low_us)
        trail = _slopes(low.trail, high.trail, high_us - low_us)
        later_us = middle_us - low_us
        fits = np.array_equal(middle.values, low.values + slopes * later_us)
        if not fits or not np.array_equal(middle.trail, low.trail + trail * later_us):
            return None
        fits = np.array_equal(high.values, low.values + slopes * (high_us - low_us))
        if not fits or not np.array_equal(high.trail, low.trail + trail * (high_us - low_us)):
            return None
        return _Stretch(low_us, high_us, low.layout, low.values, slopes)

    def _struck(self, watch: Watch, at_us: int) -> _Numbers:
        branch = watch.branch()
        command(branch.state, Strike(at_us, self._fault, UnitTarget(self._tier, 0)))
        return _flat(branch.reading(self._setup.duration_us))


def _slopes(first: Integers, last: Integers, later_us: int) -> Integers:
    """How each number moves with the strike: not at all, with it, or against it."""
    slopes: Integers = np.sign(last - first)
    return slopes if later_us else np.zeros_like(first)


def _flat(reading: Reading) -> _Numbers:
    wounds = reading.wounds
    layout = Layout(
        len(reading.refused),
        len(reading.doubtful),
        len(reading.lost),
        len(reading.lost_entries),
        tuple(len(wound.spans) for wound in wounds),
    )
    values = [getattr(reading, name) for name in HEAD]
    for spans in (reading.refused, reading.doubtful, reading.lost, reading.lost_entries):
        values += _ends(spans)
    for wound in wounds:
        values += [wound.at_us, wound.ended_us, *_ends(wound.spans)]
    numbers = (np.array(some, dtype=np.int64) for some in (values, reading.instants_us))
    return _Numbers(layout, (layout, reading.happened, len(reading.instants_us)), *numbers)


def _ends(spans: Iterable[Interval]) -> list[int]:
    return [end_us for span in spans for end_us in span]
