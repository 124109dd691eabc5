from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples

from visualizer.scenario.problem import WrongValueError
from visualizer.scenario.units import (
    bandwidth_bps,
    count_of,
    rate_of,
    rate_text,
    share_of,
    size_bytes,
)
from visualizer.script.durations import duration_text, duration_us, seconds_text
from visualizer.sim.setup import ALL, NONE, Rate, Share

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("said", "us"),
    [
        ("3s", 3_000_000), ("200ms", 200_000), ("50us", 50), ("10min", 600_000_000), ("1h", 3_600_000_000),
        ("1.5s", 1_500_000), ("0.000001s", 1), ("0s", 0), (0, 0), ("0", None), ("24h", DAY), ("0.1ms", 100),
        ("3 s", 3_000_000), ("1.1min", 66_000_000),
    ],
)  # fmt: skip
def test_a_duration_is_exact(said: object, us: int | None) -> None:
    if us is None:
        with pytest.raises(WrongValueError):
            duration_us(said, 0, DAY)
    else:
        assert duration_us(said, 0, DAY) == us


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (3, "`3` has no unit; say 3s or 3ms"),
        ("3", "`3` has no unit; say 3s or 3ms"),
        (1.5, "`1.5` has no unit; say 1.5s or 1.5ms"),
        ("-3s", "`-3s` is negative; say a duration of 0 or more"),
        ("3m", "`3m` has an unknown unit `m`; did you mean 3min?"),
        ("3sec", "`3sec` has an unknown unit `sec`; did you mean 3s?"),
        ("3S", "`3S` has an unknown unit `S`; did you mean 3s?"),
        ("3µs", "`3µs` has an unknown unit `µs`; did you mean 3us?"),
        ("3d", "`3d` has an unknown unit `d`; the units are: us, ms, s, min, h"),
        ("0.0000001s", "`0.0000001s` is finer than a microsecond; use fewer decimals"),
        ("25h", "`25h` is too long; say 24h or less"),
        ("1e3s", "`1e3s` is not a duration; say it like 3s, 200ms or 1.5min"),
        (True, "`True` is not a duration; say it like 3s, 200ms or 1.5min"),
        ("9" * 30 + "s", f"`{'9' * 30}s` is not a duration; say it like 3s, 200ms or 1.5min"),
    ],
)
def test_what_is_wrong_with_a_duration(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        duration_us(said, 0, DAY)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("said", "rate"),
    [
        ("10/s", Rate(10)), ("600/min", Rate(10)), ("36000/h", Rate(10)), ("3/min", Rate(1, 20_000_000)),
        ("0.5/s", Rate(1, 2_000_000)), ("600/h", Rate(1, 6_000_000)), ("2.5/s", Rate(5, 2_000_000)),
        ("0.2/s", Rate(1, 5_000_000)), ("1000000/s", Rate(1_000_000)), ("10 / s", Rate(10)),
    ],
)  # fmt: skip
def test_a_rate_is_exact_and_has_one_form(said: str, rate: Rate) -> None:
    assert rate_of(said) == rate


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (10, "`10` is not a rate; say 10/s or 10/min"),
        ("10", "`10` is not a rate; say it like 10/s, 0.5/s, 3/min or 600/h"),
        ("0/s", "`0/s` is not above zero; say a rate above 0, or leave it out"),
        ("-1/s", "`-1/s` is not above zero; say a rate above 0, or leave it out"),
        ("10/sec", "`10/sec` has an unknown unit `sec`; did you mean 10/s?"),
        ("10/day", "`10/day` has an unknown unit `day`; the units are: s, min, h"),
        ("1000001/s", "`1000001/s` is too fast; say 1000000/s or less"),
        ("999.9999999/s", "`999.9999999/s` is too finely divided; use fewer decimals"),
        ("0.000000000000000001/h", "`0.000000000000000001/h` is too finely divided; use fewer decimals"),
    ],
)
def test_what_is_wrong_with_a_rate(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        rate_of(said)
    assert str(caught.value) == message


@examples(100)
@given(st.integers(0, DAY))
def test_a_duration_survives_writing_and_reading(us: int) -> None:
    assert duration_us(duration_text(us), 0, DAY) == us
    assert duration_us(seconds_text(us), 0, DAY) == us


@examples(100)
@given(st.integers(1, 10**8), st.sampled_from([1, 10, 1000, 10**6]), st.sampled_from(["s", "min", "h"]))
def test_a_rate_survives_writing_and_reading(number: int, grain: int, unit: str) -> None:
    said = f"{Fraction(number, grain).__float__():.6f}/{unit}"
    try:
        rate = rate_of(said)
    except WrongValueError:
        return
    assert rate_of(rate_text(rate)) == rate
    assert rate.per_us < 2**63
    assert rate.events * DAY < 2**63


@pytest.mark.parametrize("said", [True, "3", 1.5, None, [], 61, 0, 10**39])
def test_a_count_is_a_whole_number_in_range(said: object) -> None:
    assert (count_of(3, 1, 60), count_of(60.0, 1, 60)) == (3, 60)
    with pytest.raises(WrongValueError):
        count_of(said, 1, 60)


@pytest.mark.parametrize(
    ("said", "share"),
    [
        ("60%", Share(3, 5)), (0.6, Share(3, 5)), ("3/5", Share(3, 5)), ("6 / 10", Share(3, 5)),
        ("60 %", Share(3, 5)), (0, NONE), (1, ALL), ("0%", NONE), ("100%", ALL), ("1/3", Share(1, 3)),
        ("0.1%", Share(1, 1_000)), (1e-05, Share(1, 100_000)), (0.1, Share(1, 10)),
        ("33.3%", Share(333, 1_000)), ("0/7", NONE), ("1/1000000000", Share(1, 10**9)),
    ],
)  # fmt: skip
def test_a_share_is_exact_and_has_one_form(said: object, share: Share) -> None:
    assert share_of(said) == share


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (60, "`60` is more than the whole; did you mean 60%?"),
        (1.5, "`1.5` is more than the whole; did you mean 1.5%?"),
        ("101%", "`101%` is more than the whole; say 100% or less"),
        ("6/5", "`6/5` is more than the whole; say 100% or less"),
        (-0.5, "`-0.5` is negative; say 0% or more"),
        ("-5%", "`-5%` is negative; say 0% or more"),
        ("1/0", "`1/0` is not a share; say it like 60%, 0.6 or 3/5"),
        ("half", "`half` is not a share; say it like 60%, 0.6 or 3/5"),
        (True, "`True` is not a share; say it like 60%, 0.6 or 3/5"),
        (None, "`None` is not a share; say it like 60%, 0.6 or 3/5"),
        ("1/1000000001", "`1/1000000001` is too finely divided; use fewer decimals"),
        ("0.00000001%", "`0.00000001%` is too finely divided; use fewer decimals"),
        (1e-300, "`1e-300` is too finely divided; use fewer decimals"),
    ],
)
def test_what_is_wrong_with_a_share(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        share_of(said)
    assert str(caught.value) == message


def test_a_share_has_a_limit_of_its_own() -> None:
    assert share_of("90%", Share(9, 10)) == Share(9, 10)
    with pytest.raises(WrongValueError, match="`91%` is too much; say 90% or less"):
        share_of("91%", Share(9, 10))


@examples(100)
@given(st.integers(0, 10**7), st.integers(0, 7))
def test_a_decimal_share_is_what_it_says(parts: int, decimals: int) -> None:
    """However it is written: as a number, in percent, as a fraction."""
    whole = 10**decimals
    parts = min(parts, whole)
    exact = Fraction(parts, whole)
    share = Share(exact.numerator, exact.denominator)
    percent = f"{parts * 100 // whole}.{str(parts * 100 % whole).zfill(decimals)}%"
    for said in (
        float(f"{parts // whole}.{str(parts % whole).zfill(decimals)}"),
        percent,
        f"{parts}/{whole}",
    ):
        assert share_of(said) == share


@pytest.mark.parametrize(
    ("said", "bps"),
    [
        ("1Mbit/s", 1_000_000), ("117760bit/s", 117_760), ("14720B/s", 117_760), ("1.5kbit/s", 1_500),
        ("1Gbit/s", 10**9), ("10 MB/s", 80_000_000), ("0.125B/s", 1), ("1GB/s", 8 * 10**9), ("1kB/s", 8_000),
    ],
)  # fmt: skip
def test_a_bandwidth_is_exact(said: str, bps: int) -> None:
    assert bandwidth_bps(said) == bps


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (10, "`10` has no unit; say 10kbit/s or 10Mbit/s"),
        ("10", "`10` has no unit; say 10kbit/s or 10Mbit/s"),
        ("10Mbps", "`10Mbps` has an unknown unit `Mbps`; did you mean 10Mbit/s?"),
        ("10Mb/s", "`10Mb/s` has an unknown unit `Mb/s`; did you mean 10Mbit/s?"),
        ("10Mbit", "`10Mbit` has an unknown unit `Mbit`; did you mean 10Mbit/s?"),
        ("10kB", "`10kB` has an unknown unit `kB`; did you mean 10kB/s?"),
        ("10mbit/s", "`10mbit/s` has an unknown unit `mbit/s`; did you mean 10Mbit/s?"),
        (0, "`0` is not above zero; say more, or leave it out: no limit"),
        ("0.5bit/s", "`0.5bit/s` is finer than a bit a second; use fewer decimals"),
        ("-1Mbit/s", "`-1Mbit/s` is negative; say a bandwidth of 0 or more"),
        ("1001Gbit/s", "`1001Gbit/s` is too fast; say 1000Gbit/s or less, or leave it out"),
        ("fast", "`fast` is not a bandwidth; say it like 1Mbit/s, 117760bit/s or 14720B/s"),
    ],
)
def test_what_is_wrong_with_a_bandwidth(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        bandwidth_bps(said)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("said", "size"),
    [("44B", 44), ("1kB", 1_000), ("1.5kB", 1_500), (0, 0), ("0B", 0), ("1MB", 1_000_000), ("1 kB", 1_000)],
)
def test_a_size_is_exact(said: object, size: int) -> None:
    assert size_bytes(said, 1_000_000) == size


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (44, "`44` has no unit; say 44B or 44kB"),
        ("1KB", "`1KB` has an unknown unit `KB`; did you mean 1kB?"),
        ("1 byte", "`1 byte` has an unknown unit `byte`; did you mean 1B?"),
        ("0.5B", "`0.5B` is finer than a byte; use fewer decimals"),
        ("2MB", "`2MB` is too large; say 1000000B or less"),
    ],
)
def test_what_is_wrong_with_a_size(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        size_bytes(said, 1_000_000)
    assert str(caught.value) == message
