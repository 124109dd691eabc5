"""What one must know before something happens: who serves, who waits, how they keep in touch."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.language import decimal, marked, say, thousands, translated
from visualizer.script.script import Region, Spot
from visualizer.sim.command import LinkTarget
from visualizer.sim.event import HeartbeatSent, SyncSent
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import US_PER_S, Setup, TierSetup
from visualizer.story.tale import Point, Remark
from visualizer.story.words import every, length, listed, number, pair, sentence, unit

LINE: tuple[Spot, ...] = (Region("timeline"),)


def opening(setup: Setup) -> Point:
    """All is well."""
    many = len(setup.tiers) > 1
    if many:
        names = [pair(setup, tier) for tier in range(len(setup.tiers))]
        words = say(
            "{number} pairs stand one behind the other: {names}.",
            number=sentence(number(len(names))),
            names=listed(names),
        )
    else:
        words = say(
            "{unit} serves. {Other} stands by, to take over.",
            unit=unit(setup, 0, 0),
            Other=sentence(unit(setup, 0, 1)),
        )
    title = say("Working pairs") if many else say("A working pair")
    more = (*touch(setup), Remark(_at_stake(setup), LINE))
    return Point(0, 0, title, sentence(words), sudden=False, more=more)


def touch(setup: Setup) -> Iterator[Remark]:
    """How pairs hang together, and what goes between their units."""
    if len(setup.tiers) > 1:
        yield Remark(translated(_PATHS[setup.path]))
    many = len(setup.tiers) > 1
    beats = {_beats(tier, each=many) for tier in setup.tiers}
    copies = {_copies(tier, each=many) for tier in setup.tiers}
    beat = (
        beats.pop()
        if len(beats) == 1
        else say("In each pair heartbeats tell the one that stands by that the other one lives.")
    )
    yield Remark(beat, _links(setup, "heartbeat"), HeartbeatSent)
    copy = (
        copies.pop() if len(copies) == 1 else say("In each pair what is new is copied, at different times.")
    )
    yield Remark(copy, _links(setup, "sync"), SyncSent)
    waits_us = max(_waits_us(tier) for tier in setup.tiers)
    if waits_us:
        yield Remark(say("So an answer comes {time} later: there and back.", time=length(waits_us)))
        connections = setup.traffic.connections
        if connections is not None and len(setup.tiers) == 1:
            most = connections * US_PER_S // (setup.traffic.response_us + waits_us)
            yield Remark(
                say("Who asks again only then gets {n} answers a second at most.", n=thousands(most))
            )


_PATHS = {
    "parallel": marked("Each column is one path: when one unit fails, the whole column has to move."),
    "cross": marked(
        "Each unit reaches both units of the next pair: only the pair that fails has to change over."
    ),
}


def _links(setup: Setup, use: str) -> tuple[Spot, ...]:
    return tuple(
        LinkTarget(number, (tier.heartbeat if use == "heartbeat" else tier.sync).link)
        for number, tier in enumerate(setup.tiers)
        if use == "heartbeat" or POLICIES[tier.sync.policy].copies
    )


def _beats(tier: TierSetup, *, each: bool) -> str:
    """`each`: it is so in each of several pairs."""
    often = every(tier.heartbeat.interval_us)
    said = (
        say("In each pair a heartbeat tells the secondary {often} that the primary lives.", often=often)
        if each
        else say("A heartbeat tells the secondary {often} that the primary lives.", often=often)
    )
    loss = tier.links[tier.heartbeat.link].loss
    if not loss:
        return said
    percent = decimal(f"{loss.value * 100:g}")
    return f"{said} {say('On the cable {percent} % of them are lost.', percent=percent)}"


def _copies(tier: TierSetup, *, each: bool) -> str:
    sync, policy = tier.sync, POLICIES[tier.sync.policy]
    said = _copying(tier, each=each)
    if policy.waits and sync.timeout_us is None:
        said = say("{copies}, and answers when it is there", copies=said)
    elif policy.waits:
        said = say(
            "{copies}, and answers when it is there, or after {time} without it",
            copies=said,
            time=length(sync.timeout_us or 0),
        )
    if policy.copies and sync.pickup_us:
        said = say("{copies}, but only what has lived for {time}", copies=said, time=length(sync.pickup_us))
    return f"{said}."


def _copying(tier: TierSetup, *, each: bool) -> str:  # noqa: PLR0911 - one sentence each
    """What is copied and when: the main clause of a sentence."""
    policy, often = POLICIES[tier.sync.policy], every(tier.sync.interval_us)
    if not policy.copies:
        if each:
            return say("In each pair nothing is copied: the secondary knows of no session")
        return say("Nothing is copied: the secondary knows of no session")
    if policy.whole:
        if each:
            return say("In each pair the primary begins a copy of all that it has {often}", often=often)
        return say("The primary begins a copy of all that it has {often}", often=often)
    if policy.ticks:
        if each:
            return say("In each pair the primary copies what is new to the secondary {often}", often=often)
        return say("The primary copies what is new to the secondary {often}", often=often)
    if each:
        return say("In each pair the primary sends each change to the secondary at once")
    return say("The primary sends each change to the secondary at once")


def _waits_us(tier: TierSetup) -> int:
    """How long, at least, an answer waits for its copy."""
    there_and_back_us = 2 * tier.links[tier.sync.link].latency_us + tier.sync.apply_us
    return there_and_back_us if POLICIES[tier.sync.policy].waits else 0


def _at_stake(setup: Setup) -> str:
    if not any(POLICIES[tier.sync.policy].copies for tier in setup.tiers):
        return say("The line below is what lightning would cost: every open session.")
    if all(POLICIES[tier.sync.policy].waits and tier.sync.timeout_us is None for tier in setup.tiers):
        return say(
            "The line below is what lightning would cost: nothing, while every answer waits for its copy."
        )
    return say("The line below is what lightning would cost: all that is not copied yet.")
