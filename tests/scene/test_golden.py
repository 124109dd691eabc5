"""What the article's picture says, as text. After a change that is meant: GOLDEN=write pytest tests/scene."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scene.flat import flat
from scene.picture import LIGHTNING, article, scene_at

from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Icon, Ring, Scene, Sprites, Text
from visualizer.scene.told import Camera, Told
from visualizer.script.script import Region
from visualizer.sim.command import UnitTarget

FOLDER = Path(__file__).parent / "golden"


def dump(scene: Scene) -> str:
    lines = [f"caption: {scene.caption}", f"targets: {' '.join(scene.targets)}"]
    for layer, items in (("still", scene.still), ("moving", scene.moving)):
        for item, _ in flat(items, Box(0, 0, scene.width, scene.height)):
            match item:
                case Text():
                    lines.append(f"{layer} text {item.role}: {item.content}")
                case Icon():
                    lines.append(f"{layer} icon {item.role}: {item.name} {item.alpha:g}")
                case Sprites():
                    lines.append(
                        f"{layer} sprites {item.kind} {item.role}: {len(item.points)} {item.alpha:g}"
                    )
                case Ring():
                    lines.append(f"{layer} ring {item.stroke}: {item.share:g}")
    return "\n".join(lines) + "\n"


TOLD = Told(
    "Nobody else has what was opened since.", "The strike", 2, 3, 0.4, Camera(UnitTarget(0, 0), 160),
    (UnitTarget(0, 0), Region("timeline")), ((UnitTarget(0, 0), "all of it is here"),),
    (0, 8_000_000, 13_000_000),
)  # fmt: skip


@pytest.mark.parametrize("at_s", [0, 11.2, 14])
def test_the_article(at_s: float) -> None:
    compare(
        dump(scene_at(article(LIGHTNING), at_s, Look(1600, 900), played=at_s > 0)), f"article-{at_s:g}.txt"
    )


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1080), (1080, 1920)])
def test_a_told_film(size: tuple[int, int]) -> None:
    look = Look(*size, hands_on=False, told=TOLD)
    compare(dump(scene_at(article(LIGHTNING), 11.2, look)), f"told-{size[0]}x{size[1]}.txt")


def compare(found: str, name: str) -> None:
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
