"""How one redundant pair was set up, line by line; what does nothing in it has no line."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.language import say, say_as, say_many, thousands, translated
from visualizer.report.wording import Line, line, share
from visualizer.scene.wording import duration
from visualizer.sim.command import LinkTarget, Strike
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import AnnouncementSetup, LinkSetup, Quality, Setup, SyncSetup, TierSetup
from visualizer.story.words import every
from visualizer.study.parameters import value_title


def tier_lines(setup: Setup, number: int) -> Iterator[Line]:
    """Copying, heartbeats, cables, what a takeover takes, guards, places."""
    tier = setup.tiers[number]
    yield from _copying(tier)
    yield from _heartbeats(tier)
    for index, link in enumerate(tier.links):
        yield from _cable(link, gets_bad=_gets_bad(setup, LinkTarget(number, index)))
    yield from _takeover(tier)
    yield from _address(tier)
    yield from _guard(tier)
    yield from _afterwards(tier)
    yield from _places(setup, tier)


def _copying(tier: TierSetup) -> Iterator[Line]:
    sync, policy = tier.sync, POLICIES[tier.sync.policy]
    summary = translated(policy.summary)
    yield line(say("Copying"), f"{value_title(sync.policy)}: {summary}", "sync.policy")
    if not policy.copies:
        return
    if policy.ticks:
        ticks = _repeated(sync.interval_us, sync.phase_us)
        yield line(say("Sync"), ticks, "sync.interval", "sync.phase")
    if policy.waits:
        yield line(say("Answers wait for the copy"), _at_most(sync.timeout_us), "sync.timeout")
    yield from _batch(sync)
    if sync.pickup_us:
        yield line(say("Copied from an age of"), duration(sync.pickup_us), "sync.pickup_delay")
    if sync.never:
        never = say("{share} of the sessions", share=share(sync.never))
        yield line(say("Never copied"), never, "sync.never")
    if policy.streams:
        lost = _lost_message(tier)
        yield line(say("A lost message"), lost, "sync.transport", "sync.resend", "sync.refresh")


def _batch(sync: SyncSetup) -> Iterator[Line]:
    """What a copy shows, and how long it takes."""
    if sync.change_bytes:
        change = say("{n} bytes on the cable", n=thousands(sync.change_bytes))
        yield line(say("A change takes"), change, "sync.change_size")
    if sync.prepare_us:
        shows = say("the state {duration} after its start", duration=duration(sync.prepare_us))
        yield line(say("A snapshot shows"), shows, "sync.prepare")
    if sync.transfer_us:
        takes = say("{duration} more than its bytes", duration=duration(sync.transfer_us))
        yield line(say("A copy takes"), takes, "sync.transfer")
    if sync.apply_us:
        useful = say("{duration} after it came", duration=duration(sync.apply_us))
        yield line(say("Of use to the standby"), useful, "sync.apply")


def _repeated(interval_us: int, phase_us: int) -> str:
    if phase_us:
        return say("{every}, first at {instant}", every=every(interval_us), instant=duration(phase_us))
    return every(interval_us)


def _at_most(timeout_us: int | None) -> str:
    if timeout_us is None:
        return say("for ever")
    return say("{duration} at most", duration=duration(timeout_us))


def _lost_message(tier: TierSetup) -> str:
    sync = tier.sync
    if not sync.datagram:
        return say("is sent again after {duration}", duration=duration(sync.resend_us))
    if sync.refresh_us:
        return say("stays lost until the next refresh, {every}", every=every(sync.refresh_us))
    return say("stays lost until the end")


def _heartbeats(tier: TierSetup) -> Iterator[Line]:
    beat = tier.heartbeat
    beats = _repeated(beat.interval_us, beat.phase_us)
    yield line(say("Heartbeat"), beats, "heartbeat.interval", "heartbeat.phase")
    silence = say_many(
        "{n} miss: {duration} of silence",
        "{n} misses: {duration} of silence",
        beat.misses,
        n=thousands(beat.misses),
        duration=duration(beat.hold_us),
    )
    yield line(say("Declared dead after"), silence, "heartbeat.misses")
    if any(beat.skew_us):
        primary, secondary = (duration(skew_us) for skew_us in beat.skew_us)
        waits = say(
            "the primary {primary} longer, the secondary {secondary}", primary=primary, secondary=secondary
        )
        yield line(say("Skew"), waits, "heartbeat.vrrp", "heartbeat.priority", "heartbeat.skew")
    if beat.poll_us:
        looks = say("only at multiples of {duration}", duration=duration(beat.poll_us))
        yield line(say("Looks"), looks, "heartbeat.poll")


def _gets_bad(setup: Setup, cable: LinkTarget) -> bool:
    """Whether the scenario degrades it: else how it would be then does nothing."""
    acts = (act for act in setup.commands if isinstance(act, Strike))
    return any(act.target == cable and act.fault == "degrade" for act in acts)


def _cable(link: LinkSetup, *, gets_bad: bool) -> Iterator[Line]:
    path = "link" if link.name == "link" else f"{link.name}.link"
    title = _cable_title(link.name)
    kind = say("serial, point to point") if link.kind == "serial" else say_as("a cable", "network")
    yield line(title, f"{kind}; {_quality(link.quality)}", path)
    if gets_bad and link.degraded is not None:
        bad = say("{cable}, degraded", cable=title)
        yield line(bad, _quality(link.degraded), f"{path}.degraded")


def _cable_title(name: str) -> str:
    match name:
        case "link":
            return say("Cable for both")
        case "sync":
            return say("Cable for copies")
        case _:
            return say("Cable for heartbeats")


def _quality(quality: Quality) -> str:
    said = [say("{duration} one way", duration=duration(quality.latency_us))]
    if quality.jitter_us:
        said.append(say("{duration} of jitter on average", duration=duration(quality.jitter_us)))
    if quality.loss:
        said.append(say("{share} of the messages lost", share=share(quality.loss)))
    if quality.bandwidth_bps is not None:
        said.append(f"{thousands(quality.bandwidth_bps)} bit/s")
    return ", ".join(said)


def _takeover(tier: TierSetup) -> Iterator[Line]:
    if tier.takeover_us:
        takes = say("{duration} from the decision", duration=duration(tier.takeover_us))
        yield line(say("A takeover takes"), takes, "takeover")


def _address(tier: TierSetup) -> Iterator[Line]:
    told = tier.announcement
    after = say("at once")
    if tier.convergence_us:
        after = say("{duration} after they heard of it", duration=duration(tier.convergence_us))
    yield line(say("Clients follow"), after, "address.convergence", usual=not tier.convergence_us)
    if told.count != 1 or told.loss:
        yield line(say("Gratuitous ARP"), _announced(told), "address.announcements")
    if told.cache_high_us:
        low, high = duration(told.cache_low_us), duration(told.cache_high_us)
        between = say("after {low} to {high}", low=low, high=high)
        yield line(say("Who heard none follows"), between, "address.announcements.cache")


def _announced(told: AnnouncementSetup) -> str:
    said = say("{n} times", n=told.count)
    if told.count > 1:
        said = say("{n} times, {duration} apart", n=told.count, duration=duration(told.spacing_us))
    if told.loss:
        return say("{times}; each is lost with a chance of {share}", times=said, share=share(told.loss))
    return said


def _guard(tier: TierSetup) -> Iterator[Line]:
    guard = tier.guard
    match guard.kind:
        case "none":
            said = say("none: both units can be active at once")
        case "witness":
            lease = duration(guard.lease_us)
            said = say("a witness; an isolated active stops after {duration}", duration=lease)
        case "lease":
            said = say("a lease of {duration}", duration=duration(guard.lease_us))
            if guard.renewal_us:
                said = say("{lease}, renewed {every}", lease=said, every=every(guard.renewal_us))
        case "fencing":
            said = say(
                "fencing: takes {duration}, works with a chance of {share}",
                duration=duration(guard.fence_us),
                share=share(guard.fence_success),
            )
    yield line(say("Against two active units"), said, "guard")


def _afterwards(tier: TierSetup) -> Iterator[Line]:
    if tier.demotion_us:
        serves = say("for {duration}", duration=duration(tier.demotion_us))
        yield line(say("A deposed unit serves on"), serves, "demotion")
    if tier.boot_us:
        yield line(say("A boot takes"), duration(tier.boot_us), "boot")
    title = say("The primary takes over again")
    yield line(title, _again(tier), "preempt", "preempt_delay", usual=not tier.preempt)
    newest = tier.election == "newest"
    stays = say("the one that took over last") if newest else say("the primary")
    yield line(say("Of two active units stays"), stays, "election", usual=newest)


def _again(tier: TierSetup) -> str:
    if not tier.preempt:
        return say("no: it stands by when it is back")
    if tier.preempt_us:
        return say("{duration} after it is back", duration=duration(tier.preempt_us))
    return say("as soon as it is back")


def _places(setup: Setup, tier: TierSetup) -> Iterator[Line]:
    titles = say("Primary stands in"), say("Secondary stands in")
    for title, site in zip(titles, tier.sites, strict=True):
        if site is not None:
            yield line(title, translated(setup.sites[site].title), "sites")
