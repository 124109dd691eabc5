"""The curve of a scenario beside its closed form: over whole periods the means are the same."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.lab import strike_curve
from visualizer.opening import open_scenario
from visualizer.scenario import shipped_names
from visualizer.sim.setup import US_PER_S
from visualizer.study.curve import curve_table, expected_of, strike_everywhere, tier_named
from visualizer.study.error import StudyError
from visualizer.study.files import csv_bytes

LONG = ("dublin-2011", "jitter")
ONE_RUN_OF_CHANCE = {"fortigate-pickup-delay": 0.02}
"""Poisson clients: the run of one seed lies that far from the mean of all."""


@pytest.mark.parametrize("name", [name for name in shipped_names() if name not in LONG])
def test_means_are_those_of_the_closed_forms(name: str) -> None:
    setup = open_scenario(name).setup
    for tier in range(len(setup.tiers)):
        curve = strike_curve(setup, tier)
        expected = expected_of(setup, curve)
        if expected is None:
            assert name.startswith(("explainer", "semi", "split", "sync"))
            continue
        off = ONE_RUN_OF_CHANCE.get(name, 1e-5)
        if expected.lost_sessions is not None:
            assert curve.loss.mean == pytest.approx(expected.lost_sessions, rel=off, abs=1e-4)
        if expected.outage_s is not None and name != "garp-lost":  # there one draw decides
            assert curve.outage.mean is not None
            assert curve.outage.mean / US_PER_S == pytest.approx(expected.outage_s, abs=2e-6)


def test_the_article_in_a_table() -> None:
    striking = strike_everywhere(open_scenario("article"))
    assert striking.expected is not None
    assert striking.expected.lost_sessions == pytest.approx(14.5)
    assert striking.proof_said == "checked by re-running at 12 instants: all equal"
    assert striking.said == ()
    table = curve_table(striking)
    assert len(table) == 2001
    assert csv_bytes(table).splitlines()[:2] == [
        b"strike_us,struck,lost_sessions,outage_s",
        b"0,primary,0,3.0",
    ]
    assert table["lost_sessions"][1100] == 19
    assert table["outage_s"][1100] == 2.0
    assert table.about["tier"] == "firewall"


def test_what_befalls_the_run_is_said() -> None:
    striking = strike_everywhere(open_scenario("split-brain-fencing"), samples=5)
    assert striking.expected is None
    assert striking.said == (
        "More befalls this run than the strike, so no closed form fits it.",
        "199 sessions are lost without a strike, too; the curve leaves them out.",
        "After a strike at 70 % of the instants service does not come back.",
    )
    assert np.isnan(curve_table(striking)["outage_s"][-1])


def test_a_tier_by_its_name() -> None:
    setup = open_scenario("parallel").setup
    assert tier_named(setup, None) == 0
    assert tier_named(setup, "application") == 2
    with pytest.raises(StudyError, match=r"^parallel: there is no tier `aplication`; .*`application`"):
        tier_named(setup, "aplication")
