"""Runs of a design for the judge, in steps short enough to be spread over the frames of a window."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TypeVar

from visualizer.sim import State, advance, start
from visualizer.sim.command import Command
from visualizer.sim.event import Event
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import ALL, NONE, US_PER_S, Setup, TierSetup

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Work that pauses now and then, with a result at its end: `result = yield from steps`."""

_BEATS_A_STEP = 40
_LONG_US = 300 * US_PER_S
"""A scenario up to this long is measured as a whole."""

_LONGEST_US = 7200 * US_PER_S
_SETTLED_LIVES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A run that was played, and what happened in it."""

    state: State
    events: list[Event]


def design(setup: Setup) -> Setup:
    """What is judged: the setup without all that befalls it, where whatever is left to luck goes wrong.

    Its run lasts as long as it takes to see the worst instant.
    """
    bare = replace(
        setup,
        commands=(),
        tiers=tuple(_unlucky(tier) for tier in setup.tiers),
        feeds=tuple(
            feed if feed.generator_success == ALL else replace(feed, generator_success=NONE)
            for feed in setup.feeds
        ),
    )
    return replace(bare, duration_us=_enough_us(bare))


def _unlucky(tier: TierSetup) -> TierSetup:
    guard, said = tier.guard, tier.announcement
    if guard.fence_success != ALL:
        guard = replace(guard, fence_success=NONE)
    if said.loss:
        said = replace(said, loss=ALL)
    return replace(tier, guard=guard, announcement=said)


def _enough_us(setup: Setup) -> int:
    """Two copies and a half of every tier, and as many sessions as there will ever be."""
    traffic = setup.traffic
    needed_us = max(_copied_us(tier) for tier in setup.tiers)
    if traffic.lifetime_us is not None and traffic.session_rate is not None:
        steady = traffic.session_rate.per_s * traffic.lifetime_us / US_PER_S
        if traffic.initial_sessions < steady:
            needed_us = max(needed_us, min(_SETTLED_LIVES * traffic.lifetime_us, setup.duration_us))
    elif any(not POLICIES[tier.sync.policy].copies or tier.sync.never for tier in setup.tiers):
        return setup.duration_us  # the longer it runs, the more is lost
    return min(max(needed_us, min(setup.duration_us, _LONG_US)), _LONGEST_US)


def _copied_us(tier: TierSetup) -> int:
    sync = tier.sync
    if not POLICIES[sync.policy].ticks:
        return 0
    way_us = sync.prepare_us + sync.transfer_us + tier.links[sync.link].latency_us + sync.pickup_us
    return sync.phase_us + 5 * sync.interval_us // 2 + 2 * way_us


def played(setup: Setup, to_us: int, *acts: Command, until_us: int | None = None) -> Steps[Trial]:
    """The setup with these acts from its start up to and including `to_us`; it can go on to `until_us`."""
    commands = tuple(sorted(acts, key=lambda act: act.at_us))
    state = start(replace(setup, duration_us=until_us or to_us, commands=commands))
    trial = Trial(state, [])
    yield from play_on(trial, to_us)
    return trial


def play_on(trial: Trial, until_us: int) -> Steps[None]:
    """Further, up to and including an instant."""
    state = trial.state
    step_us = _step_us(state.setup)
    while state.now_us < until_us:
        trial.events.extend(advance(state, min(state.now_us + step_us, until_us)))
        yield


def _step_us(setup: Setup) -> int:
    periods = [tier.heartbeat.interval_us for tier in setup.tiers]
    periods += [tier.sync.interval_us for tier in setup.tiers if POLICIES[tier.sync.policy].ticks]
    return max(_BEATS_A_STEP * min(periods) // len(setup.tiers), setup.tick_us)


def holder_at(state: State, tier: int, at_us: int) -> int:
    """Which unit of a tier holds the state just before an instant; the primary when none does."""
    before = [era for era in state.eras[tier] if era.from_us < at_us] or state.eras[tier][:1]
    return before[-1].holder or 0


def after_us(setup: Setup) -> int:
    """How long after a fault everything is certainly over, clients' patience included."""
    tiers = max(_recovery_us(tier) for tier in setup.tiers)
    clients, patience_us = setup.clients, 0
    if clients.retry is not None:
        patience_us = clients.retry.offsets_us()[-1] if clients.retry.tries else 0
    if clients.stall_us is not None:
        patience_us = max(patience_us, 2 * tiers + clients.stall_us)
    return min(2 * tiers + patience_us, _LONGEST_US) + US_PER_S


def _recovery_us(tier: TierSetup) -> int:
    beat, said, guard = tier.heartbeat, tier.announcement, tier.guard
    watch_us = beat.hold_us + max(beat.skew_us) + beat.poll_us + 2 * beat.interval_us
    watch_us += sum(link.latency_us for link in tier.links)
    told_us = tier.convergence_us + said.count * said.spacing_us
    if said.loss:
        told_us += said.cache_high_us
    return watch_us + guard.fence_us + guard.lease_us + tier.takeover_us + tier.demotion_us + told_us
