"""Sound in the real window: the right ones at the right moments, and no sound device at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pygame
import pytest
from app.hand import FRAME_NS, Hand

from visualizer.app.sound import Sound
from visualizer.canvas.sound import sound_names
from visualizer.opening import open_scenario
from visualizer.scenario import load
from visualizer.script.script import Anchor, Beat, Script, ScriptChapter
from visualizer.sim.event import HeartbeatReceived, StateLost, Takeover, UnitStruck
from visualizer.story.cues import cue
from visualizer.timeline.run import Run

Open = Callable[..., Hand]


class FakeSpeaker:
    """Remembers what it was asked to play; `broken` says that there is no device."""

    def __init__(self) -> None:
        self.played: list[str] = []
        self.broken = False

    def open(self) -> None:
        if self.broken:
            raise pygame.error("the device is gone")

    def play(self, name: str) -> None:
        self.open()
        self.played.append(name)

    def close(self) -> None:
        self.played.append("silence")


@pytest.fixture
def listening(open_hand: Open) -> tuple[Hand, FakeSpeaker]:
    """A window with the sound on."""
    hand, speaker = open_hand(), FakeSpeaker()
    hand.controls.feature(Sound).speaker = speaker
    hand.key(pygame.K_m)
    assert hand.controls.settings.sound
    return hand, speaker


def play(hand: Hand, from_s: float, to_s: float) -> None:
    hand.controls.seek(round(from_s * 1e6))
    hand.turn()
    hand.key(pygame.K_SPACE)
    while hand.controls.run.now_us < to_s * 1e6:
        hand.turn()
    hand.key(pygame.K_SPACE)


def test_every_cue_is_a_sound() -> None:
    run = Run(load("article").setup)
    run.finish()
    kinds = {HeartbeatReceived: "heartbeat", UnitStruck: "thunder", StateLost: "loss", Takeover: "takeover"}
    for event in run.events:
        assert cue(event) == kinds.get(type(event))
    assert set(kinds.values()) == set(sound_names())
    host = UnitStruck(0, "host", 0, 0)
    assert cue(host) is None


def test_a_run_is_heard_as_it_happens(listening: tuple[Hand, FakeSpeaker]):
    hand, speaker = listening
    play(hand, 9.5, 10.5)
    assert speaker.played == ["heartbeat"]
    speaker.played.clear()
    play(hand, 10.6, 11.5)
    assert speaker.played == ["thunder", "loss"]
    speaker.played.clear()
    play(hand, 12.5, 13.5)
    assert speaker.played == ["takeover"]
    assert hand.controls.run.trace_sha256() == Run(load("article").setup).trace_sha256()


def test_jumps_and_scrubbing_are_silent(listening: tuple[Hand, FakeSpeaker]):
    hand, speaker = listening
    hand.drag("timeline", 0.1, 0.7)
    hand.key(pygame.K_n)
    hand.key(0, 0, "<")
    hand.wheel(3)
    hand.key(pygame.K_END)
    hand.turn(3)
    assert speaker.played == []


def test_what_somebody_does_is_heard_at_once_and_undo_is_silent(listening: tuple[Hand, FakeSpeaker]):
    hand, speaker = listening
    hand.controls.seek(5_000_000)
    hand.turn()
    hand.click("unit:0:0")
    assert speaker.played == ["thunder", "loss"]
    hand.key(pygame.K_u)
    assert speaker.played == ["thunder", "loss"]


@pytest.mark.parametrize(("speed", "hearts"), [(4.0, True), (8.0, False)])
def test_faster_than_four_times_life_only_what_matters_is_heard(
    listening: tuple[Hand, FakeSpeaker], speed: float, hearts: bool
):
    hand, speaker = listening
    hand.controls.speed = speed
    play(hand, 9.5, 13.5)
    assert ("heartbeat" in speaker.played) == hearts
    assert {"thunder", "loss", "takeover"} <= set(speaker.played)


def test_a_strike_at_which_a_story_slows_down_is_heard(open_hand: Open):
    story = Script(
        (
            ScriptChapter(
                "One",
                (
                    Beat(Anchor("time", time_us=10_500_000), hold_us=0, speed=4000),
                    Beat(Anchor("time", time_us=11_000_000), say="It strikes.", hold_us=0, speed=100),
                ),
            ),
        )
    )
    document = replace(open_scenario("article"), script=story)
    hand, speaker = open_hand(document=document, run=Run(document.setup)), FakeSpeaker()
    hand.controls.feature(Sound).speaker = speaker
    hand.key(pygame.K_m)
    play(hand, 10.4, 11.01)
    assert hand.controls.speed == 0.1
    assert speaker.played == ["thunder", "loss"]


def test_a_heart_beats_at_most_four_times_a_second(open_hand: Open):
    hand, speaker = open_hand("asa-fastest"), FakeSpeaker()  # a heartbeat every 200 ms
    hand.controls.feature(Sound).speaker = speaker
    hand.key(pygame.K_m)
    hand.controls.speed = 4.0
    hand.key(pygame.K_SPACE)
    hand.turn(round(2e9 / FRAME_NS))
    assert 6 <= speaker.played.count("heartbeat") <= 8


def test_without_asking_nothing_is_heard_and_no_device_is_taken(open_hand: Open):
    hand = open_hand()
    play(hand, 10.5, 11.5)
    assert not pygame.mixer.get_init()


@pytest.fixture
def bogus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "bogus")
    yield
    pygame.mixer.quit()


def test_without_a_device_one_line_says_so(open_hand: Open, bogus: None, capfd: pytest.CaptureFixture[str]):
    hand = open_hand()
    hand.key(pygame.K_m)
    assert hand.controls.notice == "No sound can be played on this machine; the picture goes on without it."
    assert not hand.controls.settings.sound
    play(hand, 10.5, 11.5)
    assert hand.controls.run.now_us > 11_000_000
    assert capfd.readouterr().err == ""


def test_a_remembered_wish_for_sound_without_a_device(open_hand: Open, bogus: None):
    hand = open_hand()
    hand.controls.settings = replace(hand.controls.settings, sound=True)
    hand.controls.seek(9_900_000)
    hand.key(pygame.K_SPACE)
    hand.turn(10)
    assert not hand.controls.settings.sound
    assert "No sound" in hand.controls.notice
    assert hand.controls.playing


def test_a_device_that_goes_away_is_one_line(listening: tuple[Hand, FakeSpeaker]):
    hand, speaker = listening
    speaker.broken = True
    play(hand, 9.9, 11.2)
    assert speaker.played == ["silence"]
    assert not hand.controls.settings.sound
    assert hand.controls.run.now_us >= 11_200_000


def test_sound_plays_on_a_device_and_is_remembered(
    open_hand: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: object
):
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    hand = open_hand()
    hand.key(pygame.K_m)
    assert hand.controls.notice == "Sound is on."
    assert pygame.mixer.get_init() == (48000, -16, 2)
    play(hand, 10.9, 11.1)
    assert pygame.mixer.get_busy()
    hand.window.close()
    assert not pygame.mixer.get_init()
    again = open_hand(document=open_scenario("article"))
    assert again.controls.settings.sound
    again.key(pygame.K_m)
    assert not again.controls.settings.sound
    assert not pygame.mixer.get_init()
