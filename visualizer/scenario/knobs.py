"""The knobs: what a person can turn at the window. To add one: its line in `KNOBS`.

A knob changes the document, not the engine: it gives `--set` texts, which every check of a scenario judges.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from visualizer.language import marked
from visualizer.scenario.checks import idle_with
from visualizer.scenario.choices import PATHS
from visualizer.scenario.units import bandwidth_bps, rate_of
from visualizer.scenario.values import MAX_DURATION_US
from visualizer.script.durations import duration_us
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import US_PER_S, Setup

Value = int | Fraction | str
"""A duration in microseconds, a count, a rate a second, bits a second, or the word that was chosen."""

NO_LIMIT = marked("no limit")
"""What a bandwidth reads that is not set."""


@dataclass(frozen=True, slots=True)
class Knob:
    """`title` is translated where it is shown. `path` is the key in the scenario file, `values` what it can
    be set to, as the file says it, ascending.

    `read(setup, tier)` is the present value, None where the knob can do nothing.
    """

    key: str
    title: str
    unit: Literal["duration", "count", "rate", "bandwidth", "choice"]
    path: str
    values: tuple[str, ...]
    read: Callable[[Setup, int], Value | None]


def _interval(setup: Setup, tier: int) -> Value | None:
    sync = setup.tiers[tier].sync
    return sync.interval_us if POLICIES[sync.policy].ticks else None


def _latency_of(cable: str) -> Callable[[Setup, int], Value | None]:
    def read(setup: Setup, tier: int) -> Value | None:
        return next((link.latency_us for link in setup.tiers[tier].links if link.name == cable), None)

    return read


def _rate(setup: Setup, tier: int) -> Value | None:
    rate = setup.traffic.session_rate
    return None if rate is None else Fraction(rate.events * US_PER_S, rate.per_us)


_TIMES = ("0s", "100us", "1ms", "2ms", "5ms", "10ms", "20ms", "50ms", "100ms", "200ms", "500ms", "1s")
_BANDWIDTHS = ("8kbit/s", "16kbit/s", "32kbit/s", "64kbit/s", "128kbit/s", "256kbit/s", "512kbit/s",
               "1Mbit/s", "2Mbit/s", "5Mbit/s", "10Mbit/s", "100Mbit/s")  # fmt: skip


def _latency(cable: str, title: str, path: str) -> Knob:
    return Knob(f"{cable}_latency", title, "duration", f"tiers.{{tier}}.{path}", _TIMES, _latency_of(cable))


def _jitter(cable: str, title: str, path: str) -> Knob:
    def read(setup: Setup, tier: int) -> Value | None:
        return next((link.jitter_us for link in setup.tiers[tier].links if link.name == cable), None)

    return Knob(f"{cable}_jitter", title, "duration", f"tiers.{{tier}}.{path}", _TIMES, read)


def _bandwidth(cable: str, title: str, path: str) -> Knob:
    def read(setup: Setup, tier: int) -> Value | None:
        if not setup.tiers[tier].sync.change_bytes:
            return None
        found = (link.bandwidth_bps for link in setup.tiers[tier].links if link.name == cable)
        return next((NO_LIMIT if bps is None else bps for bps in found), None)

    return Knob(f"{cable}_bandwidth", title, "bandwidth", f"tiers.{{tier}}.{path}", _BANDWIDTHS, read)


KNOBS: tuple[Knob, ...] = (
    Knob("policy", marked("Copying"), "choice", "tiers.{tier}.sync.policy", tuple(POLICIES),
         lambda setup, tier: setup.tiers[tier].sync.policy),
    Knob("sync", marked("Sync every"), "duration", "tiers.{tier}.sync.interval",
         ("100ms", "200ms", "500ms", "1s", "2s", "3s", "5s", "10s", "20s", "30s", "1min", "2min", "5min",
          "10min", "20min", "1h"), _interval),
    Knob("heartbeat", marked("Heartbeat every"), "duration", "tiers.{tier}.heartbeat.interval",
         ("50ms", "100ms", "200ms", "500ms", "1s", "2s", "3s", "5s", "10s", "30s"),
         lambda setup, tier: setup.tiers[tier].heartbeat.interval_us),
    Knob("misses", marked("Misses to declare dead"), "count", "tiers.{tier}.heartbeat.misses",
         ("1", "2", "3", "4", "5", "6", "8", "10", "15", "20"),
         lambda setup, tier: setup.tiers[tier].heartbeat.misses),
    _latency("link", marked("Link latency"), "link.latency"),
    _latency("heartbeat", marked("Heartbeat link latency"), "heartbeat.link.latency"),
    _latency("sync", marked("Sync link latency"), "sync.link.latency"),
    Knob("convergence", marked("Clients follow after"), "duration", "tiers.{tier}.address.convergence",
         ("0s", "100ms", "200ms", "500ms", "1s", "2s", "5s", "10s", "30s"),
         lambda setup, tier: setup.tiers[tier].convergence_us),
    Knob("rate", marked("New sessions per second"), "rate", "traffic.rate",
         ("0.1/s", "0.2/s", "0.5/s", "1/s", "2/s", "5/s", "10/s", "20/s", "50/s", "100/s", "200/s", "500/s"),
         _rate),
    Knob("path", marked("Path design"), "choice", "path", tuple(PATHS),
         lambda setup, tier: setup.path if len(setup.tiers) > 1 else None),
)  # fmt: skip
"""In the order in which they are shown."""

SWEPT: tuple[Knob, ...] = (
    *KNOBS,
    _jitter("link", marked("Link jitter"), "link.jitter"),
    _jitter("heartbeat", marked("Heartbeat link jitter"), "heartbeat.link.jitter"),
    _bandwidth("link", marked("Link bandwidth"), "link.bandwidth"),
    _bandwidth("sync", marked("Sync link bandwidth"), "sync.link.bandwidth"),
)
"""What many runs can be asked about: the knobs, and what would make a ledger of one run too long."""


def value_of(knob: Knob, text: str) -> Value:
    """One of `Knob.values` as `Knob.read` would give it."""
    match knob.unit:
        case "duration":
            return duration_us(text, 0, MAX_DURATION_US)
        case "rate":
            rate = rate_of(text)
            return Fraction(rate.events * US_PER_S, rate.per_us)
        case "count":
            return int(text)
        case "bandwidth":
            return bandwidth_bps(text)
        case "choice":
            return text


def share_of(knob: Knob, value: Value) -> float | None:
    """Where a value lies on the way from the first to the last, 0 to 1; None for a choice."""
    if isinstance(value, str):
        return None
    ladder = _ladder(knob)
    if value <= ladder[0] or value >= ladder[-1]:
        return float(value > ladder[0])
    low = bisect_right(ladder, value) - 1
    between = (value - ladder[low]) / (ladder[low + 1] - ladder[low])
    return (low + float(between)) / (len(ladder) - 1)


def at_share(knob: Knob, share: float) -> str:
    """What lies nearest to a share of the way; beyond its ends the first or the last."""
    last = len(knob.values) - 1
    return knob.values[round(min(max(share, 0.0), 1.0) * last)]


def stepped(knob: Knob, value: Value, steps: int) -> str:
    """So many values further (or, negative, back); one between two goes to the next. Choices go round, the
    others end at their first and last.
    """
    if isinstance(value, str):
        return knob.values[(knob.values.index(value) + steps) % len(knob.values)]
    ladder = _ladder(knob)
    place = bisect_right(ladder, value) - 1 if steps > 0 else bisect_left(ladder, value)
    return knob.values[min(max(place + steps, 0), len(ladder) - 1)]


def settings(knob: Knob, tier: str, text: str, overrides: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """All overrides of a scenario with this knob set to `text`, in the tier of that name. Where the checks
    refuse the first, there may be others: keys that only the old policy knows are taken away.
    """
    path = knob.path.format(tier=tier)
    group = path.rpartition(".")[0]
    idle = [f"{group}.{name}=default" for name in idle_with(text)] if knob.key == "policy" else []
    kept = [one for one in overrides if not _is_of(one, path, group if idle else None)]
    yield (*kept, f"{path}={text}")
    if idle:
        yield (*kept, f"{path}={text}", *idle)


def _is_of(override: str, path: str, group: str | None) -> bool:
    """Whether an override sets `path`, or takes a key of `group` away."""
    said, _, text = (part.strip() for part in override.partition("="))
    return said == path or (group is not None and text == "default" and said.rpartition(".")[0] == group)


def _ladder(knob: Knob) -> list[int | Fraction]:
    values = (value_of(knob, text) for text in knob.values)
    return [value for value in values if not isinstance(value, str)]
