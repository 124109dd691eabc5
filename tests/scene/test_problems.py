"""Why a file cannot be opened: within the stage, as many lines as fit, the others counted."""

from __future__ import annotations

from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import SIZES, box_of, inside, overlap

from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.panels import Problems
from visualizer.scene.primitives import Rectangle, Scene, Text

LINE = "article.yaml:12:9: tiers.firewall.sync.interval: `soon` is not a duration; say it like 3s or 200ms"


def problems(count: int, times: int = 1) -> Problems:
    lines = tuple(f"{number}: " + " ".join([LINE] * times) for number in range(count))
    return Problems("article.yaml cannot be read again", "/a/folder/article.yaml. It stays.", lines)


def part(shown: Problems, look: Look) -> tuple[Scene, list[Text]]:
    scene = scene_at(tiers(3), 6, look)
    plain = scene_at(tiers(3), 6, Look(look.width_px, look.height_px, room=look.room, keys=KEYS))
    return scene, [item for item in scene.moving if isinstance(item, Text) and item not in plain.moving]


@pytest.mark.parametrize("room", [False, True])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("count", [1, 4, 60])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_lies_on_the_stage_and_texts_apart(
    size: tuple[int, int], count: int, times: int, room: bool
) -> None:
    look = Look(*size, room=room, keys=KEYS, problems=problems(count, times))
    scene, texts = part(look.problems, look)
    panel = scene.targets["problems"]
    assert inside(panel, layout(look, 3).stage)
    for text in texts:
        assert inside(box_of(text), panel), text.content
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one.content, other.content)
    marks = [
        item for item in scene.moving if isinstance(item, Rectangle) and (item.width, item.height) == (5, 5)
    ]
    more = [text.content for text in texts if text.content.startswith("and ")]
    assert 1 <= len(marks) <= count
    assert more == ([] if len(marks) == count else [f"and {count - len(marks)} more"])


def test_every_line_that_fits_is_said_whole() -> None:
    look = Look(1920, 1080, keys=KEYS, problems=problems(3))
    _, texts = part(look.problems, look)
    said = " ".join(text.content for text in texts)
    assert all(line in said for line in look.problems.lines)
