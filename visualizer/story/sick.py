"""Sentences for units and cables that are neither well nor dead."""

from __future__ import annotations

from visualizer.language import say, say_as, say_many
from visualizer.sim.event import LossCause, SetAside, StateLost, UnitChanged, UnitStruck
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story import condition
from visualizer.story.moment import Moment
from visualizer.story.words import number, sentence, sessions, unit

_SHOWN_US = 4 * US_PER_S


def changed(moment: Moment) -> str | None:
    """A fault has just made a unit sick, or a repair well."""
    event = moment.last(UnitChanged, _SHOWN_US)
    if event is None:
        return None
    name, other = unit(moment.setup, event.tier, event.unit), unit(moment.setup, event.tier, 1 - event.unit)
    match event.condition:
        case "slow":
            words = say(
                "{unit} still lives and sends its heartbeats, but answers nobody. {Other} sees no reason to "
                "take over.",
                unit=name,
                Other=sentence(other),
            )
        case "mute":
            words = say(
                "Only the watchdog of {unit} dies. {Unit} serves on in silence, and silence is what {other} "
                "takes for death.",
                unit=name,
                Unit=sentence(name),
                other=other,
            )
        case "isolated":
            words = say(
                "{unit} sees neither {other} nor a witness any more, but its clients still reach it.",
                unit=name,
                other=other,
            )
        case _:
            words = say("{unit} is sound again.", unit=name)
    return sentence(words)


def slow(moment: Moment) -> str | None:
    """As long as it lasts."""
    for tier in moment.tiers:
        for index in (0, 1):
            if condition.SLOW in condition.of_unit(moment.state.tiers[tier].units[index]):
                if moment.role(tier, index) is not Role.ACTIVE:
                    continue
                name = unit(moment.setup, tier, index)
                words = say(
                    "{unit} is too slow to answer, yet its heartbeats are on time. Heartbeats prove "
                    "life, not "
                    "service.",
                    unit=name,
                )
                return sentence(words)
    return None


def cascade(moment: Moment) -> str | None:
    """One unit of a column falls, and the column goes with it."""
    event = moment.last(SetAside, _SHOWN_US)
    if event is None or moment.role(event.tier, event.unit) is not Role.SET_ASIDE:
        return None
    struck = moment.last(UnitStruck, _SHOWN_US)
    count = len(moment.all_at(SetAside, event.at_us))
    lost = sum(
        each.sessions for each in moment.all_at(StateLost, event.at_us) if each.cause is LossCause.CASCADE
    )
    fallen = unit(moment.setup, struck.tier, struck.unit) if struck else say_as("who falls", "one unit")
    if not lost:
        words = say_many(
            "{unit} falls and its whole column is out of use: one healthy unit set aside.",
            "{unit} falls and its whole column is out of use: {n} healthy units set aside.",
            count,
            unit=fallen,
            n=number(count),
        )
    else:
        words = say_many(
            "{unit} falls and its whole column is out of use: one healthy unit set aside, and {sessions} "
            "with "
            "it.",
            "{unit} falls and its whole column is out of use: {n} healthy units set aside, and "
            "{sessions} "
            "with them.",
            count,
            unit=fallen,
            n=number(count),
            sessions=sessions(lost),
        )
    return sentence(words)


def set_aside(moment: Moment) -> str | None:
    """As long as a healthy unit stands idle."""
    for tier in moment.tiers:
        for index in (0, 1):
            if moment.role(tier, index) is Role.SET_ASIDE:
                name = unit(moment.setup, tier, index)
                words = say(
                    "{unit} is healthy and idle: no path leads through a column that has lost a unit.",
                    unit=name,
                )
                return sentence(words)
    return None
