"""Sentences for when something has gone wrong."""

from __future__ import annotations

from visualizer.language import say, say_many, thousands, translated
from visualizer.sim.event import Demoted, LossCause, StateLost, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import RUNNING, WAITING, Role
from visualizer.story.causes import lost_as
from visualizer.story.moment import Moment
from visualizer.story.words import about, number, ordinal, pair, sentence, sessions, unit

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
            return sentence(say("{unit} boots with empty memory. Nobody is left to copy from.", unit=name))
        return say(
            "Both units of the {tier} are down. There is nobody left to take over.",
            tier=pair(moment.setup, tier),
        )
    return None


def struck(moment: Moment) -> str | None:
    """The active unit has just gone down; until the next heartbeat is missed."""
    event = moment.last(UnitStruck, _LONG_US)
    if event is None or moment.role(event.tier, event.unit) is not Role.DOWN:
        return None
    tier, other = event.tier, 1 - event.unit
    if moment.role(tier, other) is Role.ACTIVE and moment.lost_at(event.at_us, tier):
        return f"{_happens(moment, event)} {_cost(moment, event)}"
    if moment.role(tier, other) not in WAITING or moment.state.tiers[tier].failover is None:
        return None
    if moment.grew(event.at_us, tier, other) and moment.now_us - event.at_us >= _SHORT_US:
        return None
    return f"{_happens(moment, event)} {_cost(moment, event)}"


def _happens(moment: Moment, event: UnitStruck) -> str:
    """In the words of the fault; power and fences are none."""
    name = unit(moment.setup, event.tier, event.unit)
    if event.fault not in FAULTS:
        return sentence(say("{unit} goes down.", unit=name))
    return sentence(say("{unit} {happens}.", unit=name, happens=translated(FAULTS[event.fault].past)))


def _cost(moment: Moment, event: UnitStruck) -> str:
    """What went down with it."""
    tier = event.tier
    other = unit(moment.setup, tier, 1 - event.unit)
    count = moment.lost_at(event.at_us, tier)
    if not count:
        return say(
            "All that it acknowledged is on {other}, or on the cable to it: no session is lost.", other=other
        )
    causes = {e.cause for e in moment.events if isinstance(e, StateLost) and e.at_us == event.at_us}
    if len(causes) != 1 or not causes <= _MADE_SINCE:
        return say_many(
            "{n} session that {other} never got exists nowhere else: it is gone.",
            "{n} sessions that {other} never got exist nowhere else: they are gone.",
            count,
            n=thousands(count),
            other=other,
        )
    safe_us = moment.state.failovers[-1].safe_us
    return say_many(
        "{n} session {cause} exists nowhere else: it is gone.",
        "{n} sessions {cause} exist nowhere else: they are gone.",
        count,
        n=thousands(count),
        cause=lost_as(causes.pop(), safe_us, streams=moment.policy(tier).streams),
    )


def standby_struck(moment: Moment) -> str | None:
    """The other one has gone down."""
    event = moment.last(UnitStruck, _LONG_US)
    if event is None or moment.role(event.tier, event.unit) is not Role.DOWN:
        return None
    other = 1 - event.unit
    if moment.state.tiers[event.tier].serving != other or moment.lost_at(event.at_us, event.tier):
        return None
    left = unit(moment.setup, event.tier, other)
    words = say("Nobody notices: {unit} serves on and holds the only copy.", unit=left)
    return f"{_happens(moment, event)} {words}"


