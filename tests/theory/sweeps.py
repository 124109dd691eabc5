"""The closed forms as sweeps of small scenarios: what a person would ask on the command line.

`python -m theory.sweeps` (with `tests` on the path) prints the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from visualizer.lab import Estimate, estimate
from visualizer.lab.measures import MEASURES
from visualizer.opening import open_text
from visualizer.study.axis import axis_of
from visualizer.study.plan import Plan, StrikeAt, plan_of
from visualizer.study.sweep import Sweep, sweep_of
from visualizer.theory import (
    backlog,
    cascade,
    detection_time,
    false_failover,
    inflight_batch_loss,
    live_window_loss,
    outage_requests,
    outage_time,
    p_no_live_loss,
    p_truly_stateful,
    replication_window_loss,
    selective,
    split_brain,
    stale,
    streaming_loss,
)
from visualizer.theory.detection import vrrp_skew_s
from visualizer.theory.snapshot import snapshot_loss
from visualizer.theory.synchronous import semi_sync_fallback, sync_in_doubt

S = 1_000_000
FIRST_SEED = 1_000_000
Expected = Callable[..., float]


@dataclass(frozen=True, slots=True)
class Row:
    """`expected` takes the value of each axis: a number, or a word. `spread`: its variance, if it has a form
    too. `exact`: every run must give just that.
    """

    name: str
    scenario: str
    vary: tuple[str, ...]
    measure: str
    expected: Expected
    spread: Expected | None = None
    seeds: int = 120
    strike: StrikeAt = "random"


def scenario(
    tier: str,
    traffic: str = "rate: 20/s",
    *,
    fault: str = "lightning",
    lasts: str = "12s",
    more: str = "",
    events: str | None = None,
) -> str:
    """A pair that is struck; `tier`: its keys, `more`: keys of the whole."""
    struck = f"{{at: 6s, fault: {fault}, target: pair.primary}}"
    return (
        f"title: A pair\nduration: {lasts}\ntick: 100ms\n{more}\n"
        f"traffic: {{arrivals: poisson, {traffic}}}\n"
        f"tiers:\n  pair: {{{tier}}}\n"
        f"events: [{struck if events is None else events}]\n"
    )


def _dies(fault: str) -> bool:
    return fault == "lightning"


COPIES = "sync: {interval: 3s}"
MORTAL = "rate: 20/s, lifetime: 2s, initial_sessions: 40"
STREAM = "sync: {policy: streaming}"
CUT = "{at: 12s, fault: cut, target: pair.link}, {at: 22s, fault: heal, target: pair.link}"
AGE_S = 2.0
"""How old the last copy is when the cable is cut at 12 s: copies are sent at 5 s, 10 s, ..."""
TWO_SIDES = "sync: {interval: 5s}, demotion: 2s"

STATE = (
    Row("window, S", scenario(COPIES), ("sync.interval=1s..6s:6",), "lost_sessions",
        lambda s: replication_window_loss(20, s).mean, lambda s: replication_window_loss(20, s).variance),
    Row("window, rate", scenario(COPIES), ("traffic.rate=5/s..40/s:8",), "lost_sessions",
        lambda rate: replication_window_loss(rate, 3).mean),
    Row("live sessions only", scenario(COPIES), ("traffic.lifetime=1s..16s:5:log",), "lost_sessions",
        lambda life: live_window_loss(20, 3, life).mean),
    Row("batch under way, S = 3 s", scenario(COPIES, lasts="14s"),
        ("cable.latency=0.1s..1.3s:4", "fault=lightning,host"), "lost_sessions",
        lambda late, fault: inflight_batch_loss(20, 3, late, cable_dies=_dies(fault)).mean),
    Row("batch under way, S = 1 s", scenario("sync: {interval: 1s}"),
        ("cable.latency=0.7s,1.3s", "fault=lightning,host"), "lost_sessions",
        lambda late, fault: inflight_batch_loss(20, 1, late, cable_dies=_dies(fault)).mean),
    Row("stream", scenario(STREAM), ("cable.latency=50ms..400ms:4", "fault=lightning,host"), "lost_sessions",
        lambda late, fault: streaming_loss(20, late, cable_dies=_dies(fault)).mean),
    Row("pickup delay", scenario(COPIES, MORTAL, lasts="16s"), ("sync.pickup_delay=0s..3s:4",),
        "lost_sessions", lambda delay: selective.pickup_loss(20, 2, delay, 3)),
    Row("a part never copied", scenario(COPIES, MORTAL), ("sync.never=0%..75%:4",), "lost_sessions",
        lambda part: selective.never_synced_loss(20, 2, part / 100, live_window_loss(20, 3, 2).mean / 40)),
    Row("old sessions changed", scenario(COPIES, "initial_sessions: 1, transactions: 0.5/s", lasts="20s"),
        ("sync.interval=1s..7s:4",), "stateful", lambda s: 1 - stale.stale_share(0.5, s), seeds=200),
    Row("nothing lost", scenario(COPIES, "rate: 1/s"), ("sync.interval=0.5s..4s:4",), "stateful",
        lambda s: p_truly_stateful(1, s), seeds=200),
    Row("nothing alive lost", scenario(COPIES, "rate: 2/s, lifetime: 1s, initial_sessions: 2"),
        ("sync.interval=1s..4s:4",), "stateful", lambda s: p_no_live_loss(2, s, 1), seeds=200),
    Row("columns: flows", scenario(COPIES), ("tiers=1..5", "path=parallel,cross-connected"), "lost_sessions",
        lambda tiers, path: 60 * (1 - 1 / (2 * tiers)) if path == "parallel" else 30.0),
    Row("columns: entries", scenario(COPIES), ("tiers=1..3", "path=parallel,cross-connected"), "lost_entries",
        lambda tiers, path: cascade.column_entries_lost(20, 3, tiers if path == "parallel" else 1)),
    Row("cold standby: age of the image",
        scenario("sync: {policy: snapshot}, takeover: 2s", lasts="24s"),
        ("sync.interval=3s..6s:4", "sync.transfer=0.5s,1.5s"), "lost_sessions",
        lambda s, copy: snapshot_loss(20, s, copy).mean),
    Row("queue of a narrow cable", scenario("sync: {policy: streaming, change_size: 1kB}", lasts="20s"),
        ("cable.bandwidth=250kbit/s..1Mbit/s:4", "cable.latency=0s,300ms"), "lost_sessions",
        lambda bandwidth, late: backlog.streaming_queue_loss(20, 8000 / bandwidth, late),
        seeds=60),
    Row("overloaded cable for 20 s; one more than fluid is on its way",
        scenario("sync: {policy: streaming, change_size: 1kB}", lasts="24s", fault="host"),
        ("cable.bandwidth=40kbit/s..120kbit/s:3",), "lost_sessions",
        lambda bandwidth: backlog.backlog(20, 8000 / bandwidth, 20) + 1, strike=20 * S),
)  # fmt: skip

TIME = (
    Row("detection, H and k", scenario(STREAM, "rate: 1/s"),
        ("heartbeat.interval=0.5s..2s:4", "heartbeat.misses=2..4"), "detection_s",
        lambda beat, misses: detection_time(beat, misses).mean_s,
        lambda beat, misses: detection_time(beat, misses).variance_s2),
    Row("detection, latency", scenario(STREAM, "rate: 1/s"),
        ("cable.latency=0s..600ms:3", "fault=lightning,host"), "detection_s",
        lambda late, fault: detection_time(1, 3, late, cable_dies=_dies(fault)).mean_s),
    Row("detection, poll", scenario(f"{STREAM}, heartbeat: {{interval: 0.7s}}", "rate: 1/s", lasts="20s"),
        ("heartbeat.poll=0.2s..0.6s:3",), "detection_s",
        lambda poll: 1.75 + (poll - 0.1) / 2),
    Row("detection, VRRP", scenario(f"{STREAM}, heartbeat: {{vrrp: 3, priority: {{}}}}", "rate: 1/s"),
        ("heartbeat.priority.secondary=1,100,200,254",), "detection_s",
        lambda priority: detection_time(1, 3, skew_s=vrrp_skew_s(1, int(priority))).mean_s),
    Row("outage, convergence", scenario(STREAM, "rate: 1/s"), ("address.convergence=0s..2s:3",), "outage_s",
        lambda late: outage_time(1, 3, 0, late).mean_s),
    Row("requests in the outage", scenario(STREAM), ("address.convergence=0s..2s:3",), "interrupted",
        lambda late: outage_requests(20, outage_time(1, 3, 0, late)).mean,
        lambda late: outage_requests(20, outage_time(1, 3, 0, late)).variance),
    Row("fence", scenario(f"{STREAM}, guard: {{kind: fencing}}"), ("guard.fence=0.2s..1.4s:4",), "outage_s",
        lambda fence: 2.5 + fence),
    Row("boot of a cold standby", scenario(f"{STREAM}, takeover: 1s"), ("takeover=0s..6s:4",), "outage_s",
        lambda boot: 2.5 + boot),
    Row("announcements lost",
        scenario(f"{STREAM}, address: {{announcements: {{spacing: 500ms, cache: [6s, 9s]}}}}", lasts="24s"),
        ("address.announcements.loss=40%..80%:3", "address.announcements.count=1..3"), "outage_s",
        lambda loss, count: _told_s(loss / 100, int(count)),
        seeds=60),
)  # fmt: skip


def _told_s(loss: float, count: int) -> float:
    """Who hears one follows then, else when the cache has aged out since the strike."""
    heard = sum(loss**number * (1 - loss) * (2.5 + number * 0.5) for number in range(count))
    return heard + loss**count * 7.5


WAITING = (
    Row("synchronous: applied, not answered",
        scenario("sync: {policy: synchronous}", "rate: 20/s, response: 20ms"),
        ("cable.latency=0s..300ms:4", "fault=lightning,host"), "in_doubt",
        lambda late, fault: sync_in_doubt(20, 0.02, late, cable_dies=_dies(fault)).applied,
        seeds=60),
    Row("synchronous: lost", scenario("sync: {policy: synchronous}", "rate: 20/s, response: 20ms"),
        ("cable.latency=0s..300ms:4",), "lost_sessions", lambda late: 0.0, seeds=20),
    Row("semi-synchronous, cable cut for 9 s",
        scenario("sync: {policy: semi-sync, link: {}}", lasts="20s",
                 events="{at: 5s, fault: cut, target: pair.sync}"),
        ("sync.timeout=2s..14s:5",), "lost_sessions",
        lambda timeout: semi_sync_fallback(20, 9, timeout).lost, strike=14 * S, seeds=60),
)  # fmt: skip

NETWORK = (
    Row("split brain: old side discarded", scenario(TWO_SIDES, lasts="30s", events=CUT),
        ("clients.stay_on_old=0%..100%:5",), "lost_sessions",
        lambda stay: split_brain.old_side_discarded(20, 2 * AGE_S, 2, 10, stay=stay / 100, demotion_s=2),
        seeds=60),
    Row("split brain: new side discarded",
        scenario(f"{TWO_SIDES}, election: priority", lasts="30s", events=CUT),
        ("clients.stay_on_old=0%..100%:5",), "lost_sessions",
        lambda stay: split_brain.new_side_discarded(20, 2, 10, stay=stay / 100, demotion_s=2),
        seeds=60),
    Row("lease", scenario(f"{TWO_SIDES}, guard: {{kind: lease, lease: 1s}}", lasts="30s", events=CUT,
                          more="clients: {stay_on_old: 100%}"),
        ("guard.lease=1s..7s:4",), "lost_sessions",
        lambda lease: split_brain.lease_discarded(20, 2 * AGE_S, lease),
        seeds=60),
    Row("fence", scenario(f"{TWO_SIDES}, guard: {{kind: fencing}}", lasts="30s", events=CUT,
                          more="clients: {stay_on_old: 100%}"),
        ("guard.fence=0s..3s:4",), "lost_sessions",
        lambda fence: split_brain.fenced_discarded(20, 2 * AGE_S, 2, fence),
        seeds=60),
    Row("false failovers by loss, 300 heartbeats",
        scenario("heartbeat: {interval: 100ms, misses: 3, link: {latency: 1ms}}, election: priority, "
                 "sync: {policy: none}", "initial_sessions: 1", lasts="30s", events=""),
        ("heartbeat.link.loss=20%..40%:3", "heartbeat.misses=2,3"), "failovers",
        lambda loss, misses: 300 * false_failover.false_takeovers_per_beat(loss / 100, int(misses)),
        seeds=12),
    Row("false failovers by jitter, 300 heartbeats",
        scenario("heartbeat: {interval: 100ms, misses: 1, skew: {secondary: 30ms}, link: {jitter: 10ms}}, "
                 "election: priority, sync: {policy: none}", "initial_sessions: 1", lasts="30s", events=""),
        ("heartbeat.link.jitter=12ms..20ms:3",), "failovers",
        lambda jitter: 300 * false_failover.p_late_beat(0.1, 0.13, jitter), seeds=12),
)  # fmt: skip

GROUPS = {"state": STATE, "time": TIME, "waiting and network": (*WAITING, *NETWORK)}
ROWS = tuple(row for group in GROUPS.values() for row in group)


@dataclass(frozen=True, slots=True)
class Line:
    """One point of a sweep beside its closed form."""

    name: str
    expected: float
    found: Estimate

    @property
    def errors(self) -> float:
        """How many standard errors they lie apart."""
        return self.found.errors_from(self.expected)

    def __str__(self) -> str:
        return (
            f"{self.name:<76} {self.expected:>10.4f} {self.found.mean:>10.4f} "
            f"± {self.found.standard_error:<8.4f} {self.errors:>+6.2f}"
        )


@cache
def lines(row: Row) -> tuple[Line, ...]:
    """The whole sweep, a line or two a point."""
    return tuple(_lines(row))


def _lines(row: Row) -> Iterator[Line]:
    sweep = sweep_of(_apart(_plan(row), FIRST_SEED + 10_000 * ROWS.index(row)))
    values = sweep.values(MEASURES[row.measure])
    for point, found, at in zip(sweep.plan.points, values, _values(sweep), strict=True):
        label = f"{row.name}: {', '.join(point.values)}"
        expected = row.expected(*at)
        yield Line(label, expected, estimate(found))
        if row.spread is not None:
            yield Line(f"{label}: variance", row.spread(*at), estimate((found - expected) ** 2))


def _plan(row: Row) -> Plan:
    axes = [axis_of(text) for text in row.vary]
    opened = open_text(row.scenario, None, (), (), "pair")
    return plan_of(opened, axes, seeds=range(row.seeds), strike=row.strike)


def _apart(plan: Plan, first: int) -> Plan:
    """Each point with seeds of its own: with common ones they would all err together."""
    count = len(plan.seeds)
    seeds = (range(first + count * place, first + count * (place + 1)) for place in range(len(plan.points)))
    points = (
        replace(point, family=replace(point.family, seeds=own))
        for point, own in zip(plan.points, seeds, strict=True)
    )
    return replace(plan, points=tuple(points))


def _values(sweep: Sweep) -> Iterator[list[float | str]]:
    for point in sweep.plan.points:
        yield [
            value if axis.numbers is None else axis.numbers[axis.values.index(value)]
            for axis, value in zip(sweep.plan.axes, point.values, strict=True)
        ]


def mean_square(found: Sequence[Line]) -> tuple[float, float]:
    """The mean of the squared errors, and how far from 1 it may lie if nothing but chance is between them:
    three standard errors. Those that are equal in every run do not count.
    """
    squares = [line.errors**2 for line in found if line.found.standard_error]
    return float(np.mean(squares)), 3 * (2 / len(squares)) ** 0.5


def main() -> None:
    """Print the table."""
    every = []
    for row in ROWS:
        for line in lines(row):
            print(line)
            every.append(line)
    worst = max(abs(line.errors) for line in every)
    print(f"{len(every)} points; the largest of |z| {worst:.2f}; mean z² {mean_square(every)[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
