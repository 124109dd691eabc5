"""The sound of a film: each sound at its sample, exactly as long as the pictures, the same every time."""

from __future__ import annotations

import hashlib
import itertools

import numpy as np
import pytest

from visualizer.canvas.sound import RATE_HZ, Samples, render
from visualizer.film.sound import Heard, begins, samples_in, track
from visualizer.film.sound_level import FADE, KNEE, limited
from visualizer.scenario import load
from visualizer.sim.event import Event, HeartbeatReceived, Takeover, UnitStruck
from visualizer.story.tempo import Kind, Stretch, Tempo, plain
from visualizer.timeline import Run

S = 1_000_000


def bolt(at_us: int) -> UnitStruck:
    return UnitStruck(at_us, "lightning", 0, 0)


def tempo_of(*parts: tuple[Kind, int, int, int]) -> Tempo:
    """(kind, film time it lasts, run time it begins, speed) one after the other."""
    stretches, film_us = [], 0
    for kind, length_us, at_us, speed in parts:
        stretches.append(Stretch(kind, film_us, length_us, at_us, speed, None))
        film_us += length_us
    return Tempo(tuple(stretches), film_us)


def whole(events: list[Event], tempo: Tempo, fps: int = 25, **more: int) -> Samples:
    return np.concatenate(list(track([Heard(events, tempo)], tempo.frames(fps), fps, **more)))


def heard(events: list[Event], tempo: Tempo) -> list[tuple[int, str]]:
    return list(begins(Heard(events, tempo)))


def test_a_sound_begins_at_its_sample_and_is_that_of_the_window():
    sound = whole([bolt(1_500_000)], plain(0, 6 * S, 1000))
    start = 1_500_000 * RATE_HZ // S
    thunder = render("thunder")
    assert not sound[:start].any()
    assert np.array_equal(sound[start : start + len(thunder)], thunder)
    assert not sound[start + len(thunder) :].any()


