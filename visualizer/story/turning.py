"""The turning points of a run: each kind of event that may begin a chapter, with its title and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from visualizer.language import say, translated
from visualizer.sim import event as events
from visualizer.sim.command import UnitTarget
from visualizer.sim.event import Event
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import FeedSetup, Setup
from visualizer.story.cabling import changed
from visualizer.story.striking import gone, reasons, struck
from visualizer.story.taking_over import taken_over
from visualizer.story.tale import Point, Remark, Tale
from visualizer.story.words import length, sentence, sessions, unit

_LONG_US = 500_000
"""A takeover that takes so long has a chapter of its own before it."""


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


def _changed(event: events.UnitChanged, tale: Tale) -> Told:
    fault = FAULTS.get(event.fault)
    if fault is not None:
        name = tale.unit(event)
        words = (
            say("{unit} is sound again.", unit=name)
            if fault.mends
            else say(
                "{unit} {happens}: {meaning}.",
                unit=name,
                happens=translated(fault.past),
                meaning=translated(fault.summary),
            )
        )
        yield Point(event.at_us, 1, translated(fault.title), sentence(words))


def _demoted(event: events.Demoted, tale: Tale) -> Told:
    lost = tale.lost(event.at_us, event.tier)
    name = tale.unit(event)
    words = (
        say(
            "{unit} steps down. What only it held is discarded: {sessions}.",
            unit=name,
            sessions=sessions(lost),
        )
        if lost
        else say("{unit} steps down. It held nothing of its own.", unit=name)
    )
    yield Point(event.at_us, 2, say("One steps down"), sentence(words))


def _learned(event: events.AddressLearned, tale: Tale) -> Told:
    if tale.together(events.Takeover, event, tier=event.tier):
        return  # at once: the takeover tells it
    name = tale.unit(event)
    if tale.unheard.get(event.tier, 0) >= tale.setup.tiers[event.tier].announcement.count:
        words = say(
            "Nobody heard {unit} announce itself. The old entries have aged out: requests reach it now.",
            unit=name,
        )
    else:
        words = say("The gratuitous ARP has been heard at last: requests reach {unit}.", unit=name)
    yield Point(event.at_us, 2, say("Clients follow"), words)


def _power(event: events.FeedChanged, tale: Tale) -> Told:
    feed = tale.setup.feeds[event.feed]
    lost = tale.losses(event.at_us)
    title, words = {
        "failed": (say("The power fails"), _power_fails(feed)),
        "generator": (
            say("The generator runs"),
            say("The generator has started: it carries the site from now on."),
        ),
        "no_generator": (
            say("No generator"),
            say("The generator does not start, and the batteries run down."),
        ),
        "dark": (say("Darkness"), _dark(feed, gone(lost) if lost else "")),
        "restored": (
            say("Power again"),
            say("The power is back. What was dark boots, with empty memory."),
        ),
    }[event.condition]
    more = tuple(reasons(lost, tale)) if event.condition == "dark" and lost else ()
    yield Point(event.at_us, 1, title, words, more=more)


def _power_fails(feed: FeedSetup) -> str:
    name = translated(feed.title)
    if not feed.ups_us:
        return say("{feed}: the power fails. There are no batteries.", feed=name)
    return say("{feed}: the power fails. Batteries carry on for {time}.", feed=name, time=length(feed.ups_us))


def _dark(feed: FeedSetup, cost: str) -> str:
    """`cost`: what goes with the units, "" for nothing."""
    if feed.ups_us and cost:
        return say("The batteries are empty. Every unit on them goes down: {cost}.", cost=cost)
    if feed.ups_us:
        return say("The batteries are empty. Every unit on them goes down.")
    if cost:
        return say("The power is gone, and every unit on it goes down: {cost}.", cost=cost)
    return say("The power is gone, and every unit on it goes down.")


def _begun(event: events.TakeoverBegun, tale: Tale) -> Told:
    takes_us = event.due_us - event.at_us
    if takes_us < _LONG_US:
        return
    name, other = tale.unit(event), tale.unit(event, other=True)
    setup = tale.setup.tiers[event.tier]
    if setup.guard.kind == "fencing" and event.why == "silence" and setup.guard.fence_us:
        title = say("To be sure")
        words = say(
            "{unit} will take over, but switches {other} off first: that takes {time}.",
            unit=name,
            other=other,
            time=length(takes_us),
        )
    else:
        title = say("It starts")
        words = say(
            "{unit} has decided to take over, and needs {time} to start. Nobody serves yet.",
            unit=name,
            time=length(takes_us),
        )
    waits = (UnitTarget(event.tier, event.unit),)
    yield Point(event.at_us, 2, title, sentence(words), lit=waits)


def _refused(event: events.TakeoverRefused, tale: Tale) -> Told:
    name = tale.unit(event)
    words = (
        say("{unit} must not take over: the witness still sees the active one.", unit=name)
        if event.why == "witness"
        else say("{unit} must not take over: the fence failed.", unit=name)
    )
    yield Point(event.at_us, 2, say("Not allowed"), sentence(words))


def _fenced(event: events.Fenced, tale: Tale) -> Told:
    name, other = tale.unit(event), tale.unit(event, other=True)
    lost = tale.losses(event.at_us, event.tier)
    words = say(
        "{other} switches {unit} off, to be sure that it serves no more, and takes over.",
        other=other,
        unit=name,
    )
    more: list[Remark] = []
    if (event.tier, event.unit) not in tale.down:
        healthy = (
            say("{unit} was healthy: {cost}.", unit=name, cost=gone(lost))
            if lost
            else say("{unit} was healthy.", unit=name)
        )
        more.append(Remark(sentence(healthy)))
        more += reasons(lost, tale) if lost else ()
    yield Point(event.at_us, 0, say("Fenced"), sentence(words), more=tuple(more))


def _suspended(event: events.ServiceSuspended, tale: Tale) -> Told:
    name, time = tale.unit(event), length(tale.setup.tiers[event.tier].guard.lease_us)
    if event.why == "lease":
        title = say("The lease runs out")
        words = say(
            "{unit} has not heard its standby for {time}, and stops serving by itself: it may have a "
            "successor.",
            unit=name,
            time=time,
        )
    else:
        title = say("No quorum")
        words = say(
            "{unit} has not seen the witness for {time}, and stops serving by itself: it may have a "
            "successor.",
            unit=name,
            time=time,
        )
    yield Point(event.at_us, 1, title, sentence(words))


def _held(event: events.AcknowledgementsHeld, tale: Tale) -> Told:
    words = say("The standby cannot be reached, and no answer leaves without it: clients wait.")
    yield Point(event.at_us, 4, say("Answers wait"), words)


def _fell_back(event: events.FellBack, tale: Tale) -> Told:
    name = unit(tale.setup, event.tier, tale.active(event.tier))
    timeout_us = tale.setup.tiers[event.tier].sync.timeout_us
    words = (
        say(
            "After {time} {unit} waits no longer. All that it answers from now on exists only there.",
            time=length(timeout_us),
            unit=name,
        )
        if timeout_us
        else say("{unit} waits no longer. All that it answers from now on exists only there.", unit=name)
    )
    yield Point(event.at_us, 2, say("It gives up waiting"), sentence(words))


def _repaired(event: events.Repaired, tale: Tale) -> Told:
    words = say("{unit} is switched on again. It boots with empty memory.", unit=tale.unit(event))
    yield Point(event.at_us, 3, say("Repair"), sentence(words))


def _rejoined(event: events.Rejoined, tale: Tale) -> Told:
    words = say("{unit} has its full copy. The pair is redundant again.", unit=tale.unit(event))
    yield Point(event.at_us, 3, say("A pair again"), sentence(words))


_TELL: dict[type, Callable[[Any, Tale], Told]] = {
    events.UnitStruck: struck,
    events.Takeover: taken_over,
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
