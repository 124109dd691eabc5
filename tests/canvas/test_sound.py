"""The sounds are the same every time, quiet, and begin and end in silence."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from visualizer.canvas.sound import RATE_HZ, SoundError, load_recipe, render, sound_names
from visualizer.files import shipped

NAMES = ("heartbeat", "loss", "takeover", "thunder")
HASHES = "from visualizer.canvas.sound import *; import hashlib; print(*(hashlib.sha256(render(n).tobytes())\
.hexdigest() for n in sound_names()))"


def test_the_four_sounds_are_there() -> None:
    assert tuple(sound_names()) == NAMES


def test_another_process_makes_the_same_samples() -> None:
    made = subprocess.run(
        [sys.executable, "-c", HASHES], check=True, capture_output=True, text=True, timeout=60
    )
    here = [hashlib.sha256(render(name).tobytes()).hexdigest() for name in NAMES]
    assert made.stdout.split()[-4:] == here
    assert len(set(here)) == 4


@pytest.mark.parametrize("name", NAMES)
class TestEverySound:
    def test_is_what_a_mixer_and_a_film_take(self, name: str) -> None:
        samples = render(name)
        assert samples.dtype == np.int16
        assert samples.ndim == 2
        assert samples.shape[1] == 2
        assert 0.1 * RATE_HZ < len(samples) < 5 * RATE_HZ

    def test_is_quiet_but_not_silent(self, name: str) -> None:
        loudest = int(np.abs(render(name).astype(np.int64)).max())
        assert loudest == pytest.approx(load_recipe(name).peak * 32767, abs=1)
        assert 0.05 * 32767 < loudest < 0.4 * 32767

    def test_begins_and_ends_without_a_click(self, name: str) -> None:
        samples = render(name).astype(np.int64)
        assert not samples[0].any()
        assert not samples[-1].any()
        last = samples[-RATE_HZ // 100 :]
        assert np.abs(last).max() < 0.004 * 32767
        assert np.abs(np.diff(samples[:48], axis=0)).max() < 0.05 * 32767

    def test_is_heard_on_both_sides(self, name: str) -> None:
        left, right = np.abs(render(name).astype(np.int64)).sum(axis=0)
        assert 0.5 < left / right < 2

    def test_cannot_be_changed_by_accident(self, name: str) -> None:
        with pytest.raises(ValueError, match="read-only"):
            render(name)[0, 0] = 1


def test_thunder_rumbles_low() -> None:
    samples = render("thunder").astype(np.float64)[:, 0]
    power = np.abs(np.fft.rfft(samples[RATE_HZ:])) ** 2
    pitch = np.fft.rfftfreq(len(samples) - RATE_HZ, 1 / RATE_HZ)
    assert power[pitch < 200].sum() > 0.8 * power.sum()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("peak = 0.13", "", "peak is missing"),
        ("peak = 0.13", "peak = 3", "a peak above 0 and up to 1"),
        ('kind = "tone"', 'kind = "shout"', "a tone or noise"),
        ("attack_s = 0.012", "attack_s = 0", "its times are above 0"),
        ("attack_s = 0.012", 'attack_s = "soon"', "not supported"),
        ("overtones = [0.3]", "pan = 4", "out of range"),
        ("overtones = [0.3]", "colour = 4", "unknown in a layer: colour"),
        ("[[layer]]", "[[layer", "line"),
    ],
)
def test_a_bad_recipe_is_one_clear_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (shipped("assets") / "sounds" / "loss.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(SoundError) as caught:
        render("mine", tmp_path)
    assert "mine.toml" in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_sound_that_is_not_there_is_one_clear_line() -> None:
    with pytest.raises(SoundError, match=r"whisper\.toml"):
        render("whisper")
