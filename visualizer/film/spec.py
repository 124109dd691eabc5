"""What is to be filmed and how, as plain values: two processes with the same spec make the same frames."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.beside import Others
from visualizer.lab.designs import Comparison
from visualizer.opening import Opened
from visualizer.script.script import Beside


@dataclass(frozen=True, slots=True)
class ReelSpec:
    """One scenario or saved run (or, with `comparison`, its designs side by side) from an instant of the run
    to another (None: its start, its end).

    `speed`: thousandths, at that one speed throughout and without a story; None: as its screenplay says.
    `least_us`: (number of a beat, how long it must be told), for recordings. `chapter`: only that one of its
    chapters, by its index. `beats_before`: how many beats of the film it is a part of are told before it.
    `counted`: what came of the runs that stand beside each of these, where that has been found out.
    """

    opened: tuple[Opened, ...]
    comparison: Comparison | None = None
    from_us: int | None = None
    to_us: int | None = None
    speed: int | None = None
    least_us: tuple[tuple[int, int], ...] = ()
    chapter: int | None = None
    beats_before: int = 0
    counted: tuple[tuple[Beside, tuple[Others, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class FilmSpec:
    """Reels one after the other. `captions`: whether the sentences are in the picture."""

    reels: tuple[ReelSpec, ...]
    size_px: tuple[int, int]
    fps: int
    theme: str
    captions: bool = True
