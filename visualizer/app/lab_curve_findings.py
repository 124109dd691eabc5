"""The curves of strike instants that were found out this evening, and the one that is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter_ns
from weakref import WeakKeyDictionary

from visualizer.app.lab_curve_work import Finding, finding
from visualizer.lab.strike import undisturbed
from visualizer.scene.lab_curve import Known
from visualizer.sim.command import Command
from visualizer.sim.setup import Setup
from visualizer.timeline.run import Run

Key = tuple[Setup, int]
"""A design with all that befalls it but strikes on units, whatever it is called; and which tier is struck."""

_FRAME_NS = 8_000_000
"""How much of a frame finding out may take."""

_KEPT = 12
"""A curve of some hours takes a few megabytes."""


class Findings:
    """What is known of each, found out a little in every picture."""

    def __init__(self) -> None:
        self._found: dict[Key, Known] = {}
        self._work: tuple[Key, Finding] | None = None
        self._bare: WeakKeyDictionary[Run, tuple[tuple[Command, ...], Setup]] = WeakKeyDictionary()

    def key(self, run: Run, tier: int) -> Key:
        """Of a run as it is now."""
        kept = self._bare.get(run)
        if kept is None or kept[0] != run.acts:
            every = tuple(sorted((*run.setup.commands, *run.acts), key=lambda act: act.at_us))
            bare = undisturbed(replace(run.setup, commands=every, title="", description=""))
            kept = self._bare[run] = (run.acts, bare)
        return kept[1], tier

    def known(self, key: Key) -> Known | None:
        """What is known so far; None before the first look."""
        return self._found.get(key)

    def find(self, keys: Sequence[Key]) -> None:
        """More of them, the first first, as much as a frame allows."""
        until_ns = perf_counter_ns() + _FRAME_NS
        for key in keys:
            known = self.known(key)
            if known is None or known.checked is None:
                self._find(key, until_ns)
            if perf_counter_ns() >= until_ns:
                return

    def _find(self, key: Key, until_ns: int) -> None:
        if self._work is None or self._work[0] != key:
            self._work = (key, finding(*key))
        for found in self._work[1]:
            if found is not None:
                self._keep(key, found)
            if perf_counter_ns() >= until_ns:
                return

    def _keep(self, key: Key, found: Known) -> None:
        """The latest stands last."""
        self._found.pop(key, None)
        self._found[key] = found
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
