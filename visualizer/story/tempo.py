"""From the time of a film to the time of the run, exactly: holds, slow motion, questions. Integers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from visualizer.story.screenplay import Screenplay

Kind = Literal["play", "hold", "question", "answer"]


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
    """The stretches of a film, without gaps; `length_us` is how long it is."""

    stretches: tuple[Stretch, ...]
    length_us: int

    def at(self, film_us: int) -> Place:
        """Where the run is at an instant of the film, 0 to `length_us`."""
        raise NotImplementedError

    def film_us(self, at_us: int) -> int:
        """The last instant of the film at which the run is at `at_us` (or has not yet passed it)."""
        raise NotImplementedError

    def frames(self, fps: int) -> int:
        """How many frames it has: length x fps, rounded up. Frame n shows n / fps."""
        raise NotImplementedError


def plain(from_us: int, to_us: int, speed: int) -> Tempo:
    """At one speed (thousandths) from an instant of the run to another."""
    raise NotImplementedError


def tempo(told: Screenplay, from_us: int, to_us: int, least_us: Mapping[int, int] | None = None) -> Tempo:
    """As the screenplay says, between two instants of the run. `least_us`: for the number of a beat how long
    it must be told at least, because somebody speaks; its hold is stretched to fit.
    """
    raise NotImplementedError
