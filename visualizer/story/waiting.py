"""Sentences for those who wait: for the standby's answer, an address, their next try; and for doubt."""

from __future__ import annotations

from visualizer.language import decimal, say, say_many, thousands
from visualizer.sim.event import (
    AcknowledgementsBack,
    AcknowledgementsHeld,
    AnnouncementLost,
    FellBack,
    InDoubt,
    RequestsRetried,
    Takeover,
)
from visualizer.sim.setup import US_PER_S
from visualizer.sim.waiting import unanswered_from_us
from visualizer.story.moment import Moment
from visualizer.story.words import instant, number, unit

_SHOWN_US = 4 * US_PER_S
_SHORT_US = 2 * US_PER_S


def held(moment: Moment) -> str | None:
    """A policy that waits has nobody to wait for."""
    event = moment.last(AcknowledgementsHeld, _SHOWN_US)
    if event is None or moment.state.tiers[event.tier].serving is None:
        return None
    taken_over = moment.last(Takeover, _SHOWN_US)
    if taken_over is not None and taken_over.tier == event.tier and taken_over.at_us > event.at_us:
        return None  # whoever waited is not the one that serves now
    timeout_us = moment.setup.tiers[event.tier].sync.timeout_us
    end = (
        say("It waits for as long as it takes.")
        if timeout_us is None
        else say("After {time} it will go on alone.", time=decimal(f"{timeout_us / US_PER_S:g} s"))
    )
    said = say(
        "The standby does not answer, so nothing is confirmed to the clients: no promise without a copy."
    )
    return f"{said} {end}"


def still_held(moment: Moment) -> str | None:
    """The same, long after."""
    if not any(tier.answers_held and tier.serving is not None for tier in moment.state.tiers):
        return None
    since_us = max(unanswered_from_us(moment.state, inclusive=True), 0)
    return say(
        "The standby does not answer: nothing asked since {instant} is confirmed to clients.",
        instant=instant(since_us),
    )


def fell_back(moment: Moment) -> str | None:
    """The promise is given up for availability."""
    event = moment.last(FellBack, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, moment.state.tiers[event.tier].serving or 0)
    return say(
        "No answer in time: copying falls back to asynchronous. All that {unit} confirms from now on exists "
        "only there.",
        unit=name,
    )


def answered(moment: Moment) -> str | None:
    """The promise holds again."""
    event = moment.last(AcknowledgementsBack, _SHOWN_US)
    if event is None:
        return None
    return say("The standby has caught up and answers again: each request waits for its copy.")


def unheard(moment: Moment) -> str | None:
    """A gratuitous ARP that is lost."""
    event = moment.last(AnnouncementLost, _SHORT_US)
    if event is None:
        return None
    announcement = moment.setup.tiers[event.tier].announcement
    left = announcement.count - event.number
    name = unit(moment.setup, event.tier, event.unit)
    if left <= 0:
        return say(
            "Nobody heard the gratuitous ARP of {unit}; no other follows: clients must wait until their "
            "caches "
            "age out.",
            unit=name,
        )
    return say_many(
        "Nobody heard the gratuitous ARP of {unit}; one more to come.",
        "Nobody heard the gratuitous ARP of {unit}; {n} more to come.",
        left,
        unit=name,
        n=number(left),
    )


def retried(moment: Moment) -> str | None:
    """Delayed is not lost."""
    event = moment.last(RequestsRetried, _SHORT_US)
    if event is None:
        return None
    count = event.sessions + event.transactions
    return say_many(
        "Service is back. {n} request that met nobody is served at the next try: late, not lost.",
        "Service is back. {n} requests that met nobody are served at the next try: late, not lost.",
        count,
        n=thousands(count),
    )


def in_doubt(moment: Moment) -> str | None:
    """Done, and never confirmed."""
    event = moment.last(InDoubt, _SHORT_US)
    if event is None or not event.transactions:
        return None
    return say_many(
        "{n} request was carried out but never confirmed. Nobody can tell their clients: they are in doubt.",
        "{n} requests were carried out but never confirmed. Nobody can tell their clients: they are in "
        "doubt.",
        event.transactions,
        n=thousands(event.transactions),
    )
