"""Split brain, and waiting for the standby: closed forms beside worlds simulated in plain numpy."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from theory.crowd import Chance, Crowd, Floats, Sampler, last_tick, phases
from theory.designs import agrees

from visualizer.theory import split_brain, synchronous

RUNS = 4000
END_S = 60.0


def _split(side: str, stay: float = 0.6, demotion_s: float = 1.0) -> Sampler:
    """Cut at 30 s for 12 s, heartbeats 1 s x 3, a sync every 5 s; after the takeover clients part."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, 50, END_S)
        cut_s, heal_s = 30.0, 42.0
        safe_s = clients.of_run(last_tick(cut_s, phases(chance, RUNS, 5), 5))
        takeover_s = clients.of_run(last_tick(cut_s, phases(chance, RUNS, 1), 1) + 3)
        end_s = heal_s + demotion_s
        stays = chance.uniform(size=len(clients.at_s)) < stay
        parted = (clients.at_s > takeover_s) & (clients.at_s < end_s)
        alone = (clients.at_s > safe_s) & (clients.at_s < takeover_s)
        return clients.count((parted & ~stays) if side == "new" else (alone | (parted & stays)))

    return sample


def _until(stop_s: Sampler) -> Sampler:
    """All writes since the last sync before the cut until the old active stops."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, 50, END_S)
        safe_s = clients.of_run(last_tick(30, phases(chance, RUNS, 5), 5))
        return clients.count((clients.at_s > safe_s) & (clients.at_s < clients.of_run(30 + stop_s(chance))))

    return sample


def _fenced_after_s(chance: Chance) -> Floats:
    return last_tick(30, phases(chance, RUNS, 1), 1) + 3 - 30 + 0.5


def _waiting(applied: bool) -> Sampler:
    """s = 20 ms, one way 200 ms, apply 50 ms: who has not been answered, and whose copy has left."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, 20, END_S)
        sent_s = clients.at_s + 0.02
        unanswered = sent_s + 0.2 + 0.05 + 0.2 > END_S
        return clients.count(unanswered & (sent_s <= END_S) if applied else unanswered)

    return sample


def _semi_sync(crash_s: float) -> Sampler:
    """The cable is dead from 0; the time-out of 10 s answers all."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, 20, crash_s)
        answered_s = np.maximum(clients.at_s, 10.0)
        return clients.count(answered_s <= crash_s)

    return sample


FORMS: dict[str, tuple[float, Sampler]] = {
    "split, old side": (
        split_brain.old_side_discarded(50, 5, 2.5, 12, stay=0.6, demotion_s=1),
        _split("old"),
    ),
    "split, new side": (split_brain.new_side_discarded(50, 2.5, 12, stay=0.6, demotion_s=1), _split("new")),
    "lease 4 s": (split_brain.lease_discarded(50, 5, 4), _until(lambda _: np.full(RUNS, 4.0))),
    "lease 4 s renewed each second": (
        split_brain.lease_discarded(50, 5, 4, 1),
        _until(lambda chance: last_tick(30, phases(chance, RUNS, 1), 1) + 4 - 30),
    ),
    "fenced after .5 s": (split_brain.fenced_discarded(50, 5, 2.5, 0.5), _until(_fenced_after_s)),
    "in doubt: unanswered": (synchronous.sync_in_doubt(20, 0.02, 0.2, 0.05).unanswered, _waiting(False)),
    "in doubt: applied": (synchronous.sync_in_doubt(20, 0.02, 0.2, 0.05).applied, _waiting(True)),
    "semi-sync, crash 14: lost": (synchronous.semi_sync_fallback(20, 14, 10).lost, _semi_sync(14)),
    "semi-sync, crash 6: lost": (synchronous.semi_sync_fallback(20, 6, 10).lost, _semi_sync(6)),
}


@pytest.mark.parametrize("name", FORMS)
def test_simulated(name: str) -> None:
    expected, sampler = FORMS[name]
    agrees(name, expected, sampler(np.random.default_rng(zlib.crc32(name.encode()))))
