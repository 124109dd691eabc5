"""Lesson 4: no heartbeat saves a session; fast ones end the outage sooner, and take over from the living."""

from __future__ import annotations

from dataclasses import replace
from statistics import mean

import pytest
from course.striking import MS, finished, quiet, setup_of, struck_at

from visualizer.lab.beside import others
from visualizer.lab.strike import undisturbed
from visualizer.ledger import account
from visualizer.script.script import Beside
from visualizer.sim.command import SetParameter
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.theory.detection import detection_time

NAME = "04-faster-heartbeats"
STRIKE_US = 11 * US_PER_S
PATIENT = ("tiers.firewall.heartbeat.interval=1s", "tiers.firewall.heartbeat.misses=15")
IMPATIENT = ("tiers.firewall.heartbeat.interval=200ms", "tiers.firewall.heartbeat.misses=4")


def test_the_run_is_what_the_comment_promises():
    books = account(finished(setup_of(NAME)))
    assert [one.lost.sessions for one in books.failovers] == [19, 19, 15]
    assert [one.achieved_rto_us for one in books.failovers] == [14 * US_PER_S, 600 * MS, 0]


@pytest.mark.parametrize("interval_ms", [100, 200, 1000])
@pytest.mark.parametrize("misses", [2, 4, 15])
def test_nowhere_on_the_knob_is_a_session_saved(interval_ms: int, misses: int):
    keys = (f"interval={interval_ms}ms", f"misses={misses}")
    setup = setup_of(NAME, *(f"tiers.firewall.heartbeat.{key}" for key in keys))
    found = struck_at(quiet(setup, 30 * US_PER_S), STRIKE_US)
    silence = detection_time(interval_ms / 1000, misses)
    assert (found.lost, found.open_sessions) == (19, 100)
    assert found.rto_s is not None
    assert silence.low_s < found.rto_s + 1e-6 <= silence.high_s


def test_what_other_strikes_take_hangs_on_the_sync_alone():
    """The card of chapter 1, where the knob is turned on the way, and without that: evenly from none to all
    of one interval.
    """
    asked = Beside("lost", 400, "struck")
    lesson, *alike = (setup_of(NAME, *keys) for keys in ((), PATIENT, IMPATIENT))
    told = others(lesson, asked).values
    for setup in alike:
        found = others(quiet_after_the_strike(setup), asked)
        interval_s = setup.tiers[0].sync.interval_us / US_PER_S
        assert (found.values[0], found.values[-1]) == (told[0], told[-1]) == (0, 10 * interval_s - 1)
        assert found.mean == pytest.approx(mean(told), abs=1.5)


def quiet_after_the_strike(setup: Setup) -> Setup:
    """With its first strike alone."""
    return replace(setup, commands=tuple(act for act in setup.commands if act.at_us == STRIKE_US))


def test_who_notices_at_once_has_no_session_more():
    """The serial cable of lesson 6: no silence at all, and the same loss."""
    setup = setup_of(NAME, "tiers.firewall.heartbeat.link.kind=serial")
    found = struck_at(quiet(setup, 20 * US_PER_S), STRIKE_US)
    assert (found.lost, found.rto_s) == (19, 0.0)


def busy(*overrides: str) -> Setup:
    """The busy cable alone: nobody is struck, and the heartbeats are never changed."""
    setup = undisturbed(setup_of(NAME, *overrides))
    acts = tuple(act for act in setup.commands if not isinstance(act, SetParameter))
    assert len(acts) == 2
    return replace(setup, commands=acts)


def false_takeovers(*overrides: str) -> int:
    return len(finished(busy(*overrides)).failovers)


def test_the_patient_standby_sits_the_busy_cable_out():
    runs = [f"seed={seed}" for seed in range(20)]
    assert not any(false_takeovers(*PATIENT, run) for run in runs)
    assert sum(false_takeovers(*IMPATIENT, run) > 0 for run in runs) > len(runs) // 3
