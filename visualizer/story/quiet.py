"""Sentences for when all is well, or on its way back."""

from __future__ import annotations

from visualizer.sim.event import Booted, ParameterSet, Rejoined, SyncReceived, SyncSent
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.moment import Moment
from visualizer.story.words import instant, length, pair, sentence, sessions, thousands, unit

_SHOWN_US = 2_500_000
_COPIED_US = 900_000


def changed_setting(moment: Moment) -> str | None:
    """Somebody turned a knob."""
    event = moment.last(ParameterSet, _SHOWN_US)
    if event is None:
        return None
    parameter = PARAMETERS[event.parameter]
    value = event.value
    if parameter.unit == "duration":
        value = length(int(event.value))
    if parameter.unit == "rate":
        count, per = event.value.removesuffix("us").split("/")
        value = f"{int(count) * US_PER_S / int(per):g} a second"
    return f"{parameter.title}: now {value}."


def rejoined(moment: Moment) -> str | None:
    """A pair again."""
    event = moment.last(Rejoined, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    return sentence(f"{name} has its full copy. The pair is redundant again.")


def coming_back(moment: Moment) -> str | None:
    """A unit boots or waits for its copy."""
    for tier in moment.tiers:
        for index in (0, 1):
            name = unit(moment.setup, tier, index)
            if moment.role(tier, index) is Role.BOOTING:
                return sentence(f"{name} boots. Its memory is empty; it must have a full copy first.")
            if moment.role(tier, index) is Role.RESYNCING:
                booted = moment.last(Booted, _SHOWN_US)
                runs = "runs again and" if booted else "still"
                return sentence(f"{name} {runs} waits for a full copy. Until then there is only one.")
    return None


def alone(moment: Moment) -> str | None:
    """One unit holds everything."""
    tier, count = moment.exposed()
    for index in (0, 1):
        if moment.role(tier, index) is Role.DOWN:
            name = unit(moment.setup, tier, 1 - index)
            return sentence(
                f"{name} serves alone. No second copy exists: "
                f"one more bolt would take all {thousands(count)}."
            )
    return None


def opening(moment: Moment) -> str | None:
    """What one sees, at the start."""
    if moment.now_us >= _COPIED_US:
        return None
    setup = moment.setup.tiers[0]
    beat = length(setup.heartbeat.interval_us)
    first, second = unit(moment.setup, 0, 0), unit(moment.setup, 0, 1)
    policy = moment.policy(0)
    every = f", every {length(setup.sync.interval_us)}" if policy.ticks else ""
    copied = f"What it copies: {policy.summary}{every}" if policy.copies else sentence(policy.summary)
    return sentence(f"{first} works. Every {beat} it tells {second} that it lives. {copied}.")


def batch_under_way(moment: Moment) -> str | None:
    """Sent, and not there yet, for long enough to be seen."""
    event = moment.last(SyncSent, 4 * US_PER_S)
    if event is None or event.due_us <= moment.now_us or event.due_us - event.at_us < 200_000:
        return None
    other = unit(moment.setup, event.tier, 1 - event.unit)
    return sentence(
        f"a batch of {sessions(event.sessions)} is on the cable. {sentence(other)} does not have it yet."
    )


def arriving(moment: Moment) -> str | None:
    """A copy comes at this very instant; faults come before it."""
    tier, count = moment.exposed()
    if not count or not any(event.tier == tier for event in moment.all_at(SyncReceived, moment.now_us)):
        return None
    where = f" of the {pair(moment.setup, tier)}" if len(moment.setup.tiers) > 1 else ""
    return (
        f"A copy{where} arrives at this very instant. Lightning would come first and take {sessions(count)}."
    )


def just_copied(moment: Moment) -> str | None:
    """Safe for an instant."""
    event = moment.last(SyncReceived, _COPIED_US)
    if event is None or len(moment.setup.tiers) > 1:
        return None
    interval_us = moment.setup.tiers[event.tier].sync.interval_us
    if interval_us < 2 * _COPIED_US:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    due_us = moment.state.tiers[event.tier].sync_us
    return sentence(
        f"{name} now holds all up to {instant(event.cut_us)}. The next copy leaves at {instant(due_us)}."
    )


def exposed(moment: Moment) -> str:
    """What lightning would cost now."""
    tier, count = moment.exposed()
    serving = moment.state.tiers[tier].serving
    name = unit(moment.setup, tier, serving or 0)
    policy = moment.policy(tier)
    if not count:
        return f"At this instant every session is on both units: lightning on {name} would cost none."
    verb = "exists" if count == 1 else "exist"
    if not policy.copies:
        return f"Nothing is copied: {sessions(count)} {verb} on {name} only."
    if policy.streams:
        return f"Each change is copied at once. What {sessions(count)} told {name} is still on the cable."
    safe_us = moment.state.tiers[tier].units[1 - (serving or 0)].safe_us
    since = f" at {instant(safe_us)}" if safe_us else ""
    return f"{sessions(count)} opened since the last sync{since} {verb} on {name} only."
