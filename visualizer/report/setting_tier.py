"""How one redundant pair was set up, line by line; what does nothing in it has no line."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.report.wording import Line, line, several, share
from visualizer.scene.wording import duration
from visualizer.sim.command import LinkTarget, Strike
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import LinkSetup, Quality, Setup, TierSetup
from visualizer.story.words import every, thousands


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
    yield line("Copying", f"{sync.policy}: {policy.summary}", "sync.policy")
    if not policy.copies:
        return
    if policy.ticks:
        first = f", first at {duration(sync.phase_us)}" if sync.phase_us else ""
        yield line("Sync", f"{every(sync.interval_us)}{first}", "sync.interval", "sync.phase")
    if policy.waits:
        most = "for ever" if sync.timeout_us is None else f"{duration(sync.timeout_us)} at most"
        yield line("Answers wait for the copy", most, "sync.timeout")
    if sync.change_bytes:
        yield line("A change takes", f"{thousands(sync.change_bytes)} bytes on the cable", "sync.change_size")
    if sync.prepare_us:
        shows = f"the state {duration(sync.prepare_us)} after its start"
        yield line("A snapshot shows", shows, "sync.prepare")
    if sync.transfer_us:
        yield line("A copy takes", f"{duration(sync.transfer_us)} more than its bytes", "sync.transfer")
    if sync.apply_us:
        yield line("Of use to the standby", f"{duration(sync.apply_us)} after it came", "sync.apply")
    if sync.pickup_us:
        yield line("Copied from an age of", duration(sync.pickup_us), "sync.pickup_delay")
    if sync.never:
        yield line("Never copied", f"{share(sync.never)} of the sessions", "sync.never")
    if policy.streams:
        yield line("A lost message", _lost_message(tier), "sync.transport", "sync.resend", "sync.refresh")


def _lost_message(tier: TierSetup) -> str:
    sync = tier.sync
    if not sync.datagram:
        return f"is sent again after {duration(sync.resend_us)}"
    again = f"the next refresh, {every(sync.refresh_us)}" if sync.refresh_us else "the end"
    return f"stays lost until {again}"


def _heartbeats(tier: TierSetup) -> Iterator[Line]:
    beat = tier.heartbeat
    first = f", first at {duration(beat.phase_us)}" if beat.phase_us else ""
    yield line("Heartbeat", f"{every(beat.interval_us)}{first}", "heartbeat.interval", "heartbeat.phase")
    silence = f"{several(beat.misses, 'miss', 'misses')}: {duration(beat.hold_us)} of silence"
    yield line("Declared dead after", silence, "heartbeat.misses")
    if any(beat.skew_us):
        primary, secondary = (duration(skew_us) for skew_us in beat.skew_us)
        waits = f"the primary {primary} longer, the secondary {secondary}"
        yield line("Skew", waits, "heartbeat.vrrp", "heartbeat.priority", "heartbeat.skew")
    if beat.poll_us:
        yield line("Looks", f"only at multiples of {duration(beat.poll_us)}", "heartbeat.poll")


def _gets_bad(setup: Setup, cable: LinkTarget) -> bool:
    """Whether the scenario degrades it: else how it would be then does nothing."""
    acts = (act for act in setup.commands if isinstance(act, Strike))
    return any(act.target == cable and act.fault == "degrade" for act in acts)


def _cable(link: LinkSetup, *, gets_bad: bool) -> Iterator[Line]:
    shared = link.name == "link"
    path = "link" if shared else f"{link.name}.link"
    title = "Cable for both" if shared else f"Cable for {'copies' if link.name == 'sync' else 'heartbeats'}"
    kind = "serial, point to point" if link.kind == "serial" else "network"
    yield line(title, f"{kind}; {_quality(link.quality)}", path)
    if gets_bad and link.degraded is not None:
        yield line(f"{title}, degraded", _quality(link.degraded), f"{path}.degraded")


def _quality(quality: Quality) -> str:
    said = [f"{duration(quality.latency_us)} one way"]
    if quality.jitter_us:
        said.append(f"{duration(quality.jitter_us)} of jitter on average")
    if quality.loss:
        said.append(f"{share(quality.loss)} of the messages lost")
    if quality.bandwidth_bps is not None:
        said.append(f"{thousands(quality.bandwidth_bps)} bit/s")
    return ", ".join(said)


def _takeover(tier: TierSetup) -> Iterator[Line]:
    if tier.takeover_us:
        yield line("A takeover takes", f"{duration(tier.takeover_us)} from the decision", "takeover")


def _address(tier: TierSetup) -> Iterator[Line]:
    told = tier.announcement
    after = f"{duration(tier.convergence_us)} after they heard of it" if tier.convergence_us else "at once"
    yield line("Clients follow", after, "address.convergence", usual=not tier.convergence_us)
    if told.count != 1 or told.loss:
        apart = f", {duration(told.spacing_us)} apart" if told.count > 1 else ""
        lost = f"; each is lost with a chance of {share(told.loss)}" if told.loss else ""
        yield line("Gratuitous ARP", f"{told.count} times{apart}{lost}", "address.announcements")
    if told.cache_high_us:
        between = f"{duration(told.cache_low_us)} to {duration(told.cache_high_us)}"
        yield line("Who heard none follows", f"after {between}", "address.announcements.cache")


def _guard(tier: TierSetup) -> Iterator[Line]:
    guard = tier.guard
    match guard.kind:
        case "none":
            said = "none: both units can be active at once"
        case "witness":
            said = f"a witness; an isolated active stops after {duration(guard.lease_us)}"
        case "lease":
            renewed = f", renewed {every(guard.renewal_us)}" if guard.renewal_us else ""
            said = f"a lease of {duration(guard.lease_us)}{renewed}"
        case "fencing":
            said = f"fencing: takes {duration(guard.fence_us)}, works with a chance of "
            said += share(guard.fence_success)
    yield line("Against two active units", said, "guard")


def _afterwards(tier: TierSetup) -> Iterator[Line]:
    if tier.demotion_us:
        yield line("A deposed unit serves on", f"for {duration(tier.demotion_us)}", "demotion")
    if tier.boot_us:
        yield line("A boot takes", duration(tier.boot_us), "boot")
    yield line(
        "The primary takes over again", _again(tier), "preempt", "preempt_delay", usual=not tier.preempt
    )
    newest = tier.election == "newest"
    stays = "the one that took over last" if newest else "the primary"
    yield line("Of two active units stays", stays, "election", usual=newest)


def _again(tier: TierSetup) -> str:
    if not tier.preempt:
        return "no: it stands by when it is back"
    return f"{duration(tier.preempt_us)} after it is back" if tier.preempt_us else "as soon as it is back"


def _places(setup: Setup, tier: TierSetup) -> Iterator[Line]:
    for name, site in zip(("Primary", "Secondary"), tier.sites, strict=True):
        if site is not None:
            yield line(f"{name} stands in", setup.sites[site].title, "sites")
