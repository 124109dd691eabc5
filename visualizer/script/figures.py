"""The figures that a script can name: numbers of a run at an instant, computed by the engine and the books.

A template is a text with names in braces: "{lost} sessions are gone"; see `templates`. To add a figure: its
line in `FIGURES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from visualizer.ledger import FailoverRecord, account, held_sessions
from visualizer.script.script import TierSpot
from visualizer.sim import State, exposure
from visualizer.sim.command import LinkTarget, Target, UnitTarget
from visualizer.sim.service import lost_at, open_before
from visualizer.sim.state import Role
from visualizer.sim.traffic import FAR_US

Unit = Literal["count", "time", "instant"]
Part = TierSpot | UnitTarget | LinkTarget


@dataclass(frozen=True, slots=True)
class Figure:
    """`summary` says what it is. `of` finds it in a state: a count, or microseconds; None: there is none.

    `of_part`: the same of one part of the setup, which is one of `parts`. Without `of` it is always of a
    part; where there is only one tier that need not be said.
    """

    summary: str
    unit: Unit
    of: Callable[[State], int | None] | None = None
    of_part: Callable[[State, Part], int | None] | None = None
    parts: tuple[type[Part], ...] = ()

    def value(self, state: State, part: Target | TierSpot | None = None) -> int | None:
        """It in this state; of the first tier where a part is needed and none is said."""
        if part is None and self.of is not None:
            return self.of(state)
        assert self.of_part is not None
        part = TierSpot(0) if part is None else part
        assert isinstance(part, self.parts)
        return self.of_part(state, part)


def _of_tier(summary: str, unit: Unit, of: Callable[[State, int], int | None]) -> Figure:
    """A figure of one tier."""
    return Figure(summary, unit, None, lambda state, part: of(state, part.tier), (TierSpot,))


def _with_tiers(
    summary: str, unit: Unit, of: Callable[[State], int | None], of_tier: Callable[[State, int], int | None]
) -> Figure:
    """A figure of the whole, and of each tier."""
    return Figure(summary, unit, of, lambda state, part: of_tier(state, part.tier), (TierSpot,))


def _waiting(state: State, tier: int) -> int:
    """The unit that is not active, or was not: the one that copies are for."""
    units = state.tiers[tier].units
    active = [number for number, unit in enumerate(units) if unit.role is Role.ACTIVE]
    return 1 - active[0] if len(active) == 1 else 1 - state.tiers[tier].directed


def _held(state: State, part: Part) -> int:
    tier = part.tier
    unit = part.unit if isinstance(part, UnitTarget) else _waiting(state, tier)
    return held_sessions(state, account(state).open_sessions)[tier][unit]


def _last_sync_us(state: State, tier: int) -> int | None:
    safe_us = state.tiers[tier].units[_waiting(state, tier)].safe_us
    if safe_us is not None:
        return safe_us
    return next((one.safe_us for one in reversed(state.failovers) if one.tier == tier), None)


def _since_sync_us(state: State, tier: int) -> int | None:
    last_us = _last_sync_us(state, tier)
    return None if last_us is None else state.now_us - last_us


def _latency_us(state: State, part: Part) -> int:
    setup = state.setup.tiers[part.tier]
    return setup.links[part.link if isinstance(part, LinkTarget) else setup.sync.link].latency_us


def _lost(state: State, tier: int | None = None) -> int:
    return sum(len(loss.sessions) for loss in state.losses if tier is None or loss.tier == tier)


def _lost_transactions(state: State, tier: int | None = None) -> int:
    return sum(len(loss.transaction_us) for loss in state.losses if tier is None or loss.tier == tier)


def _struck_us(state: State) -> int | None:
    """When the fault came that the last failover is due to."""
    return state.failovers[-1].fault_us if state.failovers else None


def _open_when_struck(state: State) -> int | None:
    at_us = _struck_us(state)
    return None if at_us is None else len(open_before(state, at_us))


def _survivors(state: State) -> int | None:
    at_us = _struck_us(state)
    if at_us is None:
        return None
    return int((lost_at(state, open_before(state, at_us)) == FAR_US).sum())


def _failover(state: State, tier: int | None) -> FailoverRecord | None:
    """The last one, or that of a tier."""
    records = account(state).failovers
    return next((one for one in reversed(records) if tier is None or one.failover.tier == tier), None)


def _rpo_us(state: State, tier: int | None = None) -> int | None:
    record = _failover(state, tier)
    return None if record is None else record.achieved_rpo_us


def _rto_us(state: State, tier: int | None = None) -> int | None:
    record = _failover(state, tier)
    return None if record is None else record.achieved_rto_us


def _takeovers(state: State, tier: int | None = None) -> int:
    return sum(one.takeover_us is not None for one in state.failovers if tier is None or one.tier == tier)


def _active(state: State, tier: int) -> int:
    return sum(unit.role is Role.ACTIVE for unit in state.tiers[tier].units)


def _in_doubt(state: State, tier: int | None = None) -> int:
    return sum(count for _, where, count in state.in_doubt if tier is None or where == tier)


FIGURES: dict[str, Figure] = {
    "now": Figure("the instant", "instant", lambda state: state.now_us),
    "open": Figure("sessions that are open", "count", lambda state: account(state).open_sessions),
    "exposed": _with_tiers(
        "sessions that exist on one unit only: what one bolt would cost",
        "count",
        lambda state: exposure(state).worst,
        lambda state, tier: exposure(state).by_tier[tier],
    ),
    "held": Figure(
        "open sessions that the standby (or the unit named) holds",
        "count",
        None,
        _held,
        (TierSpot, UnitTarget),
    ),
    "lost": _with_tiers("sessions lost so far", "count", _lost, _lost),
    "lost transactions": _with_tiers(
        "transactions lost so far", "count", _lost_transactions, _lost_transactions
    ),
    "open when struck": Figure(
        "sessions that were open when the last failover's fault came", "count", _open_when_struck
    ),
    "survivors": Figure(
        "of the sessions open when the last failover's fault came, those that are not lost",
        "count",
        _survivors,
    ),
    "sessions": Figure(
        "sessions that asked to open so far", "count", lambda state: account(state).offered_sessions
    ),
    "transactions": Figure(
        "transactions asked for so far", "count", lambda state: account(state).offered_transactions
    ),
    "acknowledged sessions": Figure(
        "sessions that got their answer so far", "count", lambda state: account(state).acknowledged_sessions
    ),
    "acknowledged transactions": Figure(
        "transactions that got their answer so far",
        "count",
        lambda state: account(state).acknowledged_transactions,
    ),
    "unanswered": Figure(
        "requests that were taken and have no answer yet", "count", lambda state: account(state).pending
    ),
    "met nobody": Figure(
        "requests that were not served at once", "count", lambda state: account(state).requests_interrupted
    ),
    "failed requests": Figure(
        "requests that gave up, or never got their answer",
        "count",
        lambda state: account(state).interruption.failed,
    ),
    "delayed requests": Figure(
        "requests that were served at a later try", "count", lambda state: account(state).interruption.delayed
    ),
    "waiting requests": Figure(
        "requests that still try", "count", lambda state: account(state).interruption.waiting
    ),
    "outage": Figure(
        "the time in which nobody was served so far", "time", lambda state: account(state).no_service_us
    ),
    "in doubt": _with_tiers(
        "requests that a dead unit did, and never answered", "count", _in_doubt, _in_doubt
    ),
    "at stake": Figure(
        "in a split brain: sessions that only the unit holds which will have to give up",
        "count",
        lambda state: account(state).at_stake.sessions,
    ),
    "takeovers": _with_tiers("how often a unit has taken over", "count", _takeovers, _takeovers),
    "rpo": _with_tiers("the achieved RPO of the last failover", "time", _rpo_us, _rpo_us),
    "rto": _with_tiers("the achieved RTO of the last failover", "time", _rto_us, _rto_us),
    "active units": _of_tier("how many units of the pair are active", "count", _active),
    "last sync": _of_tier(
        "up to which instant the standby has everything, or had when it took over", "instant", _last_sync_us
    ),
    "since sync": _of_tier("the time since then", "time", _since_sync_us),
    "sync interval": _of_tier(
        "the time from copy to copy", "time", lambda state, tier: state.setup.tiers[tier].sync.interval_us
    ),
    "heartbeat interval": _of_tier(
        "the time from heartbeat to heartbeat",
        "time",
        lambda state, tier: state.setup.tiers[tier].heartbeat.interval_us,
    ),
    "misses": _of_tier(
        "how many heartbeats the standby must miss",
        "count",
        lambda state, tier: state.setup.tiers[tier].heartbeat.misses,
    ),
    "hold time": _of_tier(
        "how long the standby waits for a heartbeat before it takes over",
        "time",
        lambda state, tier: state.setup.tiers[tier].heartbeat.hold_of_us(_waiting(state, tier)),
    ),
    "latency": Figure(
        "how long a message travels on the cable of the copies (or the cable named)",
        "time",
        None,
        _latency_us,
        (TierSpot, LinkTarget),
    ),
}
"""By the name in a template, in the order in which they are listed for people."""
