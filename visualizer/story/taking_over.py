"""How the standby comes to take over: the silence before it, and what it knows when it is active."""

from __future__ import annotations

from collections.abc import Iterator

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
        words = f"{other} hands over when {name} has everything: an orderly change costs no session."
        yield Point(event.at_us, 0, "Switchover", sentence(words))
    elif tale.together(events.Demoted, event, tier=event.tier):
        lost = tale.lost(event.at_us, event.tier)
        words = (
            f" before its copy is complete. {sessions(lost)} that only {other} had are given up"
            if lost
            else ", with every session"
        )
        yield Point(event.at_us, 0, "Failback", sentence(f"{name} takes over again{words}."))
    elif (event.tier, 1 - event.unit) not in tale.passive:
        yield Point(event.at_us, 0, "Split brain", sentence(_split(event, tale)))
    elif (event.tier, event.unit) in tale.booted:
        words = f"{name} has booted and serves again. Its memory is empty."
        yield Point(event.at_us, 0, "Service again", sentence(words))
    elif tale.together(events.Fenced, event, tier=event.tier):
        return  # the fence tells it
    else:
        yield from _takeover(event, tale)


def _takeover(event: events.Takeover, tale: Tale) -> Told:
    """One that is at once is told a moment after what it comes from."""
    fact, has = _takes_over(event, tale)
    words = sentence(f"{fact}{has}.")
    if event.at_us > tale.failed_us.get(event.tier, -1):
        yield Point(event.at_us, 0, "Takeover", words, fact=fact)
    elif event.at_us + MOMENT_US < tale.setup.duration_us:
        yield Point(event.at_us + MOMENT_US, 0, "Takeover", words, sudden=False, fact=fact)


def _split(event: events.Takeover, tale: Tale) -> str:
    name, other = tale.unit(event), tale.unit(event, other=True)
    tale.splits += 1
    if tale.splits > 1:
        return f"it happens again: {name} takes over, and {other} is alive. Both are active."
    misses = number(tale.setup.tiers[event.tier].heartbeat.misses).lower()
    has = f"has missed {misses} heartbeats and " if tale.why.get(event.tier, "silence") == "silence" else ""
    return f"{name} {has}takes over, but {other} is alive: both are active."


def _takes_over(event: events.Takeover, tale: Tale) -> tuple[str, str]:
    """What happens, and what the one that takes over knows."""
    column = tale.setup.path == "parallel" and tale.together(events.Takeover, event) > 1
    name = "the other column, as a whole," if column else tale.unit(event)
    fault_us = tale.failed_us.get(event.tier, event.at_us)
    lost = tale.lost(fault_us, None if column else event.tier)
    after = f" {about(event.at_us - fault_us)} after the fault" if event.at_us > fault_us else " at once"
    if not tale.together(events.AddressLearned, event, tier=event.tier):
        return f"{name} takes over{after}, but the clients do not know: they send to the dead address", ""
    has = f"has never heard of {sessions(lost)}" if lost else "has every session: stateful, this time"
    return f"{name} {_REASON.get(_why(event, tale), '')}takes over{after}", f". It {has}"


def _why(event: events.Takeover, tale: Tale) -> str:
    """Its reason. One that takes no time has no event of its own, and only a serial cable is so fast."""
    at_once = event.at_us == tale.failed_us.get(event.tier)
    serial = any(link.kind == "serial" for link in tale.setup.tiers[event.tier].links)
    return tale.why.get(event.tier, "power" if at_once and serial else "silence")


_REASON = {
    "power": "senses over the serial cable that its peer has lost its power, and ",
    "farewell": "has been told goodbye, and ",
}


def _silence(event: events.Takeover, tale: Tale) -> Told:
    """The wait of the one that takes over: from the fault that made the other silent."""
    heartbeat = tale.setup.tiers[event.tier].heartbeat
    since_us = max((e.at_us for e in tale.told if _silences(e, event)), default=None)
    if since_us is None or event.heard_us > since_us or event.at_us - since_us < _SILENCE_US:
        return
    at_us = since_us + min(_SILENCE_US, (event.at_us - since_us) // 3)
    misses = number(heartbeat.misses).lower()
    words = f"{tale.unit(event)} hears nothing. It must miss {misses} heartbeats, "
    words += f"one {every(heartbeat.interval_us)}, before it dares take over."
    waits = (UnitTarget(event.tier, event.unit),)
    yield Point(at_us, 3, "Silence", sentence(words), sudden=False, lit=waits)


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
