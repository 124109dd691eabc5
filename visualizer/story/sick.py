"""Sentences for units and cables that are neither well nor dead."""

from __future__ import annotations

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
            return sentence(
                f"{name} still lives and sends its heartbeats, but answers nobody. "
                f"{sentence(other)} sees no reason to take over."
            )
        case "mute":
            return sentence(
                f"only the watchdog of {name} dies. {sentence(name)} serves on in silence, "
                f"and silence is what {other} takes for death."
            )
        case "isolated":
            return sentence(
                f"{name} sees neither {other} nor a witness any more, but its clients still reach it."
            )
        case _:
            return sentence(f"{name} is sound again.")


def slow(moment: Moment) -> str | None:
    """As long as it lasts."""
    for tier in moment.tiers:
        for index in (0, 1):
            if condition.SLOW in condition.of_unit(moment.state.tiers[tier].units[index]):
                if moment.role(tier, index) is not Role.ACTIVE:
                    continue
                name = unit(moment.setup, tier, index)
                return sentence(
                    f"{name} is too slow to answer, yet its heartbeats are on time. "
                    "Heartbeats prove life, not service."
                )
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
    healthy = f"{number(count).lower()} healthy unit{'' if count == 1 else 's'}"
    first = f"{unit(moment.setup, struck.tier, struck.unit)} falls" if struck else "one unit falls"
    cost = f", and {sessions(lost)} with {'it' if count == 1 else 'them'}" if lost else ""
    return sentence(f"{first} and its whole column is out of use: {healthy} set aside{cost}.")


def set_aside(moment: Moment) -> str | None:
    """As long as a healthy unit stands idle."""
    for tier in moment.tiers:
        for index in (0, 1):
            if moment.role(tier, index) is Role.SET_ASIDE:
                name = unit(moment.setup, tier, index)
                return sentence(
                    f"{name} is healthy and idle: no path leads through a column that has lost a unit."
                )
    return None
