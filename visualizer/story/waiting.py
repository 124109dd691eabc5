"""Sentences for those who wait: for the standby's answer, an address, their next try; and for doubt."""

from __future__ import annotations

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
from visualizer.story.words import instant, number, requests, unit

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
        "It waits for as long as it takes."
        if timeout_us is None
        else (f"After {timeout_us / US_PER_S:g} s it will go on alone.")
    )
    return (
        "The standby does not answer, so nothing is confirmed to the clients: "
        f"no promise without a copy. {end}"
    )


def still_held(moment: Moment) -> str | None:
    """The same, long after."""
    if not any(tier.answers_held and tier.serving is not None for tier in moment.state.tiers):
        return None
    since_us = max(unanswered_from_us(moment.state, inclusive=True), 0)
    return f"The standby does not answer: nothing asked since {instant(since_us)} is confirmed to clients."


def fell_back(moment: Moment) -> str | None:
    """The promise is given up for availability."""
    event = moment.last(FellBack, _SHOWN_US)
    if event is None:
        return None
    name = unit(moment.setup, event.tier, moment.state.tiers[event.tier].serving or 0)
    return (
        f"No answer in time: copying falls back to asynchronous. All that {name} confirms from now on "
        "exists only there."
    )


def answered(moment: Moment) -> str | None:
    """The promise holds again."""
    event = moment.last(AcknowledgementsBack, _SHOWN_US)
    if event is None:
        return None
    return "The standby has caught up and answers again: each request waits for its copy."


def unheard(moment: Moment) -> str | None:
    """A gratuitous ARP that is lost."""
    event = moment.last(AnnouncementLost, _SHORT_US)
    if event is None:
        return None
    announcement = moment.setup.tiers[event.tier].announcement
    left = announcement.count - event.number
    name = unit(moment.setup, event.tier, event.unit)
    more = (
        "no other follows: clients must wait until their caches age out"
        if left <= 0
        else (f"{number(left).lower()} more to come")
    )
    return f"Nobody heard the gratuitous ARP of {name}; {more}."


def retried(moment: Moment) -> str | None:
    """Delayed is not lost."""
    event = moment.last(RequestsRetried, _SHORT_US)
    if event is None:
        return None
    count = event.sessions + event.transactions
    return f"Service is back. {requests(count)} that met nobody are served at the next try: late, not lost."


def in_doubt(moment: Moment) -> str | None:
    """Done, and never confirmed."""
    event = moment.last(InDoubt, _SHORT_US)
    if event is None or not event.transactions:
        return None
    was = "was" if event.transactions == 1 else "were"
    return (
        f"{requests(event.transactions)} {was} carried out but never confirmed. "
        "Nobody can tell their clients: they are in doubt."
    )
