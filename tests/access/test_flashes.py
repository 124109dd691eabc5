"""No flash: WCAG 2.2, 2.3.1. A flash is a pair of opposed changes of relative luminance by a tenth or more,
where the darker is below 0.8; not more than three in any second, over any quarter of the picture.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, to_array
from visualizer.canvas.theme import load_theme
from visualizer.scenario import load
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.told import told_of
from visualizer.scene.view import view
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S as S
from visualizer.story.chapters import Chapter
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.timeline.run import Run

SIZE = (480, 272)
FPS = 60
LINEAR = np.where(
    np.arange(256) / 255 <= 0.04045,
    np.arange(256) / 255 / 12.92,
    ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4,
)


def quarters(run: Run, from_us: int, seconds: float, theme: str, speed: float = 1.0) -> np.ndarray:
    """Mean relative luminance of each sixteenth-stepped quarter of the picture: shape (frames, 9)."""
    surface, source = offscreen(SIZE), FrameSource(run)
    painter = Painter(load_theme(theme), SIZE)
    found = []
    for number in range(round(seconds * FPS)):
        run.seek(from_us + round(number * S * speed / FPS))
        painter.paint(view(source.frame(), Look(*SIZE, playing=True, speed=speed)), surface)
        light = LINEAR[to_array(surface)] @ (0.2126, 0.7152, 0.0722)
        cells = light.reshape(4, light.shape[0] // 4, 4, -1).mean(axis=(1, 3))
        found.append([cells[y : y + 2, x : x + 2].mean() for y in range(3) for x in range(3)])
    return np.array(found)


def flashes(light: np.ndarray) -> int:
    """The most flashes in any second of one series of luminances."""
    turns, low, high, rising = [], light[0], light[0], None
    for number, value in enumerate(light):
        low, high = min(low, value), max(high, value)
        if rising is not True and value - low >= 0.1 and low < 0.8:
            turns, rising, high = [*turns, number], True, value
        elif rising is not False and high - value >= 0.1 and value < 0.8:
            turns, rising, low = [*turns, number], False, value
        if rising is True:
            low = value if value > high - 0.1 else low
        if rising is False:
            high = value if value < low + 0.1 else high
    return max((sum(start <= turn < start + FPS for turn in turns) // 2 for start in turns), default=0)


def test_flashes_are_counted_when_there_are_some() -> None:
    square = np.tile([0.1] * 6 + [0.5] * 6, 20)
    assert flashes(square) == 5
    assert flashes(np.full(120, 0.3)) == 0
    assert flashes(np.tile([0.1] * 6 + [0.15] * 6, 20)) == 0
    assert flashes(np.linspace(0, 1, 120)) == 0


@pytest.mark.parametrize("theme", ["night", "light", "room"])
@pytest.mark.parametrize("speed", [1.0, 0.25])
def test_a_strike_does_not_flash(theme: str, speed: float) -> None:
    run = Run(load("article").setup)
    light = quarters(run, 11 * S - round(0.1 * S * speed), 1.2, theme, speed)
    assert max(flashes(series) for series in light.T) == 0
    assert np.abs(np.diff(light, axis=0)).max() < 0.05


@pytest.mark.parametrize("theme", ["night", "light", "room"])
def test_what_is_told_does_not_flash(theme: str) -> None:
    """Beats of half a second, each with another ring and another place of the camera, and new chapters."""
    spots = (UnitTarget(0, 0), UnitTarget(0, 1))
    beats = tuple(
        ToldBeat(
            n + 1, n // 2, n * S, "Look.", 0, 1000, spots[n % 2], 200 - 100 * (n % 3 == 2), (spots[n % 2],)
        )
        for n in range(6)
    )
    play = Screenplay(tuple(Chapter(n * S, "The strike", "") for n in range(3)), beats)
    run = Run(load("article").setup)
    run.seek(5 * S)
    frame, painter, surface = FrameSource(run).frame(), Painter(load_theme(theme), SIZE), offscreen(SIZE)
    found = []
    for number in range(0, 180, 2):
        beat, passed = divmod(number, 30)
        look = Look(*SIZE, hands_on=False, told=told_of(play, beat, passed * S // FPS))
        painter.paint(view(frame, look), surface)
        light = LINEAR[to_array(surface)] @ (0.2126, 0.7152, 0.0722)
        found += 2 * [light.reshape(4, SIZE[1] // 4, 4, -1).mean(axis=(1, 3)).ravel()]
    series = np.array(found).T
    assert max(flashes(light) for light in series) <= 3
    assert np.abs(np.diff(series)).max() < 0.2


@pytest.mark.parametrize("theme", ["night", "light"])
def test_many_strikes_in_a_row_do_not_flash(theme: str) -> None:
    strikes = tuple(
        Strike(5 * S + number * S // 10, "lightning", UnitTarget(number % 3, number // 3))
        for number in range(6)
    )
    run = Run(replace(load("cross-connected").setup, commands=strikes))
    light = quarters(run, 5 * S - S // 10, 1.6, theme)
    assert max(flashes(series) for series in light.T) <= 3
    assert np.abs(np.diff(light, axis=0)).max() < 0.1
