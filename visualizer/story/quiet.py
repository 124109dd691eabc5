"""Sentences for when all is well, or on its way back."""

from __future__ import annotations

from visualizer.language import decimal, say, say_many, thousands, translated
from visualizer.sim.event import Booted, ParameterSet, Rejoined, SyncReceived, SyncSent
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.moment import Moment
from visualizer.story.words import instant, length, pair, sentence, sessions, unit

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
        value = say("{n} a second", n=decimal(f"{int(count) * US_PER_S / int(per):g}"))
    return say("{setting}: now {value}.", setting=translated(parameter.title), value=value)


def rejoined(moment: Moment) -> str | None:
    """A pair again."""
    event = moment.last(Rejoined, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, event.unit)
    return sentence(say("{unit} has its full copy. The pair is redundant again.", unit=name))


def coming_back(moment: Moment) -> str | None:
    """A unit boots or waits for its copy."""
    for tier in moment.tiers:
        for index in (0, 1):
            name = unit(moment.setup, tier, index)
            if moment.role(tier, index) is Role.BOOTING:
                return sentence(
                    say("{unit} boots. Its memory is empty; it must have a full copy first.", unit=name)
                )
            if moment.role(tier, index) is Role.RESYNCING:
                booted = moment.last(Booted, _SHOWN_US)
                words = (
                    say(
                        "{unit} runs again and waits for a full copy. Until then there is only one.",
                        unit=name,
                    )
                    if booted
                    else say("{unit} still waits for a full copy. Until then there is only one.", unit=name)
                )
                return sentence(words)
    return None


def alone(moment: Moment) -> str | None:
    """One unit holds everything."""
    tier, count = moment.exposed()
    for index in (0, 1):
        if moment.role(tier, index) is Role.DOWN:
            name = unit(moment.setup, tier, 1 - index)
            words = say(
                "{unit} serves alone. No second copy exists: one more bolt would take all {n}.",
                unit=name,
                n=thousands(count),
            )
            return sentence(words)
    return None


def opening(moment: Moment) -> str | None:
    """What one sees, at the start."""
    if moment.now_us >= _COPIED_US:
        return None
    setup = moment.setup.tiers[0]
    works = say(
        "{unit} works. Every {time} it tells {other} that it lives.",
        unit=unit(moment.setup, 0, 0),
        time=length(setup.heartbeat.interval_us),
        other=unit(moment.setup, 0, 1),
    )
    policy = moment.policy(0)
    summary = translated(policy.summary)
    if not policy.copies:
        copied = f"{sentence(summary)}."
    elif policy.ticks:
        time = length(setup.sync.interval_us)
        copied = say("What it copies: {summary}, every {time}.", summary=summary, time=time)
    else:
        copied = say("What it copies: {summary}.", summary=summary)
    return f"{sentence(works)} {copied}"


def batch_under_way(moment: Moment) -> str | None:
    """Sent, and not there yet, for long enough to be seen."""
    event = moment.last(SyncSent, 4 * US_PER_S)
    if event is None or event.due_us <= moment.now_us or event.due_us - event.at_us < 200_000:
        return None
    other = unit(moment.setup, event.tier, 1 - event.unit)
    return say(
        "A batch of {sessions} is on the cable. {Other} does not have it yet.",
        sessions=sessions(event.sessions),
        Other=sentence(other),
    )


def arriving(moment: Moment) -> str | None:
    """A copy comes at this very instant; faults come before it."""
    tier, count = moment.exposed()
    if not count or not any(event.tier == tier for event in moment.all_at(SyncReceived, moment.now_us)):
        return None
    if len(moment.setup.tiers) == 1:
        return say(
            "A copy arrives at this very instant. Lightning would come first and take {sessions}.",
            sessions=sessions(count),
        )
    return say(
        "A copy of the {tier} arrives at this very instant. Lightning would come first and take {sessions}.",
        tier=pair(moment.setup, tier),
        sessions=sessions(count),
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
    words = say(
        "{unit} now holds all up to {instant}. The next copy leaves at {next}.",
        unit=name,
        instant=instant(event.cut_us),
        next=instant(due_us),
    )
    return sentence(words)


def exposed(moment: Moment) -> str:
    """What lightning would cost now."""
    tier, count = moment.exposed()
    serving = moment.state.tiers[tier].serving
    name = unit(moment.setup, tier, serving or 0)
    policy = moment.policy(tier)
    if not count:
        return say(
            "At this instant every session is on both units: lightning on {unit} would cost none.", unit=name
        )
    if not policy.copies:
        return say_many(
            "Nothing is copied: {n} session exists on {unit} only.",
            "Nothing is copied: {n} sessions exist on {unit} only.",
            count,
            n=thousands(count),
            unit=name,
        )
    if policy.streams:
        return say(
            "Each change is copied at once. What {sessions} told {unit} is still on the cable.",
            sessions=sessions(count),
            unit=name,
        )
    safe_us = moment.state.tiers[tier].units[1 - (serving or 0)].safe_us
    return _since(safe_us, count, name)


def _since(safe_us: int | None, count: int, name: str) -> str:
    if not safe_us:
        return say_many(
            "{n} session opened since the last sync exists on {unit} only.",
            "{n} sessions opened since the last sync exist on {unit} only.",
            count,
            n=thousands(count),
            unit=name,
        )
    return say_many(
        "{n} session opened since the last sync at {instant} exists on {unit} only.",
        "{n} sessions opened since the last sync at {instant} exist on {unit} only.",
        count,
        n=thousands(count),
        instant=instant(safe_us),
        unit=name,
    )
