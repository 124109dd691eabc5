"""The instant of a run that says most: where a still is taken when nobody names one.

`RULES` are asked in order; the first that has something to show is heard. Pure: the same run, the same
instant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeVar

from visualizer.sim import Setup
from visualizer.sim.event import (
    AcknowledgementsHeld,
    Demoted,
    Event,
    HeartbeatReceived,
    ServiceChanged,
    ServiceSuspended,
    StateLost,
    Status,
    Takeover,
    TakeoverBegun,
    UnitStruck,
)
from visualizer.sim.setup import US_PER_S

AFTER_US = 600_000
"""What was lost has begun to fall, and the bolt is still there."""
_SUSPECTED_WITHIN_US = 800_000
_SHORT_US = 2 * US_PER_S
_LONG_US = 8 * US_PER_S

E = TypeVar("E", bound=Event)
Rule = Callable[[Setup, Sequence[Event]], int | None]


def telling_us(setup: Setup, events: Sequence[Event]) -> int:
    """The instant within the scenario; `events`: all of the finished run, in order of time."""
    found = (rule(setup, events) for rule in RULES)
    at_us = next((at_us for at_us in found if at_us is not None), None)
    return min(quiet_us(setup, events) if at_us is None else at_us, setup.duration_us)


def _of(events: Sequence[Event], kind: type[E]) -> list[E]:
    return [event for event in events if isinstance(event, kind)]


def _next(events: Sequence[E], from_us: int) -> E | None:
    return next((event for event in events if event.at_us > from_us), None)


def _suspended(setup: Setup, events: Sequence[Event]) -> int | None:
    """After a takeover the old active stops by itself."""
    takeovers = _of(events, Takeover)
    found = [each for each in _of(events, ServiceSuspended) if takeovers and takeovers[0].at_us < each.at_us]
    return found[0].at_us + AFTER_US if found else None


def _both_active(setup: Setup, events: Sequence[Event]) -> int | None:
    """A good part into the first split that lasts; the time of both is what it costs."""
    dead = {(each.tier, each.unit) for each in _of(events, UnitStruck)}
    for takeover in _of(events, Takeover):
        old = (takeover.tier, 1 - takeover.unit)
        stepped_down = [each for each in _of(events, Demoted) if (each.tier, each.unit) == old]
        end = _next(stepped_down, takeover.at_us)
        if end is not None and old not in dead and end.at_us - takeover.at_us >= _SHORT_US:
            return takeover.at_us + (end.at_us - takeover.at_us) * 6 // 10
    return None


def _starting(setup: Setup, events: Sequence[Event]) -> int | None:
    """In the middle of a takeover that takes long: the machine boots."""
    for begun in _of(events, TakeoverBegun):
        if begun.due_us - begun.at_us >= _LONG_US and _next(_of(events, Takeover), begun.at_us) is not None:
            return (begun.at_us + begun.due_us) // 2
    return None


def _unheard(setup: Setup, events: Sequence[Event]) -> int | None:
    """Somebody is active, and for long the clients do not know: requests go to the dead address."""
    changes = _of(events, ServiceChanged)
    for change in changes:
        end = _next(changes, change.at_us)
        end_us = setup.duration_us if end is None else end.at_us
        if change.status is Status.DEAD_ADDRESS and end_us - change.at_us >= _LONG_US:
            return change.at_us + US_PER_S
    return None


def _lost(setup: Setup, events: Sequence[Event]) -> int | None:
    """Just after the greatest loss; where the standby begins to suspect a little later, then."""
    losses = _of(events, StateLost)
    if not losses:
        return None
    worst = max(losses, key=lambda loss: (loss.sessions + loss.transactions, -loss.at_us))
    at_us = worst.at_us + AFTER_US
    if any(each.at_us == worst.at_us for each in _of(events, UnitStruck)):
        missed_us = _suspected_us(setup, events, worst)
        at_us = max(at_us, missed_us + 50_000) if missed_us - worst.at_us < _SUSPECTED_WITHIN_US else at_us
    takeover = _next(_of(events, Takeover), worst.at_us)
    if takeover is not None and takeover.at_us <= at_us:
        return worst.at_us + (takeover.at_us - worst.at_us) * 7 // 10
    return at_us


def _suspected_us(setup: Setup, events: Sequence[Event], loss: StateLost) -> int:
    """When the standby misses the first heartbeat after its last one before a loss."""
    heard = [each.at_us for each in _of(events, HeartbeatReceived) if each.tier == loss.tier]
    place = bisect_left(heard, loss.at_us)
    return heard[place - 1] + setup.tiers[loss.tier].heartbeat.interval_us if place else loss.at_us


def _waiting(setup: Setup, events: Sequence[Event]) -> int | None:
    """Nothing is lost, and nothing is confirmed: half way to what comes next."""
    for held in _of(events, AcknowledgementsHeld):
        end = _next(_of(events, UnitStruck), held.at_us)
        end_us = setup.duration_us if end is None else end.at_us
        if end_us - held.at_us >= _LONG_US:
            return (held.at_us + end_us) // 2
    return None


def _outage(setup: Setup, events: Sequence[Event]) -> int | None:
    """Nothing is lost, yet nobody is served: when requests have met nobody for a while."""
    changes = _of(events, ServiceChanged)
    found = next((each for each in changes if each.status is not Status.SERVED), None)
    if found is None:
        return None
    end = _next(changes, found.at_us)
    end_us = setup.duration_us if end is None else end.at_us
    return found.at_us + min(1_200_000, (end_us - found.at_us) * 6 // 10)


def quiet_us(setup: Setup, events: Sequence[Event]) -> int:
    """Nothing happens: half way, with a heartbeat that has just been heard."""
    half_us = setup.duration_us // 2
    heard = _next(_of(events, HeartbeatReceived), half_us)
    return half_us if heard is None else heard.at_us + 100_000


RULES: tuple[Rule, ...] = (_suspended, _both_active, _starting, _unheard, _lost, _waiting, _outage)
"""From the rarest to what nearly every run has."""
