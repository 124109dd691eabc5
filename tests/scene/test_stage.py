"""What the stage tells: two streams in a split brain, requests when asked, a bolt beside the words."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers
from scene.test_layout import SIZES, box_of, texts

from visualizer.scenario import load
from visualizer.scene.directions import FOLLOW, STAY
from visualizer.scene.frame import Frame, FrameSource
from visualizer.scene.history import SERVED
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Path, Rectangle, Ring, Scene, Sprites, Text
from visualizer.scene.view import view
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import ClientSetup, RetrySetup
from visualizer.timeline import Run

LOOK = Look(1600, 900, playing=True, hands_on=False)


@lru_cache(maxsize=4)
def played(name: str) -> tuple[Run, FrameSource]:
    run = Run(load(name).setup)
    run.finish()
    return run, FrameSource(run)


def frame_of(name: str, at_s: float) -> Frame:
    run, source = played(name)
    run.seek(round(at_s * 1_000_000))
    return source.frame()


def scene_of(name: str, at_s: float) -> Scene:
    return view(frame_of(name, at_s), LOOK)


def sprites(scene: Scene, kind: str) -> list[tuple[float, float]]:
    return [
        point
        for item in scene.moving
        if isinstance(item, Sprites) and item.kind == kind
        for point in item.points
    ]


def test_in_a_split_brain_both_serve_and_both_are_asked() -> None:
    directions = frame_of("split-brain", 20).history.directions
    assert [directions.unit(group, 0, 20_000_000) for group in (FOLLOW, STAY)] == [1, 0]
    assert [directions.unit(group, 0, 25_000_000) for group in (FOLLOW, STAY)] == [1, 1]
    scene = scene_of("split-brain", 20)
    rooms = layout(LOOK, 1)
    apex_x, apex_y = rooms.apex
    under_way = [(x, y) for x, y in sprites(scene, "request") if apex_x + 20 < x < rooms.cards[0][0].x - 8]
    above, below = (sum(sign * (y - apex_y) > 0 for _, y in under_way) for sign in (-1, 1))
    assert above > below > 1  # 60 % stay
    used = [
        i for i in scene.still if isinstance(i, Path) and i.stroke == "link" and i.points[0] == rooms.apex
    ]
    assert len(used) == 2


def test_those_who_stay_follow_when_their_unit_stops() -> None:
    directions = frame_of("split-brain-lease", 20).history.directions
    assert [directions.unit(STAY, 0, at_s * 1_000_000) for at_s in (13, 15, 17)] == [0, 0, 1]
    assert directions.times_us == (14_000_000, 16_000_000)


def test_what_is_put_off_is_shown_when_it_was_asked_first_and_when_it_succeeds() -> None:
    again = ClientSetup(retry=RetrySetup(first_us=500_000))
    plain, patient = (
        FrameSource(Run(replace(article(LIGHTNING), clients=clients))).frame().history.requests
        for clients in (ClientSetup(), again)
    )
    during = [(each.times_us >= 11_000_000) & (each.times_us < 13_000_000) for each in (plain, patient)]
    assert [int(mask.sum()) for mask in during] == [20, 20]
    assert not (patient.status[during[1]] == SERVED).any()
    assert len(patient.times_us) == len(plain.times_us) + 20
    assert (np.diff(patient.times_us) >= 0).all()


def test_an_announcement_that_nobody_hears_comes_half_way_and_falls() -> None:
    taken_s = 13.609375
    card = layout(LOOK, 1).cards[0][1]
    [going] = sprites(scene_of("garp-lost", taken_s + 0.2), "announce")
    assert layout(LOOK, 1).apex[0] + 0.4 * (card.x - layout(LOOK, 1).apex[0]) < going[0] < card.x
    fallen = scene_of("garp-lost", taken_s + 0.9)
    assert not sprites(fallen, "announce")
    assert any(x < card.x - 30 for x, _ in sprites(fallen, "lost"))
    assert not sprites(
        scene_of("garp-lost", 45.587094), "announce"
    )  # the caches have aged out; nobody told them


def test_a_column_loses_under_each_of_its_units_and_says_that_it_moved() -> None:
    scene = scene_of("parallel", 14.6)
    cards = layout(LOOK, 3).cards
    for primary, _ in cards:
        assert any(primary.x < x < primary.x + primary.width for x, _ in sprites(scene, "lost"))
    words = [text.content for text in texts(scene)]
    assert {"−79 entries", "−46 entries", "−13 entries", "PRIMARY COLUMN"} <= set(words)
    bands = [i.fill for i in scene.still if isinstance(i, Rectangle) and i.radius == 12 and i.alpha < 1]
    assert [fill for fill in bands if fill] == ["struck", "track"]


def test_what_takes_long_shows_how_far_it_has_come() -> None:
    scene = scene_of("cold-standby", 34 * 60 + 14 + 60)
    assert [item.share for item in scene.moving if isinstance(item, Ring) and item.stroke == "active"] == []
    assert [item.share for item in scene.still if isinstance(item, Ring) and item.stroke == "active"] == [0.5]


def test_a_preferred_unit_misses_nothing_while_it_only_waits_for_its_turn() -> None:
    words = [text.content for text in texts(scene_of("failback", 161.7))]
    assert "RESYNCING" in words
    assert "SUSPECTS" not in words


def test_batteries_are_seen_to_run_out() -> None:
    def left(at_s: float) -> float:
        bars = [
            i for i in scene_of("dublin-2011", at_s).moving if isinstance(i, Rectangle) and i.height == 10
        ]
        track, full = bars[0], bars[1]
        return full.width / track.width

    assert left(600) == 1
    assert left(750) == pytest.approx(0.5, abs=0.02)
    assert "110 kV transformer: batteries 150 s" in [t.content for t in texts(scene_of("dublin-2011", 750))]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 3, 8])
def test_no_bolt_crosses_the_words_above_the_stage(size: tuple[int, int], count: int) -> None:
    for tier in range(count):
        for unit in (0, 1):
            struck = Strike(7_900_000, "lightning", UnitTarget(tier, unit))
            scene = scene_at(tiers(count, struck), 8.0, Look(*size))
            top = layout(Look(*size), count).header
            words = [box_of(text) for text in texts(scene) if text.y < top.y + top.height]
            lines = [i for i in scene.moving if isinstance(i, Path) and i.stroke == "bolt"]
            assert lines
            for x, y in (point for line in lines for point in line.points):
                assert not any(box.contains(x, y) for box in words), (tier, unit)


def test_a_cross_marks_a_unit_that_failed_and_covers_no_words() -> None:
    struck = Strike(7_900_000, "host", UnitTarget(1, 0))
    scene = scene_at(tiers(3, struck), 8.0, Look(1600, 900))
    card = layout(Look(1600, 900), 3).cards[1][0]
    arms = [i for i in scene.moving if isinstance(i, Path) and i.width == 3.6]
    assert len(arms) == 2
    words = [box_of(item) for item in (*scene.still, *scene.moving) if isinstance(item, Text)]
    assert not any(box.contains(x, y) for arm in arms for x, y in arm.points for box in words)
    assert all(card.x < x < card.x + card.width for arm in arms for x, _ in arm.points)
