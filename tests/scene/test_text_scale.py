"""Larger text: the same picture in fewer units, as far as there is room; the pointer meets what it sees."""

from __future__ import annotations

from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import STRIKE, box_of, inside, overlap, texts

from visualizer.canvas.view import View
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box

SIZES = ((960, 540), (1280, 720), (1920, 1080), (2560, 1600), (3840, 2160), (1200, 1900))
SCALES = (1.0, 1.25, 1.5, 2.0)


def units(size: tuple[int, int], text_scale: float) -> tuple[float, float]:
    room = layout(Look(*size, text_scale=text_scale), 1)
    return room.width, room.height


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_never_fewer_units_than_the_layout_needs(size: tuple[int, int], text_scale: float) -> None:
    width, height = units(size, text_scale)
    assert width >= 1280 - 1e-6
    assert height >= 720 - 1e-6
    assert width / height == pytest.approx(size[0] / size[1])


def test_everything_grows_by_the_scale_where_there_is_room() -> None:
    assert units((1920, 1080), 1.25) == pytest.approx((1280, 720))
    assert units((1920, 1080), 1.1) == pytest.approx((1600 / 1.1, 900 / 1.1))
    assert units((1600, 3000), 1.25) == pytest.approx((1280, 2400))


def test_it_grows_as_far_as_there_is_room() -> None:
    assert units((1920, 1080), 2.0) == pytest.approx((1280, 720))
    assert units((1280, 720), 2.0) == pytest.approx((1280, 720))
    assert units((960, 540), 2.0) == units((960, 540), 1.0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_the_picture_fills_the_window_and_is_hit_where_it_is_seen(
    size: tuple[int, int], text_scale: float
) -> None:
    scene = scene_at(tiers(3), 5, Look(*size, text_scale=text_scale))
    view = View.of(scene, size)
    assert view.to_pixel(scene.width, scene.height) == pytest.approx(size)
    for box in scene.targets.values():
        left, top, right, bottom = view.box(box.x, box.y, box.width, box.height)
        middle = view.to_logical((left + right) / 2, (top + bottom) / 2)
        assert box.contains(*middle)
        assert 0 <= left < right <= size[0]
        assert 0 <= top < bottom <= size[1]


@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1200, 1900)])
def test_nothing_is_cut_off_when_everything_is_larger(size: tuple[int, int], count: int) -> None:
    look = Look(*size, text_scale=1.25, keys=KEYS, hover="unit:0:0")
    scene = scene_at(tiers(count, STRIKE), 10.2, look)
    window = Box(0, 0, scene.width, scene.height)
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    for content, box in boxes:
        assert inside(box, window), content
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, other)
