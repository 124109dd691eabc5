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
    `response_us` after it was applied.
    """

    law: Law = "fixed"
    session_rate: Rate | None = Rate(10)
    lifetime_us: int | None = None
    lifetime_law: LifetimeLaw = "exponential"
    transaction_rate: Rate | None = None
    initial_sessions: int = 0
    response_us: int = 0


@dataclass(frozen=True, slots=True)
class LinkSetup:
    """One cable between the two units of a tier. `name` is what a command targets: `firewall.sync`."""

    name: str
    latency_us: int = 0


@dataclass(frozen=True, slots=True)
class HeartbeatSetup:
    """The active unit says "I live" every `interval_us` (first at `phase_us`).

    The standby declares it dead `misses` x `interval_us` after the last heartbeat that it received.
    `link` is an index into the tier's `links`.
    """

    interval_us: int = US_PER_S
    misses: int = 3
    phase_us: int = 0
    link: int = 0

    @property
    def hold_us(self) -> int:
        """How long the standby waits for the next heartbeat before it takes over."""
        return self.misses * self.interval_us


@dataclass(frozen=True, slots=True)
class SyncSetup:
    """How state is copied to the standby; `policy` names a module of `sim/replication`.

    `periodic`: every `interval_us` (first at `phase_us`, or at `interval_us` when that is 0) one batch of all
    changes since the last. `streaming`: each change at once. `none`: never. `link` is an index into `links`.
    """

    policy: str = "periodic"
    interval_us: int = 3 * US_PER_S
    phase_us: int = 0
    link: int = 0


@dataclass(frozen=True, slots=True)
class TierSetup:
    """A redundant pair. `links` holds one shared cable, or one for heartbeats and one for sync.

    `convergence_us`: from takeover until clients (or the tier before) follow the gratuitous ARP.
    `demotion_us`: how long a deposed active goes on serving after it hears its successor.
    `boot_us`: from repair until the unit asks for a full copy.
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


@dataclass(frozen=True, slots=True)
class Setup:
    """Everything the engine needs to know before the run starts. `commands` are in order of time."""

    name: str
    title: str
    description: str
    duration_us: int
    tiers: tuple[TierSetup, ...]
    traffic: TrafficSetup = TrafficSetup()
    tick_us: int = 10_000
    seed: int = 0
    commands: tuple[Command, ...] = ()

    def with_tier(self, index: int, tier: TierSetup) -> Setup:
        """The same setup with one tier exchanged."""
        tiers = (*self.tiers[:index], tier, *self.tiers[index + 1 :])
        return replace(self, tiers=tiers)
