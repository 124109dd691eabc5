"""Lesson 10: what a column costs more than the unit that died, in the engine and by the closed forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import MS, finished, setup_of

from visualizer.lab.beside import others
from visualizer.ledger import account
from visualizer.script.script import Beside
from visualizer.sim import State
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.theory.availability import p_double_failure
from visualizer.theory.cascade import column_flows_lost, cross_flows_lost

NAME = "10-one-falls-all-follow"
ALIGNED = ("tiers.load_balancer.sync.phase=0s", "tiers.application.sync.phase=0s")


def lost(state: State, tier: int | None = None) -> int:
    return sum(len(loss.sessions) for loss in state.losses if tier in (None, loss.tier))


def struck(
    path: str, *units: tuple[int, int], overrides: tuple[str, ...] = (), at_us: int = 14 * US_PER_S
) -> State:
    """The load balancer dies, as in the lesson; then each of `units`, (tier, unit), at 26.0 s."""
    setup = setup_of(NAME, f"path={path}", *overrides)
    first = Strike(at_us, "host", UnitTarget(1, 0))
    later = (Strike(26 * US_PER_S, "host", UnitTarget(*unit)) for unit in units)
    return finished(replace(setup, commands=(first, *later), duration_us=35 * US_PER_S))


def test_the_cross_connected_loss_is_that_of_the_unit_that_died():
    column, cross = struck("parallel"), struck("cross")
    assert lost(column) == 79
    assert lost(column, 1) == lost(cross) == 46


def test_struck_at_other_instants_a_column_always_loses_many_and_the_cross_hardly_any():
    """The cards of chapter 3. The mean is that of the closed form, over the phases of the ticks."""
    column, cross = (others(setup_of(NAME, f"path={path}"), Beside("lost")) for path in ("parallel", "cross"))
    assert column.values[0] > cross.mean > 10 * cross.values[0]
    assert column.mean > cross.mean == pytest.approx(cross_flows_lost(20.0, 5.0), rel=0.1)


def test_ticks_at_the_same_instants_take_the_cascade_away():
    """All copies are equally old then."""
    column, cross = struck("parallel", overrides=ALIGNED), struck("cross", overrides=ALIGNED)
    assert lost(column) == lost(cross) > 0


def test_just_after_its_own_tick_it_is_the_neighbours_that_decide():
    """As the lesson says to try it alone: the load balancer has just copied, at 11.67 s."""
    column, cross = struck("parallel", at_us=11_700 * MS), struck("cross", at_us=11_700 * MS)
    assert lost(cross) == lost(column, 1) <= 1
    assert lost(column) > 50


@pytest.mark.parametrize("tiers", [2, 3, 5])
def test_more_tiers_have_an_older_oldest_copy(tiers: int):
    assert column_flows_lost(20.0, 5.0, tiers) > column_flows_lost(20.0, 5.0, tiers - 1)
    assert column_flows_lost(20.0, 5.0, 1) == cross_flows_lost(20.0, 5.0)


@pytest.mark.parametrize("tier", range(3))
def test_the_other_column_can_spare_none_of_its_units(tier: int):
    """While the load balancer is down. Cross-connected only its partner takes the service with it."""
    silence_us = {
        path: account(struck(path, (tier, 1))).no_service_us - account(struck(path)).no_service_us
        for path in ("parallel", "cross")
    }
    assert silence_us["parallel"] > 0
    assert (silence_us["cross"] > 0) == (tier == 1)


def test_so_a_second_failure_in_time_is_about_as_much_likelier_as_there_are_tiers():
    seldom, repair_s = 1e-6, 3600.0
    assert p_double_failure(seldom, repair_s, 3) == pytest.approx(
        3 * p_double_failure(seldom, repair_s), rel=1e-2
    )
