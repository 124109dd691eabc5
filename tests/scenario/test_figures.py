"""The integers that the comments of the scenarios promise, and what one changed value makes of them."""

from typing import Any

import pytest

from visualizer.ledger.summary import summarise
from visualizer.scenario import load
from visualizer.sim import advance, start

NOBODY, HUNG = "nobody_active", "hung"
FIGURES: dict[tuple[str, ...], tuple[int, dict[str, int], list[float]]] = {
    ("keepalived",): (1_040, {NOBODY: 321}, [13.609375]),
    ("serial-cable",): (317, {}, [60.0]),
    ("lan-sync",): (0, {NOBODY: 40}, [62.0]),
    ("sync-link-down",): (619, {NOBODY: 40}, [52.0]),
    ("split-brain",): (499, {}, [14.0]),
    ("split-brain", "tiers.database.election=priority"): (200, {}, [14.0]),
    ("split-brain-lease",): (299, {}, [14.0]),
    ("split-brain-fencing",): (199, {}, [14.0]),
    ("synchronous",): (0, {NOBODY: 40, HUNG: 280}, [16.0]),
    ("semi-sync",): (280, {NOBODY: 40}, [16.0]),
    ("parallel",): (79, {NOBODY: 40}, [16.0, 16.0, 16.0]),
    ("cross-connected",): (46, {NOBODY: 40}, [16.0]),
    ("cold-standby",): (839, {NOBODY: 134}, [2_174.0]),
    ("failback",): (2_200, {NOBODY: 40}, [144.0, 162.0]),
    ("failback", "tiers.firewall.preempt_delay=57s"): (0, {NOBODY: 40}, [144.0, 212.0]),
}
"""Sessions lost, requests interrupted by cause, takeovers (s), by scenario and the values set."""


def summary(name: str, *overrides: str) -> dict[str, Any]:
    setup = load(name, overrides=overrides).setup
    state = start(setup)
    advance(state, setup.duration_us)
    return summarise(state)


@pytest.mark.parametrize("run", FIGURES, ids=" ".join)
def test_a_scenario_keeps_what_its_comment_promises(run: tuple[str, ...]) -> None:
    lost, interrupted, takeovers_s = FIGURES[run]
    found = summary(*run)
    assert found["state_loss"]["sessions"] == lost
    assert found["interruption"]["by_cause"] == interrupted
    assert [one["takeover_at_s"] for one in found["failovers"]] == takeovers_s
    assert found["stateful"] == (lost == 0)


def test_a_column_loses_state_in_every_tier() -> None:
    assert summary("parallel")["state_loss"]["entries"] == 79 + 46 + 13
    assert summary("cross-connected")["state_loss"]["entries"] == 46


def test_lost_announcements_leave_the_clients_on_the_dead_address() -> None:
    found = summary("garp-lost")
    assert found["state_loss"]["sessions"] == 208
    assert found["interruption"]["by_cause"][NOBODY] == 65
    assert 22.9 <= found["interruption"]["no_service_s"] <= 53


def test_a_pickup_delay_leaves_out_the_young_sessions() -> None:
    """1 - exp(-30.1 / 30) of 3,000, within four standard deviations of so many sessions."""
    assert abs(summary("fortigate-pickup-delay")["state_loss"]["sessions"] - 1_900) < 4 * 1_900**0.5


def test_one_feed_takes_everything_with_it() -> None:
    found = summary("dublin-2011")
    assert set(found["state_loss"]["by_cause"]) == {"no_survivor"}
    assert abs(found["state_loss"]["sessions"] - 600) < 4 * 600**0.5
    assert found["failovers"][0]["takeover_at_s"] == 600 + 188 * 60 + 3


def test_lost_heartbeats_alone_cost_sessions() -> None:
    found = summary("jitter")
    assert len(found["failovers"]) == 4
    assert found["state_loss"]["sessions"] == 4
    assert found["interruption"]["requests"] == 0
