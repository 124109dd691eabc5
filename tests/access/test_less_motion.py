"""With less motion: no bolt, nothing falls, nothing shakes; what happened is still told."""

from __future__ import annotations

import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers

from visualizer.scene.look import Look
from visualizer.scene.primitives import Icon, Path, Scene, Sprites, Text
from visualizer.sim.command import Strike, UnitTarget

STILL = Look(1600, 900, reduced_motion=True)
STRIKE = Strike(3_100_000, "lightning", UnitTarget(0, 0))  # a batch is on the cable


def lost(scene: Scene) -> list[tuple[float, float]]:
    found = [i for i in (*scene.still, *scene.moving) if isinstance(i, Sprites) and i.kind == "lost"]
    return [point for item in found for point in item.points]


@pytest.mark.parametrize("setup", [article(LIGHTNING), tiers(2, STRIKE)], ids=["article", "tiers"])
def test_what_is_lost_lies_where_it_was_and_then_is_gone(setup) -> None:
    start_s = setup.commands[0].at_us / 1e6
    places = [lost(scene_at(setup, start_s + after_s, STILL)) for after_s in (0.1, 0.5, 1.0, 1.9)]
    assert places[0]
    assert places[0] == places[1] == places[2] == places[3]
    assert not lost(scene_at(setup, start_s + 2.5, STILL))
    moving = [lost(scene_at(setup, start_s + after_s, Look(1600, 900))) for after_s in (0.1, 1.0)]
    assert moving[0] != moving[1]


@pytest.mark.parametrize("at_s", [11.0, 11.05, 11.3, 11.6])
def test_there_is_no_bolt_in_the_sky_but_one_on_the_card_and_on_the_timeline(at_s: float) -> None:
    scene = scene_at(article(LIGHTNING), at_s, STILL)
    everything = (*scene.still, *scene.moving)
    assert not [i for i in everything if isinstance(i, Path) and i.stroke in ("bolt", "bolt_glow")]
    assert len([i for i in everything if isinstance(i, Icon) and i.name == "bolt"]) == 2
    assert "STRUCK" in [i.content for i in everything if isinstance(i, Text)]


def test_cards_stand_still_whatever_strikes_them() -> None:
    for look in (STILL, Look(1600, 900)):
        places = {
            scene_at(article(LIGHTNING), at_s, look).targets["unit:0:0"] for at_s in (10.9, 11.0, 11.1, 11.4)
        }
        assert len(places) == 1
