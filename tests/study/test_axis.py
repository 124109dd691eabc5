"""What `--vary` says: every way to write values, and one line for each mistake."""

from __future__ import annotations

import pytest

from visualizer.study.axis import Axis, axis_of
from visualizer.study.error import StudyError


@pytest.mark.parametrize(
    ("text", "values", "numbers", "unit"),
    [
        ("sync.interval=0.5s..2s:4", "500ms 1s 1.5s 2s", (0.5, 1, 1.5, 2), "s"),
        ("sync.interval=1s..2s:4", "1s 1.333333s 1.666667s 2s", (1, 1.333333, 1.666667, 2), "s"),
        ("sync.interval=100ms..10s:5:log", "100ms 316ms 1s 3.16s 10s", (0.1, 0.316, 1, 3.16, 10), "s"),
        ("sync.interval=1s,500ms,2min", "1s 500ms 2min", (1, 0.5, 120), "s"),
        ("cable.latency=0..10ms:3", "0s 5ms 10ms", (0, 0.005, 0.01), "s"),
        ("heartbeat.misses=2..5", "2 3 4 5", (2, 3, 4, 5), ""),
        ("heartbeat.misses=1..60:5:log", "1 3 8 22 60", (1, 3, 8, 22, 60), ""),
        ("traffic.rate=10/s..20/s:4", "10/s 800/min 1000/min 20/s", (10, 40 / 3, 50 / 3, 20), "/s"),
        ("traffic.rate=6/min,1/s", "6/min 1/s", (0.1, 1), "/s"),
        ("cable.loss=0%..10%:4", "0% 1/30 1/15 10%", (0, 10 / 3, 20 / 3, 10), "%"),
        ("cable.loss=0.1,0.25", "0.1 0.25", (0.1, 0.25), ""),
        ("cable.bandwidth=1Mbit/s..3Mbit/s:3", "1Mbit/s 2Mbit/s 3Mbit/s", (1e6, 2e6, 3e6), "bit/s"),
        ("cable.bandwidth=117760bit/s,14720B/s,1Gbit/s", None, None, None),
        ("sync.change_size=0B..1kB:3", "0B 500B 1kB", (0, 500, 1000), "B"),
        ("path=parallel,cross-connected", "parallel cross-connected", None, ""),
        ("sync.timeout=default,10s", "default 10s", None, ""),
        ("address.announcements.cache=[1s, 2s],[3s, 4s]", None, None, ""),
        ("tiers=1..3", "1 2 3", (1, 2, 3), ""),
    ],
)
def test_values(text: str, values: str | None, numbers: tuple[float, ...] | None, unit: str | None) -> None:
    if unit is None:
        with pytest.raises(StudyError, match="`14720B/s` is 117760bit/s again"):
            axis_of(text)
        return
    axis = axis_of(text)
    if values is None:
        assert axis.values == ("[1s, 2s]", "[3s, 4s]")
    else:
        assert axis.values == tuple(values.split())
    assert axis.numbers is None if numbers is None else axis.numbers == pytest.approx(numbers)
    assert axis.unit == unit


def test_a_long_even_range_is_exact() -> None:
    axis = axis_of("tiers.firewall.sync.interval=0.5s..10s:20")
    assert axis.values[:3] == ("500ms", "1s", "1.5s")
    assert axis.numbers == tuple(half / 2 for half in range(1, 21))
    assert not axis.logarithmic
    assert axis_of("sync.interval=1s..10s:3:log").logarithmic


