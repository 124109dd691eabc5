from __future__ import annotations

import numpy as np
import pytest

from visualizer.lab.designs import COMPARISONS, overrides
from visualizer.ledger import account
from visualizer.opening import Opened, in_designs, open_scenario
from visualizer.scenario import shipped_names
from visualizer.sim.setup import UNIT_NAMES
from visualizer.timeline.run import Run


def ends(scenario: str, key: str) -> list[tuple[int, int, int]]:
    """(sessions lost, entries lost, microseconds without service) of each design at the end."""
    found = []
    for opened in in_designs(open_scenario(scenario), key).opened:
        books = account(Run(opened.setup).finish())
        found.append((books.lost.sessions, books.lost.entries, books.no_service_us))
    return found


def test_a_column_costs_79_sessions_and_138_entries_where_crossed_paths_cost_46_and_46() -> None:
    assert ends("parallel", "paths") == [(79, 138, 2_000_000), (46, 46, 2_000_000)]
    assert ends("cross-connected", "paths") == ends("parallel", "paths")


def test_periodic_copying_loses_the_nineteen_of_the_article_and_waiting_for_the_standby_none() -> None:
    assert [lost for lost, _, _ in ends("article", "copying")] == [19, 0, 0]


def test_the_serial_cable_loses_317_and_waits_for_nobody_the_network_the_other_way_round() -> None:
    serial, lan, cloud = ends("serial-cable", "cable")
    assert (serial[0], serial[2]) == (317, 0)
    assert (lan[0], lan[2]) == (0, 2_000_100)  # 0.1 ms on the way
    assert cloud[0] == 0
    assert cloud[2] > lan[2]  # the last heartbeat comes 40 ms later, and so does the end of the wait for it


def test_the_colder_the_standby_the_more_is_lost_and_the_longer_nobody_serves() -> None:
    cold, warm, hot = ends("cold-standby", "standby")
    assert cold[0] == 839  # as the shipped scenario
    assert cold > warm > hot
    assert cold[2] > warm[2] > hot[2]


@pytest.mark.parametrize("key", COMPARISONS)
def test_all_designs_of_a_comparison_see_the_same_traffic_and_the_same_faults(key: str) -> None:
    opened = in_designs(open_scenario("keepalived"), key).opened  # Poisson arrivals, lifetimes, transactions
    first, *others = (Run(one.setup).finish() for one in opened)
    assert len(first.traffic.opens_us) > 100
    for other in others:
        assert np.array_equal(first.traffic.opens_us, other.traffic.opens_us)
        assert np.array_equal(first.traffic.closes_us, other.traffic.closes_us)
        assert first.setup.commands == other.setup.commands
        assert first.setup.seed == other.setup.seed


@pytest.mark.parametrize("key", COMPARISONS)
@pytest.mark.parametrize("name", shipped_names())
def test_every_comparison_can_be_made_of_every_shipped_scenario(name: str, key: str) -> None:
    comparison = COMPARISONS[key]
    designs = in_designs(open_scenario(name), key)
    assert designs.comparison.variants == comparison.variants
    setups = [one.setup for one in designs.opened]
    assert len(set(setups)) == len(setups) >= 2
    assert (designs.said is None) == (comparison.unfit(open_scenario(name).setup) is None)


def test_what_does_not_fit_is_made_of_another_scenario_and_says_so() -> None:
    designs = in_designs(open_scenario("article"), "paths")
    assert designs.said == ("Not with this scenario: it has one tier, and paths need two. This is parallel.")
    assert designs.opened[0].name == "parallel"


def test_a_design_that_contradicts_the_scenario_is_left_out_with_the_reason(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(
        "title: own\nduration: 20s\ntraffic: {rate: 10/s}\n"
        "tiers:\n  firewall:\n    sync: {policy: semi-sync, timeout: 5s}\n"
    )
    designs = in_designs(open_scenario(str(path)), "copying")
    assert [variant.short for variant in designs.comparison.variants] == ["semi-synchronous", "synchronous"]
    assert designs.said is not None
    assert designs.said.startswith("Periodic does not fit: tiers.firewall.sync.timeout")


def test_what_is_said_of_every_tier_and_of_every_cable_is_spelled_out() -> None:
    opened: Opened = open_scenario("serial-cable")
    comparison = COMPARISONS["cable"]
    texts = overrides(comparison, comparison.variants[0], opened.setup)
    assert texts[:2] == ("tiers.firewall.sync.change_size=1kB", "tiers.firewall.heartbeat.link.kind=serial")
    assert "tiers.firewall.sync.link.bandwidth=117760bit/s" in texts


def test_overrides_of_the_person_stay_in_force() -> None:
    opened = open_scenario("article", ["traffic.rate=40/s"], [f"host:firewall.{UNIT_NAMES[0]}@5s"])
    for one in in_designs(opened, "copying").opened:
        assert one.setup.traffic == opened.setup.traffic
        assert one.setup.commands == opened.setup.commands
