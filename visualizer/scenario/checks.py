"""What is wrong between keys although each of them is right alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from visualizer.language import marked, say, translated
from visualizer.scenario.document import Document
from visualizer.scenario.problem import Finding, quoted, suggestion
from visualizer.scenario.tier import Link, Tier
from visualizer.scenario.tree import Path
from visualizer.scenario.values import MAX_DURATION_US
from visualizer.script.durations import seconds_text
from visualizer.sim.command import Command, SetParameter
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.replication import POLICIES, Policy
from visualizer.sim.setup import UNIT_NAMES, Quality, Rate, RetrySetup, Setup, TierSetup


@dataclass(frozen=True, slots=True)
class _Rule:
    """The key `name` of a tier's group may differ from its default only where `fits`; `todo` may name all
    `{policies}` that are `among`.
    """

    group: str
    name: str
    fits: Callable[[Tier], bool]
    what: str
    todo: str
    among: Callable[[Policy], bool] | None = None


def _may_lose(policy: Policy) -> bool:
    """Whether lost messages may stay lost: nobody waits for them, and they are single changes."""
    return policy.streams and not policy.waits


def _may_leave_out(policy: Policy) -> bool:
    """Whether some sessions may go without a copy: there are copies, and nobody waits for them."""
    return policy.copies and not policy.waits


def _policy(tier: Tier) -> Policy:
    return POLICIES[tier.sync.policy]


def _guarded_by(*kinds: str) -> Callable[[Tier], bool]:
    return lambda tier: tier.guard.kind in kinds


def _named(fits: Callable[[Policy], bool]) -> str:
    return ", ".join(name for name, policy in POLICIES.items() if fits(policy))


_OTHER_POLICY = marked("take it away, or say a policy of these: {policies}")
_LEFT_OUT = marked("only asynchronous copies may leave sessions out"), _OTHER_POLICY
_NO_FENCE = (
    marked("only fencing switches the other unit off"),
    marked("take it away, or say `kind: fencing`"),
)
_RULES = (
    _Rule("sync", "prepare", lambda tier: _policy(tier).whole,
          marked("only a copy of the whole state is prepared"), _OTHER_POLICY, lambda policy: policy.whole),
    _Rule("sync", "timeout", lambda tier: _policy(tier).waits,
          marked("with this policy no request waits for the standby"),
          marked("take it away, or say a policy that waits: {policies}"), lambda policy: policy.waits),
    _Rule("sync", "pickup_delay", lambda tier: _may_leave_out(_policy(tier)), *_LEFT_OUT, _may_leave_out),
    _Rule("sync", "never", lambda tier: _may_leave_out(_policy(tier)), *_LEFT_OUT, _may_leave_out),
    _Rule("sync", "transport", lambda tier: _may_lose(_policy(tier)),
          marked("only a stream for which nobody waits can do with datagrams"),
          marked("say `reliable`, or a policy of these: {policies}"), _may_lose),
    _Rule("sync", "refresh", lambda tier: tier.sync.transport == "datagram",
          marked("a reliable transport leaves nothing to repair"),
          marked("take it away, or say `transport: datagram`")),
    _Rule("sync", "resend", lambda tier: tier.sync.transport == "reliable",
          marked("a datagram is not sent again"), marked("take it away, or say `transport: reliable`")),
    _Rule("guard", "lease", _guarded_by("lease", "witness"),
          marked("this guard knows no lease"),
          marked("take it away, or say `kind: lease` or `kind: witness`")),
    _Rule("guard", "renewal", _guarded_by("lease"),
          marked("only a lease is renewed"), marked("take it away, or say `kind: lease`")),
    _Rule("guard", "fence", _guarded_by("fencing"), *_NO_FENCE),
    _Rule("guard", "success", _guarded_by("fencing"), *_NO_FENCE),
    _Rule("heartbeat", "priority", lambda tier: tier.heartbeat.vrrp is not None,
          marked("priorities count in VRRP only"), marked("add `vrrp: 3`, or say `skew`")),
    _Rule("heartbeat", "skew", lambda tier: tier.heartbeat.vrrp is None,
          marked("VRRP makes the skew from the priorities"), marked("take one of the two away")),
    _Rule("", "preempt_delay", lambda tier: tier.preempt,
          marked("this primary does not take over again"), marked("take it away, or say `preempt: true`")),
)  # fmt: skip


def document_findings(document: Document) -> list[Finding]:
    """Every contradiction of a document outside its events."""
    found = [
        finding
        for name, tier in document.tiers.items()
        for check in (_tier_findings, _cable_findings)
        for finding in check(name, tier)
    ]
    return [*idle_findings(document), *found, *_place_findings(document), *_client_findings(document)]


def idle_findings(document: Document) -> list[Finding]:
    """Every key of a tier that can do nothing beside the others."""
    return [finding for name, tier in document.tiers.items() for finding in _rule_findings(name, tier)]


def idle_with(policy: str) -> tuple[str, ...]:
    """The keys of `sync` that can do nothing with a policy and the defaults of all others."""
    tier = Tier.model_validate({"sync": {"policy": policy}})
    return tuple(rule.name for rule in _RULES if rule.group == "sync" and not rule.fits(tier))


def _rule_findings(name: str, tier: Tier) -> Iterator[Finding]:
    for rule in _RULES:
        group = getattr(tier, rule.group) if rule.group else tier
        default = type(group).model_fields[rule.name].default
        if getattr(group, rule.name) != default and not rule.fits(tier):
            groups = (rule.group,) if rule.group else ()
            policies = _named(rule.among) if rule.among else ""
            todo = translated(rule.todo).format(policies=policies)
            yield ("tiers", name, *groups, rule.name), translated(rule.what), todo


def _tier_findings(name: str, tier: Tier) -> Iterator[Finding]:
    """What is missing beside a key, or larger than it may be."""
    path: Path = ("tiers", name)
    guard, announcements = tier.guard, tier.address.announcements
    if tier.heartbeat.vrrp is not None and tier.heartbeat.priority is None:
        todo = say("add `{line}`", line="priority: {primary: 200, secondary: 100}")
        yield (*path, "heartbeat", "vrrp"), say("VRRP needs the priorities of the two units"), todo
    if guard.kind == "lease" and guard.lease == 0:
        what = say("a lease of no length lets nobody serve")
        yield (*path, "guard", "kind"), what, say("add `{line}`", line="lease: 4s")
    if guard.kind == "lease" and guard.renewal > guard.lease > 0:
        what = say("the lease of {length} runs out between two renewals", length=seconds_text(guard.lease))
        yield (*path, "guard", "renewal"), what, say("renew more often, or make the lease longer")
    if announcements.loss and announcements.cache is None:
        what, todo = (
            say("who hears nothing waits for its ARP cache"),
            say("add `cache: [23s, 53s]`, the times of Linux"),
        )
        yield (*path, "address", "announcements", "loss"), what, todo
    if announcements.cache and announcements.cache[0] > announcements.cache[1]:
        what = say("the longest time stands before the shortest")
        yield (*path, "address", "announcements", "cache"), what, say("exchange the two")


def _cable_findings(name: str, tier: Tier) -> Iterator[Finding]:
    cables: list[tuple[Path, Link | None]] = [
        (("link",), tier.link),
        (("heartbeat", "link"), tier.heartbeat.link),
        (("sync", "link"), tier.sync.link),
    ]
    if all(cable for _, cable in cables):
        what = say("nothing uses this cable: heartbeat and sync each have their own")
        yield ("tiers", name, "link"), what, say("take one of the three away")
    for path, cable in cables:
        if cable is None or cable.kind != "serial":
            continue
        what, todo = say("a serial cable has no jitter"), say("take it away, or say `kind: network`")
        if cable.jitter:
            yield ("tiers", name, *path, "jitter"), what, todo
        if cable.degraded and cable.degraded.jitter:
            yield ("tiers", name, *path, "degraded", "jitter"), what, todo


def _place_findings(document: Document) -> Iterator[Finding]:
    """Sites and feeds that are not there, and those that nothing depends on."""
    used = set()
    for name, tier in document.tiers.items():
        for unit in UNIT_NAMES:
            site = getattr(tier.sites, unit)
            used.add(site)
            if site is not None and site not in document.sites:
                todo = suggestion(site, document.sites, "site")
                yield ("tiers", name, "sites", unit), say("there is no site {name}", name=quoted(site)), todo
    for name, one in document.sites.items():
        if one.feed is not None and one.feed not in document.feeds:
            todo = suggestion(one.feed, document.feeds, "feed")
            yield ("sites", name, "feed"), say("there is no feed {name}", name=quoted(one.feed)), todo
        if name not in used:
            todo = say("say `{line}` in a tier, or take it away", line=f"sites: {{primary: {name}}}")
            yield ("sites", name), say("no unit stands in this site"), todo
    fed = {one.feed for one in document.sites.values()}
    for name in document.feeds:
        if name not in fed:
            todo = say("say `{line}` in a site, or take it away", line=f"feed: {name}")
            yield ("feeds", name), say("this feed has no site"), todo


def _client_findings(document: Document) -> Iterator[Finding]:
    traffic, retry = document.traffic, document.clients.retry
    if traffic.connections is not None and traffic.rate is not None:
        todo = say("take `rate` away and say `initial_sessions`, or take this away")
        yield ("traffic", "connections"), say("a closed loop opens no new sessions"), todo
    if traffic.connections is not None and traffic.response == 0:
        what = say("with answers in no time a connection asks without end")
        yield ("traffic", "connections"), what, say("add `response: 1ms` to the traffic")
    if retry is not None:
        last_us = RetrySetup(retry.first, retry.factor, retry.tries).offsets_us()[-1]
        if last_us > MAX_DURATION_US:
            what = say("the last retry comes {later} after the first attempt", later=seconds_text(last_us))
            todo = say("make it 24h or less: fewer tries, or a smaller factor")
            yield ("clients", "retry"), what, todo


def deadline_findings(setup: Setup, commands: Sequence[tuple[Command, int]]) -> list[Finding]:
    """Heartbeats that always come at the very instant of their deadline, from the start or by an event.

    `commands` are in order of time, each with its number in the file.
    """
    return [
        finding
        for index, tier in enumerate(setup.tiers)
        for finding in _tier_deadlines(index, tier, commands)
    ]


def _tier_deadlines(
    index: int, tier: TierSetup, commands: Sequence[tuple[Command, int]]
) -> Iterator[Finding]:
    what = say("with 1 miss and no latency every heartbeat comes at the very instant of its deadline")
    todo = say("say 2 misses, or give the heartbeat's cable a latency")
    cable = tier.links[tier.heartbeat.link]
    if cable.quality != Quality(cable.latency_us, bandwidth_bps=cable.bandwidth_bps):
        return  # jitter or loss: who waits for one heartbeat only takes over by mistake now and then
    if all(tier.heartbeat.skew_us):
        return
    misses, latency_us = tier.heartbeat.misses, cable.latency_us
    if misses == 1 and latency_us == 0:
        yield ("tiers", tier.name, "heartbeat", "misses"), what, todo
        return
    latency_path = "link.latency" if cable.name == "link" else f"{cable.name}.link.latency"
    for command, number in commands:
        if not isinstance(command, SetParameter) or command.tier != index or isinstance(command.value, Rate):
            continue
        path = PARAMETERS[command.parameter].path
        misses = command.value if path == "heartbeat.misses" else misses
        latency_us = command.value if path == latency_path else latency_us
        if misses == 1 and latency_us == 0:
            yield ("events", number, "value"), what, todo
            return
