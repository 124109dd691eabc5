"""What binds, and how the same design would be without it: each term of the loss and of the gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from visualizer.lab.beat_trial import Steps
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import ALL, NONE, Setup, TierSetup

TermName = Literal[
    "bandwidth", "latency", "copying work", "left out", "no copies", "sync period",
    "retries", "address", "start", "fence", "detection",
    "cut cable", "one site", "shared power", "second failure", "nervous", "answers", "false alarms",
]  # fmt: skip
"""What can bind, by name; `story.beat` has the words."""


@dataclass(frozen=True, slots=True)
class Term:
    """How much of the loss (a count), of the gap or of the budget (microseconds) is there because of this;
    None: a gap without end.
    """

    name: TermName
    amount: int | None


def largest(terms: tuple[Term, ...]) -> Term:
    """The term that binds; the first of equals."""
    return max(terms, key=lambda term: float("inf") if term.amount is None else term.amount)


Ideal = Callable[[Setup], Setup]


def _each_tier(change: Callable[[TierSetup], TierSetup]) -> Ideal:
    return lambda setup: replace(setup, tiers=tuple(change(tier) for tier in setup.tiers))


def _calm(tier: TierSetup) -> TierSetup:
    """No heartbeat is late or lost, so that nobody takes over from a unit that is well."""
    beat, links = tier.heartbeat, list(tier.links)
    links[beat.link] = replace(links[beat.link], loss=NONE, jitter_us=0)
    return replace(tier, heartbeat=replace(beat, misses=max(beat.misses, 2)), links=tuple(links))


def _wide(tier: TierSetup) -> TierSetup:
    return replace(tier, links=tuple(replace(link, bandwidth_bps=None) for link in tier.links))


def _perfect(tier: TierSetup, link: int) -> TierSetup:
    """A cable that takes no time and loses nothing."""
    links = list(tier.links)
    links[link] = replace(links[link], latency_us=0, jitter_us=0, loss=NONE)
    return replace(tier, links=tuple(links))


def _effortless(tier: TierSetup) -> TierSetup:
    return replace(tier, sync=replace(tier.sync, transfer_us=0, prepare_us=0, apply_us=0))


def _complete(tier: TierSetup) -> TierSetup:
    return replace(tier, sync=replace(tier.sync, pickup_us=0, never=NONE))


def _copied(tier: TierSetup) -> TierSetup:
    return _at_once(tier) if not POLICIES[tier.sync.policy].copies else tier


def _at_once(tier: TierSetup) -> TierSetup:
    """Each change is copied when it is made."""
    if POLICIES[tier.sync.policy].streams:
        return tier
    return replace(tier, sync=replace(tier.sync, policy="streaming", timeout_us=None))


def _sensed(tier: TierSetup) -> TierSetup:
    """The standby feels at once that the other unit has lost its power."""
    links = list(tier.links)
    links[tier.heartbeat.link] = replace(links[tier.heartbeat.link], kind="serial")
    return replace(tier, links=tuple(links))


def _patient(setup: Setup) -> Setup:
    return replace(setup, clients=replace(setup.clients, retry=None, stall_us=None))


def _told(tier: TierSetup) -> TierSetup:
    return replace(tier, convergence_us=0, announcement=replace(tier.announcement, loss=NONE))


def _unfenced(tier: TierSetup) -> TierSetup:
    return replace(tier, guard=replace(tier.guard, fence_us=0, fence_success=ALL))


LOSS_IDEALS: tuple[tuple[TermName, Ideal], ...] = (
    ("bandwidth", _each_tier(_wide)),
    ("latency", _each_tier(lambda tier: _perfect(tier, tier.sync.link))),
    ("nervous", _each_tier(_calm)),
    ("copying work", _each_tier(_effortless)),
    ("left out", _each_tier(_complete)),
    ("no copies", _each_tier(_copied)),
    ("sync period", _each_tier(_at_once)),
)
"""In the order in which they are taken away; without all of them nothing acknowledged is lost."""

GAP_IDEALS: tuple[tuple[TermName, Ideal], ...] = (
    ("retries", _patient),
    ("address", _each_tier(_told)),
    ("start", _each_tier(lambda tier: replace(tier, takeover_us=0))),
    ("fence", _each_tier(_unfenced)),
    ("latency", _each_tier(lambda tier: _perfect(tier, tier.heartbeat.link))),
    ("detection", _each_tier(_sensed)),
)
"""The last thing that happens first; without all of them nobody notices."""

Measure = Callable[[Setup], Steps[int | None]]


def waterfall(
    setup: Setup, whole: int | None, ideals: tuple[tuple[TermName, Ideal], ...], measure: Measure
) -> Steps[tuple[Term, ...]]:
    """What the terms make up of `whole`, which `measure` gave for the setup: one after the other is taken
    away, and what becomes less is its share. They add up to the whole.
    """
    terms: list[Term] = []
    for name, ideal in ideals:
        better = ideal(setup)
        if better == setup or whole == 0:
            continue
        setup, left = better, (yield from measure(better))
        if whole is None:
            terms += [Term(name, None)] if left is not None else []
            whole = left
        elif left is not None and left < whole:
            terms.append(Term(name, whole - left))
            whole = left
    return tuple(terms)
