"""A run that can be played, rewound and changed: the commands are the truth, everything else follows.

`Run` holds the setup, the acts of the person at the controls and a keyframe every second (in a long run more
seldom). An act at the instant t takes effect at t, before everything else that happens then: the run is the
same as if its scenario had said `at: t`. Acting in the past drops the acts after it (undo brings them back).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import copy
from dataclasses import dataclass, replace

from visualizer.sim import State, advance, finish, replace_commands, start, trace_sha256
from visualizer.sim.command import Command
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, Setup

_KEYFRAMES = 600
"""A long run has about so many keyframes; a shorter one has one every second."""


@dataclass(frozen=True, slots=True)
class _Branch:
    """One version of history: the acts, and where the playhead stood when it was left."""

    acts: tuple[Command, ...]
    at_us: int


class Run:
    """See the module. All times are integer microseconds within [0, duration]."""

    def __init__(self, setup: Setup, acts: tuple[Command, ...] = ()) -> None:
        self.setup = setup
        self.keyframe_us = max(setup.duration_us // _KEYFRAMES, US_PER_S)
        self.events: list[Event] = []
        self.abandoned: tuple[Command, ...] | None = None
        self._branch = _Branch(acts, 0)
        self._undo: list[_Branch] = []
        self._redo: list[_Branch] = []
        self._event_times: list[int] = []
        first = start(setup)
        replace_commands(first, (*setup.commands, *acts))
        self._keyframes: list[State] = [first]
        self._times: list[int] = [first.now_us]
        self._head = first.copy()
        self._state = self._head
        self.seek(0)

    @property
    def state(self) -> State:
        """The state at the playhead. Do not change it; copy it first."""
        return self._state

    @property
    def now_us(self) -> int:
        """The playhead."""
        return self._state.now_us

    @property
    def acts(self) -> tuple[Command, ...]:
        """What has been done to this run beyond its scenario, in order of time."""
        return self._branch.acts

    @property
    def played_us(self) -> int:
        """How far this version of history has been computed."""
        return self._head.now_us

    def seek(self, at_us: int) -> State:
        """Move the playhead to any instant, computing what has not been computed yet."""
        at_us = min(max(at_us, 0), self.setup.duration_us)
        if at_us >= self._head.now_us:
            self._extend(at_us)
            self._state = self._head
        else:
            self._state = self.state_at(at_us)
        return self._state

    def state_at(self, at_us: int) -> State:
        """The state at an instant that has been computed already, 0 to `played_us`; the playhead stays."""
        state = self._keyframes[bisect_right(self._times, at_us) - 1].copy()
        advance(state, at_us)
        return state

    def step(self, ticks: int = 1) -> State:
        """Forward (or, negative, back) by whole ticks."""
        return self.seek(self.now_us + ticks * self.setup.tick_us)

    def compute(self, to_us: int) -> State:
        """Compute on to an instant within the run without moving the playhead; returns the state as far as it
        has been computed. Do not change it, and copy it to keep it.
        """
        self._extend(to_us)
        return self._head

    def finish(self) -> State:
        """Compute to the end of the scenario without moving the playhead; returns the state there."""
        self._extend(self.setup.duration_us)
        finish(self._head)
        return self._head

    def _extend(self, to_us: int) -> None:
        """Compute on, leaving a keyframe every so often."""
        if self._state is self._head and to_us > self._head.now_us:
            self._state = self._head.copy()
        while self._head.now_us < to_us:
            next_us = (self._head.now_us // self.keyframe_us + 1) * self.keyframe_us
            events = advance(self._head, min(next_us, to_us))
            self.events += events
            self._event_times += [event.at_us for event in events]
            if self._head.now_us == next_us:
                self._keyframes.append(self._head.copy())
                self._times.append(next_us)

    def events_between(self, low_us: int, high_us: int) -> list[Event]:
        """What has been computed to happen in [low, high)."""
        first, last = (bisect_left(self._event_times, at_us) for at_us in (low_us, high_us))
        return self.events[first:last]

    def act(self, act: Command) -> State:
        """Do something at `act.at_us`; later acts are dropped (undo brings them back)."""
        kept = tuple(other for other in self.acts if other.at_us <= act.at_us)
        self.abandoned = self.acts if len(kept) < len(self.acts) else None
        self._undo.append(replace(self._branch, at_us=self.now_us))
        self._redo.clear()
        self._change(_Branch((*kept, act), act.at_us))
        return self._state

    def undo(self) -> bool:
        """Take the last act back; False when there is none."""
        return self._swap(self._undo, self._redo)

    def redo(self) -> bool:
        """Do the act that was taken back again; False when there is none."""
        return self._swap(self._redo, self._undo)

    def _swap(self, source: list[_Branch], target: list[_Branch]) -> bool:
        if not source:
            return False
        target.append(replace(self._branch, at_us=self.now_us))
        self.abandoned = None
        self._change(source.pop())
        return True

    def _change(self, branch: _Branch) -> None:
        """Another version of history: keyframes before the first difference stay."""
        same_until_us = first_difference_us(self.acts, branch.acts)
        self._branch = branch
        keep = bisect_left(self._times, same_until_us)
        del self._keyframes[keep:], self._times[keep:]
        events = bisect_right(self._event_times, self._times[-1])
        del self.events[events:], self._event_times[events:]
        for keyframe in self._keyframes:
            replace_commands(keyframe, (*self.setup.commands, *branch.acts))
        self._head = self._keyframes[-1].copy()
        self._state = self._head
        self.seek(branch.at_us)

    def fork(self) -> Run:
        """An independent run with the same past, to try something else. What has been computed is shared."""
        twin = copy(self)
        twin.events, twin._event_times, twin._times = [*self.events], [*self._event_times], [*self._times]
        twin._keyframes = [keyframe.copy() for keyframe in self._keyframes]
        twin._undo, twin._redo, twin.abandoned = [], [], None
        twin._head = self._head.copy()
        twin._state = twin._head if self._state is self._head else self._state.copy()
        return twin

    def trace_sha256(self) -> str:
        """The trace hash of the whole run, to the end of the scenario."""
        return trace_sha256(self.finish())


def first_difference_us(old: tuple[Command, ...], new: tuple[Command, ...]) -> int:
    """Until when runs with these acts are the same; 0 when the acts are."""
    for a, b in zip(old, new, strict=False):
        if a != b:
            return min(a.at_us, b.at_us)
    rest = old[len(new) :] or new[len(old) :]
    return rest[0].at_us if rest else 0


def finished(setup: Setup) -> Run:
    """A run that is computed to its end, with the playhead at its start."""
    run = Run(setup)
    run.finish()
    return run
