"""The knobs: every value of each fits, or is refused in words; all policies can be reached from anywhere."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visualizer.opening import Opened, open_scenario, with_overrides
from visualizer.scenario import ScenarioError, shipped_names
from visualizer.scenario.knobs import KNOBS, Knob, at_share, settings, share_of, stepped, value_of
from visualizer.sim.replication import POLICIES

BY_KEY = {knob.key: knob for knob in KNOBS}


def turned(document: Opened, knob: Knob, text: str, tier: int = 0) -> Opened:
    """As the window does it; ScenarioError with the first reason why not."""
    problems = []
    for overrides in settings(knob, document.setup.tiers[tier].name, text, document.overrides):
        try:
            return with_overrides(document, overrides)
        except ScenarioError as error:
            problems += error.problems
    raise ScenarioError(problems)


@pytest.mark.parametrize("name", shipped_names())
def test_every_value_is_what_the_engine_gets_or_is_refused_in_words(name: str) -> None:
    document, refused = open_scenario(name), []
    for tier in range(len(document.setup.tiers)):
        for knob in KNOBS:
            if knob.read(document.setup, tier) is None:
                continue
            for text in knob.values:
                try:
                    document = turned(document, knob, text, tier)
                except ScenarioError as error:
                    refused.append((knob.key, error.problems[0].what))
                else:
                    assert knob.read(document.setup, tier) == value_of(knob, text)
    assert all(key == "misses" or "the limit is" in what for key, what in refused)
    assert len(document.overrides) < 60  # turning it again replaces what was turned


@pytest.mark.parametrize(
    "name", ["article", "parallel", "synchronous", "semi-sync", "fortigate-pickup-delay"]
)
def test_from_every_policy_to_every_other_and_back_to_the_file(name: str) -> None:
    first = open_scenario(name)
    knob = BY_KEY["policy"]
    document = first
    for one in POLICIES:
        for other in POLICIES:
            document = turned(turned(document, knob, one), knob, other)
            assert document.setup.tiers[0].sync.policy == other
    policy = first.setup.tiers[0].sync.policy
    assert turned(document, knob, policy).setup == first.setup


def test_keys_that_only_the_old_policy_knows_go_and_come_back(tmp_path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "title: Own\nduration: 20s\ntiers:\n  a:\n    sync: {policy: semi-sync, timeout: 2s}\n",
        encoding="utf-8",
    )
    own = open_scenario(str(path))
    periodic = turned(own, BY_KEY["policy"], "periodic")
    assert periodic.setup.tiers[0].sync.timeout_us is None
    assert turned(periodic, BY_KEY["policy"], "semi-sync").setup == own.setup


def test_one_setting_of_each_knob_is_kept_and_others_are_left_alone() -> None:
    document = with_overrides(open_scenario("article"), ("seed=4", "tiers.firewall.sync.interval = 2s"))
    for text in ("5s", "10s"):
        document = turned(document, BY_KEY["sync"], text)
    assert document.overrides == ("seed=4", "tiers.firewall.sync.interval=10s")


@pytest.mark.parametrize(
    ("key", "value", "steps", "text"),
    [
        ("sync", 3_000_000, 1, "5s"),
        ("sync", 3_000_000, -1, "2s"),
        ("sync", 2_700_000, 1, "3s"),
        ("sync", 2_700_000, -1, "2s"),
        ("sync", 2_700_000, 2, "5s"),
        ("sync", 50_000, 1, "100ms"),
        ("sync", 50_000, -1, "100ms"),
        ("sync", 9_000_000_000, 1, "1h"),
        ("misses", 20, 1, "20"),
        ("rate", Fraction(10), 1, "20/s"),
        ("rate", Fraction(3, 20), -1, "0.1/s"),
        ("policy", "synchronous", 1, "none"),
        ("path", "cross", -1, "parallel"),
    ],
)
def test_a_step_goes_to_the_next_value(key: str, value: int | str, steps: int, text: str) -> None:
    assert stepped(BY_KEY[key], value, steps) == text


def test_the_handle_stands_where_the_value_is() -> None:
    for knob in KNOBS:
        shares = [share_of(knob, value_of(knob, text)) for text in knob.values]
        if knob.unit == "choice":
            assert set(shares) == {None}
            continue
        assert shares == [pytest.approx(n / (len(shares) - 1)) for n in range(len(shares))]
        assert [at_share(knob, share) for share in shares] == list(knob.values)
    sync = BY_KEY["sync"]
    low, mid, high = (share_of(sync, us) for us in (2_000_000, 2_500_000, 3_000_000))
    assert mid == pytest.approx((low + high) / 2)
    assert (share_of(sync, 1), share_of(sync, 10**12)) == (0, 1)
    assert (at_share(sync, -1), at_share(sync, 7)) == ("100ms", "1h")


def test_a_knob_that_can_do_nothing_is_not_there() -> None:
    article, streaming = (open_scenario(name).setup for name in ("article", "f5"))
    there = {knob.key for knob in KNOBS if knob.read(article, 0) is not None}
    assert there == {"policy", "sync", "heartbeat", "misses", "link_latency", "convergence", "rate"}
    assert BY_KEY["sync"].read(streaming, 0) is None
    two_cables = open_scenario("synchronous").setup
    there = {knob.key for knob in KNOBS if knob.read(two_cables, 0) is not None}
    assert {"link_latency", "sync_latency"} <= there
    assert BY_KEY["path"].read(open_scenario("parallel").setup, 0) == "parallel"
