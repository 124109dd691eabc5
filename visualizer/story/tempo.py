"""From the time of a film to the time of the run, exactly: holds, slow motion, questions. Integers only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from visualizer.script.script import SPEED_ONE
from visualizer.sim.setup import US_PER_S
from visualizer.story.screenplay import Screenplay, ToldBeat

Kind = Literal["play", "hold", "question", "answer"]

LAST_PICTURE_US = 1_500_000
"""So long, at least, the last picture of a told film stands."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `film_us` on, for `length_us`, the run goes on from `at_us` at `speed` thousandths (0: it stands).

    `beat`: the index of the beat that is told, None before the first and in a film without a story.
    """

    kind: Kind
    film_us: int
    length_us: int
    at_us: int
    speed: int
    beat: int | None

    @property
    def end_us(self) -> int:
        """The instant of the film at which the next stretch begins."""
        return self.film_us + self.length_us


@dataclass(frozen=True, slots=True)
class Place:
    """An instant of a film: `at_us` in the run, and in which stretch. `beat_us`: how long its beat has been
    told, in film time.
    """

    at_us: int
    stretch: Stretch
    beat_us: int


@dataclass(frozen=True, slots=True)
class Tempo:
    """The stretches of a film, without gaps; `length_us` is how long it is.

    Each stretch says where the run is when it begins, so what is rounded off in one is not carried on.
    """

    stretches: tuple[Stretch, ...]
    length_us: int

    def at(self, film_us: int) -> Place:
        """Where the run is at an instant of the film, 0 to `length_us`."""
        film_us = min(max(film_us, 0), self.length_us)
        number = bisect_right(self.stretches, film_us, key=lambda stretch: stretch.film_us) - 1
        stretch = self.stretches[number]
        at_us = stretch.at_us + (film_us - stretch.film_us) * stretch.speed // SPEED_ONE
        return Place(at_us, stretch, film_us - self._told_from_us(stretch))

    def film_us(self, at_us: int) -> int:
        """The last instant of the film at which the run is at `at_us` (or has not yet passed it)."""
        number = bisect_right(self.stretches, at_us, key=lambda stretch: stretch.at_us) - 1
        if number < 0:
            return 0
        stretch = self.stretches[number]
        last_us = stretch.length_us - (number < len(self.stretches) - 1)
        if stretch.speed:
            # The greatest offset with offset * speed // SPEED_ONE <= at_us - stretch.at_us.
            last_us = min(last_us, ((at_us - stretch.at_us + 1) * SPEED_ONE - 1) // stretch.speed)
        return stretch.film_us + last_us

    def frames(self, fps: int) -> int:
        """How many frames it has: length x fps, rounded up. Frame n shows n / fps."""
        return -(-self.length_us * fps // US_PER_S)

    def _told_from_us(self, stretch: Stretch) -> int:
        return next(each.film_us for each in self.stretches if each.beat == stretch.beat)


def plain(from_us: int, to_us: int, speed: int) -> Tempo:
    """At one speed (thousandths) from an instant of the run to another."""
    length_us = (to_us - from_us) * SPEED_ONE // speed
    return Tempo((Stretch("play", 0, length_us, from_us, speed, None),), length_us)


def tempo(told: Screenplay, from_us: int, to_us: int, least_us: Mapping[int, int] | None = None) -> Tempo:
    """As the screenplay says, between two instants of the run. `least_us`: for the number of a beat how long
    it must be told at least, because somebody speaks; its hold is stretched to fit.

    A beat is told from its own instant to that of the next, answers to earlier questions not counted. Of the
    beats before `from_us` the last is told on, without its hold; one at `to_us` is still told. At the end the
    last picture stands for `LAST_PICTURE_US`.
    """
    cut = _cut(told, from_us, to_us, {})
    missing = {
        index: least_us[beat.number] - _told_us(cut, index)
        for index, beat in enumerate(told.beats)
        if least_us and beat.number in least_us
    }
    return _cut(told, from_us, to_us, missing) if missing else cut


def _cut(told: Screenplay, from_us: int, to_us: int, missing: Mapping[int, int]) -> Tempo:
    """`missing`: how much longer each beat must be told, by its index."""
    teller = _Teller(from_us, to_us)
    for index, beat in enumerate(told.beats):
        if beat.at_us > to_us:
            break
        if beat.at_us < from_us:
            teller.index, teller.speed = index, beat.speed
        else:
            teller.tell(index, beat, max(0, missing.get(index, 0)))
    teller.go_to(to_us)
    teller.stand("hold", LAST_PICTURE_US - teller.stood_us)
    return Tempo(tuple(teller.stretches), teller.film_us)


def _told_us(cut: Tempo, index: int) -> int:
    return sum(each.length_us for each in cut.stretches if each.beat == index and each.kind != "answer")


@dataclass(slots=True)
class _Teller:
    """Puts one stretch behind the other. `waiting`: which beats have asked, with what they asked."""

    at_us: int
    to_us: int
    film_us: int = 0
    speed: int = SPEED_ONE
    index: int | None = None
    stretches: list[Stretch] = field(default_factory=list)
    waiting: list[tuple[int, int, int]] = field(default_factory=list)
    """(until_us, index, answer_us)"""

    @property
    def stood_us(self) -> int:
        """How long time has been standing still at this instant."""
        return sum(each.length_us for each in self.stretches if not each.speed and each.at_us == self.at_us)

    def tell(self, index: int, beat: ToldBeat, longer_us: int) -> None:
        self.go_to(beat.at_us)
        self.index, self.speed = index, beat.speed
        self.stand("hold", beat.hold_us + longer_us)
        if beat.question is not None:
            self.stand("question", beat.thinking_us)
            self.waiting.append((beat.question.until_us, index, beat.answer_us))

    def go_to(self, at_us: int) -> None:
        """Play to an instant, answering on the way what is due by then."""
        for due in sorted(self.waiting):
            until_us, index, answer_us = due
            if until_us <= at_us:
                self.waiting.remove(due)
                self.play(until_us)
                told, self.index = self.index, index
                self.stand("answer", answer_us)
                self.index = told
        self.play(at_us)

    def play(self, until_us: int) -> None:
        if until_us > self.at_us:
            self._add("play", (until_us - self.at_us) * SPEED_ONE // self.speed, self.speed)
            self.at_us = until_us

    def stand(self, kind: Kind, length_us: int) -> None:
        self._add(kind, length_us, 0)

    def _add(self, kind: Kind, length_us: int, speed: int) -> None:
        if length_us > 0:
            self.stretches.append(Stretch(kind, self.film_us, length_us, self.at_us, speed, self.index))
            self.film_us += length_us
