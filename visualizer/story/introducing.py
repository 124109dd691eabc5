"""What one must know before something happens: who serves, who waits, how they keep in touch."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.script.script import Region, Spot
from visualizer.sim.command import LinkTarget
from visualizer.sim.event import HeartbeatSent, SyncSent
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import US_PER_S, Setup, TierSetup
from visualizer.story.tale import Point, Remark
from visualizer.story.words import every, length, number, pair, sentence, thousands, unit

LINE: tuple[Spot, ...] = (Region("timeline"),)


def opening(setup: Setup) -> Point:
    """All is well."""
    many = len(setup.tiers) > 1
    if many:
        names = [pair(setup, tier) for tier in range(len(setup.tiers))]
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        words = f"{number(len(names))} pairs stand one behind the other: {listed}."
    else:
        words = f"{unit(setup, 0, 0)} serves. {sentence(unit(setup, 0, 1))} stands by, to take over."
    title = "Working pairs" if many else "A working pair"
    more = (*touch(setup), Remark(f"The line below is what lightning would cost: {_at_stake(setup)}.", LINE))
    return Point(0, 0, title, sentence(words), sudden=False, more=more)


def touch(setup: Setup) -> Iterator[Remark]:
    """How pairs hang together, and what goes between their units."""
    if len(setup.tiers) > 1:
        yield Remark(_PATHS[setup.path])
    beats, copies = {_beats(tier) for tier in setup.tiers}, {_copies(tier) for tier in setup.tiers}
    where = "in each pair " if len(setup.tiers) > 1 else ""
    beat = (
        beats.pop() if len(beats) == 1 else "heartbeats tell the one that stands by that the other one lives"
    )
    yield Remark(sentence(f"{where}{beat}."), _links(setup, "heartbeat"), HeartbeatSent)
    copy = copies.pop() if len(copies) == 1 else "what is new is copied, at different times"
    yield Remark(sentence(f"{where}{copy}."), _links(setup, "sync"), SyncSent)
    waits_us = max(_waits_us(tier) for tier in setup.tiers)
    if waits_us:
        yield Remark(f"So an answer comes {length(waits_us)} later: there and back.")
        connections = setup.traffic.connections
        if connections is not None and len(setup.tiers) == 1:
            most = connections * US_PER_S // (setup.traffic.response_us + waits_us)
            yield Remark(f"Who asks again only then gets {thousands(most)} answers a second at most.")


_PATHS = {
    "parallel": "Each column is one path: when one unit fails, the whole column has to move.",
    "cross": "Each unit reaches both units of the next pair: only the pair that fails has to change over.",
}


def _links(setup: Setup, use: str) -> tuple[Spot, ...]:
    return tuple(
        LinkTarget(number, (tier.heartbeat if use == "heartbeat" else tier.sync).link)
        for number, tier in enumerate(setup.tiers)
        if use == "heartbeat" or POLICIES[tier.sync.policy].copies
    )


def _beats(tier: TierSetup) -> str:
    lost = tier.links[tier.heartbeat.link].loss
    some = f". On the cable {lost.value * 100:g} % of them are lost" if lost else ""
    often = every(tier.heartbeat.interval_us)
    return f"a heartbeat tells the secondary {often} that the primary lives{some}"


def _copies(tier: TierSetup) -> str:
    sync, policy = tier.sync, POLICIES[tier.sync.policy]
    if not policy.copies:
        return "nothing is copied: the secondary knows of no session"
    if policy.whole:
        said = f"the primary begins a copy of all that it has {every(sync.interval_us)}"
    elif policy.ticks:
        said = f"the primary copies what is new to the secondary {every(sync.interval_us)}"
    else:
        said = "the primary sends each change to the secondary at once"
    if policy.waits:
        said += f", and answers when it is there{_at_most(tier)}"
    if sync.pickup_us:
        said += f", but only what has lived for {length(sync.pickup_us)}"
    return said


def _waits_us(tier: TierSetup) -> int:
    """How long, at least, an answer waits for its copy."""
    there_and_back_us = 2 * tier.links[tier.sync.link].latency_us + tier.sync.apply_us
    return there_and_back_us if POLICIES[tier.sync.policy].waits else 0


def _at_most(tier: TierSetup) -> str:
    timeout_us = tier.sync.timeout_us
    return "" if timeout_us is None else f", or after {length(timeout_us)} without it"


def _at_stake(setup: Setup) -> str:
    if not any(POLICIES[tier.sync.policy].copies for tier in setup.tiers):
        return "every open session"
    if all(POLICIES[tier.sync.policy].waits and tier.sync.timeout_us is None for tier in setup.tiers):
        return "nothing, while every answer waits for its copy"
    return "all that is not copied yet"
