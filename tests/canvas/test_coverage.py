from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.canvas.coverage import coverage
from visualizer.canvas.marks import mark
from visualizer.canvas.outline import arc, circle, dashes, hole, rounded_box, stroke
from visualizer.canvas.stamp import blur


def box(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return rounded_box(left, top, right, bottom, 0)


def test_a_box_covers_exactly_its_share_of_each_pixel() -> None:
    mask = coverage([box(1.25, 1.5, 3.5, 3)], 5, 4)
    expected = np.array([[0, 0, 0, 0, 0], [0, 0.375, 0.5, 0.25, 0], [0, 0.75, 1, 0.5, 0], [0, 0, 0, 0, 0]])
    np.testing.assert_allclose(mask, expected, atol=1e-12)


coordinate = st.floats(-20, 40, allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(points=st.tuples(*[st.tuples(coordinate, coordinate)] * 3))
def test_the_covered_area_is_that_of_the_triangle(points) -> None:
    contour = np.array(points) + 21  # all of it within the picture
    (ax, ay), (bx, by), (cx, cy) = contour
    area = abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2
    assert coverage([contour], 62, 62).sum() == pytest.approx(area, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(points=st.tuples(*[st.tuples(coordinate, coordinate)] * 4))
def test_cutting_off_changes_nothing_inside(points) -> None:
    contour = np.array(points)
    whole = coverage([contour + 21], 62, 62)[21:36, 21:41]
    np.testing.assert_allclose(coverage([contour], 20, 15), whole, atol=1e-6)


def test_overlaps_join_and_holes_cut() -> None:
    both = coverage([box(1, 1, 5, 5), box(3, 3, 7, 7)], 8, 8)
    assert both.sum() == pytest.approx(28)
    assert both.max() == 1
    assert coverage([box(1, 1, 6, 6), hole(box(2, 2, 4, 4))], 8, 8).sum() == pytest.approx(21)


def test_circles_and_strokes_have_the_right_area() -> None:
    assert coverage([circle(20, 20, 15.3)], 40, 40).sum() == pytest.approx(math.pi * 15.3**2, rel=0.005)
    straight = stroke(np.array([(5.0, 5), (35, 25)]), 3)
    assert coverage(straight, 40, 40).sum() == pytest.approx(3 * math.hypot(30, 20), rel=1e-6)
    half_ring = stroke(arc(20, 20, 12, 0.5), 4)
    assert coverage(half_ring, 40, 40).sum() == pytest.approx(4 * math.pi * 12, rel=0.01)


def test_a_corner_is_rounded_without_a_gap_or_a_bulge() -> None:
    mask = coverage(stroke(np.array([(5.0, 20), (20, 20), (20, 5)]), 4), 30, 30)
    assert mask[18:22, 18:20].min() > 0.99
    assert mask[20, 20] > 0.99  # no gap on the outer side
    assert mask[22:].max() < 1e-9
    assert mask[:, 22:].max() < 1e-9


def test_dashes_cover_their_share_of_the_line_round_a_corner() -> None:
    pieces = dashes(np.array([(0.0, 0), (25, 0), (25, 25)]), 3, 2)
    lengths = [np.hypot(*np.diff(piece, axis=0).T).sum() for piece in pieces]
    assert len(pieces) == 10
    assert sum(lengths) == pytest.approx(30)


def test_blur_keeps_the_light_and_spreads_it_no_further_than_asked() -> None:
    mask = np.zeros((41, 41))
    mask[20, 20] = 1
    blurred = blur(mask, 9)
    assert blurred.sum() == pytest.approx(1)
    assert blurred[20, 29] > 0
    assert blurred[20, 30] == pytest.approx(0, abs=1e-12)


def test_every_kind_of_mark_has_a_shape_of_its_own() -> None:
    kinds = ("request", "heartbeat", "sync", "announce", "acknowledgement", "lost", "refused")
    masks = [coverage([contour + 40 for contour in mark(kind, 20)], 80, 80) for kind in kinds]
    for index, one in enumerate(masks):
        for other in masks[index + 1 :]:
            union = np.maximum(one, other).sum()
            assert np.abs(one - other).sum() / union > 0.1
