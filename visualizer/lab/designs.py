"""Which designs can be put side by side, and what makes each of the scenario that is open.

To add a comparison: one entry of `COMPARISONS`. The command line, the window's list and the tests read it
there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.language import marked
from visualizer.sim.setup import US_PER_S, Setup, TierSetup


@dataclass(frozen=True, slots=True)
class Variant:
    """One design. `short` names it on the timeline, `phrase` in a sentence ("with parallel paths").

    `sets`: `--set` texts that make it. One that begins with `tier.` is said of every tier, one with `cable.`
    of every cable between two units.
    """

    title: str
    subtitle: str
    short: str
    phrase: str
    sets: tuple[str, ...]


def _always(setup: Setup) -> str | None:
    """Named, so that a comparison can be sent to another process."""
    return None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to four designs under the same traffic and the same bolt. `decides`: what the choice decides,
    `icon`: its mark in the list.

    `common`: `--set` texts for all of them. `unfit` says of a setup why it cannot be compared so, None when
    it can; then the shipped scenario `instead` is taken.
    """

    key: str
    title: str
    decides: str
    icon: str
    variants: tuple[Variant, ...]
    common: tuple[str, ...] = ()
    unfit: Callable[[Setup], str | None] = _always
    instead: str | None = None


def overrides(comparison: Comparison, variant: Variant, setup: Setup) -> tuple[str, ...]:
    """The `--set` texts that make this design of a scenario."""
    said = (*comparison.common, *variant.sets)
    return tuple(text for one in said for text in spelled(one, setup))


def spelled(said: str, setup: Setup) -> list[str]:
    """A `--set` text for each tier of `tier.PATH=VALUE`, for each cable of `cable.PATH=VALUE`; another as it
    is.
    """
    kind, _, rest = said.partition(".")
    match kind:
        case "tier":
            return [f"tiers.{tier.name}.{rest}" for tier in setup.tiers]
        case "cable":
            return [f"{path}.{rest}" for tier in setup.tiers for path in _cables(tier)]
        case _:
            return [said]


def _cables(tier: TierSetup) -> list[str]:
    """Where a scenario says what its cables are like."""
    names = (link.name for link in tier.links)
    return [f"tiers.{tier.name}.{'link' if name == 'link' else f'{name}.link'}" for name in names]


def _one_tier(setup: Setup) -> str | None:
    return marked("it has one tier, and paths need two") if len(setup.tiers) == 1 else None


def _too_short(setup: Setup) -> str | None:
    short = setup.duration_us < 1200 * US_PER_S
    return marked("it ends before a machine that was off could take over") if short else None


COMPARISONS: dict[str, Comparison] = {
    one.key: one
    for one in (
        Comparison(
            key="paths",
            title=marked("Parallel or cross-connected paths"),
            decides=marked("What the path design decides is how far the loss of one unit travels."),
            icon="load_balancer",
            variants=(
                Variant(
                    title=marked("Parallel paths"),
                    subtitle=marked("each column stands or falls as one"),
                    short=marked("parallel"),
                    phrase=marked("with parallel paths"),
                    sets=("path=parallel",),
                ),
                Variant(
                    title=marked("Cross-connected paths"),
                    subtitle=marked("each unit reaches both units of the next tier"),
                    short=marked("cross-connected"),
                    phrase=marked("with cross-connected paths"),
                    sets=("path=cross",),
                ),
            ),
            unfit=_one_tier,
            instead="parallel",
        ),
        Comparison(
            key="copying",
            title=marked("Periodic or synchronous copying"),
            decides=marked(
                "What the copying decides is who pays: sessions that are lost, or answers that wait."
            ),
            icon="resync",
            variants=(
                Variant(
                    title=marked("Periodic"),
                    subtitle=marked("a batch of changes now and then"),
                    short=marked("periodic"),
                    phrase=marked("with periodic copying"),
                    sets=("tier.sync.policy=periodic",),
                ),
                Variant(
                    title=marked("Semi-synchronous"),
                    subtitle=marked("waits for the standby, but not for ever"),
                    short=marked("semi-synchronous"),
                    phrase=marked("with semi-synchronous copying"),
                    sets=("tier.sync.policy=semi-sync",),
                ),
                Variant(
                    title=marked("Synchronous"),
                    subtitle=marked("no answer before the standby has it"),
                    short=marked("synchronous"),
                    phrase=marked("with synchronous copying"),
                    sets=("tier.sync.policy=synchronous",),
                ),
            ),
        ),
        # 117,760 bit/s: the failover cable of a Cisco PIX, which senses the loss of power. 80 ms there and
        # back: a copy in another region. 1 kB a change, and 0.2 ms there and back in one hall, are assumed.
        Comparison(
            key="cable",
            title=marked("Serial cable, LAN or cloud link"),
            decides=marked(
                "What the cable decides is how soon a death is noticed, and how much waits to be copied."
            ),
            icon="heal",
            variants=(
                Variant(
                    title=marked("Serial cable"),
                    subtitle=marked("feels a lost power at once, carries 14.7 kB/s"),
                    short=marked("serial cable"),
                    phrase=marked("over the serial cable"),
                    sets=("cable.kind=serial", "cable.bandwidth=117760bit/s", "cable.latency=0s"),
                ),
                Variant(
                    title=marked("Local network"),
                    subtitle=marked("1 Gbit/s, 0.1 ms; a death is silence"),
                    short=marked("local network"),
                    phrase=marked("over the local network"),
                    sets=("cable.kind=network", "cable.bandwidth=1000000000bit/s", "cable.latency=100us"),
                ),
                Variant(
                    title=marked("Cloud link"),
                    subtitle=marked("to another region: 1 Gbit/s, 40 ms away"),
                    short=marked("cloud link"),
                    phrase=marked("over the cloud link"),
                    sets=("cable.kind=network", "cable.bandwidth=1000000000bit/s", "cable.latency=40ms"),
                ),
            ),
            common=("tier.sync.change_size=1kB",),
        ),
        # The figures of the cold one are those of the shipped cold-standby; a copy a minute, and 15 s until a
        # service has started, are assumed.
        Comparison(
            key="standby",
            title=marked("Cold, warm or hot standby"),
            decides=marked(
                "What the standby decides is how old its copy is, and how long it takes to begin."
            ),
            icon="server",
            variants=(
                Variant(
                    title=marked("Cold standby"),
                    subtitle=marked("boots from an image made every 10 min"),
                    short=marked("cold"),
                    phrase=marked("with a cold standby"),
                    sets=(
                        "tier.sync.policy=snapshot",
                        "tier.sync.interval=10min",
                        "tier.sync.transfer=5min",
                        "tier.takeover=2min",
                    ),
                ),
                Variant(
                    title=marked("Warm standby"),
                    subtitle=marked("runs, is copied to once a minute, starts in 15 s"),
                    short=marked("warm"),
                    phrase=marked("with a warm standby"),
                    sets=(
                        "tier.sync.policy=periodic",
                        "tier.sync.interval=1min",
                        "tier.sync.transfer=0s",
                        "tier.takeover=15s",
                    ),
                ),
                Variant(
                    title=marked("Hot standby"),
                    subtitle=marked("has each change at once, takes over at once"),
                    short=marked("hot"),
                    phrase=marked("with a hot standby"),
                    sets=(
                        "tier.sync.policy=streaming",
                        "tier.takeover=0s",
                    ),
                ),
            ),
            unfit=_too_short,
            instead="cold-standby",
        ),
    )
}
"""By key, in the order of the list."""
