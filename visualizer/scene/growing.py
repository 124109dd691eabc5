"""The history of a run while it is computed: piece by piece, so that nobody waits for the end of a long run.

What is known so far is a `History` that ends earlier. Once all is known it is the same as if it had been
computed at once; after an act only what follows it is computed anew.
"""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

import numpy as np

from visualizer.language import spoken
from visualizer.ledger import Sawtooth, sawtooth
from visualizer.scene.history import History, look_back, step_us
from visualizer.sim import State
from visualizer.sim.command import Command
from visualizer.sim.setup import US_PER_S
from visualizer.timeline.run import Run, first_difference_us

_PIECES = 40
"""The sawtooth of a long run is kept in so many: what one of them takes is the longest wait."""

_LEAST_PIECE_US = 2 * US_PER_S

_LOOKS = 4
"""So often, at most, is looked back before all is known."""


class _Growing:
    """One version of a run. `pieces[n]` is the sawtooth of the n-th stretch of `piece_us`."""

    def __init__(self, run: Run) -> None:
        self.acts: tuple[Command, ...] = run.acts
        self.known: History | None = None
        self.pieces: list[Sawtooth] = []
        self._language = spoken()
        self.piece_us = max(-(-run.setup.duration_us // _PIECES), _LEAST_PIECE_US)

    def follow(self, run: Run) -> None:
        """Keep of another version what is the same."""
        if self.acts == run.acts:
            return
        del self.pieces[first_difference_us(self.acts, run.acts) // self.piece_us :]
        self.acts, self.known = run.acts, None

    def whole(self, run: Run) -> bool:
        """Whether all has been computed that there is."""
        return run.played_us == run.setup.duration_us <= self._pieces_end_us

    def step(self, run: Run) -> None:
        """A little more: a few milliseconds."""
        end_us = min(self._pieces_end_us + self.piece_us, run.setup.duration_us)
        if run.played_us < end_us:
            run.compute(min(run.played_us + run.keyframe_us, end_us))
        elif end_us == run.setup.duration_us:
            self.pieces.append(_piece(run, run.finish(), self._pieces_end_us, end_us + 1))
        else:
            self.pieces.append(_piece(run, run.compute(end_us), self._pieces_end_us, end_us))

    def look(self, run: Run) -> History:
        """Back over all that is known, if that has become much more."""
        if self.known is None or self._language is not spoken() or self._outdated(self.known, run):
            while run.played_us >= self._pieces_end_us + self.piece_us:
                self.step(run)
            self._language = spoken()
            self.known = look_back(run, self._sawtooth(run))
        return self.known

    def _outdated(self, known: History, run: Run) -> bool:
        known_us = known.end.now_us
        if known_us == run.setup.duration_us:
            return False
        more_us = min(max(known_us, self.piece_us), run.setup.duration_us // _LOOKS)
        return self.whole(run) or run.now_us > known_us or run.played_us - known_us >= more_us

    def _sawtooth(self, run: Run) -> Sawtooth:
        """The pieces as far as the run is known, and what follows the last."""
        kept = self.pieces
        if not self.whole(run):
            kept = kept[: run.played_us // self.piece_us]
            state = run.compute(run.now_us)
            kept = [*kept, _piece(run, state, len(kept) * self.piece_us, state.now_us + 1)]
        times = np.concatenate([piece.times_us for piece in kept])
        return Sawtooth(times, np.concatenate([piece.by_tier for piece in kept], axis=1))

    @property
    def _pieces_end_us(self) -> int:
        return len(self.pieces) * self.piece_us


def _piece(run: Run, state: State, low_us: int, high_us: int) -> Sawtooth:
    return sawtooth(state, step_us(run.setup), low_us, high_us)


_GROWING: WeakKeyDictionary[Run, _Growing] = WeakKeyDictionary()


def grow(run: Run, seconds: float) -> None:
    """Compute on for about so long (of processor time, but at least a little), or to the end."""
    growing, end_s = _growing(run), time.thread_time() + seconds
    while not growing.whole(run):
        growing.step(run)
        if time.thread_time() >= end_s:
            break


def known_history(run: Run) -> History:
    """The run as far as it has been computed, at least to the playhead."""
    return _growing(run).look(run)


def history_of(run: Run) -> History:
    """The whole run as it stands, computed once for each version of it."""
    growing = _growing(run)
    while not growing.whole(run):
        growing.step(run)
    return growing.look(run)


def same_history(run: Run, twin: Run) -> None:
    """`twin` is a fork of `run`: what is known of one need not be computed again for the other."""
    growing, copied = _growing(run), _Growing(twin)
    copied.pieces, copied.known = [*growing.pieces], growing.known
    _GROWING[twin] = copied


def _growing(run: Run) -> _Growing:
    found = _GROWING.get(run)
    if found is None:
        found = _GROWING[run] = _Growing(run)
    found.follow(run)
    return found
