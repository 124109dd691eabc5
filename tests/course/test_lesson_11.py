"""Lesson 11: the chances of the pairs multiply, their silences and their losses add up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from course.striking import MS, finished, setup_of

from visualizer.ledger import account
from visualizer.sim import State
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.theory.availability import annual_loss
from visualizer.theory.stateful import p_truly_stateful, p_truly_stateful_separate, p_truly_stateful_tiers

NAME = "11-the-weakest-link"
RATE_PER_S, INTERVAL_S, TIERS = 2.0, 0.5, 5


def lost_by_tier(state: State) -> list[int]:
    return [sum(len(loss.sessions) for loss in state.losses if loss.tier == tier) for tier in range(TIERS)]


def test_the_pinned_seed_has_luck_for_a_while():
    """Otherwise the lesson has nothing to ask."""
    assert lost_by_tier(finished(setup_of(NAME))) == [0, 0, 0, 2, 1]


def test_the_silences_add_up():
    books = account(finished(setup_of(NAME)))
    silences_us = [one.achieved_rto_us or 0 for one in books.failovers]
    assert len(silences_us) == TIERS
    assert books.no_service_us == sum(silences_us)


@pytest.mark.parametrize("interval", ["100ms", "500ms"])
def test_a_better_firewall_does_not_lower_the_worst_loss(interval: str):
    """As long as the application copies every 10 s."""
    setup = setup_of(NAME, f"tiers.firewall.sync.interval={interval}")
    strike = Strike(19_900 * MS, "lightning", UnitTarget(3, 0))
    alone = replace(setup, commands=(strike,), duration_us=24 * US_PER_S)
    assert lost_by_tier(finished(alone))[3] == 26


def test_what_is_likely_for_one_pair_is_not_for_all():
    one = p_truly_stateful(RATE_PER_S, INTERVAL_S)
    assert one > 0.5 > p_truly_stateful_tiers(RATE_PER_S, INTERVAL_S, TIERS)
    assert p_truly_stateful_separate(RATE_PER_S, INTERVAL_S, TIERS) == pytest.approx(one**TIERS)
    assert one**TIERS < 0.2


def test_few_seeds_come_through_all_failures_without_a_loss():
    """Though each single pair has more luck than not."""
    lucky = [not sum(lost_by_tier(finished(setup_of(NAME, f"seed={seed}")))) for seed in range(40)]
    assert 0 < sum(lucky) < len(lucky) / 4


@pytest.mark.parametrize("factor", [2, 3])
def test_each_factor_of_a_years_loss_counts_as_much_as_the_others(factor: int):
    once = annual_loss(5, 4.0, 2.0, 0.5)
    assert once == 5 * 4.0 * 2.0 * 0.5 / 2
    for more in ((5 * factor, 4.0, 2.0, 0.5), (5, 4.0 * factor, 2.0, 0.5), (5, 4.0, 2.0 * factor, 0.5)):
        assert annual_loss(*more) == factor * once
    assert annual_loss(5, 4.0, 2.0, 0.5 * factor) == factor * once