@pytest.mark.parametrize(
    ("text", "path", "title", "column"),
    [
        ("sync.interval=1s,2s", "tier.sync.interval", "sync interval", "sync_interval_s"),
        ("tier.sync.interval=1s,2s", "tier.sync.interval", "sync interval", "sync_interval_s"),
        ("tiers.load_balancer.sync.interval=1s,2s", "tiers.load_balancer.sync.interval",
         "load balancer sync interval", "load_balancer_sync_interval_s"),
        ("traffic.rate=1/s,2/s", "traffic.rate", "traffic rate", "traffic_rate_per_s"),
        ("cable.bandwidth=1Mbit/s", "cable.bandwidth", "cable bandwidth", "cable_bandwidth_bit_per_s"),
        ("path=cross,parallel", "path", "path", "path"),
        ("tiers=1,2", "tiers", "tiers", "tiers"),
        ("takeover=1s,2s", "tier.takeover", "takeover", "takeover_s"),
    ],
)  # fmt: skip
def test_paths_and_names(text: str, path: str, title: str, column: str) -> None:
    axis = axis_of(text)
    assert (axis.path, axis.title, axis.column) == (path, title, column)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "this is not PATH=VALUES; say it like sync.interval=0.5s..10s:20"),
        ("sync.interval", "this is not PATH=VALUES; say it like sync.interval=0.5s..10s:20"),
        ("sync.interval=", "there is no value; say some, like 1s,2s,5s or 0.5s..10s:20"),
        ("sync.interval=1s,,2s", "a value is missing between two commas; say some, like 1s,2s,5s or "
                                 "0.5s..10s:20"),
        ("misses=2..4", "the key `misses` is unknown here; did you mean heartbeat.misses?"),
        ("sinc.interval=1s,2s", "the key `sinc` is unknown; did you mean `sync`?"),
        ("sync.interval=1..5s:3", "`1` has no unit; say 1s"),
        ("sync.interval=1s..5:3", "`5` has no unit; say 5s"),
        ("sync.interval=1s..5B:3", "`1s` and `5B` are of two kinds; say one kind"),
        ("sync.interval=1s..:3", "a range has two ends; say it like 0.5s..10s:20"),
        ("sync.interval=1s..much:3", "`much` is no number; say it like 0.5s..10s:20"),
        ("traffic.rate=1/s..many:3", "`many` is no number; say it like 5/s..50/s:10"),
        ("sync.interval=5sec..7s:3", "`5sec` has an unknown unit `sec`; did you mean 5s?"),
        ("sync.interval=5s..1s:3", "the range ends before it begins; say 1s..5s"),
        ("sync.interval=1s..1000ms:3", "the range begins where it ends; say 1s alone, or another end"),
        ("sync.interval=1s..5s", "how many values is not said; say it like 1s..5s:10"),
        ("sync.interval=1s..5s:few", "`few` is no number of values; say it like 0.5s..10s:20"),
        ("sync.interval=1s..5s:1000000000", "1,000,000,000 values; say 1,000 or fewer"),
        ("sync.interval=1s..5s:1", "a range has two values or more; say one value without `..`"),
        ("sync.interval=1s..5s:1001", "1,001 values; say 1,000 or fewer"),
        ("heartbeat.misses=1..100000", "100,000 values; say 1,000 or fewer"),
        ("sync.interval=1s..5s:3:lin", "`lin` is not known here; say `log` for equal ratios"),
        ("sync.interval=1s..5s:3:log:x", "`1s..5s:3:log:x` says too much; say it like 100ms..10s:9:log"),
        ("sync.interval=0s..5s:3:log",
         "equal ratios cannot begin at zero; begin above it, or leave `:log` out"),
        ("sync.interval=1s,1000ms", "`1000ms` is 1s again; say each value once, or fewer of them"),
        ("path=cross,cross", "`cross` stands there twice; say each value once, or fewer of them"),
        ("heartbeat.misses=1..3:3:log", None),
        ("heartbeat.misses=1..3:9:log", "`1` stands there twice; say each value once, or fewer of them"),
        ("sync.interval=1us..3us:9", "`1us` stands there twice; say each value once, or fewer of them"),
        ("sync.interval=1s..2s:3,5s", "a range stands in a list; say one range, or a list of values"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(text: str, line: str | None) -> None:
    if line is None:
        assert axis_of(text).values == ("1", "2", "3")
        return
    with pytest.raises(StudyError) as error:
        axis_of(text)
    assert str(error.value) == f"--vary {text}: {line}"


def test_too_many_words() -> None:
    with pytest.raises(StudyError, match=r"1,001 values; say 1,000 or fewer"):
        axis_of("seed=" + ",".join(str(number) for number in range(1001)))


def test_an_axis_is_plain_data() -> None:
    axis = axis_of("sync.interval=1s,2s")
    assert axis == Axis("tier.sync.interval", ("1s", "2s"), (1.0, 2.0), "s")
    assert hash(axis)
