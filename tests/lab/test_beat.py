"""The judge of "beat it": its figures against strikes that were made, its terms against sums by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from theory.designs import MS, pair, poisson, world

from visualizer.lab import measure, struck
from visualizer.lab.beat import Judgement, judge, judging
from visualizer.lab.beat_gap import worst_gap
from visualizer.lab.beat_goals import GOALS, Goal, in_world
from visualizer.lab.beat_ideal import GAP_IDEALS, LOSS_IDEALS
from visualizer.lab.beat_loss import undisturbed_trial, worst_of
from visualizer.lab.beat_trial import Steps, T, after_us, design
from visualizer.scenario import load
from visualizer.sim.setup import (
    ALL,
    US_PER_S,
    AnnouncementSetup,
    ClientSetup,
    FeedSetup,
    GuardSetup,
    LinkSetup,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SiteSetup,
    TrafficSetup,
)
from visualizer.theory.false_failover import false_failover_s
from visualizer.theory.synchronous import answer_s

S = US_PER_S
GOAL = {goal.name: goal for goal in GOALS}
ARTICLE = world(TrafficSetup(), pair(), duration_s=20)


def judged(setup: Setup, goal: str | Goal = "nobody") -> Judgement:
    return judge(setup, GOAL[goal] if isinstance(goal, str) else goal, false_failover_s)


def done(steps: Steps[T]) -> T:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def terms(found: Judgement) -> tuple[dict[str, int | None], dict[str, int | None]]:
    """Of the loss and of the gap, by name."""
    return ({term.name: term.amount for term in found.loss_terms},
            {term.name: term.amount for term in found.gap_terms})  # fmt: skip


def change(setup: Setup, **fields: object) -> Setup:
    """With these fields of every tier."""
    return replace(setup, tiers=tuple(replace(tier, **fields) for tier in setup.tiers))


def with_sync(setup: Setup, **fields: object) -> Setup:
    return replace(setup, tiers=tuple(replace(t, sync=replace(t.sync, **fields)) for t in setup.tiers))


def with_beat(setup: Setup, **fields: object) -> Setup:
    return replace(
        setup, tiers=tuple(replace(t, heartbeat=replace(t.heartbeat, **fields)) for t in setup.tiers)
    )


def with_links(setup: Setup, **fields: object) -> Setup:
    return replace(
        setup,
        tiers=tuple(replace(t, links=tuple(replace(one, **fields) for one in t.links)) for t in setup.tiers),
    )


# --- the loss -----------------------------------------------------------------------------------------------


def test_the_article_loses_a_whole_period_at_its_worst() -> None:
    """10 a second x 3 s; on average (S - 0.1 s) / 2 of them."""
    found = judged(ARTICLE)
    assert (found.worst_lost, found.at_us, found.tier) == (30, 3 * S, 0)
    assert found.mean_lost == pytest.approx(14.5, abs=0.15)
    assert terms(found)[0] == {"sync period": 30}
    assert (found.binding.name, found.binding.amount, found.met) == ("sync period", 30, False)


def test_the_worst_loss_is_rate_times_period_and_transfer_and_latency() -> None:
    """lambda (S + X + L) at the instant before a copy arrives: each term alone is lambda times its time."""
    found = judged(with_links(with_sync(ARTICLE, transfer_us=400 * MS), latency_us=300 * MS))
    assert terms(found)[0] == {"latency": 3, "copying work": 4, "sync period": 30}
    assert found.worst_lost == 37


def test_a_stream_has_what_is_on_the_cable_at_risk() -> None:
    """lambda L, rounded up: one session at least, however short the cable."""
    near = with_links(with_sync(ARTICLE, policy="streaming"), latency_us=1)
    assert terms(judged(near))[0] == {"latency": 1}
    assert terms(judged(with_links(near, latency_us=450 * MS)))[0] == {"latency": 5}
    assert judged(with_links(near, latency_us=0)).worst_lost == 0


def test_a_narrow_cable_makes_a_queue() -> None:
    """20 changes of 1 kB a second, 14,720 bytes a second: 26 % of all stay behind."""
    found = judged(load("serial-cable").setup)
    assert found.binding.name == "bandwidth"
    assert found.worst_lost == pytest.approx((1 - 14_720 / 20_000) * 1600, abs=2)
    assert found.costs.busy == pytest.approx(20_000 / 14_720, rel=0.02)


def test_what_is_left_out_and_what_is_never_copied_have_names_of_their_own() -> None:
    traffic = replace(poisson(50, lifetime_us=4 * S), initial_sessions=200)
    setup = world(traffic, pair(interval_ms=500))
    late = terms(judged(with_sync(setup, pickup_us=3 * S)))[0]
    assert set(late) == {"left out", "sync period"}
    assert late["left out"] > 2 * late["sync period"]
    never = judged(with_sync(ARTICLE, policy="none"))
    assert terms(never)[0] == {"no copies": 200}


WORLDS = {
    "article": ARTICLE,
    "latency": with_links(world(poisson(30), pair(interval_ms=1000)), latency_us=130 * MS),
    "mortal": world(
        poisson(30, lifetime_us=2 * S, initial_sessions=60), pair(interval_ms=700, latency_ms=50)
    ),
    "streaming": world(poisson(30), pair(policy="streaming", latency_ms=77)),
    "cross": world(poisson(20), pair(interval_ms=900), pair(interval_ms=1100, name="database")),
    "parallel": replace(
        world(poisson(20), pair(interval_ms=900), pair(interval_ms=1100, phase_ms=300, name="database")),
        path="parallel",
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_no_strike_loses_more_than_the_worst_and_that_one_loses_as_much(name: str) -> None:
    setup = replace(WORLDS[name], duration_us=10 * S)
    found = judged(setup)
    assert struck_loss(found.setup, found.tier, found.at_us) == found.worst_lost > 0
    instants = np.random.default_rng(len(name)).integers(S, 10 * S, 25).tolist()
    for tier in range(len(setup.tiers)):
        assert max(struck_loss(found.setup, tier, at_us) for at_us in instants) <= found.worst_lost


def struck_loss(setup: Setup, tier: int, at_us: int) -> int:
    longer = replace(setup, duration_us=max(setup.duration_us, at_us + 4 * S))
    return int(measure([struck(longer, at_us, tier=tier)]).lost_sessions[0])


def test_transactions_on_old_sessions_count_where_there_are_no_others() -> None:
    """One session, 100 transactions a second, a copy every 3 s."""
    traffic = TrafficSetup(session_rate=None, initial_sessions=1, transaction_rate=Rate(100))
    found = judged(world(traffic, pair()))
    assert found.transactions
    assert found.worst_lost == pytest.approx(300, abs=2)
    assert terms(found)[0] == {"sync period": found.worst_lost}
    assert judged(with_sync(world(traffic, pair()), policy="synchronous")).worst_lost == 0


# --- the gap ------------------------------------------------------------------------------------------------


def test_the_gap_of_the_article_is_two_to_three_seconds() -> None:
    """U((k - 1) H, k H], and every request in it meets nobody."""
    found = judged(ARTICLE, "quick")
    assert (found.gap_us, found.shortest_gap_us) == (3 * S - 1, 2 * S)
    assert found.interrupted == 29
    assert terms(found)[1] == {"detection": 3 * S - 1}
    assert found.binding.name == "detection"


def test_each_term_of_the_gap_is_the_time_that_it_takes() -> None:
    guard = GuardSetup("fencing", fence_us=700 * MS)
    setup = change(ARTICLE, convergence_us=600 * MS, takeover_us=5 * S, guard=guard)
    found = judged(setup, "quick")
    parts = {"address": 600 * MS, "start": 5 * S, "fence": 700 * MS, "detection": 3 * S - 1}
    assert terms(found)[1] == parts
    assert found.gap_us == sum(parts.values())
    assert found.binding.name == "start"


def test_clients_wait_for_their_own_next_try() -> None:
    """The gap ends after 3 s less a microsecond; a try after 1, 3, 7 s: who came first waits 3 s. With a
    heartbeat more it is 7 s instead of 4.
    """
    patient = replace(ARTICLE, clients=ClientSetup(retry=RetrySetup()))
    longer = judged(with_beat(patient, misses=4), "quick")
    assert terms(longer)[1]["detection"] == 4 * S - 1
    assert longer.gap_us == pytest.approx(7 * S, abs=100 * MS)
    assert terms(longer)[1]["retries"] == longer.gap_us - (4 * S - 1)
    assert judged(patient, "quick").gap_us == pytest.approx(3 * S, abs=100 * MS)


def test_bad_luck_is_part_of_the_worst() -> None:
    """One announcement in a hundred is lost: then clients wait until their caches age, 20 to 30 s."""
    said = AnnouncementSetup(loss=Share(1, 100), cache_low_us=20 * S, cache_high_us=30 * S)
    found = judged(change(ARTICLE, announcement=said), "quick")
    assert 20 * S <= found.gap_us <= 30 * S
    assert found.binding.name == "address"
    assert terms(found)[1]["detection"] == 3 * S - 1


def test_a_fence_that_may_fail_makes_a_gap_without_end() -> None:
    guard = GuardSetup("fencing", fence_us=MS, fence_success=Share(9, 10))
    found = judged(change(ARTICLE, guard=guard), "quick")
    assert found.gap_us is None
    assert terms(found)[1] == {"fence": None, "detection": 3 * S - 1}
    assert (found.binding.name, found.binding.amount) == ("fence", None)
    sure = judged(change(ARTICLE, guard=replace(guard, fence_success=ALL)), "quick")
    assert sure.gap_us == 3 * S - 1 + MS


def test_a_serial_cable_tells_at_once() -> None:
    assert judged(with_links(ARTICLE, kind="serial"), "quick").gap_us == 0
    far = judged(with_links(ARTICLE, kind="serial", latency_us=900), "quick")
    assert terms(far)[1] == {"latency": 900}


GAPS: dict[str, Setup] = {
    "article": ARTICLE,
    "poll": with_beat(ARTICLE, poll_us=700 * MS),
    "skew, phase": with_beat(
        with_links(ARTICLE, latency_us=30 * MS), skew_us=(0, 400 * MS), phase_us=250 * MS
    ),
    "parallel": replace(
        world(TrafficSetup(), pair(), with_beat(world(TrafficSetup(), pair()), misses=4).tiers[0]),
        path="parallel",
    ),
    "parallel, odd": replace(
        world(
            TrafficSetup(),
            pair(),
            replace(
                pair(name="database"), heartbeat=replace(pair().heartbeat, interval_us=800 * MS, misses=4)
            ),
        ),
        path="parallel",
    ),
}


@pytest.mark.parametrize("name", GAPS)
def test_no_strike_leaves_a_longer_gap_than_the_worst(name: str) -> None:
    setup = design(GAPS[name])
    gap = done(worst_gap(setup))
    longer = replace(setup, duration_us=8 * S + after_us(setup))
    phases = [5 * S + step * 83 * MS for step in range(84)]  # whole periods of heartbeat and poll
    for tier in range(len(setup.tiers)):
        found = measure([struck(longer, at_us, tier=tier) for at_us in phases])
        assert found.outage_us.max() <= gap.longest_us
        assert found.outage_us.max() > gap.longest_us - 200 * MS
        assert found.outage_us.min() >= gap.shortest_us or len(setup.tiers) > 1


# --- what the terms are made of -----------------------------------------------------------------------------


def nasty() -> Setup:
    """Everything that can be wrong with a design, at once."""
    said = AnnouncementSetup(2, S, Share(1, 2), 9 * S, 12 * S)
    base = with_sync(ARTICLE, transfer_us=200 * MS, prepare_us=50 * MS, pickup_us=500 * MS, never=Share(1, 5))
    base = replace(base, traffic=poisson(40, lifetime_us=5 * S), clients=ClientSetup(retry=RetrySetup()))
    links = tuple(LinkSetup(one.name, 40 * MS, bandwidth_bps=400_000) for one in base.tiers[0].links)
    guard = GuardSetup("fencing", fence_us=300 * MS)
    return with_sync(
        change(base, announcement=said, takeover_us=S, convergence_us=200 * MS, guard=guard, links=links),
        change_bytes=200,
    )


@pytest.mark.parametrize("policy", ["none", "snapshot", "periodic", "streaming", "semi-sync", "synchronous"])
def test_without_all_its_terms_nothing_is_lost_and_nobody_notices(policy: str) -> None:
    timeout_us = S if policy == "semi-sync" else None
    never = Share() if policy in ("semi-sync", "synchronous") else Share(1, 5)
    found = design(with_sync(nasty(), policy=policy, timeout_us=timeout_us, never=never))
    for _, ideal in LOSS_IDEALS:
        found = ideal(found)
    assert done(worst_of(done(undisturbed_trial(found)))).lost == 0
    for _, ideal in GAP_IDEALS:
        found = ideal(found)
    assert done(worst_gap(found)).longest_us == 0


@pytest.mark.parametrize(
    "name",
    ["article", "asa-fastest", "parallel", "garp-lost", "keepalived", "serial-cable", "synchronous", "f5"],
)
@pytest.mark.parametrize("goal", ["nobody", "city", "cut"])
def test_the_terms_add_up(name: str, goal: str) -> None:
    found = judged(load(name).setup, goal)
    losses, gaps = terms(found)
    assert sum(losses.values()) == found.worst_lost
    assert sum(gaps.values()) == found.gap_us
    assert len(losses) == len(found.loss_terms)
    assert all(amount > 0 for amount in (*losses.values(), *gaps.values()))


def test_the_nasty_design_names_all_that_is_wrong_with_it() -> None:
    losses, gaps = terms(judged(nasty()))
    assert {"latency", "left out", "sync period"} <= set(losses)
    assert set(gaps) >= {"address", "start", "fence", "detection"}


# --- what it costs ------------------------------------------------------------------------------------------


def test_synchronous_copying_loses_nobody_and_pays_a_round_trip() -> None:
    setup = with_links(with_sync(ARTICLE, policy="synchronous", apply_us=3 * MS), latency_us=20 * MS)
    found = judged(setup)
    assert (found.worst_lost, found.met) == (0, True)
    assert found.costs.answer_us == pytest.approx(answer_s(0.0, 0.020, 0.003) * S)
    assert judged(ARTICLE).costs.answer_us == 0


def test_frames_on_the_cable_are_counted() -> None:
    costs = judged(ARTICLE).costs
    assert costs.heartbeats_per_s == 1.0
    assert costs.copies_per_s == 6 / 20
    assert judged(with_sync(ARTICLE, policy="streaming")).costs.copies_per_s == pytest.approx(10, abs=0.1)


def test_a_cut_cable_keeps_those_waiting_who_wait_for_the_copy() -> None:
    waiting = judged(with_sync(ARTICLE, policy="synchronous"))
    assert waiting.costs.kept_waiting == pytest.approx(100, abs=1)
    assert judged(with_sync(ARTICLE, policy="streaming")).costs.kept_waiting == 0


def test_a_nervous_pair_fails_over_by_itself() -> None:
    quiver = with_beat(with_links(ARTICLE, latency_us=MS), misses=1, interval_us=100 * MS)
    one = quiver.tiers[0]
    lossy = replace(one, links=(replace(one.links[0], loss=Share(1, 20)), one.links[1]))
    found = judged(replace(quiver, tiers=(lossy,)))
    assert found.binding.name == "nervous"
    assert not found.met
    assert found.costs.seldom_s == pytest.approx(0.1 * (20 - 1) / 0.95)


# --- goals --------------------------------------------------------------------------------------------------

Turn = Callable[[Setup], Setup]


def quicker(setup: Setup) -> Setup:
    return with_beat(setup, interval_us=200 * MS)


WAYS: dict[str, tuple[tuple[Turn, str], ...]] = {
    "nobody": (
        (lambda setup: setup, "sync period"),
        (lambda setup: with_sync(setup, policy="none"), "no copies"),
        (lambda setup: with_sync(setup, policy="streaming"), "second failure"),
    ),
    "quick": (
        (lambda setup: setup, "detection"),
        (lambda setup: with_beat(setup, interval_us=200 * MS), "second failure"),
        (lambda setup: change(with_beat(setup, interval_us=200 * MS), convergence_us=S), "address"),
    ),
    "calm": (
        (lambda setup: setup, "detection"),
        (lambda setup: with_beat(setup, interval_us=200 * MS), "false alarms"),
        (lambda setup: with_beat(setup, interval_us=100 * MS, misses=8), "second failure"),
    ),
    "both": (
        (lambda setup: setup, "sync period"),
        (lambda setup: with_sync(setup, policy="streaming"), "latency"),
        (lambda setup: with_sync(setup, policy="synchronous"), "detection"),
        (lambda setup: quicker(with_sync(setup, policy="synchronous")), "second failure"),
    ),
    "city": (
        (lambda setup: with_beat(with_sync(setup, policy="streaming"), interval_us=100 * MS), "latency"),
        (lambda setup: with_beat(with_sync(setup, policy="synchronous"), interval_us=100 * MS), "answers"),
    ),
    "cut": (
        (lambda setup: with_beat(with_sync(setup, policy="streaming"), interval_us=100 * MS), "cut cable"),
        (lambda setup: with_beat(with_sync(setup, policy="synchronous"), interval_us=100 * MS), "cut cable"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("goal", WAYS)
def test_another_term_binds_when_one_has_been_dealt_with(goal: str) -> None:
    for turn, expected in WAYS[goal]:
        found = judged(turn(ARTICLE), goal)
        assert found.binding.name == expected
        assert found.met == (expected == "second failure")


@pytest.mark.parametrize("goal", ["city", "cut"])
def test_the_last_goals_cannot_be_reached(goal: str) -> None:
    """Every way of copying, with fast heartbeats, with and without a cable of its own for them."""
    fast = with_beat(ARTICLE, interval_us=100 * MS)
    shared = change(with_sync(fast, link=0), links=(LinkSetup("link"),))
    for setup in (fast, shared):
        for policy in ("none", "snapshot", "periodic", "streaming", "semi-sync", "synchronous"):
            timeout_us = 500 * MS if policy == "semi-sync" else None
            for interval_us in (100 * MS, 3 * S):
                tried = with_sync(setup, policy=policy, timeout_us=timeout_us, interval_us=interval_us)
                assert not judged(tried, goal).met, (policy, interval_us)


def test_a_cut_cable_takes_answers_or_sessions() -> None:
    fast = with_beat(ARTICLE, interval_us=100 * MS)
    waiting = judged(with_sync(fast, policy="synchronous"), "cut")
    assert (waiting.worst_lost, waiting.loss_met, waiting.gap_met) == (0, True, False)
    assert waiting.gap_us == pytest.approx(10 * S, abs=10 * MS)
    going_on = judged(with_sync(fast, policy="streaming"), "cut")
    assert going_on.gap_met
    assert going_on.worst_lost == pytest.approx(100, abs=1)


def test_the_world_of_a_goal_is_where_it_says() -> None:
    city = in_world(with_links(ARTICLE, kind="serial"), GOAL["city"])
    assert {(link.latency_us, link.kind) for link in city.tiers[0].links} == {(40 * MS, "network")}
    farther = in_world(with_links(ARTICLE, latency_us=S), GOAL["city"])
    assert farther.tiers[0].links[0].latency_us == S
    calm = in_world(ARTICLE, GOAL["calm"])
    assert calm.tiers[0].links[0].loss == Share(1, 100)
    assert in_world(ARTICLE, GOAL["nobody"]) == ARTICLE


# --- what no copy helps against -----------------------------------------------------------------------------


def in_sites(sites: tuple[int | None, int | None], *feeds: int | None) -> Setup:
    """The synchronous article in two sites, each on a feed."""
    setup = with_sync(ARTICLE, policy="synchronous")
    places = tuple(SiteSetup(f"site{number}", "Site", feed) for number, feed in enumerate(feeds))
    power = (FeedSetup("one", "One", ups_us=2 * S), FeedSetup("two", "Two", ups_us=2 * S))
    return replace(change(setup, sites=sites), sites=places, feeds=power)


@pytest.mark.parametrize(
    ("setup", "name"),
    [
        (in_sites((0, 1), 0, 0), "shared power"),
        (in_sites((0, 0), 0, 1), "shared power"),
        (in_sites((0, 0), None, None), "one site"),
    ],
)
def test_what_both_units_share_takes_everything(setup: Setup, name: str) -> None:
    found = judged(setup)
    assert (found.binding.name, found.gap_us) == (name, None)
    assert found.worst_lost >= 200
    assert terms(found) == ({name: found.worst_lost}, {"detection": 3 * S - 1, name: None})


def test_a_generator_that_always_starts_saves_what_hangs_on_it() -> None:
    setup = in_sites((0, 1), 0, 0)
    safe = replace(
        setup, feeds=(replace(setup.feeds[0], generator_us=S, generator_success=ALL), setup.feeds[1])
    )
    assert judged(safe).binding.name == "second failure"
    lucky = replace(safe, feeds=(replace(safe.feeds[0], generator_success=Share(99, 100)), safe.feeds[1]))
    assert judged(lucky).binding.name == "shared power"


def test_two_failures_take_all_that_is_open() -> None:
    for setup in (with_sync(ARTICLE, policy="synchronous"), in_sites((0, 1), 0, 1)):
        found = judged(setup)
        assert found.met
        assert (found.binding.name, found.binding.amount) == ("second failure", found.together)
        assert found.together >= 200


# --- how it is done -----------------------------------------------------------------------------------------


def test_what_befalls_a_design_plays_no_part() -> None:
    setup = load("sync-link-down").setup
    assert judged(setup) == judged(replace(setup, commands=()))


def test_it_is_done_in_many_short_steps() -> None:
    """A long scenario is not one long step: none plays more than some heartbeats."""
    steps = judging(load("cold-standby").setup, GOAL["nobody"], false_failover_s)
    assert sum(1 for _ in steps) > 100


def test_a_scenario_of_hours_is_judged_by_its_first_minutes() -> None:
    assert design(load("dublin-2011").setup).duration_us == 300 * S
    assert design(load("article").setup).duration_us == 20 * S
    hourly = with_sync(ARTICLE, interval_us=3600 * S)
    assert design(hourly).duration_us == 7200 * S


def test_goals_can_be_told_apart() -> None:
    assert len({goal.name for goal in GOALS}) == len({goal.title for goal in GOALS}) == len(GOALS)
