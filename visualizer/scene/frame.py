"""What a picture needs from a run at the playhead: nothing is drawn that the engine did not compute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from visualizer.ledger import Account, FailoverRecord, account, held_sessions
from visualizer.scene.growing import history_of, known_history
from visualizer.scene.history import History
from visualizer.sim import Setup, State, exposure
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.story.caption import RECENT_US, caption
from visualizer.timeline.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """Another run at the same playhead, to compare with. `label` says which, in a word or two; `lost`: the
    sessions that it loses until its end.
    """

    label: str
    setup: Setup
    history: History
    account: Account
    lost: int

    @property
    def failover(self) -> FailoverRecord | None:
        """Its failover that matters, as `Frame.failover`."""
        return _failover(self.account)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One instant of a run.

    `exposed`: sessions that one bolt would cost, for each tier. `held`: what each unit of each tier holds.
    `tier`: the one that matters now. `acted`: whether somebody has done anything to this run. `before`: the
    run that it is compared with. `shared_scale`: that of several runs side by side.
    """

    state: State
    account: Account
    exposed: tuple[int, ...]
    held: tuple[tuple[int, int], ...]
    history: History
    caption: str
    tier: int
    acted: bool
    before: Before | None = None
    shared_scale: int | None = None

    @property
    def now_us(self) -> int:
        """The playhead."""
        return self.state.now_us

    @property
    def duration_us(self) -> int:
        """How long the scenario is."""
        return self.state.setup.duration_us

    @property
    def setup(self) -> Setup:
        """The parameters as they are at the playhead."""
        return self.state.setup

    @property
    def failover(self) -> FailoverRecord | None:
        """The failover that matters now: the latest; when a column moves, that of the unit that failed."""
        return _failover(self.account)

    @property
    def scale(self) -> int:
        """What the top of the sawtooth and a full bar stand for: the same in all runs that are compared."""
        if self.shared_scale is not None:
            return self.shared_scale
        if self.before is None:
            return self.history.scale
        return max(_peak(self.history), _peak(self.before.history)) or self.history.scale


class FrameSource:
    """Frames of one run. What depends on its whole history is kept until somebody acts or undoes.

    Not `whole`: the run is shown as far as it has been computed.
    """

    def __init__(self, run: Run, *, whole: bool = True) -> None:
        self._run = run
        self._history = history_of if whole else known_history

    def frame(self, before: Before | None = None) -> Frame:
        """The frame at the playhead, beside `before` at the same."""
        run = self._run
        found = self._history(run)
        state = run.state
        books = account(state)
        exposed = exposure(state).by_tier
        recent = run.events_between(state.now_us - RECENT_US, state.now_us + 1)
        return Frame(
            state=state,
            account=books,
            exposed=exposed,
            held=tuple(held_sessions(state, books.open_sessions)),
            history=found,
            caption=caption(state, recent, state.setup, exposed),
            tier=tier_that_matters(run),
            acted=bool(run.acts),
            before=before,
        )


class BeforeSource:
    """What a run that is compared with gives at any playhead; its own stays where it is. `whole` as above."""

    def __init__(self, run: Run, label: str, *, whole: bool = True) -> None:
        self._run, self._label = run, label
        self._history = history_of if whole else known_history
        self._lost: tuple[History, int] | None = None

    def at(self, at_us: int) -> Before:
        """The run at an instant; at its end when it is shorter."""
        at_us = min(at_us, self._run.setup.duration_us)
        self._run.compute(at_us)
        found = self._history(self._run)
        if self._lost is None or self._lost[0] is not found:
            self._lost = (found, account(found.end).lost.sessions)
        state = self._run.state_at(at_us)
        return Before(self._label, state.setup, found, account(state), self._lost[1])


def frame(run: Run, cache: FrameSource | None = None) -> Frame:
    """The frame at the run's playhead; give the same `cache` for every frame of a run that is played."""
    return (cache or FrameSource(run)).frame()


def tier_that_matters(run: Run) -> int:
    """That of the failover that matters; before there is one, that of the first unit or cable to be hit, else
    the first. It does not change from tick to tick.
    """
    failovers = run.state.failovers
    if failovers:
        return next(one.tier for one in failovers if one.fault_us == failovers[-1].fault_us)
    hits = [
        (command.at_us, command.target.tier)
        for command in (*run.setup.commands, *run.acts)
        if isinstance(command, Strike) and isinstance(command.target, UnitTarget | LinkTarget)
    ]
    return min(hits)[1] if hits else 0


@lru_cache(maxsize=8)
def _peak(of: History) -> int:
    """The most that was exposed while every pair was redundant."""
    return int(of.sawtooth.worst[of.copied].max(initial=0))


def _failover(books: Account) -> FailoverRecord | None:
    found = books.failovers
    return next((one for one in found if one.failover.fault_us == found[-1].failover.fault_us), None)