@pytest.mark.parametrize(("speed", "at_us"), [(1000, 2 * S), (200, 10 * S), (4000, S // 2), (3000, 666_667)])
def test_the_instant_follows_the_speed(speed: int, at_us: int):
    assert heard([bolt(2 * S)], plain(0, 6 * S, speed)) == [(at_us, "thunder")]


def test_a_strike_thunders_before_the_hold_in_which_one_sees_it():
    tempo = tempo_of(("play", S, 0, 1000), ("hold", 3 * S, S, 0), ("play", S, S, 1000))
    assert heard([bolt(S), Takeover(S + 1, 0, 1, 0)], tempo) == [(S, "thunder"), (4 * S + 1, "takeover")]
    assert tempo.at(S).at_us == S
    assert tempo.at(S - 1).at_us < S


def test_slow_motion_after_a_strike_does_not_bring_its_thunder_later():
    tempo = tempo_of(("play", S, 0, 1000), ("question", S, S, 0), ("play", 5 * S, S, 200))
    assert heard([bolt(S), Takeover(S + S // 2, 0, 1, 0)], tempo) == [(S, "thunder"), (4_500_000, "takeover")]


@pytest.mark.parametrize(
    ("at_us", "film_us"), [(5 * S - 1, None), (5 * S, 0), (6 * S, S), (7 * S - 1, 2 * S - 1), (7 * S, None)]
)
def test_only_what_the_film_shows_is_heard(at_us: int, film_us: int | None):
    expected = [] if film_us is None else [(film_us, "thunder")]
    assert heard([bolt(at_us)], plain(5 * S, 7 * S, 1000)) == expected


def test_what_happens_where_the_film_stands_at_its_end_is_heard():
    tempo = tempo_of(("play", S, 0, 1000), ("hold", S, S, 0))
    assert heard([bolt(S), bolt(S + 1)], tempo) == [(S, "thunder")]


def test_hearts_are_silent_in_a_fast_stretch_and_thunder_is_not():
    tempo = tempo_of(("play", 2 * S, 0, 1000), ("play", 2 * S, 2 * S, 5000))
    events = sorted(
        [bolt(7 * S), *(HeartbeatReceived(second * S, 0, 1) for second in range(1, 12))],
        key=lambda event: event.at_us,
    )
    names = [name for _, name in heard(events, tempo)]
    assert names == ["heartbeat", "heartbeat", "thunder"]


@pytest.mark.parametrize("fps", [24, 25, 30, 50, 60, 29, 7])
@pytest.mark.parametrize("length_us", [1, 999_999, 1_234_567])
def test_it_is_as_long_as_the_pictures(fps: int, length_us: int):
    tempo = plain(0, length_us, 1000)
    frames = tempo.frames(fps)
    sound = whole([], tempo, fps)
    assert len(sound) == samples_in(frames, fps)
    assert 0 <= frames * RATE_HZ - len(sound) * fps < fps
    assert sound.dtype == np.int16
    assert sound.shape[1] == 2


@pytest.fixture(scope="module")
def article() -> Run:
    run = Run(load("article").setup)
    run.finish()
    return run


def test_blocks_of_any_length_make_the_same_sound(article: Run):
    tempo = plain(8 * S, 20 * S, 1500)
    digests = {
        hashlib.sha256(whole(article.events, tempo, block=block).tobytes()).hexdigest()
        for block in (4800, 4800, 1024, 333_333)
    }
    assert len(digests) == 1


def test_the_article_is_heard_as_it_is_shown(article: Run):
    tempo = plain(9_500_000, 16 * S, 1000)
    found = heard(article.events, tempo)
    for name, kind in (("thunder", UnitStruck), ("takeover", Takeover)):
        first_us = next(event.at_us for event in article.events if isinstance(event, kind))
        assert (first_us - 9_500_000, name) in found
    sound = whole(article.events, tempo).astype(np.float64) / 32767
    strike = next(film_us for film_us, name in found if name == "thunder") * RATE_HZ // S
    loudness = np.sqrt(np.square(sound).mean(axis=1))
    assert loudness[strike : strike + RATE_HZ // 2].max() > 4 * loudness[: strike - 1].max()
    assert np.abs(sound).max() < KNEE


def test_the_next_reel_is_heard_where_it_begins_and_the_last_rings_on():
    tempo = plain(0, S, 1000)
    reels = [Heard([bolt(S // 2)], tempo), Heard([bolt(S // 4), Takeover(S - 1, 0, 1, 0)], tempo, S)]
    sound = np.concatenate(list(track(reels, 50, 25))).astype(np.int64)
    first, second = RATE_HZ // 2, RATE_HZ + RATE_HZ // 4
    alone = np.zeros_like(sound)
    for start in (first, second):
        thunder = render("thunder")[: len(alone) - start]
        alone[start : start + len(thunder)] += thunder
    until = 2 * RATE_HZ - FADE
    assert np.abs(sound[:until] - alone[:until]).max() <= 1
    assert len(sound) == 2 * RATE_HZ


def test_a_sound_that_still_rings_at_the_end_does_not_click():
    sound = whole([bolt(S // 2)], plain(0, S, 1000)).astype(np.int64)
    thunder = render("thunder").astype(np.int64)
    assert np.abs(thunder[RATE_HZ // 2 - 1]).max() > 500
    assert not sound[-1].any()
    assert np.abs(np.diff(sound[-FADE:], axis=0)).max() < 2000
    assert np.abs(sound[-FADE // 20 :]).max() < 100


def test_nothing_clips_however_much_sounds():
    starts = [RATE_HZ + 480 * number for number in range(20)]
    reels = [Heard([bolt(start * S // RATE_HZ)], plain(0, 4 * S, 1000)) for start in starts]
    sound = np.concatenate(list(track(reels, 100, 25))).astype(np.int64)
    added = np.zeros_like(sound)
    for start in starts:
        thunder = render("thunder")[: len(added) - start]
        added[start : start + len(thunder)] += thunder
    assert np.abs(added).max() > 1.2 * 32767
    assert KNEE * 32767 < np.abs(sound).max() < 32767
    loud = np.abs(added) > 1000
    assert (np.sign(sound) == np.sign(added))[:-FADE][loud[:-FADE]].all()
    order = np.argsort(added[:-FADE, 0])
    assert (np.diff(sound[order, 0]) >= -1).all()  # louder stays louder


def test_the_limit_bends_softly_and_leaves_what_is_quiet():
    wave = np.linspace(-20, 20, 40_001)[:, None].repeat(2, axis=1)
    bent = limited(wave)
    quiet = np.abs(wave) <= KNEE
    assert np.array_equal(bent[quiet], wave[quiet])
    assert np.abs(bent).max() < 1
    assert (np.diff(bent, axis=0) > 0).all()
    assert np.diff(bent, axis=0).max() <= 0.00100001


def test_a_film_of_hours_is_made_piece_by_piece():
    sound = track([Heard([bolt(S)], plain(0, 36_000 * S, 1000))], 36_000 * 30, 30)
    blocks = list(itertools.islice(sound, 30))
    assert {len(block) for block in blocks} == {4800}
    assert not any(block.any() for block in blocks[:10])
    assert blocks[10].any()
