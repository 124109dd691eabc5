"""The turning points of a run: each kind of event that may begin a chapter, with its title and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from visualizer.sim import event as events
from visualizer.sim.command import UnitTarget
from visualizer.sim.event import Event
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup
from visualizer.story.cabling import changed, mends
from visualizer.story.striking import gone, reasons, struck
from visualizer.story.tale import Point, Remark, Tale
from visualizer.story.words import about, every, length, number, sentence, sessions, unit

_SILENCE_US = 500_000
MOMENT_US = 200_000
"""So long after what it comes from the next point is told."""


def points(told: Sequence[Event], setup: Setup) -> Iterator[Point]:
    """All that might begin a chapter, in order of time."""
    tale = Tale(setup, told, {(tier, 1) for tier in range(len(setup.tiers))})
    seen: dict[str, int] = {}
    for event in told:
        tell = _TELL.get(type(event))
        for point in tell(event, tale) if tell else ():
            again = seen.get(point.title, 0)
            seen[point.title] = again + 1
            yield replace(point, rank=point.rank + 5 * again, tier=tale.where(event))
        tale.remember(event)


Told = Iterator[Point]


def _taken_over(event: events.Takeover, tale: Tale) -> Told:
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
    elif event.at_us > tale.failed_us.get(event.tier, -1):
        yield Point(event.at_us, 0, "Takeover", sentence(_takes_over(event, tale)))
    elif event.at_us + MOMENT_US < tale.setup.duration_us:  # at once, and told after what it comes from
        words = _takes_over(event, tale)
        yield Point(event.at_us + MOMENT_US, 0, "Takeover", sentence(words), sudden=False)


def _split(event: events.Takeover, tale: Tale) -> str:
    name, other = tale.unit(event), tale.unit(event, other=True)
    tale.splits += 1
    if tale.splits > 1:
        return f"it happens again: {name} takes over, and {other} is alive. Both are active."
    misses = number(tale.setup.tiers[event.tier].heartbeat.misses).lower()
    has = f"has missed {misses} heartbeats and " if tale.why.get(event.tier, "silence") == "silence" else ""
    return f"{name} {has}takes over, but {other} is alive: both are active."


def _takes_over(event: events.Takeover, tale: Tale) -> str:
    column = tale.setup.path == "parallel" and tale.together(events.Takeover, event) > 1
    name = "the other column, as a whole," if column else tale.unit(event)
    fault_us = tale.failed_us.get(event.tier, event.at_us)
    lost = tale.lost(fault_us, None if column else event.tier)
    after = f" {about(event.at_us - fault_us)} after the fault" if event.at_us > fault_us else " at once"
    if not tale.together(events.AddressLearned, event, tier=event.tier):
        return f"{name} takes over{after}, but the clients do not know: they send to the dead address."
    has = f"has never heard of {sessions(lost)}" if lost else "has every session: stateful, this time"
    return f"{name} {_REASON.get(_why(event, tale), '')}takes over{after}. It {has}."


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


def _changed(event: events.UnitChanged, tale: Tale) -> Told:
    fault = FAULTS.get(event.fault)
    if fault is not None:
        words = f"{fault.past}: {fault.summary}" if not fault.mends else "is sound again"
        yield Point(event.at_us, 1, fault.title, sentence(f"{tale.unit(event)} {words}."))


def _demoted(event: events.Demoted, tale: Tale) -> Told:
    lost = tale.lost(event.at_us, event.tier)
    words = f"What only it held is discarded: {sessions(lost)}." if lost else "It held nothing of its own."
    words = f"{tale.unit(event)} steps down. {words}"
    yield Point(event.at_us, 2, "One steps down", sentence(words))


def _learned(event: events.AddressLearned, tale: Tale) -> Told:
    if tale.together(events.Takeover, event, tier=event.tier):
        return  # at once: the takeover tells it
    name = tale.unit(event)
    if tale.unheard.get(event.tier, 0) >= tale.setup.tiers[event.tier].announcement.count:
        words = f"Nobody heard {name} announce itself. The old entries have aged out: requests reach it now."
    else:
        words = f"The gratuitous ARP has been heard at last: requests reach {name}."
    yield Point(event.at_us, 2, "Clients follow", words)


def _power(event: events.FeedChanged, tale: Tale) -> Told:
    feed = tale.setup.feeds[event.feed]
    batteries = f"Batteries carry on for {length(feed.ups_us)}." if feed.ups_us else "There are no batteries."
    lost = tale.losses(event.at_us)
    dark = "The batteries are empty. Every unit on them goes down"
    title, words = {
        "failed": ("The power fails", f"{feed.title}: the power fails. {batteries}"),
        "generator": ("The generator runs", "The generator has started: it carries the site from now on."),
        "no_generator": ("No generator", "The generator does not start, and the batteries run down."),
        "dark": ("Darkness", f"{dark}: {gone(lost)}." if lost else f"{dark}."),
        "restored": ("Power again", "The power is back. What was dark boots, with empty memory."),
    }[event.condition]
    more = tuple(reasons(lost, tale)) if event.condition == "dark" else ()
    yield Point(event.at_us, 1, title, words, more=more)


def _begun(event: events.TakeoverBegun, tale: Tale) -> Told:
    takes_us = event.due_us - event.at_us
    if takes_us < _SILENCE_US:
        return
    name, other = tale.unit(event), tale.unit(event, other=True)
    setup = tale.setup.tiers[event.tier]
    if setup.guard.kind == "fencing" and event.why == "silence" and setup.guard.fence_us:
        title, words = (
            "To be sure",
            f"will take over, but switches {other} off first: that takes {length(takes_us)}.",
        )
    else:
        title, words = (
            "It starts",
            f"has decided to take over, and needs {length(takes_us)} to start. Nobody serves yet.",
        )
    waits = (UnitTarget(event.tier, event.unit),)
    yield Point(event.at_us, 2, title, sentence(f"{name} {words}"), lit=waits)


def _refused(event: events.TakeoverRefused, tale: Tale) -> Told:
    why = "the witness still sees the active one" if event.why == "witness" else "the fence failed"
    words = f"{tale.unit(event)} must not take over: {why}."
    yield Point(event.at_us, 2, "Not allowed", sentence(words))


def _fenced(event: events.Fenced, tale: Tale) -> Told:
    name, other = tale.unit(event), tale.unit(event, other=True)
    lost = tale.losses(event.at_us, event.tier)
    words = f"{other} switches {name} off, to be sure that it serves no more, and takes over."
    more: list[Remark] = []
    if (event.tier, event.unit) not in tale.down:
        more.append(Remark(sentence(f"{name} was healthy{f': {gone(lost)}' if lost else ''}.")))
        more += reasons(lost, tale) if lost else ()
    yield Point(event.at_us, 0, "Fenced", sentence(words), more=tuple(more))


def _suspended(event: events.ServiceSuspended, tale: Tale) -> Told:
    title = "The lease runs out" if event.why == "lease" else "No quorum"
    words = {
        "lease": "has not heard its standby for {}, and stops serving by itself: it may have a successor.",
        "quorum": "has not seen the witness for {}, and stops serving by itself: it may have a successor.",
    }[event.why].format(length(tale.setup.tiers[event.tier].guard.lease_us))
    yield Point(event.at_us, 1, title, sentence(f"{tale.unit(event)} {words}"))


def _held(event: events.AcknowledgementsHeld, tale: Tale) -> Told:
    words = "The standby cannot be reached, and no answer leaves without it: clients wait."
    yield Point(event.at_us, 4, "Answers wait", words)


def _fell_back(event: events.FellBack, tale: Tale) -> Told:
    name = unit(tale.setup, event.tier, tale.active(event.tier))
    timeout_us = tale.setup.tiers[event.tier].sync.timeout_us
    after = f"After {length(timeout_us)} {name}" if timeout_us else sentence(name)
    words = f"{after} waits no longer. All that it answers from now on exists only there."
    yield Point(event.at_us, 2, "It gives up waiting", words)


def _repaired(event: events.Repaired, tale: Tale) -> Told:
    yield Point(
        event.at_us,
        3,
        "Repair",
        sentence(f"{tale.unit(event)} is switched on again. It boots with empty memory."),
    )


def _rejoined(event: events.Rejoined, tale: Tale) -> Told:
    words = f"{tale.unit(event)} has its full copy. The pair is redundant again."
    yield Point(event.at_us, 3, "A pair again", sentence(words))


_TELL: dict[type, Callable[[Any, Tale], Told]] = {
    events.UnitStruck: struck,
    events.Takeover: _taken_over,
    events.LinkChanged: changed,
    events.UnitChanged: _changed,
    events.Demoted: _demoted,
    events.AddressLearned: _learned,
    events.FeedChanged: _power,
    events.TakeoverBegun: _begun,
    events.TakeoverRefused: _refused,
    events.Fenced: _fenced,
    events.ServiceSuspended: _suspended,
    events.AcknowledgementsHeld: _held,
    events.FellBack: _fell_back,
    events.Repaired: _repaired,
    events.Rejoined: _rejoined,
}
"""What the other kinds mean is told by these, or by the caption alone."""
