"""Whether the runs of a family differ only in their clients, so that they can be counted together."""

from __future__ import annotations

from visualizer.lab.strike import undisturbed
from visualizer.lab.trials import Family
from visualizer.sim.command import SetParameter, Strike
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import LinkSetup, Quality, Setup, Share, TierSetup

_DEATHS = ("lightning", "host", "process")


def alike(family: Family) -> str | None:
    """Why the runs of a family cannot be counted together; None: they can.

    Conservative: nothing that moves a unit or a cable may depend on what clients ask for, and what becomes of
    every change must follow from its instant.
    """
    setup = family.setup
    return _clients(family) or next(filter(None, (_tier(setup, tier) for tier in setup.tiers)), None)


def _clients(family: Family) -> str | None:
    setup = family.setup
    traffic, clients = setup.traffic, setup.clients
    reasons = {
        "the loop is closed: clients wait for answers": traffic.connections is not None,
        "clients try again": clients.retry is not None or clients.stall_us is not None,
        "some clients stay with the old unit": bool(clients.stay),
        "the rate of new sessions changes": any(
            isinstance(act, SetParameter) and act.tier is None for act in setup.commands
        ),
        "requests take time, and more happens than the death of a unit": traffic.response_us > 0
        and (len(setup.tiers) > 1 or not _only_dies(family)),
    }
    return _first(reasons)


def by_chance(setup: Setup) -> bool:
    """Whether what happens to units and cables is drawn, so that each run has its own."""
    return any(_is_uncertain(feed.generator_success) for feed in setup.feeds) or any(
        _is_uncertain(tier.guard.fence_success)
        or bool(tier.announcement.loss)
        or any(_chance(setup, link) for link in tier.links)
        for tier in setup.tiers
    )


def _only_dies(family: Family) -> bool:
    """Whether nothing happens but that a unit dies, once: then it leaves its requests unanswered, once."""
    setup, blow = family.setup, family.blow
    if blow is not None:
        return undisturbed(setup).commands == () and blow.fault in _DEATHS
    acts = [act for act in setup.commands if not isinstance(act, Strike) or act.fault not in _DEATHS]
    return not acts and len(setup.commands) <= 1


def _tier(setup: Setup, tier: TierSetup) -> str | None:
    sync, policy = tier.sync, POLICIES[tier.sync.policy]
    reasons = {
        "requests wait for the standby": policy.waits,
        "a part of the sessions is never copied": bool(sync.never),
        "sessions are copied only when they are old enough": sync.pickup_us > 0,
        "changes queue for the cable": sync.change_bytes > 0
        and any(_bandwidth(setup, link) for link in tier.links),
        "each change has its own chance on the cable": policy.streams
        and _chance(setup, tier.links[sync.link]),
    }
    return _first(reasons)


def _first(reasons: dict[str, bool]) -> str | None:
    return next((reason for reason, holds in reasons.items() if holds), None)


def _is_uncertain(share: Share) -> bool:
    return 0 < share.parts < share.of


def _qualities(setup: Setup, link: LinkSetup) -> list[Quality]:
    """How a cable may come to carry frames."""
    degrades = any(isinstance(act, Strike) and act.fault == "degrade" for act in setup.commands)
    return [link.quality, *([link.degraded] if degrades and link.degraded else [])]


def _chance(setup: Setup, link: LinkSetup) -> bool:
    return any(quality.jitter_us or quality.loss for quality in _qualities(setup, link))


def _bandwidth(setup: Setup, link: LinkSetup) -> bool:
    return any(quality.bandwidth_bps for quality in _qualities(setup, link))
