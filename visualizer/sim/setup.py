"""What a run is made of: a frozen `Setup`, the only input of the engine beside the seed and the commands.

All times are integer microseconds, all rates are exact (`Rate`), all names are lower case words joined by
underscores or dashes. A `Setup` is valid by construction in `scenario/`; the engine trusts it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from visualizer.sim.command import Command

US_PER_S = 1_000_000
"""Microseconds in a second."""

UNIT_NAMES = ("primary", "secondary")
"""The two units of a pair, by index. Roles (active, standby) move; these names never do."""

Law = Literal["fixed", "poisson"]
LifetimeLaw = Literal["exponential", "fixed"]
LinkKind = Literal["network", "serial"]
Guard = Literal["none", "witness", "lease", "fencing"]
Election = Literal["newest", "priority"]
Path = Literal["cross", "parallel"]


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """An exact part of a whole, or a probability: `parts` in `of`, 0 <= parts <= of (`Share(3, 5)`: 60 %)."""

    parts: int = 0
    of: int = 1

    @property
    def threshold(self) -> int:
        """A uniform 32-bit draw below this is a hit."""
        return (self.parts << 32) // self.of

    @property
    def value(self) -> float:
        """For formulas and pictures only; the engine uses the integers."""
        return self.parts / self.of

    def __bool__(self) -> bool:
        return self.parts > 0


NONE, ALL = Share(0, 1), Share(1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """An exact rate: `events` per `per_us` microseconds (`Rate(20, US_PER_S)` is 20 a second)."""

    events: int
    per_us: int = US_PER_S

    @property
    def per_s(self) -> float:
        """Events per second, for formulas and pictures only; the engine uses the integers."""
        return self.events * US_PER_S / self.per_us


@dataclass(frozen=True, slots=True)
class TrafficSetup:
    """What the clients ask for.

    `initial_sessions` are open and copied before the run starts. New sessions open at `session_rate`, evenly
    spaced from t = 0 (`fixed`) or as a Poisson process; each lives `lifetime_us` on average (None: for ever)
    and asks for transactions at `transaction_rate` while it lives (None: none). A request is acknowledged
    `response_us` after it was applied; a policy that waits for the standby sends it on only then.

    `connections`: closed loop. The transactions of all sessions come over so many connections, each of which
    waits for one answer before it asks again (None: open loop, nobody waits for anybody).
    """

    law: Law = "fixed"
    session_rate: Rate | None = Rate(10)
    lifetime_us: int | None = None
    lifetime_law: LifetimeLaw = "exponential"
    transaction_rate: Rate | None = None
    initial_sessions: int = 0
    response_us: int = 0
    connections: int | None = None


@dataclass(frozen=True, slots=True)
class RetrySetup:
    """A request that was not served asks again: after `first_us`, then each time `factor` times as long after
    the one before, `tries` times. (1 s, 2, 6) is Linux `tcp_syn_retries = 6`: 1, 3, 7, 15, 31, 63 s.
    """

    first_us: int = US_PER_S
    factor: int = 2
    tries: int = 6

    def offsets_us(self) -> tuple[int, ...]:
        """How long after the first attempt each retry comes, ascending."""
        waits = [self.first_us * self.factor**number for number in range(self.tries)]
        return tuple(sum(waits[: number + 1]) for number in range(self.tries))


@dataclass(frozen=True, slots=True)
class ClientSetup:
    """How clients bear a failover.

    `retry`: of sessions that could not open and, without a `stall_us`, of transactions (None: they fail).
    `stall_us`: the transport under an open session repeats what was not answered after this, then doubling;
    all that follows in the session waits behind it (None: each transaction is on its own). `timeout_us`:
    a request older than this has failed (None: clients wait for ever). `stay`: this part of the sessions,
    by number, keeps to the old active as long as it serves, whatever the gratuitous ARP says.
    """

    retry: RetrySetup | None = None
    stall_us: int | None = None
    timeout_us: int | None = None
    stay: Share = NONE


@dataclass(frozen=True, slots=True)
class Quality:
    """How a cable carries frames: one way `latency_us`, plus exponential jitter of mean `jitter_us`; each
    frame is lost with chance `loss`; `bandwidth_bps` bits a second (None: no limit).
    """

    latency_us: int = 0
    jitter_us: int = 0
    loss: Share = NONE
    bandwidth_bps: int | None = None


@dataclass(frozen=True, slots=True)
class LinkSetup:
    """One cable between the two units of a tier. `name` is what a command targets: `firewall.sync`.

    `serial`: point to point; the standby senses at once when the peer loses power. `degraded`: the quality
    that the fault `degrade` gives it.
    """

    name: str
    latency_us: int = 0
    kind: LinkKind = "network"
    jitter_us: int = 0
    loss: Share = NONE
    bandwidth_bps: int | None = None
    degraded: Quality | None = None

    @property
    def quality(self) -> Quality:
        """How it carries frames while nothing is wrong with it."""
        return Quality(self.latency_us, self.jitter_us, self.loss, self.bandwidth_bps)


@dataclass(frozen=True, slots=True)
class HeartbeatSetup:
    """The active unit says "I live" every `interval_us` (first at `phase_us`).

    The standby declares it dead `misses` x `interval_us` plus its own `skew_us` after the last heartbeat that
    it received, at the next multiple of `poll_us` (0: at once). `link` is an index into the tier's `links`.
    """

    interval_us: int = US_PER_S
    misses: int = 3
    phase_us: int = 0
    link: int = 0
    skew_us: tuple[int, int] = (0, 0)
    poll_us: int = 0

    @property
    def hold_us(self) -> int:
        """How long a watcher without skew waits for the next heartbeat."""
        return self.misses * self.interval_us

    def hold_of_us(self, unit: int) -> int:
        """How long this unit (0 primary, 1 secondary) waits for the next heartbeat before it takes over."""
        return self.hold_us + self.skew_us[unit]


@dataclass(frozen=True, slots=True)
class SyncSetup:
    """How state is copied to the standby; `policy` names a module of `sim/replication`.

    `periodic`: every `interval_us` (first at `phase_us`, or at `interval_us` when that is 0) one batch of
    all changes since the last. `snapshot`: every `interval_us`, but not before the last one is complete,
    the whole state as it is `prepare_us` later. `streaming`: each change at once. `semi-sync`: so, and a
    request is acknowledged when the standby has it, or when the first has waited `timeout_us`; then
    asynchronously until the standby has caught up. `synchronous`: the same with a time-out only if one is
    given. `none`: never. `link` is an index into `links`.

    A change takes `change_bytes` on the cable, a batch or a snapshot `transfer_us` more than its bytes.
    `apply_us`: from receipt until the standby can use it; a policy that waits is answered after it.
    `pickup_us`: only sessions that have lived as long are copied. `never`: this part of the sessions, by
    number, is never copied. `datagram`: a stream's lost messages stay lost until the next `refresh_us` (0:
    none), which sends all state again; otherwise the transport sends a lost frame again after `resend_us`,
    and what follows waits behind it.
    """

    policy: str = "periodic"
    interval_us: int = 3 * US_PER_S
    phase_us: int = 0
    link: int = 0
    change_bytes: int = 0
    transfer_us: int = 0
    prepare_us: int = 0
    apply_us: int = 0
    timeout_us: int | None = None
    pickup_us: int = 0
    never: Share = NONE
    datagram: bool = False
    refresh_us: int = 0
    resend_us: int = 200_000


@dataclass(frozen=True, slots=True)
class GuardSetup:
    """What keeps a pair from being active twice.

    `witness`: a third party that both units can reach says whether the active one lives; with a heartbeat
    cable cut nobody takes over, and an isolated active stops `lease_us` after it lost sight of the witness.
    `lease`: the active stops `lease_us` after its last contact with the standby; contact is confirmed every
    `renewal_us` (0: continuously). `fencing`: the standby switches the other off first, which takes
    `fence_us` and works with chance `fence_success`; if it fails there is no takeover.
    """

    kind: Guard = "none"
    lease_us: int = 0
    renewal_us: int = 0
    fence_us: int = 0
    fence_success: Share = ALL


@dataclass(frozen=True, slots=True)
class AnnouncementSetup:
    """Gratuitous ARP: `count` announcements `spacing_us` apart, each lost with chance `loss`. Who heard none
    follows when its cache has aged out, uniformly `cache_low_us` to `cache_high_us` after the old unit's last
    answer.
    """

    count: int = 1
    spacing_us: int = US_PER_S
    loss: Share = NONE
    cache_low_us: int = 0
    cache_high_us: int = 0


@dataclass(frozen=True, slots=True)
class TierSetup:
    """A redundant pair. `links` holds one shared cable, or one for heartbeats and one for sync.

    `convergence_us`: from the first announcement heard until clients (or the tier before) follow it.
    `demotion_us`: how long a deposed active goes on serving after it hears its successor. `boot_us`: from
    repair until the unit asks for a full copy. `takeover_us`: from the decision to take over until the unit
    is active (a cold standby boots and restores). `election`: of two active units the one that took over
    last stays (`newest`), or the primary (`priority`). `preempt`: a primary that is back takes over again,
    `preempt_us` after it is up. `sites`: index into the setup's `sites` for each unit (None: stands nowhere
    in particular).
    """

    name: str
    title: str
    icon: str = "server"
    heartbeat: HeartbeatSetup = HeartbeatSetup()
    sync: SyncSetup = SyncSetup()
    links: tuple[LinkSetup, ...] = (LinkSetup("link"),)
    convergence_us: int = 0
    demotion_us: int = 0
    boot_us: int = 0
    guard: GuardSetup = GuardSetup()
    announcement: AnnouncementSetup = AnnouncementSetup()
    takeover_us: int = 0
    election: Election = "newest"
    preempt: bool = False
    preempt_us: int = 0
    sites: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class FeedSetup:
    """A utility feed. When it fails, the UPS carries its sites for `ups_us`; the generator starts with chance
    `generator_success` after `generator_us` and then carries them for good. Otherwise the sites go dark until
    somebody brings power back by hand, `manual_us` after the failure (None: never).
    """

    name: str
    title: str
    ups_us: int = 0
    generator_us: int = 0
    generator_success: Share = NONE
    manual_us: int | None = None


@dataclass(frozen=True, slots=True)
class SiteSetup:
    """A place where units stand. `feed` is an index into the setup's `feeds` (None: power never fails)."""

    name: str
    title: str
    feed: int | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the engine needs to know before the run starts. `commands` are in order of time.

    `path`: `cross`, each unit reaches both units of the next tier, so that only the failed tier fails over;
    `parallel`, the primaries are one column and the secondaries another: one unit's failure moves the column.
    """

    name: str
    title: str
    description: str
    duration_us: int
    tiers: tuple[TierSetup, ...]
    traffic: TrafficSetup = TrafficSetup()
    tick_us: int = 10_000
    seed: int = 0
    commands: tuple[Command, ...] = ()
    path: Path = "cross"
    clients: ClientSetup = ClientSetup()
    sites: tuple[SiteSetup, ...] = ()
    feeds: tuple[FeedSetup, ...] = ()

    def with_tier(self, index: int, tier: TierSetup) -> Setup:
        """The same setup with one tier exchanged."""
        tiers = (*self.tiers[:index], tier, *self.tiers[index + 1 :])
        return replace(self, tiers=tiers)
