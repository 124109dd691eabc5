"""What no copy helps against: both units at once, what both of them share, and the cable between them cut."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.beat_ideal import Term, TermName
from visualizer.lab.beat_loss import counts_transactions
from visualizer.lab.beat_trial import Steps, Trial, after_us, holder_at, play_on, played
from visualizer.sim import advance, command
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.sim.event import Status
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.sim.state import State
from visualizer.sim.traffic import FAR_US
from visualizer.sim.waiting import unanswered_from_us


@dataclass(frozen=True, slots=True)
class Cut:
    """The sync cable is cut for some time: `lost`, when it heals or when lightning strikes just before that;
    `silent_us`: the longest that anybody was refused or waited, `silent`: new sessions that were or did.
    """

    lost: int
    silent_us: int
    silent: int


def lost_of(state: State) -> int:
    """What has been lost so far: sessions, or transactions where there are only these."""
    return len(state.lost_transactions if counts_transactions(state.setup) else state.lost_sessions)


def second_failure(trial: Trial, tier: int) -> int:
    """One bolt on both units of a tier, after the run: what it takes."""
    state = trial.state.copy()
    at_us = state.now_us + 1
    for unit in (0, 1):
        command(state, Strike(at_us, "lightning", UnitTarget(tier, unit)))
    advance(state, at_us)
    return lost_of(state)


def shared_terms(setup: Setup, lost: int) -> Steps[tuple[Term, ...]]:
    """What the units of a tier share, if it takes more than the `lost` of one bolt on one unit."""
    found: list[Term] = []
    for name, strike, lasts_us in _shared(setup):
        trial = yield from played(setup, strike.at_us + lasts_us, strike)
        more = lost_of(trial.state) - lost
        if more > 0:
            found.append(Term(name, more))
    return (max(found, key=lambda term: term.amount or 0),) if found else ()


def _shared(setup: Setup) -> list[tuple[TermName, Strike, int]]:
    """What both units of some tier stand on: how it fails, and how long until it hurts."""
    at_us = setup.duration_us
    sites = {pair for tier in setup.tiers if None not in (pair := tier.sites)}
    feeds = {
        setup.sites[one].feed
        for one, other in sites
        if one is not None and other is not None and setup.sites[one].feed == setup.sites[other].feed
    }
    found: list[tuple[TermName, Strike, int]] = []
    for number in sorted(feed for feed in feeds if feed is not None):
        feed = setup.feeds[number]
        lasts_us = feed.ups_us + feed.generator_us + 1
        found.append(("shared power", Strike(at_us, "utility", FeedTarget(number)), lasts_us))
    for one, other in sorted((one, other) for one, other in sites if one is not None and other is not None):
        if one == other:
            found.append(("one site", Strike(at_us, "site", SiteTarget(one)), 1))
    return found


def worst_cut(setup: Setup, cut_us: int, *, struck: bool) -> Steps[Cut]:
    """The sync cable of any tier cut for so long; `struck`: with lightning just before it heals, if that is
    worse.
    """
    worst = Cut(0, 0, 0)
    for tier in range(len(setup.tiers)):
        cut = yield from _cut(setup, tier, cut_us, struck=struck)
        worst = Cut(
            max(worst.lost, cut.lost), max(worst.silent_us, cut.silent_us), max(worst.silent, cut.silent)
        )
    return worst


def _cut(setup: Setup, tier: int, cut_us: int, *, struck: bool) -> Steps[Cut]:
    from_us = _calm_us(setup)
    heal_us, cable = from_us + cut_us, LinkTarget(tier, setup.tiers[tier].sync.link)
    end_us = heal_us + after_us(setup)
    cut, heal = Strike(from_us, "cut", cable), Strike(heal_us, "heal", cable)
    trial = yield from played(setup, heal_us - 1, cut, heal, until_us=end_us)
    silent_us, silent = _silence(trial.state, from_us)
    unit = holder_at(trial.state, tier, heal_us)
    yield from play_on(trial, end_us)
    lost = lost_of(trial.state)
    if struck:
        bolt = Strike(heal_us, "lightning", UnitTarget(tier, unit))
        trial = yield from played(setup, end_us, cut, bolt)
        lost = max(lost, lost_of(trial.state))
    return Cut(lost, silent_us, silent)


def _calm_us(setup: Setup) -> int:
    """Some heartbeats have gone through, and it is no instant at which a period ends."""
    first_us = max(tier.heartbeat.phase_us + 2 * tier.heartbeat.interval_us for tier in setup.tiers)
    return first_us + US_PER_S // 2 + 1


def _silence(state: State, from_us: int) -> tuple[int, int]:
    """The longest that a request made since `from_us` has been refused or kept waiting; and how many were."""
    spans = [(unanswered_from_us(state, inclusive=True), FAR_US)]
    for log in state.service:
        ends = [*(at_us for at_us, _, _ in log[1:]), FAR_US]
        spans += [
            (max(entry[0], from_us), end_us)
            for entry, end_us in zip(log, ends, strict=True)
            if entry[1] is not Status.SERVED and end_us > from_us
        ]
    ends_us = [(low_us, min(high_us, state.now_us)) for low_us, high_us in spans]
    longest_us = max((high_us - low_us for low_us, high_us in ends_us), default=0)
    opens = state.traffic.opens_us
    made = sum(int(((opens >= low_us) & (opens < high_us)).sum()) for low_us, high_us in ends_us)
    return max(longest_us, 0), made
