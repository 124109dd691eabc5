"""What a picture needs from a run at the playhead: nothing is drawn that the engine did not compute."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.ledger import Account, FailoverRecord, account, held_sessions
from visualizer.scene.history import History, history
from visualizer.sim import Setup, State, exposure
from visualizer.sim.command import Command
from visualizer.story.caption import RECENT_US, caption
from visualizer.timeline.run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One instant of a run.

    `exposed`: sessions that one bolt would cost, for each tier. `held`: what each unit of each tier holds.
    `acted`: whether somebody has done anything to this run.
    """

    state: State
    account: Account
    exposed: tuple[int, ...]
    held: tuple[tuple[int, int], ...]
    history: History
    caption: str
    acted: bool

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
        found = self.account.failovers
        return next((one for one in found if one.failover.fault_us == found[-1].failover.fault_us), None)

    @property
    def tier(self) -> int:
        """The tier that matters now."""
        if self.failover is not None:
            return self.failover.failover.tier
        return max(range(len(self.exposed)), key=lambda tier: (self.exposed[tier], -tier))


class FrameSource:
    """Frames of one run. Keeps what depends on its whole history until somebody acts or undoes."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._acts: tuple[Command, ...] | None = None
        self._history: History | None = None

    def frame(self) -> Frame:
        """The frame at the playhead."""
        run = self._run
        if self._history is None or self._acts != run.acts:
            self._history, self._acts = history(run), run.acts
        state = run.state
        books = account(state)
        exposed = exposure(state).by_tier
        recent = run.events_between(state.now_us - RECENT_US, state.now_us + 1)
        return Frame(
            state=state,
            account=books,
            exposed=exposed,
            held=tuple(held_sessions(state, books.open_sessions)),
            history=self._history,
            caption=caption(state, recent, state.setup, exposed),
            acted=bool(run.acts),
        )


def frame(run: Run, cache: FrameSource | None = None) -> Frame:
    """The frame at the run's playhead; give the same `cache` for every frame of a run that is played."""
    return (cache or FrameSource(run)).frame()
