"""This run beside many others: the numbers are those of runs that are played one by one, to their end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.lab.beside import Others, counting, family_of, others
from visualizer.opening import open_scenario
from visualizer.scenario import load, shipped_names
from visualizer.script.figures import FIGURES
from visualizer.script.script import BESIDE, Beside
from visualizer.sim.setup import US_PER_S
from visualizer.study.plan import plan_of
from visualizer.timeline.run import Run

PLAYED = (
    "article",
    "cold-standby",
    "split-brain",
    "price-of-sync",
    "semi-sync",
    "parallel",
    "sync-link-down",
)
RUNS = 20
ASKED = Beside("lost", RUNS)


@pytest.mark.parametrize("measure", BESIDE)
@pytest.mark.parametrize("name", PLAYED)
def test_they_are_the_figures_at_the_end_of_each_run(name: str, measure: str):
    setup = load(name).setup
    family = family_of(setup, Beside(measure, RUNS))
    values = []
    for one in family.runs():
        run = Run(one)
        run.finish()
        values.append(FIGURES[measure].value(run.state_at(one.duration_us)))
    found = others(setup, Beside(measure, RUNS))
    assert found.values == tuple(sorted(values))
    assert found.mean == sum(values) / RUNS
    assert found.none == values.count(0)


@pytest.mark.parametrize("name", shipped_names())
def test_they_are_struck_as_a_sweep_strikes(name: str):
    opened = open_scenario(name)
    plan = plan_of(opened, [], seeds=range(RUNS))
    family = family_of(opened.setup, ASKED)
    if plan.struck:
        assert [family] == list(plan.families)
    else:
        assert family.blow is None
        assert family.setup == opened.setup
        assert len(set(family.seeds)) == RUNS
        assert opened.setup.seed not in family.seeds


@pytest.mark.parametrize("name", shipped_names())
def test_as_written_they_differ_by_chance_alone(name: str):
    setup = load(name).setup
    family = family_of(setup, replace(ASKED, others="as written"))
    assert (family.setup, family.blow) == (setup, None)
    assert len({*family.seeds, setup.seed}) == RUNS + 1
    assert family_of(setup, replace(ASKED, others="struck")) == family_of(setup, ASKED)


def test_as_written_no_strike_is_moved():
    setup = load("article", overrides=["traffic.arrivals=poisson"]).setup
    written, struck = (others(setup, replace(ASKED, others=how)) for how in ("as written", "struck"))
    assert (written.struck, struck.struck) == (False, True)
    assert written.within[0] > struck.within[0], "it was struck long after a sync in all of them"


def test_a_run_that_is_too_short_is_made_longer_as_in_a_sweep():
    opened = open_scenario("article", ["duration=12s", "tiers.firewall.sync.interval=7s"])
    family = family_of(opened.setup, ASKED)
    assert family.setup.duration_us > opened.setup.duration_us
    assert [family] == list(plan_of(opened, [], seeds=range(RUNS)).families)


def test_where_no_instant_is_fair_they_differ_by_chance_alone():
    """Its rhythms have nothing in common: a fair window would be longer than a day."""
    sets = ["tiers.firewall.sync.interval=23h", "tiers.firewall.heartbeat.interval=3599s"]
    setup = load("article", overrides=["duration=24h", "tick=1s", *sets, "traffic.rate=1/h"]).setup
    family = family_of(setup, ASKED)
    assert family.blow is None
    assert family.setup == setup


@pytest.mark.parametrize("runs", [20, 39, 200, 1000])
def test_nine_of_ten_lie_within_and_no_fewer_at_either_end(runs: int):
    values = tuple(range(runs))
    low, high = Others(values, struck=True).within
    assert sum(low <= value <= high for value in values) >= 0.9 * runs
    assert sum(value < low for value in values) == sum(value > high for value in values) == runs // 20


def test_it_is_counted_in_pieces():
    setup = replace(load("split-brain").setup, duration_us=10 * US_PER_S)
    *known, last = counting(setup, Beside("lost", 60))
    assert known == sorted(set(known))
    assert known[-1] == 60
    assert len(known) > 1
    assert last == others(setup, Beside("lost", 60))


def test_the_same_setup_gives_the_same():
    setup = load("article").setup
    first = others(setup, Beside("lost", 50))
    others.cache_clear()
    assert others(setup, Beside("lost", 50)) == first
