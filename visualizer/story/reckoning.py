"""What a run has cost by an instant of it, and what that comes from."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.language import marked, say, say_many, thousands, translated
from visualizer.script.script import Region
from visualizer.sim import event as events
from visualizer.sim.event import Event, LossCause, Status
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Setup
from visualizer.story.tale import Point, Remark
from visualizer.story.words import about, instant


def cost(told: Sequence[Event], at_us: int, setup: Setup) -> Point:
    """What is lost, for how long nobody was served, and why."""
    past = [event for event in told if event.at_us <= at_us]
    lost = sum(each.sessions for each in past if isinstance(each, events.StateLost))
    dark_us, waited_us = without_us(past, at_us)
    ended_us = _ended_us(told)
    if ended_us is not None and ended_us <= at_us:
        words = _ended(lost, instant(ended_us))
    elif dark_us:
        words = _dark(lost, about(dark_us))
    else:
        words = _served(lost, waited=bool(waited_us))
    if waited_us:
        words += f" {say('For {time} nobody got an answer.', time=about(waited_us))}"
    why = _why(past, setup, dark=bool(dark_us), waited=bool(waited_us))
    more = (Remark(why),) if why else ()
    return Point(at_us, 0, say("What it cost"), words, sudden=False, lit=(Region("ledger"),), more=more)


def _ended(lost: int, since: str) -> str:
    if not lost:
        return say("No session is lost, and since {instant} nobody is served.", instant=since)
    return say_many(
        "{n} session is lost, and since {instant} nobody is served.",
        "{n} sessions are lost, and since {instant} nobody is served.",
        lost,
        n=thousands(lost),
        instant=since,
    )


def _dark(lost: int, time: str) -> str:
    if not lost:
        return say("No session is lost, and nobody was served for {time}.", time=time)
    return say_many(
        "{n} session is lost, and nobody was served for {time}.",
        "{n} sessions are lost, and nobody was served for {time}.",
        lost,
        n=thousands(lost),
        time=time,
    )


def _served(lost: int, *, waited: bool) -> str:
    n = thousands(lost)
    if waited and lost:
        return say_many("{n} session is lost.", "{n} sessions are lost.", lost, n=n)
    if waited:
        return say("No session is lost.")
    if not lost:
        return say("No session is lost, and somebody always served.")
    return say_many(
        "{n} session is lost, though somebody always served.",
        "{n} sessions are lost, though somebody always served.",
        lost,
        n=n,
    )


def last_us(told: Sequence[Event]) -> int:
    """When something was lost, or service began or ended, for the last time."""
    return max((e.at_us for e in told if isinstance(e, events.StateLost | events.ServiceChanged)), default=0)


def _ended_us(told: Sequence[Event]) -> int | None:
    """Since when nobody serves at the end of the run."""
    since_us = None
    for event in told:
        if isinstance(event, events.ServiceChanged) and event.clients != "stay":
            served = event.status is Status.SERVED
            since_us = None if served else event.at_us if since_us is None else since_us
    return since_us


def without_us(past: Sequence[Event], at_us: int) -> tuple[int, int]:
    """How long nobody served, and how long whoever served waited for a copy before it answered."""
    spent_us = {"served": 0, "dark": 0, "waits": 0}
    state, since_us = "served", 0
    for event in past:
        now = _service(event, state)
        if now != state:
            spent_us[state] += event.at_us - since_us
            state, since_us = now, event.at_us
    spent_us[state] += at_us - since_us
    return spent_us["dark"], spent_us["waits"]


def _service(event: Event, state: str) -> str:
    match event:
        case events.AcknowledgementsHeld() if state == "served":
            return "waits"
        case events.AcknowledgementsBack() | events.FellBack() if state == "waits":
            return "served"
        case events.ServiceChanged(status=status, clients=clients) if clients != "stay":
            if status is not Status.SERVED:
                return "dark"
            return "served" if state == "dark" else state
        case _:
            return state


_WHY_LOST = {
    LossCause.UNSYNCED: marked(
        "What is lost was newer than the last copy. Copying more often makes it less, never nothing."
    ),
    LossCause.IN_FLIGHT: marked("What is lost was still on its way. No cable is faster than light."),
    LossCause.STALE_SNAPSHOT: marked(
        "A copy of everything takes time. Until it is whole, the one before it counts."
    ),
    LossCause.SPLIT_BRAIN: marked("No unit was dead. But silence sounds the same when only a cable fails."),
    LossCause.CASCADE: marked(
        "Healthy units lost their sessions too: a column is only as sound as each unit in it."
    ),
    LossCause.FAILBACK: marked("The way home cost it: the copy was not complete yet."),
    LossCause.NO_SURVIVOR: marked("No copy helps when both units fail at once, from one cause."),
}


def _why(past: Sequence[Event], setup: Setup, *, dark: bool, waited: bool) -> str:
    """The chief reason in one or two plain sentences; "" where there is nothing to explain."""
    losses = [each for each in past if isinstance(each, events.StateLost) and each.sessions]
    if losses:
        causes: dict[LossCause, int] = {}
        for each in losses:
            causes[each.cause] = causes.get(each.cause, 0) + each.sessions
        cause = LossCause.CASCADE if LossCause.CASCADE in causes else max(causes, key=lambda one: causes[one])
        chief = next(each for each in losses if each.cause is cause)
        if cause is LossCause.NO_SURVIVOR and not _together(chief, past):
            return say("The second unit failed before there was a copy again: until then there is only one.")
        return translated(_WHY_LOST.get(cause, "")) or _of_the_cable(cause, chief.tier, past, setup)
    if waited:
        return say(
            "Who answers only when the copy is there loses nothing. Without a cable nobody gets an answer."
        )
    if dark:
        return say("Nothing is lost. Yet until the standby may take over, nobody serves.")
    return ""


def _together(lost: events.StateLost, past: Sequence[Event]) -> bool:
    """Whether both units of the tier went down at that instant."""
    struck = {
        e.unit
        for e in past
        if isinstance(e, events.UnitStruck) and (e.tier, e.at_us) == (lost.tier, lost.at_us)
    }
    return len(struck) > 1


def _of_the_cable(cause: LossCause, tier: int, past: Sequence[Event], setup: Setup) -> str:
    """Why it was never copied, or had not left yet."""
    here = setup.tiers[tier]
    if cause is LossCause.NEVER_SYNCED:
        if POLICIES[here.sync.policy].copies:
            return say("What is left out of the copies is lost, however often they are made.")
        return say("The address moves to the other unit. The sessions do not: nothing was copied.")
    cuts = [
        e for e in past if isinstance(e, events.LinkChanged) and (e.tier, e.link) == (tier, here.sync.link)
    ]
    if any(not each.up for each in cuts):
        return say("While no copy could be made, all that was answered was on one unit only.")
    if any(not FAULTS[each.fault].mends for each in cuts if each.fault in FAULTS):
        return say("The cable was bad, and what waits for it is on one unit only.")
    return say("The cable was too slow: what waits for it is on one unit only.")
