"""A scenario with another number of tiers, all like one of its own."""

from __future__ import annotations

import pytest

from visualizer.scenario import ScenarioError, column_text, parse, shipped_names, text_of
from visualizer.scenario.load import load

MS = 1000

TEXT = """\
title: "12:30"
description: ü, "quoted" and 1e3
duration: 30s
feeds: {esb: {}, north: {}}
sites: {dublin: {feed: esb}, cork: {feed: north}}
tiers:
  firewall: {}
  database:
    title: The drum
    sync: {interval: 2s, link: {latency: 3ms}}
    sites: {primary: dublin}
  web:
    sites: {primary: cork}
events:
  - {at: 5s, fault: host, target: database.primary}
  - {at: 6s, fault: host, target: firewall.primary}
  - {at: 6s, fault: cut, target: database.sync}
  - {at: 7s, fault: site, target: site.dublin}
  - {at: 7s, fault: site, target: site.cork}
  - {at: 8s, fault: utility, target: feed.north}
  - {at: 9s, set: traffic.rate, value: 3/s}
  - {at: 9s, set: tiers.web.sync.interval, value: 3s}
  - {at: 9s, set: tiers.database.sync.interval, value: 3s}
"""


def test_three_like_one() -> None:
    text = column_text(TEXT, "f.yaml", "database", [None, 500 * MS, 1500 * MS], overrides=["seed=7"])
    setup = parse(text, "f.yaml").setup
    assert [tier.name for tier in setup.tiers] == ["database", "database-2", "database-3"]
    assert [tier.title for tier in setup.tiers] == ["The drum", "The drum 2", "The drum 3"]
    assert [tier.sync.phase_us for tier in setup.tiers] == [0, 500 * MS, 1500 * MS]
    assert {tier.links[tier.sync.link].latency_us for tier in setup.tiers} == {3 * MS}
    assert setup.seed == 7
    assert (setup.title, setup.description) == ("12:30", 'ü, "quoted" and 1e3')


def test_only_what_is_still_there_happens() -> None:
    setup = parse(column_text(TEXT, "f.yaml", "database", [None]), "f.yaml").setup
    assert [site.name for site in setup.sites] == ["dublin"]
    assert [feed.name for feed in setup.feeds] == ["esb"]
    assert [command.at_us // 10**6 for command in setup.commands] == [5, 6, 7, 9, 9]


def test_an_empty_tier_and_a_preset() -> None:
    assert len(parse(column_text(TEXT, "f.yaml", "firewall", [None, 5 * MS]), "f.yaml").setup.tiers) == 2
    text = "title: a\nduration: 9s\ntiers: {pair: {preset: keepalived}}\n"
    first, second = parse(column_text(text, "f.yaml", "pair", [None, 5 * MS]), "f.yaml").setup.tiers
    assert first.heartbeat == second.heartbeat
    assert second.sync.phase_us == 5 * MS


def test_options_go_into_the_text() -> None:
    text = column_text(
        TEXT, "f.yaml", "database", [None], overrides=["tiers.database.sync.interval=9s"],
        faults=["host:database.secondary@3s"],
    )  # fmt: skip
    setup = parse(text, "f.yaml").setup
    assert setup.tiers[0].sync.interval_us == 9_000 * MS
    assert setup.commands[0].at_us == 3_000 * MS
    with pytest.raises(ScenarioError, match="there is no tier `none`"):
        column_text(TEXT, "f.yaml", "database", [None], overrides=["tiers.none.sync.interval=9s"])


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_in_two_columns(name: str) -> None:
    scenario = load(name)
    assert scenario.path is not None
    like = scenario.setup.tiers[0]
    text = column_text(text_of(scenario.path), name, like.name, [None, None])
    setup = parse(text, name).setup
    assert [tier.name for tier in setup.tiers] == [like.name, f"{like.name}-2"]
    assert setup.tiers[0].sync == setup.tiers[1].sync
    assert setup.traffic == scenario.setup.traffic
