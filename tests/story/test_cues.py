"""What is heard of what happens: few sounds, never a rattle, the same for window and film."""

from __future__ import annotations

import pytest

from visualizer.sim.event import HeartbeatReceived, LossCause, StateLost, Takeover, UnitStruck
from visualizer.story.cues import APART_US, Ear

BEAT = HeartbeatReceived(0, 0, 1)
BOLT = UnitStruck(0, "lightning", 0, 0)
LOST = StateLost(0, 0, next(iter(LossCause)), 3, 0, 0, None, "")
OVER = Takeover(0, 0, 1, 0)


def test_a_sound_begins_again_only_after_a_while():
    ear = Ear()
    heard = [ear.hears(BEAT, at_us, 1000) for at_us in (0, APART_US - 1, APART_US, 2 * APART_US - 1)]
    assert heard == ["heartbeat", None, "heartbeat", None]
    assert ear.hears(BOLT, 2 * APART_US - 1, 1000) == "thunder"


def test_no_more_than_three_begin_at_once_and_the_first_go_before():
    ear = Ear()
    heard = [ear.hears(event, 1000 * number, 1000) for number, event in enumerate((BOLT, LOST, BEAT, OVER))]
    assert heard == ["thunder", "loss", "heartbeat", None]
    assert ear.hears(OVER, APART_US, 1000) == "takeover"


@pytest.mark.parametrize(("speed", "heard"), [(1, "heartbeat"), (4000, "heartbeat"), (4001, None)])
def test_hearts_are_silent_at_high_speed(speed: int, heard: str | None):
    assert Ear().hears(BEAT, 0, speed) == heard


def test_what_matters_is_heard_at_any_speed():
    ear = Ear()
    assert [ear.hears(event, 0, 1_000_000) for event in (BOLT, LOST, OVER)] == ["thunder", "loss", "takeover"]


def test_what_is_not_heard_takes_no_place():
    ear = Ear()
    assert ear.hears(BEAT, 0, 8000) is None
    assert ear.hears(StateLost(0, 0, LOST.cause, 0, 0, 0, None, ""), 0, 1000) is None
    assert ear.hears(LOST, 0, 1000) == "loss"
    assert ear.hears(BEAT, 0, 1000) == "heartbeat"
