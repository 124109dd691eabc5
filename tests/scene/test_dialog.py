"""A list to choose from: within the window, nothing on anything else, what is chosen always in sight."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import SIZES, box_of, inside, overlap

from visualizer.scene.dialog import in_sight, scrolled
from visualizer.scene.look import Look
from visualizer.scene.panels import Dialog, DialogRow
from visualizer.scene.primitives import Box, Rectangle, Scene, Text

DETAIL = "A session opened just after a sync tick is gone when lightning strikes before the next one."


def dialog(count: int, *, times: int = 1, chosen: int = 0, first: int = 0, search: str | None = "") -> Dialog:
    rows = tuple(
        DialogRow(
            " ".join([f"Row {number}"] * times),
            " ".join([DETAIL] * times) if number % 2 else "",
            " ".join(["shipped"] * times),
            "firewall",
            turns=number % 3 == 0,
        )
        for number in range(count)
    )
    heading = " ".join(["Open a scenario"] * times)
    about = " ".join(["What comes with the program, and the files of this folder"] * times)
    return Dialog("open", heading, about, rows, chosen, first, search)


def part(shown: Dialog, look: Look) -> tuple[Scene, list[Text], Box]:
    """The scene, the texts of the dialog, and its panel."""
    scene = scene_at(tiers(4), 6, replace(look, keys=KEYS, dialog=shown))
    plain = scene_at(tiers(4), 6, replace(look, keys=KEYS))
    texts = [item for item in scene.moving if isinstance(item, Text) and item not in plain.moving]
    panel = next(item for item in scene.moving if isinstance(item, Rectangle) and item.radius == 17)
    return scene, texts, Box(panel.x, panel.y, panel.width, panel.height)


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("count", [0, 1, 5, 60])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_it_stays_within_the_window_and_texts_apart(
    size: tuple[int, int], count: int, times: int, text_scale: float
) -> None:
    look = Look(*size, text_scale=text_scale)
    scene, texts, panel = part(dialog(count, times=times, chosen=count // 2), look)
    assert inside(panel, Box(0, 0, scene.width, scene.height))
    for text in texts:
        assert inside(box_of(text), panel), text.content
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one.content, other.content)
    rows = [box for name, box in scene.targets.items() if name.startswith("dialog:") and name[-1].isdigit()]
    assert len(rows) >= min(count, 3)
    assert all(inside(row, panel) for row in rows)


@pytest.mark.parametrize("search", ["", None])
def test_what_is_chosen_is_in_sight_wherever_one_goes(search: str | None) -> None:
    look, shown = Look(1280, 720), dialog(60, search=search)
    for chosen in [*range(60), *range(59, -1, -7), 59, 0]:
        shown = scrolled(replace(shown, chosen=chosen), look)
        scene, _, _ = part(shown, look)
        rings = [item for item in scene.moving if isinstance(item, Rectangle) and item.stroke == "focus"]
        box = scene.targets[f"dialog:{chosen}"]
        assert [(ring.x, ring.y) for ring in rings] == [(box.x, box.y + 1)]
        assert in_sight(shown, look) == sum(f"dialog:{number}" in scene.targets for number in range(60))


def test_no_room_is_left_below_the_last_row() -> None:
    look = Look(1280, 720)
    shown = scrolled(dialog(60, chosen=59, first=59), look)
    assert in_sight(shown, look) > 5
    assert scrolled(dialog(2, chosen=7, first=9), look).first == 0


def test_a_bar_says_where_one_is() -> None:
    """Its handle goes from the top of the rows to their end; a list that fits has none."""

    def handle(shown: Dialog) -> Rectangle | None:
        scene, _, _ = part(shown, Look(1280, 720))
        bars = [item for item in scene.moving if isinstance(item, Rectangle) and item.radius == 2.5]
        return bars[-1] if bars else None

    top, end = handle(dialog(60)), handle(dialog(60, chosen=59))
    assert top is not None
    assert end is not None
    assert end.y > top.y + 100
    assert handle(dialog(2)) is None


def test_a_click_beside_it_closes_and_on_it_does_not() -> None:
    scene, _, panel = part(dialog(3), Look(1280, 720))

    def under(x: float, y: float) -> str:
        return [name for name, box in scene.targets.items() if box.contains(x, y)][-1]

    assert under(3, 3) == "dialog:close"
    assert under(panel.x + 30, panel.y + 20) == "dialog:panel"


def test_a_notice_takes_the_place_of_the_keys() -> None:
    _, texts, _ = part(dialog(3), Look(1280, 720, notice="That cannot be."))
    said = [text.content for text in texts]
    assert "That cannot be." in said
    assert "Esc" not in said
