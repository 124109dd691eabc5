"""What people (or a scenario's events) do to the world: faults by name, and live changes of a parameter."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.setup import Rate


@dataclass(frozen=True, slots=True)
class UnitTarget:
    """One unit of one tier, by index (0 primary, 1 secondary)."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """One cable of one tier, by index into the tier's `links`."""

    tier: int
    link: int


@dataclass(frozen=True, slots=True)
class SiteTarget:
    """One site, by index into the setup's `sites`."""

    site: int


@dataclass(frozen=True, slots=True)
class FeedTarget:
    """One utility feed, by index into the setup's `feeds`."""

    feed: int


Target = UnitTarget | LinkTarget | SiteTarget | FeedTarget


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault or a repair: `fault` is a key of `sim.faults.FAULTS`. Takes effect first of all at `at_us`."""

    at_us: int
    fault: str
    target: Target


@dataclass(frozen=True, slots=True)
class SetParameter:
    """A live change: `parameter` is a key of `sim.parameters.PARAMETERS`.

    `tier` is whose it is (None: the traffic's). `value` is in the parameter's own
    unit: microseconds, a count, or a `Rate`.
    """

    at_us: int
    parameter: str
    tier: int | None
    value: int | Rate


Command = Strike | SetParameter
