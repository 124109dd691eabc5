"""Sentences for when something has gone wrong."""

from __future__ import annotations

from visualizer.sim.event import Demoted, LossCause, StateLost, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import RUNNING, WAITING, Role
from visualizer.story.causes import LOST
from visualizer.story.moment import Moment
from visualizer.story.words import (
    about,
    are,
    instant,
    number,
    ordinal,
    pair,
    sentence,
    sessions,
    unit,
)

_SHORT_US = 900_000
_LONG_US = 4 * US_PER_S
_GONE = frozenset({Role.DOWN, Role.BOOTING})
_MADE_SINCE = frozenset(
    {
        LossCause.UNSYNCED,
        LossCause.IN_FLIGHT,
        LossCause.BACKLOG,
        LossCause.NEVER_SYNCED,
        LossCause.STALE_SNAPSHOT,
    }
)
"""Causes whose words fit after "19 sessions"."""


def nobody_left(moment: Moment) -> str | None:
    """No unit of a tier runs."""
    for tier in moment.tiers:
        roles = [moment.role(tier, index) for index in (0, 1)]
        if any(role in RUNNING for role in roles):
            continue
        if Role.BOOTING in roles:
            name = unit(moment.setup, tier, roles.index(Role.BOOTING))
            return sentence(f"{name} boots with empty memory. Nobody is left to copy from.")
        return f"Both units of the {pair(moment.setup, tier)} are down. There is nobody left to take over."
    return None


def struck(moment: Moment) -> str | None:
    """The active unit has just gone down; until the next heartbeat is missed."""
    event = moment.last(UnitStruck, _LONG_US)
    if event is None or moment.role(event.tier, event.unit) is not Role.DOWN:
        return None
    tier, other = event.tier, 1 - event.unit
    if moment.role(tier, other) is Role.ACTIVE and moment.lost_at(event.at_us, tier):
        return sentence(f"{unit(moment.setup, tier, event.unit)} {_verb(event)}. {_cost(moment, event)}")
    if moment.role(tier, other) not in WAITING or moment.state.tiers[tier].failover is None:
        return None
    if moment.grew(event.at_us, tier, other) and moment.now_us - event.at_us >= _SHORT_US:
        return None
    return sentence(f"{unit(moment.setup, tier, event.unit)} {_verb(event)}. {_cost(moment, event)}")


def _verb(event: UnitStruck) -> str:
    """In the words of the fault; power and fences are none."""
    return FAULTS[event.fault].past if event.fault in FAULTS else "goes down"


def _cost(moment: Moment, event: UnitStruck) -> str:
    """What went down with it."""
    tier = event.tier
    other = unit(moment.setup, tier, 1 - event.unit)
    count = moment.lost_at(event.at_us, tier)
    if not count:
        return f"All that it acknowledged is on {other}, or on the cable to it: no session is lost."
    causes = {e.cause for e in moment.events if isinstance(e, StateLost) and e.at_us == event.at_us}
    if len(causes) != 1 or not causes <= _MADE_SINCE:
        return f"{sessions(count)} that {other} never got exist nowhere else: {are(count)} gone."
    cause = causes.pop()
    why = LOST[cause]
    if cause is LossCause.IN_FLIGHT and moment.policy(tier).streams:
        why = "still on the cable"
    safe_us = moment.state.failovers[-1].safe_us
    if why.endswith("the last sync") and safe_us is not None:
        why += f" at {instant(safe_us)}"
    verb = "exists" if count == 1 else "exist"
    return f"{sessions(count)} {why} {verb} nowhere else: {are(count)} gone."


def standby_struck(moment: Moment) -> str | None:
    """The other one has gone down."""
    event = moment.last(UnitStruck, _LONG_US)
    if event is None or moment.role(event.tier, event.unit) is not Role.DOWN:
        return None
    other = 1 - event.unit
    if moment.state.tiers[event.tier].serving != other or moment.lost_at(event.at_us, event.tier):
        return None
    gone, left = unit(moment.setup, event.tier, event.unit), unit(moment.setup, event.tier, other)
    return sentence(f"{gone} {_verb(event)}. Nobody notices: {left} serves on and holds the only copy.")


def split_brain(moment: Moment) -> str | None:
    """Two active units."""
    for tier in moment.tiers:
        units = moment.state.tiers[tier].units
        if all(each.role is Role.ACTIVE and not each.suspended for each in units):
            name = pair(moment.setup, tier)
            return (
                f"Split brain: both units of the {name} are active, and neither knows of the other. "
                "What only one of them holds will be discarded."
            )
    return None


