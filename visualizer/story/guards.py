"""Sentences for what keeps a pair from being active twice, and for the way to a takeover."""

from __future__ import annotations

from visualizer.language import say
from visualizer.sim.event import (
    Farewell,
    Fenced,
    ServiceResumed,
    ServiceSuspended,
    TakeoverBegun,
    TakeoverRefused,
)
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.condition import ISOLATED, SUSPENDED, of_unit
from visualizer.story.moment import Moment
from visualizer.story.words import instant, length, sentence, unit

_SHOWN_US = 4 * US_PER_S
_SHORT_US = 900_000


def refused(moment: Moment) -> str | None:
    """The standby wants to take over and must not."""
    event = moment.last(TakeoverRefused, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    other = unit(moment.setup, event.tier, 1 - event.unit)
    if event.why == "fence":
        words = say(
            "{unit} could not switch {other} off. It cannot know that {other} is dead, so it must not take "
            "over.",
            unit=name,
            other=other,
        )
    else:
        words = say(
            "{unit} must not take over: the witness still sees {other} at work. Without a witness both would "
            "be active now.",
            unit=name,
            other=other,
        )
    return sentence(words)


def fenced(moment: Moment) -> str | None:
    """Shot first, then taken over."""
    event = moment.last(Fenced, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    other = unit(moment.setup, event.tier, 1 - event.unit)
    words = say(
        "{other} switches {unit} off before it takes over. Dead or alive, {unit} can do no harm now: that is "
        "fencing.",
        other=other,
        unit=name,
    )
    return sentence(words)


def fencing(moment: Moment) -> str | None:
    """Between the decision and the shot there is a wait that costs service."""
    event = moment.last(TakeoverBegun, _SHOWN_US)
    if event is None or event.why != "silence" or moment.setup.tiers[event.tier].guard.kind != "fencing":
        return None
    if moment.role(event.tier, event.unit) is Role.ACTIVE:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    other = unit(moment.setup, event.tier, 1 - event.unit)
    takes = length(moment.setup.tiers[event.tier].guard.fence_us)
    words = say(
        "{unit} will take over, but first it must be sure: fencing {other} takes {time}.",
        unit=name,
        other=other,
        time=takes,
    )
    return sentence(words)


def _why(why: str, name: str) -> str:
    """The reason of a takeover."""
    match why:
        case "power":
            return say(
                "{unit} senses over the serial cable that its peer has lost power, and takes over at once.",
                unit=name,
            )
        case "farewell":
            return say("{unit} has been told goodbye and takes over without waiting for silence.", unit=name)
        case "handover":
            return say(
                "{unit} takes over by appointment: all that was copied so far is already there.", unit=name
            )
        case "preemption":
            return say("{unit} is the preferred unit and takes over again.", unit=name)
        case _:
            return say("{unit} has heard nothing for too long and takes over.", unit=name)


def begun(moment: Moment) -> str | None:
    """The decision to take over; until it is done."""
    event = moment.last(TakeoverBegun, _SHOWN_US)
    if event is None or moment.role(event.tier, event.unit) is Role.ACTIVE or event.due_us <= event.at_us:
        return None
    why = sentence(_why(event.why, unit(moment.setup, event.tier, event.unit)))
    return f"{why} {say('It will be active at {instant}.', instant=instant(event.due_us))}"


def starting(moment: Moment) -> str | None:
    """A takeover that takes its time: a cold standby boots and restores."""
    for tier in moment.tiers:
        for index in (0, 1):
            if moment.role(tier, index) is Role.STARTING:
                name = unit(moment.setup, tier, index)
                takes = length(moment.setup.tiers[tier].takeover_us)
                words = say(
                    "{unit} is taking over. It needs {time} to start; nobody serves until then.",
                    unit=name,
                    time=takes,
                )
                return sentence(words)
    return None


def suspended(moment: Moment) -> str | None:
    """An active unit that serves nobody, for safety."""
    for tier in moment.tiers:
        for index in (0, 1):
            found = of_unit(moment.state.tiers[tier].units[index])
            for why, condition in SUSPENDED.items():
                if condition in found:
                    return _suspended(moment, tier, index, why)
    event = moment.last(ServiceSuspended, _SHORT_US)
    return _suspended(moment, event.tier, event.unit, event.why) if event else None


def _suspended(moment: Moment, tier: int, index: int, why: str) -> str:
    name, other = unit(moment.setup, tier, index), unit(moment.setup, tier, 1 - index)
    if why == "handover":
        words = say(
            "{unit} serves no more and sends what is still missing. When {other} has all of it, it takes "
            "over: nothing is lost.",
            unit=name,
            other=other,
        )
    elif why == "quorum":
        words = say(
            "{unit} sees neither {other} nor the witness. Perhaps {other} is active by now, so {unit} stops "
            "serving.",
            unit=name,
            other=other,
        )
    else:
        words = say(
            "{unit} has had no contact with {other} for {time}. Its lease has run out: it stops serving, so "
            "that never two do.",
            unit=name,
            other=other,
            time=length(moment.setup.tiers[tier].guard.lease_us),
        )
    return sentence(words)


def resumed(moment: Moment) -> str | None:
    """Contact again."""
    event = moment.last(ServiceResumed, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    return sentence(say("{unit} has contact again and goes on serving.", unit=name))


def farewell(moment: Moment) -> str | None:
    """An orderly stop."""
    event = moment.last(Farewell, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    other = unit(moment.setup, event.tier, 1 - event.unit)
    if event.due_us is None:
        words = say(
            "{unit} says farewell and stops, but the cable is cut: {other} must find out alone.",
            unit=name,
            other=other,
        )
    else:
        words = say(
            "{unit} says farewell before it stops. {Other} need not wait for its silence.",
            unit=name,
            Other=sentence(other),
        )
    return sentence(words)


def isolated(moment: Moment) -> str | None:
    """Alive, and seen by clients only."""
    for tier in moment.tiers:
        for index in (0, 1):
            if ISOLATED in of_unit(moment.state.tiers[tier].units[index]):
                name, other = unit(moment.setup, tier, index), unit(moment.setup, tier, 1 - index)
                words = say(
                    "{unit} is cut off from {other} and from everybody who could tell. Only its clients "
                    "still "
                    "reach it.",
                    unit=name,
                    other=other,
                )
                return sentence(words)
    return None
