"""What is lost: each closed form beside worlds simulated in plain numpy, within three standard errors."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import pytest
from theory.crowd import Chance, Crowd, Floats, Sampler, last_tick, next_tick, phases, queue
from theory.designs import agrees

from visualizer.theory import (
    backlog,
    cascade,
    replication,
    selective,
    session_life,
    snapshot,
    stale,
    stateful,
)

RUNS = 4000
STRIKE_S = 60.0


def _window(
    rate: float, interval_s: float, transfer_s: float = 0, latency_s: float = 0, node: bool = True
) -> Sampler:
    """Sessions that no copy has made safe at the strike; on a living cable what has left arrives."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, STRIKE_S)
        under_way_s = transfer_s + (0 if node else latency_s)
        safe_s = last_tick(STRIKE_S - under_way_s, phases(chance, RUNS, interval_s), interval_s)
        return clients.count(clients.at_s > clients.of_run(safe_s))

    return sample


def _one_session(made_before_s: float, interval_s: float) -> Sampler:
    def sample(chance: Chance) -> Floats:
        return last_tick(STRIKE_S, phases(chance, RUNS, interval_s), interval_s) < STRIKE_S - made_before_s

    return sample


def _living(
    share: Callable[[Floats, Floats, Floats], Floats], rate: float = 20, life_s: float = 2
) -> Sampler:
    """Open sessions of a crowd in equilibrium: `share` says which, of (opened, closes, last sync)."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, STRIKE_S)
        closes_s = clients.at_s + chance.exponential(life_s, len(clients.at_s))
        safe_s = clients.of_run(last_tick(STRIKE_S, phases(chance, RUNS, 3), 3))
        return clients.count(share(clients.at_s, closes_s, safe_s).astype(np.bool_))

    return sample


def _live(at_s: Floats, closes_s: Floats, safe_s: Floats) -> Floats:
    return (closes_s > STRIKE_S) & (at_s > safe_s)


def _ghosts(at_s: Floats, closes_s: Floats, safe_s: Floats) -> Floats:
    return (at_s < safe_s) & (safe_s < closes_s) & (closes_s < STRIKE_S)


def _picked_up(at_s: Floats, closes_s: Floats, safe_s: Floats) -> Floats:
    return (closes_s > STRIKE_S) & (at_s + 1.5 > safe_s)


def _never(at_s: Floats, closes_s: Floats, safe_s: Floats) -> Floats:
    left_out = np.arange(len(at_s)) % 5 == 0
    return (closes_s > STRIKE_S) & (left_out | (at_s > safe_s))


def _changed(updates_per_s: float, interval_s: float) -> Sampler:
    """Whether one old session has changed since the last sync."""

    def sample(chance: Chance) -> Floats:
        changes = Crowd(chance, RUNS, updates_per_s, STRIKE_S)
        safe_s = last_tick(STRIKE_S, phases(chance, RUNS, interval_s), interval_s)
        return changes.count(changes.at_s > changes.of_run(safe_s)) > 0

    return sample


def _datagrams(rate: float, loss: float, refresh_s: float) -> Sampler:
    """Each change is lost, then repaired by the first refresh that is not lost."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, STRIKE_S)
        lost = chance.uniform(size=len(clients.at_s)) < loss
        refresh = clients.of_run(phases(chance, RUNS, refresh_s))
        missed = chance.geometric(1 - loss, len(clients.at_s)) - 1
        repaired_s = next_tick(clients.at_s, refresh, refresh_s) + missed * refresh_s
        return clients.count(lost & (repaired_s > STRIKE_S))

    return sample


def _queued(rate: float, message_s: float, latency_s: float, runs: int = 400) -> Sampler:
    """What has not left the queue, or not arrived, at the strike."""

    def sample(chance: Chance) -> Floats:
        counts = []
        for _ in range(runs):
            ready_s = np.sort(chance.uniform(0, STRIKE_S, chance.poisson(rate * STRIKE_S)))
            counts.append((queue(ready_s, message_s) + latency_s > STRIKE_S).sum())
        return np.array(counts, dtype=np.float64)

    return sample


