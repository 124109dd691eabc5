"""Lesson 1: alone only a repair ends the outage; a pair ends it by itself, and knows no session."""

from __future__ import annotations

from dataclasses import replace
from statistics import fmean

import pytest
from course.striking import MS, finished, quiet, setup_of, strikes

from visualizer.lab.beside import others
from visualizer.ledger import account
from visualizer.script.script import Beside
from visualizer.sim.command import Strike
from visualizer.sim.setup import US_PER_S
from visualizer.theory.detection import detection_time

NAME = "01-the-pair"


def test_the_strikes_cost_what_the_comment_promises():
    state = finished(setup_of(NAME))
    assert [len(loss.sessions) for loss in state.losses] == [131, 183]
    assert [one.takeover_us for one in state.failovers] == [28 * US_PER_S, 47 * US_PER_S]
    assert [one.achieved_rto_us for one in account(state).failovers] == [13_600 * MS, 2_600 * MS]


def test_other_clients_lose_about_as_many():
    """The card of chapter 6: all that opened until the one strike, and since the repair until the other."""
    found = others(setup_of(NAME), Beside("lost", others="as written"))
    assert found.mean == pytest.approx(10 * (14.4 + 44.4 - 28.0), rel=0.02)
    assert found.within[1] - found.within[0] < 0.25 * found.mean


def test_alone_nothing_but_the_repair_ends_the_outage():
    setup = setup_of(NAME)
    acts = tuple(act for act in setup.commands if isinstance(act, Strike) and act.at_us < 20 * US_PER_S)
    assert [act.fault for act in acts] == ["stop", "lightning"]
    state = finished(replace(setup, commands=acts))
    assert account(state).no_service_us == setup.duration_us - acts[1].at_us


def test_whenever_the_pair_is_struck_no_session_survives():
    pair = quiet(setup_of(NAME), 30 * US_PER_S)
    for one in strikes(pair, 10 * US_PER_S, 12 * US_PER_S, 150 * MS):
        assert one.lost == one.open_sessions > 0


@pytest.mark.parametrize("misses", [2, 3, 5])
def test_the_silence_is_longer_or_shorter_and_never_zero(misses: int):
    """Alike in each heartbeat interval, as the closed form has it; the last sentence of chapter 6."""
    setup = setup_of(NAME, f"tiers.firewall.heartbeat.misses={misses}")
    found = detection_time(1.0, misses)
    silences = [one.rto_s for one in strikes(quiet(setup, 30 * US_PER_S), 10_005 * MS, 11_005 * MS, 10 * MS)]
    assert all(silence is not None and found.low_s < silence <= found.high_s for silence in silences)
    assert min(silences) < max(silences)
    assert fmean(silences) == pytest.approx(found.mean_s, abs=0.01)
