"""Student's t against published tables (NIST/SEMATECH e-Handbook 1.3.6.7.2; Fisher and Yates 1963)."""

from __future__ import annotations

from statistics import NormalDist

import pytest

from visualizer.study.student import half_width, t_below, t_quantile


@pytest.mark.parametrize(
    ("degrees", "at_95", "at_975", "at_995", "at_999"),
    [
        (1, 6.314, 12.706, 63.657, 318.309),
        (2, 2.920, 4.303, 9.925, 22.327),
        (3, 2.353, 3.182, 5.841, 10.215),
        (4, 2.132, 2.776, 4.604, 7.173),
        (9, 1.833, 2.262, 3.250, 4.297),
        (19, 1.729, 2.093, 2.861, 3.579),
        (29, 1.699, 2.045, 2.756, 3.396),
        (49, 1.677, 2.010, 2.680, 3.265),
        (100, 1.660, 1.984, 2.626, 3.174),
    ],
)
def test_the_table(degrees: int, at_95: float, at_975: float, at_995: float, at_999: float) -> None:
    for probability, value in ((0.95, at_95), (0.975, at_975), (0.995, at_995), (0.999, at_999)):
        assert t_quantile(probability, degrees) == pytest.approx(value, abs=6e-4)


def test_exact_forms() -> None:
    """One degree is Cauchy's distribution, two have a root; many are the normal one."""
    assert t_quantile(0.975, 1) == pytest.approx(12.706204736174694, rel=1e-12)
    assert t_quantile(0.75, 1) == pytest.approx(1, rel=1e-12)
    assert t_quantile(0.975, 2) == pytest.approx(0.95 * (2 / (4 * 0.975 * 0.025)) ** 0.5, rel=1e-12)
    assert t_quantile(0.975, 10**7) == pytest.approx(NormalDist().inv_cdf(0.975), rel=1e-6)


@pytest.mark.parametrize("degrees", [1, 2, 7, 199, 100_000])
def test_there_and_back(degrees: int) -> None:
    for probability in (0.0005, 0.1, 0.5, 0.6, 0.999):
        assert t_below(t_quantile(probability, degrees), degrees) == pytest.approx(probability, rel=1e-10)
    assert t_quantile(0.1, degrees) == -t_quantile(0.9, degrees)


@pytest.mark.parametrize(("probability", "degrees"), [(0, 3), (1, 3), (0.5, 0)])
def test_nonsense(probability: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="no quantile of t"):
        t_quantile(probability, degrees)


def test_half_width() -> None:
    assert half_width(2.0, 10) == pytest.approx(2 * 2.2621571628)