def _overloaded(rate: float, message_s: float, down_s: float, until_s: float) -> Sampler:
    """Nothing leaves before `down_s`."""

    def sample(chance: Chance) -> Floats:
        counts = []
        for _ in range(400):
            made_s = np.sort(chance.uniform(0, until_s, chance.poisson(rate * until_s)))
            counts.append((queue(np.maximum(made_s, down_s), message_s) > until_s).sum())
        return np.array(counts, dtype=np.float64)

    return sample


def _column(rate: float, interval_s: float, tiers: int, *, entries: bool = False) -> Sampler:
    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, STRIKE_S)
        safe_s = last_tick(STRIKE_S, chance.uniform(0, interval_s, (tiers, RUNS)), interval_s)
        if entries:
            return np.sum([clients.count(clients.at_s > clients.of_run(one)) for one in safe_s], axis=0)
        return clients.count(clients.at_s > clients.of_run(safe_s.min(axis=0)))

    return sample


def _nothing(sampler: Sampler) -> Sampler:
    return lambda chance: sampler(chance) == 0


def _separate(tiers: int) -> Sampler:
    return lambda chance: sum(_window(1, 3)(chance) for _ in range(tiers)) == 0  # type: ignore[return-value]


def _snapshots(rate: float, interval_s: float, copy_s: float) -> Sampler:
    """Starts one by one until the strike; the newest complete one counts."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, STRIKE_S)
        period_s = max(interval_s, copy_s)
        starts_s = phases(chance, RUNS, period_s)[:, None] + period_s * np.arange(-2, STRIKE_S / period_s + 1)
        shown_s = np.where(starts_s + copy_s <= STRIKE_S, starts_s, -np.inf).max(axis=1)
        return clients.count(clients.at_s > clients.of_run(shown_s))

    return sample


OFFSETS_S = [0, 1, 3.5]


def _oldest(chance: Chance) -> Floats:
    """The age of the oldest copy of three tiers at a random instant."""
    now_s = phases(chance, RUNS, 5)
    return np.max([np.mod(now_s - offset_s, 5) for offset_s in OFFSETS_S], axis=0)


FORMS: dict[str, tuple[float, Sampler]] = {
    "window λ20 S5": (replication.replication_window_loss(20, 5).mean, _window(20, 5)),
    "one session d1 S3": (replication.p_session_lost(1, 3), _one_session(1, 3)),
    "one session d1 S5": (replication.p_session_lost(1, 5), _one_session(1, 5)),
    "batch, node X.8 L.3": (
        replication.inflight_batch_loss(20, 5, 0.3, transfer_s=0.8, cable_dies=False).mean,
        _window(20, 5, 0.8, 0.3),
    ),
    "batch, site X.8 L.3": (
        replication.inflight_batch_loss(20, 5, 0.3, transfer_s=0.8, cable_dies=True).mean,
        _window(20, 5, 0.8, 0.3, node=False),
    ),
    "batch, site X + L > S": (
        replication.inflight_batch_loss(20, 2, 1, transfer_s=2, cable_dies=True).mean,
        _window(20, 2, 2, 1, node=False),
    ),
    "stream L.4": (replication.streaming_loss(20, 0.4).mean, _queued(20, 1e-9, 0.4)),
    "datagrams p.1 R5": (replication.refreshed_stream_loss(20, 0.1, 5).mean, _datagrams(20, 0.1, 5)),
    "datagrams: no hole": (replication.p_no_hole(1, 0.3, 5), _nothing(_datagrams(1, 0.3, 5))),
    "live λ20 S3 life 2": (session_life.live_window_loss(20, 3, 2).mean, _living(_live)),
    "ghosts": (session_life.ghost_sessions(20, 3, 2).mean, _living(_ghosts)),
    "no live loss λ2": (session_life.p_no_live_loss(2, 3, 2), _nothing(_living(_live, rate=2))),
    "pickup P1.5": (selective.pickup_loss(20, 2, 1.5, 3), _living(_picked_up)),
    "a fifth never copied": (
        selective.never_synced_loss(20, 2, 0.2, selective.pickup_share_lost(2, 0, 3)),
        _living(_never),
    ),
    "stale ν.5 S5": (stale.stale_share(0.5, 5), _changed(0.5, 5)),
    "queue ρ.8": (backlog.streaming_queue_loss(20, 0.04, 0.3), _queued(20, 0.04, 0.3)),
    "queue empty": (backlog.p_stream_empty(2, 0.2, 0.3), _nothing(_queued(2, 0.2, 0.3))),
    "overload: age, in changes": (20 * backlog.backlog_age_s(20, 1 / 15, 60), _overloaded(20, 1 / 15, 0, 60)),
    "overload λ20 C15": (backlog.backlog(20, 1 / 15, 60), _overloaded(20, 1 / 15, 0, 60)),
    "healed, draining": (backlog.draining_backlog(20, 1 / 40, 30, 10), _overloaded(20, 1 / 40, 30, 40)),
    "column T2": (cascade.column_flows_lost(20, 5, 2), _column(20, 5, 2)),
    "column T3": (cascade.column_flows_lost(20, 5, 3), _column(20, 5, 3)),
    "column T5": (cascade.column_flows_lost(20, 5, 5), _column(20, 5, 5)),
    "cross connected": (cascade.cross_flows_lost(20, 5), _column(20, 5, 1)),
    "column entries T3": (cascade.column_entries_lost(20, 5, 3), _column(20, 5, 3, entries=True)),
    "column, known phases": (cascade.oldest_window(5, OFFSETS_S).mean_s, _oldest),
    "truly stateful λ1 S3": (stateful.p_truly_stateful(1, 3), _nothing(_window(1, 3))),
    "three tiers, same flow": (stateful.p_truly_stateful_tiers(1, 3, 3), _nothing(_column(1, 3, 3))),
    "three tiers, separate": (stateful.p_truly_stateful_separate(1, 3, 3), _separate(3)),
    "snapshot I10 X3": (snapshot.snapshot_loss(20, 10, 3).mean, _snapshots(20, 10, 3)),
    "snapshot X10 > I3": (snapshot.snapshot_loss(20, 3, 10).mean, _snapshots(20, 3, 10)),
}


@pytest.mark.parametrize("name", FORMS)
def test_simulated(name: str) -> None:
    expected, sampler = FORMS[name]
    agrees(name, expected, sampler(np.random.default_rng(zlib.crc32(name.encode()))))


VARIANCES = {
    "window λ20 S5": replication.replication_window_loss(20, 5),
    "live λ20 S3 life 2": session_life.live_window_loss(20, 3, 2),
    "datagrams p.1 R5": replication.refreshed_stream_loss(20, 0.1, 5),
    "snapshot I10 X3": snapshot.snapshot_loss(20, 10, 3),
}


@pytest.mark.parametrize("name", VARIANCES)
def test_simulated_variance(name: str) -> None:
    expected = VARIANCES[name]
    values = FORMS[name][1](np.random.default_rng(zlib.crc32(name.encode()) + 1))
    agrees(f"{name}: variance", expected.variance, (values - expected.mean) ** 2)


def test_mortal_in_a_queue() -> None:
    """E[e^(-d T)] of the time in the queue is the chance that a life of mean 1 / d outlasts it."""
    chance = np.random.default_rng(11)
    outlived = []
    for _ in range(400):
        ready_s = np.sort(chance.uniform(0, STRIKE_S, chance.poisson(20 * STRIKE_S)))
        late = (ready_s > 30) & (np.arange(len(ready_s)) % 40 == 0)  # far apart: nearly independent
        outlived.append(chance.exponential(0.2, late.sum()) > (queue(ready_s, 0.04) - ready_s)[late])
    agrees("queue, outlived by a life of .2 s", backlog.queue_laplace(20, 0.04, 5), np.concatenate(outlived))
