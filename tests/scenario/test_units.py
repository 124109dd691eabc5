from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.scenario.problem import WrongValueError
from visualizer.scenario.units import (
    count_of,
    duration_text,
    duration_us,
    rate_of,
    rate_text,
    seconds_text,
)
from visualizer.sim.setup import Rate

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


@given(st.integers(0, DAY))
def test_a_duration_survives_writing_and_reading(us: int) -> None:
    assert duration_us(duration_text(us), 0, DAY) == us
    assert duration_us(seconds_text(us), 0, DAY) == us


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
