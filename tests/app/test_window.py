"""The real window on a private display, worked by mouse and keys."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from app.hand import Hand
from programs import program

from visualizer.app.window import Window, play
from visualizer.ledger.summary import summarise
from visualizer.opening import open_scenario
from visualizer.scenario import load
from visualizer.scene.frame import FrameSource
from visualizer.scene.primitives import Text
from visualizer.scene.twin import view_of
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.state import Role
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
SIZES = [(960, 540), (1280, 720), (1440, 810), (1920, 1080)]


def lost(run: Run) -> int:
    twin = run.state.copy()
    return summarise(twin)["state_loss"]["sessions"]


def quiet_run() -> Run:
    return Run(replace(load("article").setup, commands=()))


def roles(hand: Hand) -> tuple[Role, ...]:
    return tuple(unit.role for unit in hand.controls.run.state.tiers[0].units)


def test_a_whole_evening_at_the_window(open_hand: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    hand = open_hand()
    run = hand.controls.run
    assert (run.now_us, run.acts, hand.controls.playing) == (0, (), False)

    hand.click("timeline", 0.25)  # 5 s: 20 sessions since the sync of 3 s are exposed
    assert abs(run.now_us - 5 * S) <= 40_000
    assert run.now_us % run.setup.tick_us == 0
    hand.click("unit:0:0")
    assert run.acts == (Strike(run.now_us, "lightning", UnitTarget(0, 0)),)
    assert roles(hand) == (Role.DOWN, Role.STANDBY)
    first = lost(run)
    assert 19 <= first <= 20

    hand.play_to(9 * S)
    assert roles(hand) == (Role.DOWN, Role.ACTIVE)
    assert lost(run) == first

    hand.drag("timeline", 0.4, 0.1)  # back into the past, 2 s
    assert abs(run.now_us - 2 * S) <= 40_000
    assert roles(hand) == (Role.ACTIVE, Role.STANDBY)
    assert lost(run) == 0

    hand.click("link:0:0")  # strike elsewhere
    assert [act.fault for act in run.acts] == ["cut"]
    assert not run.state.links[0][0].up
    assert "U brings it back" in hand.controls.notice

    hand.key(pygame.K_z, pygame.KMOD_LCTRL)
    assert [act.fault for act in run.acts] == ["lightning"]
    assert run.state.links[0][0].up

    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    saved = tmp_path / "article-run-1.yaml"
    assert hand.controls.notice == f"Saved as {saved}"
    again = open_scenario(str(saved)).setup
    assert Run(replace(again, name=run.setup.name)).trace_sha256() == run.trace_sha256()

    hand.key(pygame.K_q, pygame.KMOD_LCTRL)
    assert hand.controls.leaving


def _resizes(hand: Hand) -> None:
    for size in [(1200, 700), (1, 1), (600, 900), (960, 540)]:
        hand.resize(size)


def _changes_its_looks(hand: Hand) -> None:
    for scale in (1.25, 2.0):
        hand.controls.settings = replace(hand.controls.settings, text_scale=scale, reduced_motion=True)
        hand.key(pygame.K_t)


def _opens_menu_and_help(hand: Hand) -> None:
    pos = hand.place("unit:0:1")
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=pygame.BUTTON_RIGHT))
    hand.turn(10)
    assert hand.controls.menu is not None
    hand.key(pygame.K_ESCAPE)
    hand.key(pygame.K_F1)
    hand.turn(10)
    hand.key(pygame.K_F1)


def _looks_around(hand: Hand) -> None:
    here_us = hand.controls.run.now_us
    hand.drag("timeline", 0.9, 0.1)
    hand.controls.seek(here_us)
    hand.key(pygame.K_TAB)


def _minimised(hand: Hand) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pygame.display, "get_active", lambda: False)
        hand.turn(600, frame_ns=100_000_000)


WHAT_THE_WINDOW_DOES = [_resizes, _changes_its_looks, _opens_menu_and_help, _looks_around, _minimised]


@pytest.mark.parametrize(("fps", "speed"), [(1, 1.0), (30, 4.0), (60, 16.0), (144, 0.001), (144, 100.0)])
def test_the_run_is_the_same_whatever_the_window_does(open_hand: Open, fps: int, speed: float):
    at_us = 7_500_000
    headless = Run(load("article").setup)
    headless.act(Strike(at_us, "host", UnitTarget(0, 0)))
    frame_ns = 10**9 // fps
    hand = open_hand(size_px=(960, 540))
    hand.controls.seek(at_us)
    hand.key(pygame.K_h)
    hand.controls.speed = speed
    hand.key(pygame.K_SPACE)
    for does in WHAT_THE_WINDOW_DOES:
        hand.turn(5, frame_ns)
        does(hand)
    hand.controls.speed = max(speed, 16.0)
    while hand.controls.playing:
        hand.turn(frame_ns=frame_ns)
    run = hand.controls.run
    assert run.now_us == run.setup.duration_us
    assert run.trace_sha256() == headless.trace_sha256()
    assert run.events == headless.events


def test_a_long_run_is_shown_and_played_before_all_of_it_is_computed(
    open_hand: Open, monkeypatch: pytest.MonkeyPatch
):
    for name in ("_SLICE_S", "_FIRST_SLICE_S"):
        monkeypatch.setattr(f"visualizer.app.picture.{name}", 0.0)  # as on a very slow machine
    hand = open_hand("failback")
    run = hand.controls.run
    assert run.played_us < run.setup.duration_us
    hand.controls.speed = 4.0
    hand.key(pygame.K_SPACE)
    hand.turn(5)
    assert 0 < run.now_us < run.played_us < run.setup.duration_us
    here_us = run.now_us
    hand.key(pygame.K_h)
    strike = run.acts[0]
    assert here_us <= strike.at_us < run.played_us < run.setup.duration_us
    while run.played_us < run.setup.duration_us:
        hand.turn()
    hand.key(pygame.K_SPACE)
    hand.turn(50)
    assert run.trace_sha256() == Run(run.setup, (strike,)).trace_sha256()
    fresh = Run(run.setup, (strike,))
    fresh.seek(run.now_us)
    look = hand.window._look(pygame.display.get_surface().get_size())
    assert hand.window.picture.scene == view_of([FrameSource(fresh).frame()], look)


def test_a_minute_asleep_is_not_made_up_for(open_hand: Open):
    hand = open_hand(size_px=(960, 540))
    hand.key(pygame.K_SPACE)
    hand.turn(10)
    before_us = hand.controls.run.now_us
    hand.turn(frame_ns=60 * 10**9)
    assert 0 < hand.controls.run.now_us - before_us <= 100_000
    assert hand.controls.run.trace_sha256() == Run(load("article").setup).trace_sha256()


@pytest.mark.parametrize("size", SIZES)
def test_the_pointer_hits_what_it_sees_at_every_scale(open_hand: Open, size: tuple[int, int]):
    hand = open_hand(size_px=size)
    hand.click("button:faster")
    assert hand.controls.speed == 2.0
    hand.click("button:slower")
    assert hand.controls.speed == 1.0
    hand.move(hand.place("unit:0:1"))
    assert hand.controls.hover == "unit:0:1"
    for name in hand.window.picture.scene.targets:
        assert hand.window.picture.target_at(hand.place(name)) == name


def test_every_target_of_the_picture_does_something(open_hand: Open):
    hand = open_hand()
    covers = ("button:help", "button:curve", "button:sweep")
    names = [name for name in hand.window.picture.scene.targets if name not in covers]
    assert {"unit:0:0", "unit:0:1", "link:0:0", "timeline", "button:play"} <= set(names)
    for name in names:
        if name not in hand.window.picture.scene.targets:
            continue  # the chapters of what has been done since are others
        before = (
            hand.controls.run.acts,
            hand.controls.playing,
            hand.controls.speed,
            hand.controls.run.now_us,
        )
        hand.click(name)
        after = (hand.controls.run.acts, hand.controls.playing, hand.controls.speed, hand.controls.run.now_us)
        assert after != before or hand.controls.notice, name
        hand.turn()
    hand.click("button:help")
    assert hand.controls.help_open
    hand.click("unit:0:0")
    assert not hand.controls.help_open


def test_the_timeline_says_what_a_bolt_would_cost_where_the_pointer_is(open_hand: Open):
    hand = open_hand()
    hand.move(hand.place("timeline", 0.251))
    said = [text.content for text in hand.window.picture.scene.moving if isinstance(text, Text)]
    assert "5 s: 19 sessions would be lost" in said
    hand.move(hand.place("unit:0:0"))
    said = [text.content for text in hand.window.picture.scene.moving if isinstance(text, Text)]
    assert not any("would be lost" in words for words in said)


def test_the_timeline_scrubs_and_the_wheel_steps(open_hand: Open):
    hand = open_hand()
    hand.drag("timeline", 0.1, 0.75)
    assert abs(hand.controls.run.now_us - 15 * S) <= 40_000
    here_us = hand.controls.run.now_us
    hand.wheel(3)
    assert hand.controls.run.now_us == here_us + 3 * hand.controls.run.setup.tick_us
    hand.move(hand.place("unit:0:0"))
    hand.wheel(-1)
    assert hand.controls.speed == 0.5


def test_time_stands_still_while_scrubbing(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_SPACE)
    pos = hand.place("timeline", 0.5)
    hand.button(True, pos)
    here_us = hand.controls.run.now_us
    hand.turn(10)
    assert hand.controls.run.now_us == here_us
    hand.button(False, pos)
    hand.turn(10)
    assert hand.controls.run.now_us > here_us


def test_tab_and_enter_reach_everything(open_hand: Open):
    hand = open_hand(run=quiet_run())
    seen = []
    for _ in hand.window.picture.scene.targets:
        hand.key(pygame.K_TAB)
        seen.append(hand.controls.focus)
    assert set(seen) == set(hand.window.picture.scene.targets)
    hand.key(pygame.K_TAB, pygame.KMOD_LSHIFT)
    assert hand.controls.focus == seen[-2]
    hand.controls.focus = "unit:0:0"
    hand.key(pygame.K_RETURN)
    assert roles(hand)[0] is Role.DOWN


def test_a_key_held_down_strikes_once_but_steps_on(open_hand: Open):
    hand = open_hand(run=quiet_run())
    for key in (pygame.K_SPACE, pygame.K_SPACE, pygame.K_SPACE):
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key, mod=0, unicode=" "))
    hand.turn()
    assert hand.controls.playing
    hand.controls.playing = False
    here_us = hand.controls.run.now_us // 10_000 * 10_000
    for _ in range(5):
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_RIGHT, mod=0, unicode=""))
    hand.turn()
    assert hand.controls.run.now_us == here_us + 50_000


def test_nothing_is_drawn_while_nothing_changes(open_hand: Open, monkeypatch: pytest.MonkeyPatch):
    hand = open_hand()
    hand.turn(3)
    flips = []
    flip = pygame.display.flip
    monkeypatch.setattr(pygame.display, "flip", lambda: (flips.append(1), flip()))
    hand.turn(20)
    assert not flips
    hand.key(pygame.K_RIGHT)
    assert len(flips) == 1
    monkeypatch.setattr(pygame.display, "get_active", lambda: False)  # minimised
    hand.key(pygame.K_RIGHT)
    assert len(flips) == 1
    assert hand.controls.run.now_us == 20_000


def test_a_notice_stays_long_enough_and_then_goes(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_r)
    hand.turn(90, frame_ns=100_000_000)
    assert hand.controls.notice == "Nothing is broken."
    hand.turn(15, frame_ns=100_000_000)
    assert hand.controls.notice is None


def test_tiny_windows_are_quiet(open_hand: Open):
    hand = open_hand()
    for size in [(1, 1), (1, 5), (63, 2000), (64, 64), (200, 100), (2500, 65), (959, 540)]:
        hand.resize(size)
        hand.turn()
        hand.move((0, 0))
        hand.button(True, (0, 0))
        hand.button(False, (0, 0))
    hand.resize((1280, 720))
    assert hand.controls.notice is None
    assert hand.window.picture.scene is not None


def test_themes_and_motion_are_remembered(open_hand: Open, tmp_path: Path):
    file = tmp_path / "other" / "settings.json"
    hand = open_hand(settings_file=file, size_px=(1000, 600))
    hand.key(pygame.K_t)
    hand.key(pygame.K_m, pygame.KMOD_LSHIFT)
    theme = hand.window.picture.theme.name
    assert theme != "night"
    hand.window.close()
    kept = json.loads(file.read_text())
    assert (kept["theme"], kept["size_px"], kept["reduced_motion"]) == (theme, [1000, 600], True)
    again = open_hand(settings_file=file, theme=None)
    assert again.window.picture.theme.name == theme
    assert again.controls.settings.reduced_motion
    assert pygame.display.get_surface().get_size() == (1000, 600)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"theme": 1}', b"[" * 100_000, b"null"]
    + [
        json.dumps({"theme": theme, "size_px": size, "reduced_motion": reduced}).encode()
        for theme, size, reduced in [
            ("nowhere", [960, 540], False),
            ("night", [0, 540], False),
            ("night", [960, 10**9], False),
            ("night", [960], False),
            ("night", [True, 540], False),
            ("night", [960, 540], 1),
            (["night"], [960, 540], False),
        ]
    ],
)
def test_unreadable_settings_are_a_notice(open_hand: Open, tmp_path: Path, content: bytes):
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    hand = open_hand(settings_file=file, theme=None)
    assert "could not be read" in hand.controls.notice
    assert hand.window.picture.theme.name == "night"


def test_fresh_reads_and_writes_no_settings(open_hand: Open, tmp_path: Path):
    file = tmp_path / "settings.json"
    file.write_text("not settings")
    hand = open_hand(settings_file=file, fresh=True)
    assert hand.controls.notice is None
    hand.window.close()
    assert file.read_text() == "not settings"


def test_settings_that_cannot_be_written_do_not_keep_anybody(open_hand: Open, tmp_path: Path):
    (tmp_path / "file").write_text("")
    hand = open_hand(settings_file=tmp_path / "file" / "settings.json")
    hand.window.close()
    assert not pygame.display.get_init()


def test_full_screen_and_back(open_hand: Open):
    hand = open_hand(size_px=(1000, 600))
    hand.key(pygame.K_F11)
    hand.turn(3)
    assert pygame.display.get_surface().get_size() == (2560, 1440)
    hand.key(pygame.K_f)
    hand.turn(3)
    assert pygame.display.get_surface().get_size() == (1000, 600)


def test_the_title_names_the_scenario(open_hand: Open):
    hand = open_hand()
    assert pygame.display.get_caption()[0] == "The miss - failover visualizer"
    hand.window.close()


def test_real_keys_and_clicks_through_the_display(open_hand: Open, display: str):
    """From another program through the X server, when there is one to do it."""
    xdotool = program("xdotool", "xdotool")
    hand = open_hand(run=quiet_run())

    def tool(*words: object) -> str:
        command = [xdotool, *map(str, words)]
        return subprocess.run(command, check=True, timeout=10, capture_output=True, text=True).stdout

    def until(done: Callable[[], bool]) -> bool:
        end_s = time.monotonic() + 10
        while not done() and time.monotonic() < end_s:
            hand.turn(frame_ns=0)
            time.sleep(0.01)
        return done()

    hand.controls.seek(5 * S)
    hand.turn()
    window = pygame.display.get_wm_info()["window"]
    tool("mousemove", "--window", window, *hand.place("unit:0:0"))
    tool("click", 1)
    assert until(lambda: roles(hand)[0] is Role.DOWN)
    tool("key", "ctrl+z")
    assert until(lambda: roles(hand)[0] is Role.ACTIVE)
    tool("key", "Right")
    assert until(lambda: hand.controls.run.now_us == 5_010_000)
    tool("key", "bracketleft")
    assert until(lambda: hand.controls.speed == 0.5)
    tool("key", "question")
    assert until(lambda: hand.controls.help_open)
    tool("key", "Escape")
    assert until(lambda: not hand.controls.help_open)
    tool("windowsize", window, 1111, 666)
    assert until(lambda: pygame.display.get_surface().get_size() == (1111, 666))
    assert until(lambda: hand.window.picture.scene is not None)
    tool("key", "Escape")
    assert until(lambda: hand.controls.leaving)


def test_play_goes_on_until_somebody_leaves(display: str, monkeypatch: pytest.MonkeyPatch):
    frames = []
    show = Window.show

    def counted(window: Window) -> None:
        frames.append(window)
        show(window)
        if len(frames) == 1:
            pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_SPACE, mod=0, unicode=" "))
        if len(frames) == 30:
            pygame.event.post(pygame.Event(pygame.QUIT))

    monkeypatch.setattr(Window, "show", counted)
    run = Run(load("article").setup)
    play(run, fresh=True, size_px=(960, 540))
    assert len(frames) == 31
    assert 100_000 < run.now_us < 5 * S  # about half a second of the wall clock
    assert not pygame.display.get_init()
    frames[0].close()  # a second time does no harm


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
@pytest.mark.parametrize("size", [(960, 540), (1440, 810), (1920, 1080)])
def test_the_pointer_hits_what_it_sees_in_larger_text(open_hand: Open, size: tuple[int, int], scale: float):
    hand = open_hand(size_px=size)
    hand.controls.settings = replace(hand.controls.settings, text_scale=scale)
    hand.turn()
    for name in hand.window.picture.scene.targets:
        assert hand.window.picture.target_at(hand.place(name)) == name
    hand.click("unit:0:0")
    assert roles(hand)[0] is Role.DOWN