def suspicion(moment: Moment) -> str | None:
    """A standby waits for heartbeats in vain."""
    for tier in moment.tiers:
        for index in (0, 1):
            missed = moment.missed_at(moment.now_us, tier, index)
            if moment.role(tier, index) in WAITING and (missed or moment.role(tier, 1 - index) in _GONE):
                return _suspects(moment, tier, index, missed)
    return None


def _suspects(moment: Moment, tier: int, index: int, missed: int) -> str:
    name, other = unit(moment.setup, tier, index), unit(moment.setup, tier, 1 - index)
    misses = moment.setup.tiers[tier].heartbeat.misses
    if moment.claims(tier, index):
        return sentence(
            f"{name} is the preferred unit. It heeds the heartbeats of {other} no more, and will take over."
        )
    if not missed:
        return sentence(
            f"nobody serves. {sentence(name)} suspects nothing yet: the next heartbeat is not due."
        )
    so_far = f"{number(missed)} heartbeat{'' if missed == 1 else 's'} missed."
    if moment.role(tier, 1 - index) is Role.ACTIVE:
        return f"{so_far} {sentence(name)} cannot tell a dead unit from a dead cable: {other} is alive."
    if missed + 1 >= misses:
        return f"{so_far} {sentence(name)} must miss a {ordinal(misses)} before it dares take over."
    more = number(misses - missed).lower()
    return f"{so_far} {sentence(name)} waits for {more} more before it dares take over."


def dead_address(moment: Moment) -> str | None:
    """Taken over, and nobody knows."""
    for tier, here in enumerate(moment.state.tiers):
        if here.serving is None and moment.role(tier, 1 - here.directed) is Role.ACTIVE:
            name = unit(moment.setup, tier, 1 - here.directed)
            return sentence(
                f"{name} is active, but requests still go to the dead address "
                "until its gratuitous ARP has been heard."
            )
    return None


def taken_over(moment: Moment) -> str | None:
    """Somebody serves again."""
    event = moment.last(Takeover, _LONG_US)
    number_of = None if event is None else moment.state.tiers[event.tier].failover
    if event is None or number_of is None or moment.role(event.tier, event.unit) is not Role.ACTIVE:
        return None
    failover = moment.state.failovers[number_of]
    late = about(event.at_us - failover.fault_us)
    together = moment.all_at(Takeover, event.at_us)
    name = unit(moment.setup, event.tier, event.unit)
    lost = sum(len(x.sessions) for x in moment.state.losses if x.failover == number_of)
    struck = failover.fault in FAULTS and FAULTS[failover.fault].bolt
    after = "the strike" if struck else "the fault"
    if len(together) > 1 and moment.setup.path == "parallel":
        return _column(moment, failover.fault_us, f"takes over {late} after {after}")
    if not lost:
        return sentence(f"{name} takes over {late} after {after}, with every session: stateful, this time.")
    return sentence(
        f"{name} takes over {late} after {after}. It has never heard of the {sessions(lost)} lost with "
        f"{unit(moment.setup, event.tier, 1 - event.unit)}."
    )


def _column(moment: Moment, fault_us: int, takes_over: str) -> str:
    """All tiers of a parallel path at once; a loss in any of them is a loss of the path."""
    lost = sum(len(x.sessions) for x in moment.state.losses if fault_us <= x.at_us <= moment.now_us)
    if not lost:
        return f"The other column {takes_over}, with every session: stateful, this time."
    return f"The other column {takes_over}, as a whole. It has never heard of {sessions(lost)}."


def failed_back(moment: Moment) -> str | None:
    """A return that came before the copy was complete."""
    event = moment.last(Takeover, _LONG_US)
    if event is None:
        return None
    lost = [each for each in moment.all_at(StateLost, event.at_us) if each.cause is LossCause.FAILBACK]
    if not lost:
        return None
    count = sum(each.sessions for each in lost)
    name = unit(moment.setup, event.tier, event.unit)
    return sentence(
        f"{name} takes over again before its copy is complete: {sessions(count)} that only "
        f"{unit(moment.setup, event.tier, 1 - event.unit)} held are given up."
    )


def stepped_down(moment: Moment) -> str | None:
    """The end of a split brain."""
    event = moment.last(Demoted, _LONG_US)
    if event is None:
        return None
    count = moment.lost_at(event.at_us, event.tier)
    name = unit(moment.setup, event.tier, event.unit)
    return sentence(
        f"{name} hears its successor and steps down. What only it held is discarded: {sessions(count)}."
    )
