"""What is painted through the camera: at rest like all else, on its way stretched, soft at its edges."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scene.picture import LIGHTNING, tiers

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, to_array
from visualizer.canvas.theme import load_theme
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Disc, Primitive, Rectangle, Scene, Text, Zoomed
from visualizer.scene.told import Camera, Told
from visualizer.scene.view import view
from visualizer.sim.command import UnitTarget
from visualizer.timeline.run import Run

SIZE = (640, 360)
THEME = load_theme("night")
ROOM = Box(100, 50, 400, 240)
UNIT = UnitTarget(0, 0)


def painted(item: Primitive, painter: Painter | None = None, size: tuple[int, int] = SIZE) -> np.ndarray:
    surface = offscreen(size)
    (painter or Painter(THEME, size)).paint(Scene(640, 360, (), (item,)), surface)
    return to_array(surface).astype(int)


def changed(item: Primitive) -> np.ndarray:
    return np.abs(painted(item) - painted(Rectangle(0, 0, 0, 0))).sum(axis=2)


def test_it_is_drawn_larger_at_its_place_and_as_crisp_as_anything() -> None:
    items = (Rectangle(10, 10, 40, 30, "card", "active", 2, 6), Text(15, 30, "Unit", 12))
    larger = (Rectangle(130, 80, 80, 60, "card", "active", 4, 12), Text(140, 120, "Unit", 24))
    once = Scene(640, 360, larger, ())
    surface = offscreen(SIZE)
    Painter(THEME, SIZE).paint(once, surface)
    np.testing.assert_array_equal(painted(Zoomed(ROOM, items, 2, 110, 60)), to_array(surface))


def test_nothing_is_painted_outside_and_the_clip_is_taken_back() -> None:
    huge = Rectangle(-500, -500, 2000, 2000, "active")
    found = changed(Zoomed(ROOM, (huge,), 1, 0, 0))
    assert found[50:290, 100:500].min() > 30
    found[50:290, 100:500] = 0
    assert found.max() == 0
    surface, painter = offscreen(SIZE), Painter(THEME, SIZE)
    painter.paint(Scene(640, 360, (), (Zoomed(ROOM, (huge,), 1, 0, 0), Disc(20, 20, 9, "knob"))), surface)
    assert to_array(surface)[20, 20].tolist() == list(THEME.colours["knob"][:3])


def test_it_runs_out_at_its_edges_to_what_was_there() -> None:
    row = changed(Zoomed(ROOM, (Rectangle(-500, -500, 2000, 2000, "active"),), 1, 0, 0, 30))[170]
    assert row[100] < 0.02 * row[300]
    assert (np.diff(row[100:131]) >= -1).all()
    assert row[131:469].min() > 0.95 * row[300]
    np.testing.assert_allclose(row[100:130], row[470:500][::-1], atol=3)


def test_a_room_that_is_smaller_than_its_soft_edges_is_no_error() -> None:
    for box in (Box(10, 10, 3, 3), Box(10, 10, 0, 0), Box(-50, -50, 20, 20), Box(630, 350, 100, 100)):
        painted(Zoomed(box, (Rectangle(0, 0, 600, 300, "card"),), 2, 0, 0, 28))
        painted(Zoomed(box, (Rectangle(0, 0, 600, 300, "card"),), 2, 0, 0, 28, 2))


@cache
def run() -> tuple[Run, FrameSource]:
    found = Run(tiers(3, LIGHTNING))
    return found, FrameSource(found)


def told(at_s: float, camera: Camera) -> Scene:
    played, source = run()
    played.seek(round(at_s * 1_000_000))
    return view(source.frame(), Look(*SIZE, playing=True, hands_on=False, told=Told("Look.", camera=camera)))


def frame(scene: Scene, painter: Painter | None = None) -> np.ndarray:
    surface = offscreen(SIZE)
    (painter or Painter(THEME, SIZE)).paint(scene, surface)
    return to_array(surface).astype(int)


def test_a_camera_that_is_about_to_arrive_shows_what_it_will_show() -> None:
    for zoom, start in ((180, 100), (100, 180)):
        spot, from_spot = (UNIT, None) if zoom > start else (None, UNIT)
        there = frame(told(11.3, Camera(spot, zoom)))
        nearly = frame(told(11.3, Camera(spot, zoom, from_spot, start, 0.9999)))
        assert np.abs(there - nearly).mean() < 2.5
        far = frame(told(11.3, Camera(spot, zoom, from_spot, start, 0.5)))
        assert np.abs(there - far).mean() > 4


@pytest.mark.parametrize("share", [0.001, 0.3, 0.7, 1.0])
def test_the_same_picture_whatever_was_painted_before(share: float) -> None:
    scene = told(11.3, Camera(UNIT, 180, None, 100, share))
    warm = Painter(THEME, SIZE)
    for other in (0.1, 0.5, 0.99, 1.0):
        frame(told(11.1, Camera(UNIT, 180, None, 100, other)), warm)
    np.testing.assert_array_equal(frame(scene, warm), frame(scene))


def test_where_the_camera_moves_the_ground_stays_as_it_is() -> None:
    scene = told(5, Camera(UNIT, 180, None, 100, 0.4))
    empty = replace(scene, still=tuple(i for i in scene.still if not isinstance(i, Zoomed)), moving=())
    [zoomed] = [item for item in scene.moving if isinstance(item, Zoomed)]
    bare = frame(replace(empty, moving=(replace(zoomed, items=()),)))
    assert np.abs(bare - frame(empty)).max() <= 4


def test_a_camera_at_rest_keeps_the_still_layer_and_a_moving_one_too() -> None:
    painter = Painter(THEME, SIZE)
    for cameras in (
        [Camera(UNIT, 180)] * 12,
        [Camera(UNIT, 180, None, 100, step / 12) for step in range(1, 12)],
    ):
        before = painter.still_painted
        for number, camera in enumerate(cameras):
            frame(told(5 + number / 30, camera), painter)
        assert (
            painter.still_painted - before <= 2
        )  # a thing may change once, say whether a request is under way
