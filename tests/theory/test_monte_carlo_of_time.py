"""Detection, outage and chances of failure: closed forms beside worlds simulated in plain numpy."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from theory.crowd import Booleans, Chance, Crowd, Floats, Sampler, last_tick, next_tick, phases, queue
from theory.designs import agrees

from visualizer.theory import (
    announcement,
    availability,
    detection,
    failback,
    false_failover,
    outage,
    retries,
    snapshot,
    stateful,
)
from visualizer.theory.spread import Spread

RUNS = 4000
STRIKE_S = 30.0
DETECTION = Spread(2, 3)


def _detected(
    interval_s: float,
    misses: int,
    latency_s: float = 0,
    *,
    poll_s: float = 0,
    loss: float = 0,
    skew_s: float = 0,
) -> Sampler:
    """Heartbeats one by one, each lost or not; the last one received counts."""

    def sample(chance: Chance) -> Floats:
        last_s = last_tick(STRIKE_S, phases(chance, RUNS, interval_s), interval_s)
        sent_s = last_s[:, None] - interval_s * np.arange(misses)
        heard = chance.uniform(size=sent_s.shape) >= loss
        known = heard.any(axis=1)  # else the standby has taken over already
        heard_s = np.where(heard, sent_s, -np.inf).max(axis=1)[known] + latency_s
        verdict_s = heard_s + misses * interval_s + skew_s
        if poll_s:
            verdict_s = next_tick(verdict_s, phases(chance, len(verdict_s), poll_s), poll_s)
        return verdict_s - STRIKE_S

    return sample


def _met_nobody(rate: float) -> Sampler:
    """Requests from the strike until the verdict, and half a second on."""

    def sample(chance: Chance) -> Floats:
        clients = Crowd(chance, RUNS, rate, 10)
        until_s = _detected(1, 3)(chance) + 0.5
        return clients.count(clients.at_s < clients.of_run(until_s))

    return sample


def _waits(outage_s: float, timeout_s: float | None = None) -> Sampler:
    """Each client tries until somebody answers; a failure counts as 1 if a time-out is asked about."""

    def sample(chance: Chance) -> Floats:
        came_s = chance.uniform(0, outage_s, 20_000)
        tries_s = np.array([1.0, 3, 7, 15, 31, 63])
        answered = came_s[:, None] + tries_s > outage_s
        if timeout_s is not None:
            return ~(answered & (tries_s <= timeout_s)).any(axis=1)
        return tries_s[answered.argmax(axis=1)]

    return sample


def _black_hole(chance: Chance) -> Floats:
    heard = chance.uniform(size=(RUNS, 5)) >= 0.2
    forgets_s = np.maximum(chance.uniform(0, 30, RUNS), 4)
    return np.where(heard.any(axis=1), heard.argmax(axis=1), forgets_s).astype(np.float64)


def _beats_until_silence(chance: Chance) -> Floats:
    """p = 0.3, three in a row, one heartbeat after the other."""
    counts = []
    for _ in range(1000):
        in_a_row = beats = 0
        while in_a_row < 3:
            beats += 1
            in_a_row = in_a_row + 1 if chance.uniform() < 0.3 else 0
        counts.append(beats)
    return np.array(counts, dtype=np.float64)


def _silences(chance: Chance) -> Floats:
    """Whether a silence of three or more begins after this heartbeat (every fifth: independent ones)."""
    lost = chance.uniform(size=(100_000, 4)) < 0.3
    return ~lost[:, 0] & lost[:, 1:].all(axis=1)


def _late_beats(chance: Chance) -> Booleans:
    jitter_s = chance.exponential(0.1, (100_000, 2))
    return 1 + jitter_s[:, 1] - jitter_s[:, 0] > 1.4


def _path_down(column: bool, a: float = 0.9, tiers: int = 3) -> Sampler:
    def sample(chance: Chance) -> Floats:
        down = chance.uniform(size=(50_000, tiers, 2)) >= a
        return down.any(axis=1).all(axis=1) if column else down.all(axis=2).any(axis=1)

    return sample


def _second_failure(units: int) -> Sampler:
    """Each unit fails after an exponential time of mean 10; the repair takes 1."""
    return lambda chance: chance.exponential(10, (RUNS, units)).min(axis=1) < 1


def _common(chance: Chance) -> Floats:
    """u = 0.1, beta = 0.2: the shared cause, or both of their own."""
    draws = chance.uniform(size=(50_000, 3))
    return (draws[:, 0] < 0.02) | ((draws[:, 1] < 0.08) & (draws[:, 2] < 0.08))


def _dark(chance: Chance) -> Booleans:
    """The UPS lasts 600 s; the generator is there after 10 s, or never."""
    there_s = np.where(chance.uniform(size=RUNS) < 0.9, 10.0, np.inf)
    return there_s > 600


def _year(chance: Chance) -> Floats:
    """Four pairs, two failovers a year each on average; each loses what came since its last sync."""
    losses = np.zeros(1000)
    for run, failovers in enumerate(chance.poisson(8, 1000)):
        losses[run] = chance.poisson(20 * chance.uniform(0, 5, failovers)).sum()
    return losses


def _half(chance: Chance) -> Floats:
    """Every client is at one of the two units; one dies."""
    clients = Crowd(chance, RUNS, 20, STRIKE_S)
    here = chance.uniform(size=len(clients.at_s)) < 0.5
    safe_s = clients.of_run(last_tick(STRIKE_S, phases(chance, RUNS, 5), 5))
    return clients.count(here & (clients.at_s > safe_s))


def _preempted(chance: Chance) -> Floats:
    """The table first, then what came since, at 100 a second; how much has not left after 10 s."""
    counts = []
    for _ in range(400):
        made_s = np.sort(chance.uniform(0, 10, chance.poisson(200)))
        counts.append((queue(np.concatenate([np.zeros(3000), made_s]), 0.01) > 10 + 1e-9).sum())
    return np.array(counts, dtype=np.float64)


def _up_and_down(chance: Chance) -> Floats:
    """Share of time up over many cycles of mean 99 and 1; a ratio, so by blocks of cycles."""
    up, down = chance.exponential(99, (200, 2000)).sum(axis=1), chance.exponential(1, (200, 2000)).sum(axis=1)
    return up / (up + down)


FORMS: dict[str, tuple[float, Sampler]] = {
    "detection H1 k3": (detection.detection_time(1, 3).mean_s, _detected(1, 3)),
    "detection H.2 k6 L.001": (
        detection.detection_time(0.2, 6, 0.001, cable_dies=False).mean_s,
        _detected(0.2, 6, 0.001),
    ),
    "detection H1 k5 L.005 P.3": (
        detection.polled_detection(1, 5, 0.005, 0.3).mean,
        _detected(1, 5, 0.005, poll_s=0.3),
    ),
    "detection p.3": (detection.detection_time_with_loss(1, 3, 0.3).mean_s, _detected(1, 3, loss=0.3)),
    "VRRP priority 100": (detection.vrrp_detection(1, 100).mean_s, _detected(1, 3, skew_s=156 / 256)),
    "outage requests λ20": (
        outage.outage_requests(20, outage.outage_time(1, 3, 0, 0.5)).mean,
        _met_nobody(20),
    ),
    "nobody asks λ.5": (
        outage.p_no_interruption(0.5, outage.outage_time(1, 3, 0, 0.5)),
        lambda chance: _met_nobody(0.5)(chance) == 0,
    ),
    "nothing lost, nobody asks λ.3": (
        stateful.p_unnoticed(0.3, 3, outage.outage_time(1, 3, 0, 0.5)),
        lambda chance: (_met_nobody(0.3)(chance) == 0) & (_met_in_window(chance, 0.3) == 0),
    ),
    "SYN back-off W3": (retries.retry_wait_s(3), _waits(3)),
    "SYN back-off W40": (retries.retry_wait_s(40), _waits(40)),
    "SYN back-off W6 c3": (retries.share_failed(6, 3), _waits(6, 3)),
    "SYN back-off W100, last try": (retries.share_failed(100), _waits(100, 63)),
    "ARP black hole": (announcement.black_hole_s(5, 1, 0.2, Spread(0, 30)), _black_hole),
    "beats to a false failover p.3 k3": (
        false_failover.beats_to_false_failover(0.3, 3),
        _beats_until_silence,
    ),
    "VRRP silences p.3": (false_failover.false_takeovers_per_beat(0.3), _silences),
    "late beat θ.1": (false_failover.p_late_beat(1, 1.4, 0.1), _late_beats),
    "columns a.9 T3": (availability.column_unavailability(0.9, 3), _path_down(True)),
    "cross a.9 T3": (availability.cross_unavailability(0.9, 3), _path_down(False)),
    "double failure, column T3": (availability.p_double_failure(0.1, 1, 3), _second_failure(3)),
    "double failure, cross": (availability.p_double_failure(0.1, 1), _second_failure(1)),
    "common cause β.2 u.1": (availability.p_common_cause(0.2, 0.1), _common),
    "availability 99 / 1": (availability.steady_availability(99, 1), _up_and_down),
    "dark feed": (availability.p_feed_dark(0.9, 10, 600), _dark),
    "a year of 4 pairs": (availability.annual_loss(4, 2, 20, 5), _year),
    "active/active": (availability.active_active_loss(20, 5), _half),
    "failback N3000 t10": (failback.failback_loss(3000, 100, 20, 10), _preempted),
    "cold standby RTO": (
        snapshot.cold_standby_outage(detection.detection_time(1, 3), 120, 30).mean_s,
        lambda chance: _detected(1, 3)(chance) + 120 + 30,
    ),
}


def _met_in_window(chance: Chance, rate: float) -> Floats:
    clients = Crowd(chance, RUNS, rate, STRIKE_S)
    return clients.count(clients.at_s > clients.of_run(last_tick(STRIKE_S, phases(chance, RUNS, 3), 3)))


@pytest.mark.parametrize("name", FORMS)
def test_simulated(name: str) -> None:
    expected, sampler = FORMS[name]
    agrees(name, expected, sampler(np.random.default_rng(zlib.crc32(name.encode()))))


def test_simulated_variances() -> None:
    chance = np.random.default_rng(5)
    requests = outage.outage_requests(20, outage.outage_time(1, 3, 0, 0.5))
    polled = detection.polled_detection(1, 5, 0.005, 0.3)
    agrees("outage requests: variance", requests.variance, (_met_nobody(20)(chance) - requests.mean) ** 2)
    found = _detected(1, 5, 0.005, poll_s=0.3)(chance)
    agrees("polled detection: variance", polled.variance, (found - polled.mean) ** 2)
    lossy = detection.detection_time_with_loss(1, 3, 0.3)
    found = _detected(1, 3, loss=0.3)(chance)
    agrees("lossy detection: variance", lossy.variance_s2, (found - lossy.mean_s) ** 2)
