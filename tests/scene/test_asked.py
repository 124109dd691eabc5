"""The panels of why and of predict: every text in its room, none on another, at every size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import LIGHTNING, article, tiers
from scene.test_layout import SIZES, box_of, inside, overlap

from visualizer.app.controls import Controls
from visualizer.scene.frame import FrameSource
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.lost_list import place_of_panel
from visualizer.scene.primitives import Box, Rectangle, Scene, Text
from visualizer.scene.view import view
from visualizer.sim import Setup
from visualizer.timeline.run import Run


def scene_of(setup: Setup, size: tuple[int, int], at_s: float, *acts: str) -> tuple[Scene, Look]:
    controls = Controls(Run(setup))
    controls.seek(round(at_s * 1_000_000))
    for act in acts:
        controls.do(act)
    look = controls.look(*size)
    return view(FrameSource(controls.run).frame(), look), look


def panel_texts(scene: Scene, box: Box) -> list[Text]:
    found = [item for item in scene.moving if isinstance(item, Text) and item.content]
    return [text for text in found if overlap(box_of(text), box)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("room", [False, True], ids=["desk", "room"])
@pytest.mark.parametrize("acts", [("why",), ("why", "why_accept"), ("predict",), ("predict", "answer_5")])
@pytest.mark.parametrize("count", [1, 4])
def test_every_text_of_a_panel_has_its_place(
    size: tuple[int, int], acts: tuple[str, ...], count: int, room: bool
):
    setup = article(LIGHTNING) if count == 1 else tiers(4, LIGHTNING)
    acts = ("room", *acts) if room else acts
    scene, look = scene_of(setup, size, 15 if "why" in acts else 10, *acts)
    place = place_of_panel(layout(look, count))
    texts = panel_texts(scene, place)
    assert len(texts) > 6
    for text in texts:
        assert inside(box_of(text), place), text
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one, other)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_labels_of_the_chain_do_not_cover_each_other(size: tuple[int, int]):
    scene, look = scene_of(article(LIGHTNING), size, 15, "why", "why_accept")
    plot = layout(look, 1).plot
    labels = [
        Box(item.x, item.y, item.width, item.height)
        for item in scene.moving
        if isinstance(item, Rectangle) and item.height == 17.5 and plot.y <= item.y < plot.y + plot.height
    ]
    assert len(labels) == 4
    for box in labels:
        assert inside(box, plot)
    for one, other in combinations(labels, 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_guess_beside_result(size: tuple[int, int]):
    controls = Controls(Run(replace(tiers(4), commands=())))
    controls.seek(10_000_000)
    controls.do("predict")
    controls.do("answer_1")
    for _ in range(80):
        controls.pass_time(200_000_000)
    look = controls.look(*size)
    scene = view(FrameSource(controls.run).frame(), look)
    box = scene.targets["question:close"]
    assert inside(box, Box(0, 0, scene.width, scene.height))
    last = max(n for n, item in enumerate(scene.moving) if isinstance(item, Rectangle) and item.x == box.x)
    texts = [item for item in scene.moving[last:] if isinstance(item, Text) and inside(box_of(item), box)]
    said = [text.content for text in texts]
    assert "YOU SAID" in said
    assert "Right." in said or any("too" in line for line in said)
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one, other)
