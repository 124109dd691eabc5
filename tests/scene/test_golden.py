"""What the article's picture says, as text. After a change that is meant: GOLDEN=write pytest tests/scene."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from scene.picture import LIGHTNING, article, scene_at

from visualizer.scene.look import Look
from visualizer.scene.primitives import Icon, Ring, Scene, Sprites, Text

FOLDER = Path(__file__).parent / "golden"


def dump(scene: Scene) -> str:
    lines = [f"caption: {scene.caption}", f"targets: {' '.join(scene.targets)}"]
    for layer, items in (("still", scene.still), ("moving", scene.moving)):
        for item in items:
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


@pytest.mark.parametrize("at_s", [0, 11.2, 14])
def test_the_article(at_s: float) -> None:
    found = dump(scene_at(article(LIGHTNING), at_s, Look(1600, 900), played=at_s > 0))
    path = FOLDER / f"article-{at_s:g}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
