"""Frames of sites, and what else is new on the stage: nothing overlaps, all can be pointed at."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import SIZES, STRIKE, box_of, inside, overlap, rooms_of, texts

from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Path, Rectangle, Scene
from visualizer.scene.sites import Stand, stands
from visualizer.scene.targets import target_of
from visualizer.sim.command import FeedTarget, SiteTarget
from visualizer.sim.setup import FeedSetup, Setup, SiteSetup

ROWS, ONE = (0, 1), (0, 0)


def sited(count: int, places: tuple[int, int] = ROWS, *, path: str = "cross", times: int = 1) -> Setup:
    """The primaries in one site and the secondaries in another, both on one feed; or all in one."""
    setup = tiers(count, STRIKE, times=times)
    pairs = tuple(replace(tier, sites=places) for tier in setup.tiers)
    sites = tuple(SiteSetup(f"d{n}", " ".join([f"Dublin {n}"] * times), 0) for n in (1, 2))
    feeds = (FeedSetup("esb", " ".join(["ESB"] * times), 30_000_000),)
    return replace(setup, tiers=pairs, sites=sites, feeds=feeds, path=path)


def frames(scene: Scene) -> list[Rectangle]:
    return [i for i in scene.still if isinstance(i, Rectangle) and i.radius == 15 and i.stroke is not None]


def test_neighbours_of_one_site_share_a_frame() -> None:
    assert stands(sited(3)) == [Stand(0, 0, 0, 2), Stand(1, 1, 0, 2)]
    assert stands(sited(3, ONE)) == [Stand(0, None, 0, 2)]
    places = [(0, 1), (1, 1), (0, None)]
    pairs = tuple(replace(tier, sites=there) for tier, there in zip(sited(3).tiers, places, strict=True))
    assert stands(replace(sited(3), tiers=pairs)) == [
        Stand(0, 0, 0, 0),
        Stand(0, 0, 2, 2),
        Stand(1, 1, 0, 1),
        Stand(1, 0, 1, 1),
    ]


@pytest.mark.parametrize("path", ["cross", "parallel"])
@pytest.mark.parametrize("count", [1, 2, 4, 8])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_frames_hold_their_cards_and_no_text_lies_on_another(
    size: tuple[int, int], count: int, path: str
) -> None:
    for places in (ROWS, ONE):
        for times in (1, 2):
            look = Look(*size, keys=KEYS, hover="unit:0:0")
            scene = scene_at(sited(count, places, path=path, times=times), 10.2, look)
            boxes = [(text.content, box_of(text)) for text in texts(scene)]
            for (one, box), (other, other_box) in combinations(boxes, 2):
                assert not overlap(box, other_box), (one, other)
            rooms = rooms_of(scene, look, count)[:4]
            for frame in frames(scene):
                assert not any(
                    overlap(Box(frame.x, frame.y, frame.width, frame.height), room) for room in rooms
                )
            cards = [scene.targets[f"unit:{tier}:{unit}"] for tier in range(count) for unit in (0, 1)]
            holds = [
                any(inside(card, Box(f.x, f.y, f.width, f.height)) for f in frames(scene)) for card in cards
            ]
            assert all(holds)


def test_labels_name_site_and_feed_and_can_be_pointed_at() -> None:
    scene = scene_at(sited(4), 3, Look(1600, 900))
    words = {text.content for text in texts(scene)}
    assert {"Dublin 1", "Dublin 2", "ESB, shared"} <= words
    assert target_of("site:1") == SiteTarget(1)
    assert target_of("feed:0:1") == FeedTarget(0)
    assert {"site:0", "site:1", "feed:0", "feed:0:1"} <= set(scene.targets)
    for name in ("site:0", "feed:0:1"):
        focused = scene_at(sited(4), 3, Look(1600, 900, focus=name))
        assert [i for i in focused.still if isinstance(i, Rectangle) and i.stroke == "focus"]


def lines(scene: Scene) -> int:
    """Data paths: from left to right, neither cable nor bolt."""
    found = [
        i
        for i in scene.still
        if isinstance(i, Path) and i.stroke in ("link", "link_dim") and len(i.points) == 2
    ]
    return len([path for path in found if abs(path.points[0][0] - path.points[1][0]) > 20])


def test_a_parallel_path_has_lines_within_its_columns_only() -> None:
    cross, parallel = (scene_at(sited(4, path=path), 3, Look(1600, 900)) for path in ("cross", "parallel"))
    assert lines(cross) == 2 + 3 * 4
    assert lines(parallel) == 2 + 3 * 2


def test_names_of_sites_are_not_cut_where_there_is_room() -> None:
    found = texts(scene_at(sited(4, times=2), 3, Look(1920, 1080)))
    labels = [text.content for text in found if text.content.startswith(("Dublin", "ESB"))]
    assert labels == ["Dublin 1 Dublin 1", "ESB ESB, shared", "Dublin 2 Dublin 2", "ESB ESB, shared"]
