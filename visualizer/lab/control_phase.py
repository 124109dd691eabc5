"""What the control plane is like at an instant, apart from when that is: equal phases have equal futures."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from visualizer.lab.control_strike import Target
from visualizer.sim import State
from visualizer.sim.agenda import (
    Batch,
    Beat,
    CaughtUpDue,
    CommandDue,
    CopyDue,
    DetectDue,
    Due,
    GeneratorDue,
    PowerDue,
    RefreshDue,
    SyncDue,
    UpsDue,
    WaitDue,
)
from visualizer.sim.heartbeats import deadline_us
from visualizer.sim.setup import TierSetup
from visualizer.sim.state import WAITING, Role

_FOREIGN = (CommandDue, GeneratorDue, UpsDue, PowerDue)
"""What comes from outside the pair, at its own time."""

_COPIES = (SyncDue, RefreshDue, CopyDue)

_WAITS = (WaitDue, CaughtUpDue)
"""Requests that wait for the standby: of interest to who serves only while both units are active."""


@dataclass(slots=True)
class Phases:
    """Of one run. Left out are copies, which decide what is lost, not who serves; what comes from outside
    (`is_alone`); and silence longer than `patience_us`, after which every failover is over.
    """

    target: Target
    patience_us: int
    setups: list[tuple[TierSetup, ...]] = field(default_factory=list)

    def of(self, state: State) -> Hashable:
        """A key; states with equal ones differ only in what makes no difference to who serves when."""
        tiers = range(len(state.tiers)) if state.setup.path == "parallel" else (self.target.tier,)
        return (
            self._version(state),
            *(self._of_tier(state, tier) for tier in tiers),
            tuple(feed.condition for feed in state.feeds),
            tuple(self._ahead(state, tiers)),
        )

    def is_alone(self, state: State, end_us: int) -> bool:
        """Whether nothing comes from outside until an instant, that one included."""
        return not any(isinstance(due, _FOREIGN) and at_us <= end_us for at_us, _, _, due in state.agenda)

    def _version(self, state: State) -> int:
        """Which parameters are in force."""
        for number, tiers in enumerate(self.setups):
            if tiers is state.setup.tiers:
                return number
        self.setups.append(state.setup.tiers)
        return len(self.setups) - 1

    def _of_tier(self, state: State, tier: int) -> Hashable:
        here, setup, now_us = state.tiers[tier], state.setup.tiers[tier], state.now_us
        units = tuple(
            (
                unit.role,
                max(unit.heard_us - now_us, -self.patience_us) if unit.role in WAITING else None,
                (unit.term, unit.fault, unit.slow, unit.mute, unit.isolated),
                (unit.suspended, unit.leased, unit.blocked),
            )
            for unit in here.units
        )
        links = tuple((link.up, link.fault, link.degraded, link.beats) for link in state.links[tier])
        counts: tuple[int, ...] = (here.term, here.fences, here.announced)
        if self.target.fault not in ("lightning", "host", "process"):
            counts = (*counts, here.beats)  # the struck unit goes on beating
        rhythm = tuple(
            now_us % period_us for period_us in (setup.heartbeat.poll_us, setup.guard.renewal_us) if period_us
        )
        serving = (here.directed, here.stays_at, *here.servers, here.failover, here.demoting)
        return units, links, counts, rhythm, serving

    def _ahead(self, state: State, tiers: range | tuple[int, ...]) -> list[Hashable]:
        """What is to come, in order, and how far off it is."""
        contested = any(all(u.role is Role.ACTIVE for u in state.tiers[tier].units) for tier in tiers)
        left_out = (*_COPIES, *_FOREIGN) if contested else (*_COPIES, *_FOREIGN, *_WAITS)
        ahead = []
        for at_us, order, serial, due in state.agenda:
            if isinstance(due, left_out) or getattr(due, "tier", tiers[0]) not in tiers:
                continue
            if isinstance(due, Batch) and not due.full:
                continue
            if isinstance(due, DetectDue):  # it looks again at the deadline, so only that matters
                at_us = max(at_us, deadline_us(state, due.tier, due.unit))  # noqa: PLW2901
            ahead.append((at_us - state.now_us, order, serial, _plain(due)))
        ahead.sort(key=lambda entry: entry[:3])
        return [(off_us, order, due) for off_us, order, _, due in ahead]


def _plain(due: Due) -> Hashable:
    """The same without the times that say only when it was made."""
    if isinstance(due, Beat):
        return Beat, due.tier, due.sender, due.receiver, due.link, due.term, due.lost, due.farewell
    if isinstance(due, Batch):
        return Batch, due.tier, due.sender, due.receiver, due.lost
    return due
