"""What it means when a cable is cut, gets bad or heals, where a chapter begins with it."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.language import say, translated
from visualizer.script.script import Spot
from visualizer.sim import event as events
from visualizer.sim.command import LinkTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.story.tale import Point, Remark, Tale
from visualizer.story.words import length, sentence, sessions, unit


def mends(fault: str) -> bool:
    """Whether it makes well what was wrong."""
    return fault in FAULTS and FAULTS[fault].mends


def changed(event: events.LinkChanged, tale: Tale) -> Iterator[Point]:
    """A fault or a repair of a cable."""
    fault = FAULTS.get(event.fault)
    if fault is None or fault.target != "link":
        return  # a bolt took the cable as well
    lit: tuple[Spot, ...] = (LinkTarget(event.tier, event.link),)
    if fault.mends:
        yield Point(event.at_us, 1, say("The cable heals"), _healed(event, tale))
        return
    said = list(_broken(event, tale))
    more = tuple(Remark(words) for words in said[1:])
    title = say("The cable {happens}", happens=translated(fault.past))
    yield Point(event.at_us, 1, title, said[0], lit=lit, more=more)


def _carries(event: events.LinkChanged, tale: Tale) -> str:
    """ "heartbeats", "copies" or "both"."""
    tier = tale.setup.tiers[event.tier]
    beats, copies = event.link == tier.heartbeat.link, event.link == tier.sync.link
    if beats and copies and POLICIES[tier.sync.policy].copies:
        return "both"
    return "heartbeats" if beats else "copies"


def _broken(event: events.LinkChanged, tale: Tale) -> Iterator[str]:
    """What gets through no more, and what that leads to."""
    fault, carries = FAULTS[event.fault], _carries(event, tale)
    active = tale.active(event.tier)
    name, other = unit(tale.setup, event.tier, active), unit(tale.setup, event.tier, 1 - active)
    if event.up:
        yield say(
            "The cable {happens}: {meaning}.",
            happens=translated(fault.past),
            meaning=translated(fault.summary),
        )
    elif carries == "both":
        yield say("The cable is cut: no heartbeat and no copy gets through, though both units are well.")
    elif carries == "heartbeats":
        yield say("The heartbeat cable is cut: no heartbeat gets through, though both units are well.")
    else:
        yield say(
            "The sync cable is cut: no copy gets through. The heartbeats go on, on a cable of their own."
        )
    if carries != "copies":
        yield sentence(
            say("{unit} cannot tell a dead unit from a dead cable: {other} is alive.", unit=other, other=name)
        )
    elif not event.up:
        yield _uncopied(event, tale)


def _uncopied(event: events.LinkChanged, tale: Tale) -> str:
    sync = tale.setup.tiers[event.tier].sync
    if not POLICIES[sync.policy].waits:
        return say("So nobody notices. What happens from now on is on one unit only.")
    if sync.timeout_us is None:
        return say("No answer is given without a copy: the clients wait for as long as it takes.")
    return say(
        "No answer is given without a copy: the clients wait, for {time} at most.",
        time=length(sync.timeout_us),
    )


def _healed(event: events.LinkChanged, tale: Tale) -> str:
    down = [unit for unit in (0, 1) if (event.tier, unit) in tale.down]
    if down:
        name = unit(tale.setup, event.tier, down[0])
        return say("The cable carries again, but {unit} is off.", unit=name)
    lost = tale.lost(event.at_us, event.tier)
    if not lost:
        return say("The two units reach each other again.")
    return say(
        "Each unit hears the other again. What only one of them held is discarded: {sessions}.",
        sessions=sessions(lost),
    )
