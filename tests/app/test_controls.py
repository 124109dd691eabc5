"""The acts without a window: pure logic on a real run of a shipped scenario."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from visualizer.app.controls import Controls
from visualizer.app.moments import LOOK_AHEAD_US, act_us, next_us, previous_us
from visualizer.app.playback import CAP_NS, Playback
from visualizer.app.pointing import seconds_text
from visualizer.opening import Opened, open_scenario
from visualizer.scenario import load
from visualizer.scene.look import SPEEDS
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import Setup
from visualizer.sim.state import Role
from visualizer.timeline.run import Run

FRAME_NS = 16_666_667
S = 1_000_000
PRIMARY, SECONDARY = UnitTarget(0, 0), UnitTarget(0, 1)


def article(**changes: object) -> Setup:
    return replace(load("article").setup, **changes)


def quiet() -> Setup:
    return article(commands=())


def controls_at(at_us: int, setup: Setup | None = None) -> Controls:
    controls = Controls(Run(setup or quiet()))
    controls.seek(at_us)
    return controls


def roles(controls: Controls) -> tuple[Role, ...]:
    return tuple(unit.role for unit in controls.run.state.tiers[0].units)


def play_through(controls: Controls, frame_ns: int = FRAME_NS) -> None:
    controls.play()
    while controls.playing:
        controls.elapse(frame_ns)


@pytest.mark.parametrize("name", ["controls", "player", "playback", "moments", "pointing"])
def test_the_logic_knows_no_pygame(name: str):
    source = Path(sys.modules[f"visualizer.app.{name}"].__file__).read_text(encoding="utf-8")
    assert "pygame" not in source


@pytest.mark.parametrize("speed", SPEEDS)
def test_playback_is_exact_however_time_is_cut(speed: float):
    one, other = Playback(), Playback()
    even = sum(one.elapse(10_000_000, speed) for _ in range(300))
    uneven = [1, 99_999_999, 7, 33_333_333, 16_666_660]
    cut = sum(other.elapse(ns, speed) for ns in uneven * 20)
    assert even == round(3 * S * speed)
    assert cut == round(3 * S * speed)


def test_a_gap_of_a_minute_moves_on_by_one_capped_step():
    playback = Playback()
    assert playback.elapse(60 * 10**9, 1.0) == CAP_NS // 1000 == 100_000
    assert playback.elapse(-5 * 10**9, 1.0) == 0


@pytest.mark.parametrize("speed", [0.25, 1.0, 64.0])
@pytest.mark.parametrize("frame_ns", [1_000_000_000 // 144, 1_000_000_000 // 30])
def test_speed_and_frame_rate_do_not_change_the_run(speed: float, frame_ns: int):
    straight = Run(article())
    controls = Controls(Run(article()))
    controls.speed = speed
    play_through(controls, frame_ns)
    assert controls.run.now_us == 20 * S
    assert controls.run.trace_sha256() == straight.trace_sha256()


def test_play_stops_at_the_end_and_then_starts_again():
    controls = controls_at(20 * S - 1)
    play_through(controls)
    assert controls.run.now_us == 20 * S
    assert "end of the run" in controls.notice
    controls.do("play")
    assert controls.playing
    assert controls.run.now_us == 0


def test_clicking_breaks_what_works_and_mends_what_is_broken():
    controls = controls_at(11 * S)
    controls.press("unit:0:0")
    assert controls.run.acts == (Strike(11 * S, "lightning", PRIMARY),)
    assert roles(controls)[0] is Role.DOWN
    assert controls.notice == (
        "Firewall primary is struck by lightning at 11.00 s. Press Space to see what follows."
    )
    controls.press("unit:0:0")
    assert controls.run.acts[-1] == Strike(11 * S, "repair", PRIMARY)
    controls.press("link:0:0")
    assert not controls.run.state.links[0][0].up
    controls.press("link:0:0")
    assert controls.run.state.links[0][0].up
    assert [act.fault for act in controls.run.acts] == ["lightning", "repair", "cut", "heal"]


def test_strike_takes_the_pointed_unit_else_the_active_one():
    controls = controls_at(11 * S)
    controls.point("unit:0:1")
    controls.do("fault:s")
    assert controls.run.acts[-1].target == SECONDARY
    controls.point(None)
    controls.do("fault:h")
    assert controls.run.acts[-1] == Strike(11 * S, "host", PRIMARY)
    controls.do("fault:s")
    assert len(controls.run.acts) == 2
    assert controls.notice == "There is nothing to do that to."


def test_an_act_without_effect_is_refused_in_words():
    controls = controls_at(11 * S)
    controls.do("fault:r")
    assert controls.notice == "Nothing is broken."
    controls.point("unit:0:1")
    controls.do("fault:r")
    assert controls.notice == "Repair: nothing to do, Firewall secondary is standby."
    controls.do("fault:s")
    controls.do("fault:s")
    assert controls.notice == "Lightning: nothing to do, Firewall secondary is down. R: repair."
    assert len(controls.run.acts) == 1
    controls.do("undo")
    controls.do("undo")
    assert controls.notice == "There is nothing to undo."
    controls.do("redo")
    controls.do("redo")
    assert controls.notice == "There is nothing to redo."
    controls.do("save")
    assert controls.notice == "Saving is not possible here."


def test_undo_and_redo_move_between_histories():
    controls = controls_at(11 * S)
    controls.press("unit:0:0")
    struck = controls.run.trace_sha256()
    controls.do("undo")
    assert controls.run.acts == ()
    assert roles(controls) == (Role.ACTIVE, Role.STANDBY)
    controls.do("redo")
    assert controls.run.trace_sha256() == struck


def test_acting_in_the_past_says_that_the_future_is_dropped():
    controls = controls_at(15 * S)
    controls.press("unit:0:1")
    controls.do("start")
    controls.seek(5 * S)
    controls.press("unit:0:0")
    assert "U brings it back" in controls.notice
    assert [act.at_us for act in controls.run.acts] == [5 * S]
    controls.do("undo")
    assert [act.at_us for act in controls.run.acts] == [15 * S]


def test_reset_returns_to_the_scenario_and_can_be_undone():
    controls = controls_at(5 * S, article())
    controls.press("unit:0:1")
    controls.do("reset")
    assert controls.run.acts == ()
    assert controls.run.now_us == 0
    assert controls.run.trace_sha256() == Run(article()).trace_sha256()
    controls.do("undo")
    assert [act.at_us for act in controls.run.acts] == [5 * S]


def test_steps_land_on_ticks_and_seconds():
    controls = controls_at(5 * S + 1_234)
    controls.do("forward")
    assert controls.run.now_us == 5_010_000
    controls.seek(5 * S + 1_234)
    controls.do("back")
    assert controls.run.now_us == 5_000_000
    controls.do("back")
    assert controls.run.now_us == 4_990_000
    controls.do("back_second")
    assert controls.run.now_us == 3_990_000
    controls.do("start")
    controls.do("back")
    assert controls.run.now_us == 0
    controls.do("end")
    controls.do("forward")
    assert controls.run.now_us == 20 * S


def test_next_stops_at_syncs_first_then_at_what_matters():
    controls = controls_at(0, article())
    stops = []
    for _ in range(6):
        controls.do("next")
        stops.append(controls.run.now_us // S)
    assert stops == [3, 6, 9, 11, 13, 13]
    assert "Nothing that matters" in controls.notice
    assert not controls.playing
    back = []
    for _ in range(5):
        controls.do("previous")
        back.append(controls.run.now_us // S)
    assert back == [11, 9, 6, 3, 0]


def test_next_leaves_the_playhead_when_nothing_comes():
    controls = controls_at(14 * S, article())
    controls.do("next")
    assert controls.run.now_us == 14 * S


def test_next_looks_ahead_only_so_far():
    setup = article(duration_us=4 * LOOK_AHEAD_US, commands=(Strike(3 * LOOK_AHEAD_US, "host", PRIMARY),))
    run = Run(setup)
    run.act(Strike(1, "host", SECONDARY))
    assert next_us(run) is None
    assert run.played_us <= LOOK_AHEAD_US + 1


def test_an_act_while_playing_starts_its_tick():
    run = Run(quiet())
    run.seek(9_504_321)
    assert act_us(run, on_tick=True) == 9_500_000
    assert act_us(run, on_tick=False) == 9_504_321


def test_an_act_never_comes_before_what_was_seen():
    run = Run(quiet())
    run.seek(9_000_500)  # the sync and heartbeat of 9 s have left
    assert act_us(run, on_tick=True) == 9_000_500
    run.act(Strike(9_503_000, "host", SECONDARY))
    run.seek(9_504_000)
    assert act_us(run, on_tick=True) == 9_504_000


def test_a_unit_struck_at_the_instant_of_its_takeover_was_active():
    controls = controls_at(13 * S, article())
    assert roles(controls) == (Role.DOWN, Role.ACTIVE)
    controls.press("unit:0:1")
    assert controls.run.acts[0].at_us == 13 * S + 1
    assert controls.run.state.failovers[0].takeover_us == 13 * S
    assert roles(controls) == (Role.DOWN, Role.DOWN)


def test_an_act_at_the_very_end_stays_within_the_run():
    controls = controls_at(20 * S)
    controls.press("unit:0:0")
    assert controls.run.acts[0].at_us == 20 * S


def test_previous_at_the_start_stays_there():
    assert previous_us(Run(article())) == 0


def test_speed_stops_at_both_ends():
    controls = controls_at(0)
    for _ in range(30):
        controls.do("faster")
    assert controls.speed == SPEEDS[-1]
    for _ in range(30):
        controls.do("slower")
    assert controls.speed == SPEEDS[0]


def test_focus_walks_through_the_targets_and_enter_acts():
    controls = controls_at(11 * S)
    controls.do("enter")
    assert "Tab" in controls.notice
    controls.do("focus_next")
    assert controls.focus is None
    controls.targets = ("unit:0:0", "button:faster", "timeline")
    controls.do("focus_next")
    assert controls.focus == "unit:0:0"
    controls.do("focus_previous")
    assert controls.focus == "timeline"
    controls.do("enter")
    assert controls.playing
    controls.do("focus_previous")
    controls.do("enter")
    assert controls.speed == 2.0
    controls.point("unit:0:0")
    assert controls.focus is None
    assert controls.hover == "unit:0:0"


def test_cut_takes_the_pointed_cable_else_the_first():
    controls = controls_at(11 * S)
    controls.do("fault:c")
    assert controls.run.acts[-1] == Strike(11 * S, "cut", LinkTarget(0, 0))
    controls.do("fault:r")
    assert controls.run.acts[-1].fault == "heal"


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ValueError("no scenario")])
def test_a_failed_save_is_a_notice(error: Exception, monkeypatch: pytest.MonkeyPatch):
    def save(document: Opened, run: Run) -> str:
        raise error

    monkeypatch.setattr("visualizer.app.branches.save_played", save)
    controls = Controls(Run(quiet()), open_scenario("article"))
    controls.do("save")
    assert controls.notice.startswith("Not saved: ")
    assert str(error.args[-1]) in controls.notice


def test_escape_closes_the_help_before_it_leaves():
    controls = controls_at(0)
    controls.do("help")
    controls.do("escape")
    assert not controls.help_open
    assert not controls.leaving
    controls.do("escape")
    assert controls.leaving


def test_every_act_can_be_done_at_any_time():
    for at_us in (0, 11 * S, 20 * S):
        for act in sorted(controls_at(at_us, article()).acts):
            controls_at(at_us, article()).do(act)


@pytest.mark.parametrize(
    ("time_us", "text"), [(0, "0.00 s"), (9_200_000, "9.20 s"), (13_000_001, "13.000001 s")]
)
def test_times_are_written_plainly(time_us: int, text: str):
    assert seconds_text(time_us) == text
