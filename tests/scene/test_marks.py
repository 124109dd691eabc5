"""The timeline: marks of one instant, words that the playhead goes behind, dense and long runs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from scene.picture import LIGHTNING, article, scene_at
from scene.test_layout import box_of, overlap, texts
from scene.test_stage import frame_of, scene_of

from visualizer.scene.axis import round_step
from visualizer.scene.curve import curve
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.marks import groups
from visualizer.scene.primitives import Disc, Sprites, Text
from visualizer.scene.timeline import KNOB
from visualizer.scene.wording import instant, on_axis

LOOK = Look(1600, 900, playing=True, hands_on=False)
S = 1_000_000


def test_what_happens_at_one_instant_is_counted() -> None:
    found = groups(frame_of("parallel", 14.6), layout(LOOK, 3).plot)
    assert [(group.at_us / S, group.mark.icon, group.others) for group in found] == [
        (14, "cross", 2),
        (16, "resync", 1),
    ]
    assert {"+1", "+2"} <= {text.content for text in texts(scene_of("parallel", 14.6))}


@pytest.mark.parametrize("name", ["jitter", "dublin-2011", "failback", "split-brain-lease", "serial-cable"])
def test_marks_do_not_cover_each_other(name: str) -> None:
    found = groups(frame_of(name, 1), layout(LOOK, 1).plot)
    for one, other in pairwise(found):
        assert one.end <= other.x - 9


def test_no_heart_shows_through_a_mark() -> None:
    frame, scene = frame_of("split-brain", 20), scene_of("split-brain", 20)
    plot = layout(LOOK, 1).plot
    hearts = [
        x
        for item in scene.moving
        if isinstance(item, Sprites) and item.kind == "heartbeat"
        for x, y in item.points
        if y == plot.y - 14
    ]
    assert len(hearts) > 20
    assert not any(group.x - 12 < x < group.end for group in groups(frame, plot) for x in hearts)


def test_the_knob_is_above_all_marks_and_words() -> None:
    for at_s in (11.0, 11.6, 13.0, 14.5):
        scene = scene_at(article(LIGHTNING), at_s, LOOK)
        plot = layout(LOOK, 1).plot
        [knob] = [item for item in scene.moving if isinstance(item, Disc) and item.fill == "knob"]
        assert knob.y == plot.y - KNOB
        inside = [text for text in texts(scene) if plot.y - 10 < text.y < plot.y + plot.height]
        assert inside
        assert all(box_of(text).y > knob.y + knob.radius for text in inside)


def test_teeth_that_cannot_be_told_apart_become_a_band() -> None:
    plot = layout(LOOK, 1).plot
    dense = curve(frame_of("jitter", 900).history, plot, 6).pieces
    assert all(piece.low is not None for piece in dense[:1])
    assert dense[0].line[-1][0] <= plot.x + plot.width
    plain = curve(frame_of("parallel", 14).history, plot, 100).pieces
    assert all(piece.low is None for piece in plain)


def test_long_runs_have_minutes_on_the_axis() -> None:
    labels = {text.content for text in texts(scene_of("dublin-2011", 900))}
    assert {"0 min", "30 min", "240 min", "takeover due 198 min 03 s"} <= labels
    assert [round_step(s * S) // S for s in (3, 19, 21, 40, 70, 400, 2000)] == [5, 20, 30, 60, 120, 600, 3600]
    assert [on_axis(90 * S, 30 * S), on_axis(90 * 60 * S, 1800 * S)] == ["90 s", "90 min"]
    assert [instant(us) for us in (13 * S, 13_609_375, 2174 * S)] == ["13 s", "13.61 s", "36 min 14 s"]


def test_the_pointer_reads_the_curve() -> None:
    at_quarter = Look(1600, 900, hover="timeline", pointer=0.25)
    scene = scene_at(article(LIGHTNING), 14, at_quarter)
    [said] = [item for item in scene.moving if isinstance(item, Text) and "would be lost" in item.content]
    assert said.content == "5 s: 19 sessions would be lost"
    room = layout(at_quarter, 1).timeline
    for pointer in (0.0, 1.0):
        scene = scene_at(article(LIGHTNING), 14, Look(1600, 900, hover="timeline", pointer=pointer))
        [said] = [item for item in scene.moving if isinstance(item, Text) and "would be lost" in item.content]
        box = box_of(said)
        assert room.x < box.x
        assert box.x + box.width < room.x + room.width
    away = scene_at(article(LIGHTNING), 14, Look(1600, 900, hover="unit:0:0", pointer=0.25))
    assert not [item for item in texts(away) if "would be lost" in item.content]
    assert not overlap(box, layout(LOOK, 1).caption)
