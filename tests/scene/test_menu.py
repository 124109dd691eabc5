"""The menu: all that can be done, within the window, and nothing in it cut off."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import SIZES, box_of, inside, overlap

from visualizer.scene.look import Choice, Look, Menu
from visualizer.scene.primitives import Box, Rectangle, Scene, Text

SUMMARY = "the host dies and with it all that is on its cables at that instant"


def menu(count: int, target: str = "unit:0:1", *, times: int = 1, chosen: int = 0) -> Menu:
    choices = tuple(
        Choice(
            f"f{n}", target, " ".join([f"Fault {n}"] * times), " ".join([SUMMARY] * times), "bolt", key="s"
        )
        for n in range(count)
    )
    return Menu(target, " ".join(["Object store secondary"] * times), "standby", choices, chosen)


def part(open_menu: Menu, size: tuple[int, int], count: int = 8) -> tuple[Scene, list[Text]]:
    """The scene, and the texts that the open menu adds to it."""
    look = Look(*size, keys=KEYS, menu=open_menu)
    scene = scene_at(tiers(count), 6, look)
    plain = scene_at(tiers(count), 6, replace(look, menu=None))
    return scene, [i for i in scene.moving if isinstance(i, Text) and i not in plain.moving]


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("count", [1, 9, 14])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_stays_within_the_window_and_texts_apart(size: tuple[int, int], count: int, times: int) -> None:
    for target in ("unit:0:1", "unit:7:1", "link:7:0", "site:0"):
        scene, added = part(menu(count, target, times=times), size)
        window = Box(0, 0, scene.width, scene.height)
        panel = next(i for i in scene.moving if isinstance(i, Rectangle) and i.radius == 13)
        edge = Box(panel.x, panel.y, panel.width, panel.height)
        assert inside(edge, window)
        assert len(added) >= count + 1
        for text in added:
            assert inside(box_of(text), edge), text.content
        for one, other in combinations(added, 2):
            assert not overlap(box_of(one), box_of(other)), (one.content, other.content)
        for number in range(count):
            assert inside(scene.targets[f"menu:{number}"], edge)


def test_what_is_chosen_is_seen_and_a_click_beside_closes() -> None:
    scene, _ = part(menu(3, chosen=2), (1280, 720))
    rings = [i for i in scene.moving if isinstance(i, Rectangle) and i.stroke == "focus"]
    box = scene.targets["menu:2"]
    assert [(ring.x, ring.y) for ring in rings] == [(box.x, box.y)]
    hits = [name for name, place in scene.targets.items() if place.contains(3, 3)]
    assert hits[-1] == "menu:close"


def test_it_opens_where_the_pointer_is() -> None:
    scene, _ = part(replace(menu(2), at=(300.0, 200.0)), (1600, 900))
    panel = next(i for i in scene.moving if isinstance(i, Rectangle) and i.radius == 13)
    assert (panel.x, panel.y) == (300, 200)


def test_a_summary_is_always_there_for_what_is_chosen() -> None:
    tall = menu(20, chosen=7)
    _, added = part(tall, (960, 540))
    words = " ".join(text.content for text in added)
    assert words.count(SUMMARY) == 1
