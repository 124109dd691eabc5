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
    dark = (
        "The power is gone, and every unit on it goes down"
        if not feed.ups_us
        else ("The batteries are empty. Every unit on them goes down")
    )
    title, words = {
        "failed": ("The power fails", f"{feed.title}: the power fails. {batteries}"),
        "generator": ("The generator runs", "The generator has started: it carries the site from now on."),
        "no_generator": ("No generator", "The generator does not start, and the batteries run down."),
        "dark": ("Darkness", f"{dark}: {gone(lost)}." if lost else f"{dark}."),
        "restored": ("Power again", "The power is back. What was dark boots, with empty memory."),
    }[event.condition]
    more = tuple(reasons(lost, tale)) if event.condition == "dark" and lost else ()
    yield Point(event.at_us, 1, title, words, more=more)


def _begun(event: events.TakeoverBegun, tale: Tale) -> Told:
    takes_us = event.due_us - event.at_us
    if takes_us < _LONG_US:
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
