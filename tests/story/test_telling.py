"""The instant that says most, for what is shipped."""

from __future__ import annotations

from functools import lru_cache

import pytest

from visualizer.scenario import load, shipped_names
from visualizer.sim import State
from visualizer.sim.event import Status
from visualizer.sim.state import Role
from visualizer.story.telling import telling_us
from visualizer.timeline import Run

LOSES_NOTHING = ("f5", "lan-sync", "price-of-sync", "synchronous")
SPLIT = ("split-brain",)
BEFORE_THE_LOSS = (*SPLIT, "split-brain-lease", "explainer-3-split")


@lru_cache(maxsize=32)
def told(name: str) -> State:
    run = Run(load(name).setup)
    run.finish()
    return run.seek(telling_us(run.setup, run.events)).copy()


def roles(name: str) -> list[Role]:
    return [unit.role for tier in told(name).tiers for unit in tier.units]


def meets(name: str) -> Status:
    return told(name).service[0][-1][1]


@pytest.mark.parametrize("name", shipped_names())
def test_it_lies_within_the_scenario_and_is_the_same_twice(name: str) -> None:
    state = told(name)
    assert 0 < state.now_us < state.setup.duration_us
    run = Run(load(name).setup)
    run.finish()
    assert telling_us(run.setup, run.events) == state.now_us


@pytest.mark.parametrize("name", sorted(set(shipped_names()) - {*LOSES_NOTHING, *BEFORE_THE_LOSS}))
def test_what_is_lost_has_been_lost(name: str) -> None:
    assert sum(len(loss.entry_sessions) for loss in told(name).losses) > 0


def test_a_split_brain_shows_both_at_work() -> None:
    assert roles("split-brain") == [Role.ACTIVE, Role.ACTIVE]


def test_a_lease_shows_that_the_old_unit_has_stopped() -> None:
    units = told("split-brain-lease").tiers[0].units
    assert [bool(unit.suspended) for unit in units] == [True, False]


def test_a_cold_standby_boots() -> None:
    assert roles("cold-standby") == [Role.DOWN, Role.STARTING]


@pytest.mark.parametrize("name", ["sync-link-down", "f5", "lan-sync", "parallel", "dublin-2011"])
def test_nobody_is_served(name: str) -> None:
    assert meets(name) is Status.NOBODY_ACTIVE


def test_a_lost_announcement_shows_the_dead_address() -> None:
    assert meets("garp-lost") is Status.DEAD_ADDRESS


def test_a_policy_that_waits_shows_that_it_waits() -> None:
    assert told("synchronous").tiers[0].answers_held
