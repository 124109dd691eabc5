"""From values to runs: each point is a scenario, struck at fair instants; what cannot be is said in lines."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study.asked import PAIR, opened, planned, sets, windows

from visualizer.lab.trials import Blow
from visualizer.opening import open_scenario, with_overrides
from visualizer.study.axis import axis_of
from visualizer.study.error import StudyError
from visualizer.study.plan import plan_of

S = 1_000_000


def lines(*vary: str, seeds: int = 4, **asked: object) -> list[str]:
    with pytest.raises(StudyError) as error:
        planned(*vary, seeds=seeds, **asked)  # type: ignore[arg-type]
    return str(error.value).splitlines()


def test_two_axes_the_last_one_fastest() -> None:
    plan = planned("sync.interval=1s,3s", "heartbeat.misses=2..4")
    assert plan.shape == (2, 3)
    assert [point.values for point in plan.points] == [(s, k) for s in ("1s", "3s") for k in "234"]
    assert sets(plan)[1] == ("tiers.firewall.sync.interval=1s", "tiers.firewall.heartbeat.misses=3")
    tiers = [family.setup.tiers[0] for family in plan.families]
    assert [tier.sync.interval_us for tier in tiers] == [S] * 3 + [3 * S] * 3
    assert [tier.heartbeat.misses for tier in tiers] == [2, 3, 4] * 2
    assert all(list(family.seeds) == [0, 1, 2, 3] for family in plan.families)


def test_no_axis_is_one_point() -> None:
    plan = planned()
    assert (plan.shape, sets(plan)) == ((), [()])
    assert plan.points[0].opened == plan.opened


def test_every_tier_or_one_or_every_cable() -> None:
    everywhere = planned("sync.interval=2s", scenario="parallel").families[0].setup
    assert [tier.sync.interval_us for tier in everywhere.tiers] == [2 * S] * 3
    here = planned("tiers.application.sync.interval=2s", scenario="parallel").families[0].setup
    assert [tier.sync.interval_us for tier in here.tiers] == [5 * S, 5 * S, 2 * S]
    cables = planned("cable.latency=3ms", scenario="parallel").families[0].setup
    assert {link.latency_us for tier in cables.tiers for link in tier.links} == {3000}


def test_the_first_strike_is_drawn_again_for_each_seed() -> None:
    plan = planned(scenario="parallel")
    assert plan.struck
    assert plan.families[0].blow == Blow((5 * S, 25 * S), tier=1, fault="host")
    assert plan.said == (
        "In each run load_balancer.primary is struck at an instant of its own (host fails).",
    )
    runs = list(plan.families[0].runs())
    assert len({run.commands for run in runs}) == 4


def test_what_else_befalls_units_is_said_to_be_left_out() -> None:
    assert "What else the scenario does to units is left out." in planned(scenario="failback").said


def test_as_written_and_at_an_instant() -> None:
    written = planned(strike="as-written")
    assert not written.struck
    assert written.families[0].blow is None
    assert written.said == ()
    at = planned(strike=7 * S)
    assert windows(at) == [(7 * S, 7 * S + 1)]
    assert {run.commands[0].at_us for run in at.families[0].runs()} == {7 * S}
    assert (
        at.said == ("In each run firewall.primary is struck at 7s (lightning strikes).",)
        or "7s" in at.said[0]
    )


def test_nothing_strikes() -> None:
    quiet = opened(PAIR[: PAIR.index("events:")])
    plan = planned(scenario=quiet)
    assert not plan.struck
    assert plan.said == ("Nothing strikes a unit here: each run is as written.",)
    forced = planned(scenario=quiet, strike=9 * S)
    assert forced.families[0].blow == Blow((9 * S, 9 * S + 1))


# --- fair instants ----------------------------------------------------------------------------------------


def test_points_of_one_rhythm_are_struck_at_the_same_instants() -> None:
    plan = planned("heartbeat.misses=2..8", "address.convergence=0s,2s")
    assert set(windows(plan)) == {(3 * S, 9 * S)}
    assert all(point.opened.setup.duration_us == 20 * S for point in plan.points)


def test_each_rhythm_has_its_own_window_of_whole_periods() -> None:
    for point in planned("sync.interval=1.5s..7s:12").points:
        (low_us, high_us), tier = point.family.blow.window_us, point.family.setup.tiers[0]  # type: ignore[union-attr]
        assert low_us >= tier.sync.interval_us
        assert (high_us - low_us) % tier.sync.interval_us == 0
        assert high_us + 3 * S <= point.family.setup.duration_us


def test_a_run_that_is_too_short_is_made_longer_and_that_is_said() -> None:
    plan = planned("sync.interval=2s,30s")
    assert [point.opened.setup.duration_us for point in plan.points] == [20 * S, 63 * S]
    assert sets(plan)[1] == ("tiers.firewall.sync.interval=30s", "duration=63s")
    assert plan.said[1] == (
        "The run of 20s is too short for every instant to be as likely: it lasts up to 63s at 1 of 2 points."
    )
    point = plan.points[1]
    again = with_overrides(plan.opened, point.sets)
    assert replace(again, overrides=()) == replace(point.opened, overrides=())
    assert again.setup == point.family.setup


def test_as_short_as_is_fair() -> None:
    """30 s to the first copy, 30 s of strikes, 3 s to the takeover."""
    (window,) = windows(planned("sync.interval=30s"))
    assert window == (30 * S, 60 * S)


# --- special parameters -----------------------------------------------------------------------------------


def test_so_many_tiers_like_the_struck_one() -> None:
    plan = planned("tiers=1..4", "path=parallel", scenario="parallel")
    for count, point in enumerate(plan.points, start=1):
        tiers = point.family.setup.tiers
        assert len(tiers) == count
        assert tiers[0].name == "load_balancer"
        assert len({tier.name for tier in tiers}) == count
        phases_us = sorted(tier.sync.phase_us % (5 * S) for tier in tiers)
        gaps_us = [
            late - early
            for early, late in zip(phases_us, [*phases_us[1:], phases_us[0] + 5 * S], strict=True)
        ]
        assert max(gaps_us) - min(gaps_us) <= 2
        assert point.family.blow.tier == 0  # type: ignore[union-attr]
        assert point.opened.setup == point.family.setup


def test_a_run_of_many_tiers_can_be_opened_and_has_the_same_name() -> None:
    point = planned("tiers=3", scenario="parallel").points[0]
    assert point.opened.setup.name == "parallel"
    again = open_scenario("parallel")
    text = with_overrides(replace(again, text=point.opened.text), point.opened.overrides)
    assert text.setup.tiers == point.family.setup.tiers


def test_tiers_build_on_the_other_axis() -> None:
    plan = planned("tiers=2", "sync.interval=4s")
    assert [tier.sync.phase_us for tier in plan.families[0].setup.tiers] == [0, 2 * S]


def test_events_of_other_tiers_sites_and_the_story_go() -> None:
    dublin = planned("tiers=2", scenario="dublin-2011", strike="as-written").families[0].setup
    assert len(dublin.tiers) == 2
    assert planned("tiers=2", scenario="explainer-4-paths").points[0].opened.script is None


def test_other_seeds() -> None:
    plan = planned("seed=0..2", seeds=3)
    assert [list(family.seeds) for family in plan.families] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_other_faults() -> None:
    plan = planned("fault=lightning,host")
    assert [family.blow.fault for family in plan.families if family.blow] == ["lightning", "host"]
    assert plan.said == ("In each run firewall.primary is struck at an instant of its own.",)


# --- mistakes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vary", "line"),
    [
        ("sync.intervall=1s,2s",
         "--vary tier.sync.intervall=1s: the key `intervall` is unknown here; did you mean `interval`?"),
        ("sync.interval=5", "--vary tier.sync.interval=5: tiers.firewall.sync.interval: `5` has no unit; "
                            "say 5s or 5ms"),
        ("tiers.fire.sync.interval=1s",
         "--vary tiers.fire.sync.interval=1s: there is no tier `fire`; did you mean `firewall`?"),
        ("sync.policy=sometimes",
         "--vary tier.sync.policy=sometimes: tiers.firewall.sync.policy: `sometimes` is no policy; "
         "the policies are: none, snapshot, periodic, streaming, semi-sync, synchronous"),
        ("tiers=9", "--vary tiers=9: `9` is no whole number from 1 to 8; say 1"),
        ("seed=-1", "--vary seed=-1: `-1` is no whole number from 0 to 1152921504606846976; say 0"),
        ("fault=bolt", "--vary fault=bolt: `bolt` is no fault of a unit; the faults are: lightning, host, "
                       "process, daemon, slow, isolate, stop, switchover, failback"),
        ("sync.interval=20h", "--vary tier.sync.interval=20h: a strike at a random instant needs a run of "
                              "144003s, longer than 24h; say --strike as-written, or an instant"),
        ("duration=12s", "--vary duration=12s: the run is too short for a fair strike at a random instant; "
                         "say 15s or more, or --strike as-written"),
    ],
)  # fmt: skip
def test_a_point_that_is_no_scenario(vary: str, line: str) -> None:
    scenario = opened(PAIR.replace("3s}", "6s}")) if vary == "duration=12s" else None
    assert lines(vary, scenario=scenario) == [line]


def test_three_lines_and_how_many_more() -> None:
    found = lines("heartbeat.misses=61..70")
    assert found[0] == (
        "--vary tier.heartbeat.misses=61: tiers.firewall.heartbeat.misses: `61` is out of range; say 1 to 60"
    )
    assert found[3:] == ["7 more of the same kind; repair these first"]
    assert lines("heartbeat.misses=61..900")[3:] == ["more than 97 more of the same kind; repair these first"]


def test_one_line_for_all_points_of_a_wrong_value() -> None:
    found = lines("heartbeat.misses=3,61", "sync.interval=1s..9s:9")
    assert len(found) == 1
    assert found[0].startswith("--vary tier.heartbeat.misses=61: ")


def test_a_contradiction_of_the_file_names_both() -> None:
    (line,) = lines(
        "sync.pickup_delay=1s", scenario=opened(PAIR.replace("{interval: 3s}", "{policy: synchronous}"))
    )
    assert line.startswith(
        "--vary tier.sync.pickup_delay=1s: tiers.firewall.sync.pickup_delay: only asynchronous"
    )


@pytest.mark.parametrize(
    ("vary", "seeds", "line"),
    [
        (("seed=1", "tiers=1", "path=cross"), 1, "--vary: 3 parameters at once; say 2 at most"),
        (("seed=1", "seed=2"), 1, "--vary seed: the same parameter twice; say it once, with all its values"),
        ((), 0, "--seeds: no seed, or one twice; say how many runs a point, like 200"),
        (("heartbeat.misses=1..60", "sync.interval=1s..9s:200"), 1,
         "--vary: 12,000 points, the limit is 10,000; say fewer values"),
        (("heartbeat.misses=1..60",), 40_000,
         "60 points with 40,000 seeds are 2,400,000 runs, the limit is 2,000,000; say fewer values, or fewer "
         "--seeds"),
    ],
)  # fmt: skip
def test_too_much(vary: tuple[str, ...], seeds: int, line: str) -> None:
    assert lines(*vary, seeds=seeds) == [line]


def test_a_strike_after_the_end() -> None:
    assert lines("duration=15s,30s", strike=20 * S) == [
        "--vary duration=15s: the strike at 20s comes after the end; "
        "strike sooner, or let the scenario last longer"
    ]


def test_a_fault_where_nothing_strikes() -> None:
    quiet = opened(PAIR[: PAIR.index("events:")])
    assert lines("fault=host", scenario=quiet) == [
        "--vary fault=host: nothing strikes a unit here; write an event that strikes one, "
        "or say --strike with an instant"
    ]


def test_overrides_in_force_stay() -> None:
    one = opened(PAIR, "traffic.rate=7/s")
    plan = plan_of(one, [axis_of("sync.interval=1s,2s")], seeds=[1])
    assert {family.setup.traffic.session_rate.per_s for family in plan.families} == {7.0}  # type: ignore[union-attr]
    assert sets(plan)[0] == ("tiers.firewall.sync.interval=1s",)
