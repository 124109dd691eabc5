"""The turning points of a run: each kind of event that may begin a chapter, with its title and sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from visualizer.sim import event as events
from visualizer.sim.event import Event
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup
from visualizer.story.tale import Point, Tale
from visualizer.story.words import about, length, number, sentence, sessions, unit

_SILENCE_US = 500_000


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


def _struck(event: events.UnitStruck, tale: Tale) -> Told:
    fault = FAULTS.get(event.fault)
    if fault is None:
        return  # power and fences have chapters of their own
    name, other = tale.unit(event), tale.unit(event, other=True)
    lost = tale.lost(event.at_us)
    if lost:
        whole = fault.target == "site"
        verbs = "exists nowhere else goes" if lost == 1 else "exist nowhere else go"
        words = f"{sessions(lost)} that {verbs} down with {'the whole site' if whole else name}."
    elif (event.tier, event.unit) not in tale.passive:
        words = f"{name} goes down. {sentence(other)} has every session that was acknowledged."
    else:
        words = f"{name} goes down while it only waits. Nobody notices; {other} is alone."
    yield Point(event.at_us, 0, fault.title, sentence(words))


def _taken_over(event: events.Takeover, tale: Tale) -> Told:
    name, other = tale.unit(event), tale.unit(event, other=True)
    yield from _silence(event, tale)
    if tale.why.get(event.tier) == "handover":
        words = f"{other} hands over when {name} has everything: an orderly change costs no session."
        yield Point(event.at_us, 0, "Switchover", sentence(words))
    elif tale.together(events.Demoted, event, tier=event.tier):
        lost = tale.lost(event.at_us, event.tier)
        words = f": {sessions(lost)} are given up" if lost else ", with every session"
        yield Point(event.at_us, 0, "Failback", sentence(f"{name} takes over again{words}."))
    elif (event.tier, 1 - event.unit) not in tale.passive:
        words = f"{name} hears nothing and takes over, but {other} is alive: both are active."
        yield Point(event.at_us, 0, "Split brain", sentence(words))
    elif (event.tier, event.unit) in tale.booted:
        yield Point(event.at_us, 0, "Service again", sentence(f"{name} serves, with all that is left."))
    else:
        yield Point(event.at_us, 0, "Takeover", sentence(_takes_over(event, tale)))


def _takes_over(event: events.Takeover, tale: Tale) -> str:
    column = tale.setup.path == "parallel" and tale.together(events.Takeover, event) > 1
    name = "the other column, as a whole," if column else tale.unit(event)
    fault_us = tale.failed_us.get(event.tier, event.at_us)
    lost = tale.lost(fault_us, None if column else event.tier)
    after = f" {about(event.at_us - fault_us)} after the fault" if event.at_us > fault_us else " at once"
    if not tale.together(events.AddressLearned, event, tier=event.tier):
        return f"{name} takes over{after}, but requests still go to the dead address."
    has = f"has never heard of {sessions(lost)}" if lost else "has every session"
    return f"{name} takes over{after}. It {has}."


def _silence(event: events.Takeover, tale: Tale) -> Told:
    """The wait of the one that takes over: from the fault that made the other silent."""
    heartbeat = tale.setup.tiers[event.tier].heartbeat
    since_us = max((e.at_us for e in tale.told if _silences(e, event)), default=None)
    if since_us is None or event.heard_us > since_us or event.at_us - since_us < _SILENCE_US:
        return
    at_us = since_us + min(_SILENCE_US, (event.at_us - since_us) // 3)
    more = number(heartbeat.misses).lower()
    words = f"{tale.unit(event)} must miss {more} heartbeats before it dares take over."
    yield Point(at_us, 3, "Silence", sentence(words), sudden=False)


def _silences(event: Event, takeover: events.Takeover) -> bool:
    """Whether the one that takes over heard no more because of this."""
    if event.at_us > takeover.at_us:
        return False
    match event:
        case events.UnitStruck():
            return (event.tier, event.unit) == (takeover.tier, 1 - takeover.unit)
        case events.LinkChanged():
            return event.tier == takeover.tier and not _mends(event.fault)
        case events.UnitChanged():
            return event.tier == takeover.tier and event.condition in ("mute", "isolated")
        case _:
            return False


def _mends(fault: str) -> bool:
    return fault in FAULTS and FAULTS[fault].mends


def _link(event: events.LinkChanged, tale: Tale) -> Told:
    tier = tale.setup.tiers[event.tier]
    fault = FAULTS.get(event.fault)
    if fault is None or fault.target != "link":
        return  # a bolt took the cable as well
    first, second = unit(tale.setup, event.tier, 0), unit(tale.setup, event.tier, 1)
    if fault.mends:
        lost = tale.lost(event.at_us, event.tier)
        words = f" What only one of them held is discarded: {sessions(lost)}." if lost else ""
        yield Point(event.at_us, 1, "The cable heals", f"Each unit hears the other again.{words}")
        return
    if event.link == tier.heartbeat.link:
        words = f"{second} cannot tell a dead unit from a dead cable: {first} is alive."
    else:
        words = "What happens from now on is on no second unit."
    yield Point(event.at_us, 1, f"The cable {fault.past}", sentence(words))


def _changed(event: events.UnitChanged, tale: Tale) -> Told:
    fault = FAULTS.get(event.fault)
    if fault is not None:
        yield Point(
            event.at_us, 1, fault.title, sentence(f"{tale.unit(event)} {fault.past}: {fault.summary}.")
        )


def _demoted(event: events.Demoted, tale: Tale) -> Told:
    lost = tale.lost(event.at_us, event.tier)
    words = f"{tale.unit(event)} steps down. What only it held is discarded: {sessions(lost)}."
    yield Point(event.at_us, 2, "One steps down", sentence(words))


def _learned(event: events.AddressLearned, tale: Tale) -> Told:
    if tale.together(events.Takeover, event, tier=event.tier):
        return  # at once: the takeover tells it
    words = f"The gratuitous ARP has been heard at last: requests reach {tale.unit(event)}."
    yield Point(event.at_us, 2, "Clients follow", words)


def _power(event: events.FeedChanged, tale: Tale) -> Told:
    feed = tale.setup.feeds[event.feed]
    title, words = {
        "failed": ("The power fails", f"batteries carry on for {length(feed.ups_us)}."),
        "generator": ("The generator runs", "it carries the site from now on."),
        "no_generator": ("No generator", "it does not start, and the batteries run down."),
        "dark": ("Darkness", "the batteries are empty, and every unit there goes down."),
        "restored": ("Power again", "what was dark boots, with empty memory."),
    }[event.condition]
    yield Point(event.at_us, 1, title, f"{feed.title}: {words}")


def _begun(event: events.TakeoverBegun, tale: Tale) -> Told:
    if event.due_us - event.at_us < _SILENCE_US:
        return
    words = (
        f"{tale.unit(event)} has decided to take over, and needs {length(event.due_us - event.at_us)} for it."
    )
    yield Point(event.at_us, 2, "It starts", sentence(words))


def _refused(event: events.TakeoverRefused, tale: Tale) -> Told:
    why = "the witness still sees the active one" if event.why == "witness" else "the fence failed"
    words = f"{tale.unit(event)} must not take over: {why}."
    yield Point(event.at_us, 2, "Not allowed", sentence(words))


def _fenced(event: events.Fenced, tale: Tale) -> Told:
    words = f"{tale.unit(event, other=True)} switches {tale.unit(event)} off, to be sure, and takes over."
    yield Point(event.at_us, 0, "Fenced", sentence(words))


def _suspended(event: events.ServiceSuspended, tale: Tale) -> Told:
    title = "The lease runs out" if event.why == "lease" else "No quorum"
    yield Point(event.at_us, 1, title, sentence(f"{tale.unit(event)} stops serving by itself, to be safe."))


def _held(event: events.AcknowledgementsHeld, tale: Tale) -> Told:
    yield Point(event.at_us, 4, "Answers wait", "The standby cannot be reached: every answer waits for it.")


def _fell_back(event: events.FellBack, tale: Tale) -> Told:
    words = "It waits no longer: answers leave at once, and nobody else has what they promise."
    yield Point(event.at_us, 2, "It gives up waiting", words)


def _repaired(event: events.Repaired, tale: Tale) -> Told:
    yield Point(event.at_us, 3, "Repair", sentence(f"{tale.unit(event)} boots with empty memory."))


def _rejoined(event: events.Rejoined, tale: Tale) -> Told:
    words = f"{tale.unit(event)} has its full copy. The pair is redundant again."
    yield Point(event.at_us, 3, "A pair again", sentence(words))


_TELL: dict[type, Callable[[Any, Tale], Told]] = {
    events.UnitStruck: _struck,
    events.Takeover: _taken_over,
    events.LinkChanged: _link,
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