def split_brain(moment: Moment) -> str | None:
    """Two active units."""
    for tier in moment.tiers:
        units = moment.state.tiers[tier].units
        if all(each.role is Role.ACTIVE and not each.suspended for each in units):
            return say(
                "Split brain: both units of the {tier} are active, and neither knows of the other. What only "
                "one of them holds will be discarded.",
                tier=pair(moment.setup, tier),
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
        words = say(
            "{unit} is the preferred unit. It heeds the heartbeats of {other} no more, and will take over.",
            unit=name,
            other=other,
        )
        return sentence(words)
    if not missed:
        return say(
            "Nobody serves. {Unit} suspects nothing yet: the next heartbeat is not due.", Unit=sentence(name)
        )
    so_far = say_many("One heartbeat missed.", "{n} heartbeats missed.", missed, n=sentence(number(missed)))
    return f"{so_far} {_waits(moment, tier, index, misses, missed)}"


def _waits(moment: Moment, tier: int, index: int, misses: int, missed: int) -> str:
    """What has to come before it takes over."""
    name, other = unit(moment.setup, tier, index), unit(moment.setup, tier, 1 - index)
    if moment.role(tier, 1 - index) is Role.ACTIVE:
        words = say(
            "{unit} cannot tell a dead unit from a dead cable: {other} is alive.", unit=name, other=other
        )
    elif missed >= misses:  # what is left is its skew, or the next instant at which it looks
        words = say("{unit} waits a little longer, as it is set to, before it dares take over.", unit=name)
    elif missed + 1 == misses:
        words = say("{unit} must miss a {third} before it dares take over.", unit=name, third=ordinal(misses))
    else:
        words = say(
            "{unit} waits for {number} more before it dares take over.",
            unit=name,
            number=number(misses - missed),
        )
    return sentence(words)


def dead_address(moment: Moment) -> str | None:
    """Taken over, and nobody knows."""
    for tier, here in enumerate(moment.state.tiers):
        if here.serving is None and moment.role(tier, 1 - here.directed) is Role.ACTIVE:
            name = unit(moment.setup, tier, 1 - here.directed)
            words = say(
                "{unit} is active, but requests still go to the dead address until its gratuitous ARP "
                "has been "
                "heard.",
                unit=name,
            )
            return sentence(words)
    return None


def taken_over(moment: Moment) -> str | None:
    """Somebody serves again."""
    event = moment.last(Takeover, _LONG_US)
    number_of = None if event is None else moment.state.tiers[event.tier].failover
    if event is None or number_of is None or moment.role(event.tier, event.unit) is not Role.ACTIVE:
        return None
    failover = moment.state.failovers[number_of]
    lost = sum(len(x.sessions) for x in moment.state.losses if x.failover == number_of)
    column = len(moment.all_at(Takeover, event.at_us)) > 1 and moment.setup.path == "parallel"
    name = say("the other column") if column else unit(moment.setup, event.tier, event.unit)
    time = about(event.at_us - failover.fault_us)
    struck = failover.fault in FAULTS and FAULTS[failover.fault].bolt
    after = say("{time} after the strike", time=time) if struck else say("{time} after the fault", time=time)
    if column:
        lost = _lost_since(moment, failover.fault_us)
    if not lost:
        words = say(
            "{unit} takes over {after}, with every session: stateful, this time.", unit=name, after=after
        )
    elif column:
        words = say(
            "{unit} takes over {after}, as a whole. It has never heard of {sessions}.",
            unit=name,
            after=after,
            sessions=sessions(lost),
        )
    else:
        words = say(
            "{unit} takes over {after}. It has never heard of the {sessions} lost with {other}.",
            unit=name,
            after=after,
            sessions=sessions(lost),
            other=unit(moment.setup, event.tier, 1 - event.unit),
        )
    return sentence(words)


def _lost_since(moment: Moment, fault_us: int) -> int:
    """In any tier of a parallel path: a loss of the path."""
    return sum(len(x.sessions) for x in moment.state.losses if fault_us <= x.at_us <= moment.now_us)


def failed_back(moment: Moment) -> str | None:
    """A return that came before the copy was complete."""
    event = moment.last(Takeover, _LONG_US)
    if event is None:
        return None
    lost = [each for each in moment.all_at(StateLost, event.at_us) if each.cause is LossCause.FAILBACK]
    if not lost:
        return None
    count = sum(each.sessions for each in lost)
    words = say_many(
        "{unit} takes over again before its copy is complete: {n} session that only {other} held is "
        "given up.",
        "{unit} takes over again before its copy is complete: {n} sessions that only {other} held are given "
        "up.",
        count,
        unit=unit(moment.setup, event.tier, event.unit),
        n=thousands(count),
        other=unit(moment.setup, event.tier, 1 - event.unit),
    )
    return sentence(words)


def stepped_down(moment: Moment) -> str | None:
    """The end of a split brain."""
    event = moment.last(Demoted, _LONG_US)
    if event is None:
        return None
    words = say(
        "{unit} hears its successor and steps down. What only it held is discarded: {sessions}.",
        unit=unit(moment.setup, event.tier, event.unit),
        sessions=sessions(moment.lost_at(event.at_us, event.tier)),
    )
    return sentence(words)
