"""A browser shows what `film` makes: it plays to the end, in the right size, with the right colours."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pygame
import pytest
from film.browser import seen_in_browser
from film.command import PLAIN, run, scenario
from numpy.typing import NDArray

FPS = 24
SECONDS = 1.5
SIZE_PX = (960, 540)
LOOK = ("--size", "960x540", "--theme", "light")
STRIKE_S = 0.5
GREEN = 1
"""Almost all luma, which a film keeps in full: red and blue of small things run into each other."""
Pixels = NDArray[np.float64]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a scenario, and the picture of one of its instants."""
    folder = tmp_path_factory.mktemp("films")
    scenario(folder)
    shot = run("shot", "mine.yaml", "--at", f"{STRIKE_S}s", "-o", "shot.png", *LOOK, *PLAIN, folder=folder)
    assert shot.code == 0, shot.err
    return folder


def made(folder: Path, name: str, *more: str, fps: int = FPS) -> Path:
    done = run("film", "mine.yaml", "-o", name, *LOOK, *PLAIN, "--fps", str(fps), *more, folder=folder)
    assert done.code == 0, done.err
    return folder / name


def pixels_of(picture: Path | io.BytesIO) -> Pixels:
    return pygame.surfarray.array3d(pygame.image.load(picture, "x.png")).astype(float)


def luma(red: float, blue: float) -> Pixels:
    """The matrix from red, green, blue to luma and two colour differences."""
    green = 1 - red - blue
    return np.array(
        [
            [red, green, blue],
            [-red / 2 / (1 - blue), -green / 2 / (1 - blue), 0.5],
            [0.5, -green / 2 / (1 - red), -blue / 2 / (1 - red)],
        ]
    )


def misread(painted: Pixels) -> dict[str, Pixels]:
    """What a player shows that takes the film for another kind: the common mistakes."""
    bt601 = np.linalg.inv(luma(0.299, 0.114)) @ luma(0.2126, 0.0722)
    return {
        "BT.601 for BT.709": painted @ bt601.T,
        "full range for limited": painted * 219 / 255 + 16,
        "limited range for full": (painted - 16) * 255 / 219,
    }


def vivid(painted: Pixels) -> list[NDArray[np.bool_]]:
    """For each colour far from grey, the places that it surrounds."""
    around = np.lib.stride_tricks.sliding_window_view(painted, (5, 5), axis=(0, 1))
    flat = np.pad((np.ptp(around, axis=(-1, -2)) == 0).all(axis=-1), 2)
    places = flat & (np.ptp(painted, axis=-1) > 60)
    alike = [places & (painted == colour).all(axis=-1) for colour in np.unique(painted[places], axis=0)]
    return [where for where in alike if where.sum() > 20]


def error(seen: Pixels, meant: Pixels) -> float:
    return float(np.sqrt(np.mean((seen - meant.clip(0, 255)) ** 2)))


@pytest.mark.parametrize(
    ("name", "more"),
    [("x.mp4", ()), ("vp9.webm", ()), ("av1.webm", ("--codec", "av1"))],
    ids=lambda given: given,
)
def test_a_film_plays_to_its_end_in_its_colours(folder: Path, name: str, more: tuple[str, ...]):
    seen = seen_in_browser(made(folder, name, *more), at_s=STRIKE_S + 0.5 / FPS)
    assert "error" not in seen, seen["error"]
    assert (seen["width"], seen["height"]) == SIZE_PX
    assert abs(seen["seconds"] - SECONDS) <= 1 / FPS
    assert seen["ended"]
    assert abs(seen["stopped_at"] - SECONDS) <= 1 / FPS
    assert seen["heard_bytes"] > 0
    painted = pixels_of(folder / "shot.png")
    shown = pixels_of(io.BytesIO(seen["frame"]))
    assert error(shown, painted) < 6
    places = vivid(painted)
    assert len(places) >= 2
    meant, seen_as = (np.array([one[where].mean(axis=0) for where in places]) for one in (painted, shown))
    right = error(seen_as[:, GREEN], meant[:, GREEN])
    assert right < 4
    for mistake, other in misread(meant).items():
        assert right < error(seen_as[:, GREEN], other[:, GREEN]) / 2, mistake


@pytest.mark.parametrize("name", ["x.gif", "x.apng", "x.webp"])
def test_a_moving_picture_is_shown_whole_and_for_ever(folder: Path, name: str):
    fps = 20
    seen = seen_in_browser(made(folder, name, fps=fps))
    assert "error" not in seen, seen["error"]
    assert (seen["width"], seen["height"]) == SIZE_PX
    assert 1 < seen["frames"] <= SECONDS * fps
    assert seen["length_us"] == pytest.approx(SECONDS * 1_000_000, abs=1_000_000 / fps)
    assert seen["endless"]
