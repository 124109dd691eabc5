"""Scales that are round, and numbers as people read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scene.test_layout import box_of, overlap

from visualizer.scene.chart import decimals_of, height_of, labels_below, rounded, scale_to, three_digits
from visualizer.scene.primitives import Box


@given(st.floats(1e-3, 1e9), st.integers(1, 12))
def test_a_scale_holds_all_and_is_not_half_empty(most: float, marks: int) -> None:
    scale = scale_to(most, marks)
    assert scale.top >= most * (1 - 1e-9)
    assert len(scale.marks) <= marks + 1
    assert scale.top - scale.step < most
    assert scale.marks[-1] == pytest.approx(scale.top)
    assert [scale.label(mark) for mark in scale.marks] == sorted(
        {scale.label(mark) for mark in scale.marks}, key=lambda text: float(text.replace("\u2009", ""))
    )


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (44, ["0", "10", "20", "30", "40", "50"]),
        (0.9, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (5200, ["0", "2\u2009000", "4\u2009000", "6\u2009000"]),
        (0, ["0", "1"]),
        (float("nan"), ["0", "1"]),
    ],
)
def test_the_marks_are_round(most: float, labels: list[str]) -> None:
    scale = scale_to(most, 5)
    assert [scale.label(mark) for mark in scale.marks] == labels


def test_numbers_have_three_digits_and_no_more() -> None:
    said = [three_digits(value) for value in (0, 0.0123, 1.25, 10.04, 99.95, 204.4, 12_345, 5)]
    assert said == ["0", "0.0123", "1.25", "10", "100", "204", "12\u2009345", "5"]
    assert [decimals_of(step) for step in (1, 0.5, 0.25, 20)] == [0, 1, 2, 0]
    assert rounded(-0.01, 1) == "0.0"
    assert rounded(-1204.5, 1) == "−1\u2009204.5"


def test_what_is_off_the_scale_stands_at_its_edge() -> None:
    plot, scale = Box(0, 10, 100, 200), scale_to(10, 5)
    assert height_of(0, scale, plot) == 210
    assert height_of(5, scale, plot) == 110
    assert height_of(99, scale, plot) == 10


def test_labels_keep_off_each_other_and_the_first_of_them_goes_before() -> None:
    labels = tuple(f"{number} s" for number in range(40))
    xs = tuple(10.0 * number for number in range(40))
    items = labels_below(labels, xs, 20, (0, 390), first=7)
    said = [item.content for item in items]
    assert {"7 s", "0 s", "39 s"} <= set(said)
    assert 5 < len(said) < 20
    boxes = [box_of(item) for item in items]
    assert not any(overlap(one, other) for n, one in enumerate(boxes) for other in boxes[:n])
    assert all(box.x >= -0.5 and box.x + box.width <= 390.5 for box in boxes)
