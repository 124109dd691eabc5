from __future__ import annotations

import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers

from visualizer.scene.look import Look
from visualizer.scene.primitives import Icon, Rectangle, Scene, Text
from visualizer.sim.command import LinkTarget, Strike
from visualizer.sim.setup import SyncSetup

BUTTONS = ("back", "play", "forward", "slower", "faster", "next", "help", "reset", "undo", "save")


def hit(scene: Scene, x: float, y: float) -> str | None:
    found = [name for name, box in scene.targets.items() if box.contains(x, y)]
    return found[-1] if found else None


def test_a_click_on_the_middle_of_a_card_meets_its_unit() -> None:
    scene = scene_at(tiers(8), 3)
    for tier in range(8):
        for unit in (0, 1):
            box = scene.targets[f"unit:{tier}:{unit}"]
            middle = (box.x + box.width / 2, box.y + box.height / 2)
            assert hit(scene, *middle) == f"unit:{tier}:{unit}"
            assert any(
                isinstance(item, Rectangle) and (item.x, item.y, item.width) == (box.x, box.y, box.width)
                for item in scene.still
            )


def test_one_shared_cable_is_one_target_and_two_cables_are_two() -> None:
    shared, apart = scene_at(article(), 3), scene_at(tiers(2), 3)
    assert [name for name in shared.targets if name.startswith("link")] == ["link:0:0"]
    assert [name for name in apart.targets if name.startswith("link")] == [
        f"link:{tier}:{link}" for tier in (0, 1) for link in (0, 1)
    ]
    assert all(apart.targets[f"link:0:{link}"].width >= 30 for link in (0, 1))


def test_the_timeline_is_linear_over_the_whole_scenario() -> None:
    scene = scene_at(article(LIGHTNING), 5)
    box = scene.targets["timeline"]
    labels = {item.content: item for item in scene.still if isinstance(item, Text)}
    for label, at_s in (("0 s", 0), ("10 s", 10), ("20 s", 20)):
        assert labels[label].x == pytest.approx(box.x + box.width * at_s / 20)
    bolt = next(item for item in scene.moving if isinstance(item, Icon) and item.name == "bolt")
    assert bolt.x == pytest.approx(box.x + box.width * 11 / 20)


def test_all_buttons_are_there_for_hands_and_none_without() -> None:
    scene = scene_at(article(), 3)
    for name in BUTTONS:
        box = scene.targets[f"button:{name}"]
        assert min(box.width, box.height) >= 24
        assert hit(scene, box.x + box.width / 2, box.y + box.height / 2) == f"button:{name}"
    without = scene_at(article(), 3, Look(hands_on=False))
    assert not [name for name in without.targets if name.startswith("button")]
    assert "Space" not in [item.content for item in without.still if isinstance(item, Text)]


def test_an_open_help_is_closed_by_a_click_anywhere() -> None:
    scene = scene_at(article(), 3, Look(help_open=True))
    assert hit(scene, 5, 5) == hit(scene, scene.width / 2, scene.height / 2) == "button:help"


def test_focus_and_hover_are_seen() -> None:
    plain = scene_at(article(), 3)
    for name in ("unit:0:1", "link:0:0", "button:play", "timeline"):
        focused = scene_at(article(), 3, Look(1600, 900, focus=name))
        rings = [i for i in focused.still if isinstance(i, Rectangle) and i.stroke == "focus"]
        assert len(rings) == 1, name
    hovered = scene_at(article(), 3, Look(1600, 900, hover="unit:0:0"))
    assert "lightning here: −30" in [i.content for i in hovered.still if isinstance(i, Text)]
    assert not [i for i in plain.still if isinstance(i, Rectangle) and i.stroke == "focus"]


def test_a_cut_cable_says_so_and_a_healed_one_does_not() -> None:
    cut = Strike(2_000_000, "cut", LinkTarget(0, 0))
    heal = Strike(4_000_000, "heal", LinkTarget(0, 0))
    words = [
        [item.content for item in scene_at(article(cut, heal), at_s).still if isinstance(item, Text)]
        for at_s in (1.5, 3, 4.5)
    ]
    assert ["CUT" in found for found in words] == [False, True, False]


@pytest.mark.parametrize(
    ("policy", "label"), [("periodic", "sync 3 s"), ("streaming", "streaming"), ("none", "no sync")]
)
def test_the_cable_names_how_state_is_copied(policy: str, label: str) -> None:
    setup = article()
    tier = setup.tiers[0]
    setup = setup.with_tier(0, type(tier)(tier.name, tier.title, sync=SyncSetup(policy)))
    assert label in [item.content for item in scene_at(setup, 3).still if isinstance(item, Text)]
