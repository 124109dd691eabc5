"""Settings that nobody measured: the same families answer them, and the closed forms agree."""

from __future__ import annotations

from math import sqrt
from statistics import pstdev
from typing import Any

import pytest

from tests.reality.families import family
from tests.reality.rows import Row, rows

MEASURED = {row.id: row for row in rows()}

OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "A3-v3": ("A2", {"vrrp": 3, "advert_s": 0.1}),
    "A4-v3-prio50": ("A2", {"vrrp": 3, "advert_s": 0.25, "backup_priority": 50}),
    "A5-prio254": ("A2", {"backup_priority": 254}),
    "A6-advert2": ("A2", {"advert_s": 2}),
    "B1-drop-1000-50": ("B1-drop-500-20", {"writes_per_s": 1000, "one_way_delay_ms": 50}),
    "B1-drop-500-0": ("B1-drop-500-20", {"one_way_delay_ms": 0}),
    "B1-keep-500-100": ("B1-keep-500-20", {"one_way_delay_ms": 100}),
    "B2-wait-100": ("B2-wait-20", {"one_way_delay_ms": 100}),
    "B2-wait-0.5": ("B2-wait-20", {"one_way_delay_ms": 0.5}),
    "B3-slow-1500000": ("B3-slow-1000000", {"cable_bps": 1_500_000}),
    "B3-slow-4000000": ("B3-slow-1000000", {"cable_bps": 4_000_000}),
    "C1-S1": ("C1-S3_r500_d20_bps0", {"period_s": 1.0}),
    "C1-S10": ("C1-S3_r500_d20_bps0", {"period_s": 10.0, "writes_per_s": 100.0}),
    "C2-FTFW-d20-loss0": ("C2-ALARM-d100-loss0", {"one_way_delay_ms": 20.0}),
    "C2-NOTRACK-d50-loss0": ("C2-ALARM-d100-loss0", {"one_way_delay_ms": 50.0}),
    "D-off-100-keep": ("D-off-20-drop", {"one_way_delay_ms": 100.0}),
    "D-on-5-drop": ("D-on-20-drop", {"one_way_delay_ms": 5.0}),
    "D-on-100-keep": ("D-on-20-drop", {"one_way_delay_ms": 100.0}),
    "E3-lag10": ("E3-lag3", {"max_lag_s": 10}),
    "F-tcp-1": ("F-tcp-3.1", {"outage_s": 1.0}),
    "F-tcp-10": ("F-tcp-3.1", {"outage_s": 10.0}),
    "G-ftfw_d100_adv1_r50": ("G-none_d0_adv1_r50", {"one_way_delay_ms": 100.0}),
    "G-none_d0_adv2_r50": ("G-none_d0_adv1_r50", {"advert_s": 2.0}),
    "H-p0.2": ("H-p0.3", {"packet_loss": 0.2, "seconds": 60.0}),
}
"""Id -> the measured row that it is like, and what is set otherwise."""


@pytest.mark.parametrize("name", OTHERS)
def test_the_engine_gives_the_closed_form(name: str) -> None:
    """Within three standard errors of chance, half a per cent, and 20 ms or a request of rounding."""
    like, changes = OTHERS[name]
    base = MEASURED[like]
    row = Row(name, base.system, {**base.parameters, **changes}, base.measured)
    compared = [(figure, figure.closed_form) for figure in family(row).figures(row)]
    assert any(closed is not None for _, closed in compared)
    for figure, closed in compared:
        if closed is None:
            continue
        chance = 3 * pstdev(figure.simulated) / sqrt(len(figure.simulated)) if row.group == "H" else 0
        grain = 0.02 if figure.name.endswith("_s") else 1
        allowed = chance + 0.005 * closed + grain
        assert abs(figure.mean - closed) <= allowed, figure.name


def test_a_row_of_no_family_is_an_error() -> None:
    with pytest.raises(LookupError, match="Z9"):
        family(Row("Z9", "something new", {}, {}))
