"""How the standby comes to take over: the silence before it, and what it knows when it is active."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.language import say, say_as, say_many, thousands
from visualizer.sim import event as events
from visualizer.sim.command import UnitTarget
from visualizer.sim.event import Event
from visualizer.story.cabling import mends
from visualizer.story.tale import Point, Tale
from visualizer.story.words import about, every, number, sentence, sessions

_SILENCE_US = 500_000
MOMENT_US = 200_000
"""So long after what it comes from the next point is told."""

Told = Iterator[Point]


def taken_over(event: events.Takeover, tale: Tale) -> Told:
    """In which way, after what silence."""
    name, other = tale.unit(event), tale.unit(event, other=True)
    yield from _silence(event, tale)
    if tale.why.get(event.tier) == "handover":
        words = say(
            "{other} hands over when {unit} has everything: an orderly change costs no session.",
            other=other,
            unit=name,
        )
        yield Point(event.at_us, 0, say("Switchover"), sentence(words))
    elif tale.together(events.Demoted, event, tier=event.tier):
        words = _failback(name, other, tale.lost(event.at_us, event.tier))
        yield Point(event.at_us, 0, say("Failback"), sentence(words))
    elif (event.tier, 1 - event.unit) not in tale.passive:
        yield Point(event.at_us, 0, say("Split brain"), sentence(_split(event, tale)))
    elif (event.tier, event.unit) in tale.booted:
        words = say("{unit} has booted and serves again. Its memory is empty.", unit=name)
        yield Point(event.at_us, 0, say("Service again"), sentence(words))
    elif tale.together(events.Fenced, event, tier=event.tier):
        return  # the fence tells it
    else:
        yield from _takeover(event, tale)


def _failback(name: str, other: str, lost: int) -> str:
    if not lost:
        return say("{unit} takes over again, with every session.", unit=name)
    return say_many(
        "{unit} takes over again before its copy is complete. {n} session that only {other} had is given up.",
        "{unit} takes over again before its copy is complete. {n} sessions that only {other} had are "
        "given up.",
        lost,
        unit=name,
        n=thousands(lost),
        other=other,
    )


def _takeover(event: events.Takeover, tale: Tale) -> Told:
    """One that is at once is told a moment after what it comes from."""
    fact, has = _takes_over(event, tale)
    words = f"{fact} {has}".rstrip()
    if event.at_us > tale.failed_us.get(event.tier, -1):
        yield Point(event.at_us, 0, say("Takeover"), words, fact=fact)
    elif event.at_us + MOMENT_US < tale.setup.duration_us:
        yield Point(event.at_us + MOMENT_US, 0, say("Takeover"), words, sudden=False, fact=fact)


def _split(event: events.Takeover, tale: Tale) -> str:
    name, other = tale.unit(event), tale.unit(event, other=True)
    tale.splits += 1
    if tale.splits > 1:
        return say(
            "It happens again: {unit} takes over, and {other} is alive. Both are active.",
            unit=name,
            other=other,
        )
    if tale.why.get(event.tier, "silence") != "silence":
        return say("{unit} takes over, but {other} is alive: both are active.", unit=name, other=other)
    misses = tale.setup.tiers[event.tier].heartbeat.misses
    return say_many(
        "{unit} has missed one heartbeat and takes over, but {other} is alive: both are active.",
        "{unit} has missed {n} heartbeats and takes over, but {other} is alive: both are active.",
        misses,
        unit=name,
        n=number(misses),
        other=other,
    )


def _takes_over(event: events.Takeover, tale: Tale) -> tuple[str, str]:
    """What happens, and what the one that takes over knows; each a sentence."""
    column = tale.setup.path == "parallel" and tale.together(events.Takeover, event) > 1
    fault_us = tale.failed_us.get(event.tier, event.at_us)
    lost = tale.lost(fault_us, None if column else event.tier)
    late_us = event.at_us - fault_us
    when = say("{time} after the fault", time=about(late_us)) if late_us > 0 else say("at once")
    name = say("the other column, as a whole,") if column else tale.unit(event)
    if not tale.together(events.AddressLearned, event, tier=event.tier):
        words = say(
            "{unit} takes over {when}, but the clients do not know: they send to the dead address.",
            unit=name,
            when=when,
        )
        return sentence(words), ""
    return sentence(_with_its_reason(event, tale, name, when)), _knows(lost, column=column)


def _with_its_reason(event: events.Takeover, tale: Tale, name: str, when: str) -> str:
    match _why(event, tale):
        case "power":
            return say(
                "{unit} senses over the serial cable that its peer has lost its power, and takes over "
                "{when}.",
                unit=name,
                when=when,
            )
        case "farewell":
            return say("{unit} has been told goodbye, and takes over {when}.", unit=name, when=when)
        case _:
            return say("{unit} takes over {when}.", unit=name, when=when)


def _knows(lost: int, *, column: bool) -> str:
    if not lost:
        if column:
            return say_as("a column", "It has every session: stateful, this time.")
        return say("It has every session: stateful, this time.")
    if column:
        return say_as("a column", "It has never heard of {sessions}.", sessions=sessions(lost))
    return say("It has never heard of {sessions}.", sessions=sessions(lost))


def _why(event: events.Takeover, tale: Tale) -> str:
    """Its reason. One that takes no time has no event of its own, and only a serial cable is so fast."""
    at_once = event.at_us == tale.failed_us.get(event.tier)
    serial = any(link.kind == "serial" for link in tale.setup.tiers[event.tier].links)
    return tale.why.get(event.tier, "power" if at_once and serial else "silence")


def _silence(event: events.Takeover, tale: Tale) -> Told:
    """The wait of the one that takes over: from the fault that made the other silent."""
    heartbeat = tale.setup.tiers[event.tier].heartbeat
    since_us = max((e.at_us for e in tale.told if _silences(e, event)), default=None)
    if since_us is None or event.heard_us > since_us or event.at_us - since_us < _SILENCE_US:
        return
    at_us = since_us + min(_SILENCE_US, (event.at_us - since_us) // 3)
    words = say_many(
        "{unit} hears nothing. It must miss one heartbeat, one {often}, before it dares take over.",
        "{unit} hears nothing. It must miss {n} heartbeats, one {often}, before it dares take over.",
        heartbeat.misses,
        unit=tale.unit(event),
        n=number(heartbeat.misses),
        often=every(heartbeat.interval_us),
    )
    waits = (UnitTarget(event.tier, event.unit),)
    yield Point(at_us, 3, say("Silence"), sentence(words), sudden=False, lit=waits)


def _silences(event: Event, takeover: events.Takeover) -> bool:
    """Whether the one that takes over heard no more because of this."""
    if event.at_us >= takeover.at_us:
        return False
    match event:
        case events.UnitStruck():
            return (event.tier, event.unit) == (takeover.tier, 1 - takeover.unit)
        case events.LinkChanged():
            return event.tier == takeover.tier and not mends(event.fault)
        case events.UnitChanged():
            return event.tier == takeover.tier and event.condition in ("mute", "isolated")
        case _:
            return False
