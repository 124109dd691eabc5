"""Whatever Tab comes to has a ring that is seen, in every theme."""

from __future__ import annotations

from dataclasses import replace

import pytest
from access.grounds import grounds
from access.worlds import CURVE, frames
from scene.sweeps import MISSES, RATE, along, field

from visualizer.canvas.theme import contrast, load_theme, theme_names
from visualizer.scene.lab_curve_panel import PLOT, TIER, WORST_LOSS, WORST_OUTAGE
from visualizer.scene.lab_sweep import ALONG, AND, MEASURE
from visualizer.scene.lab_sweep_shown import SweepLook
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Disc, Primitive, Rectangle, Scene
from visualizer.scene.view import view

SCENARIOS = ("article", "dublin-2011", "parallel", "split-brain")
LOOK = Look(1280, 720)


def rings(scene: Scene) -> list[Primitive]:
    found = [i for i in (*scene.still, *scene.moving) if isinstance(i, Rectangle | Disc)]
    return [item for item in found if item.stroke == "focus" and item.stroke_width >= 2]


def around(ring: Primitive, box: Box) -> bool:
    """Whether a ring belongs to a target: each has its middle within the other."""
    if isinstance(ring, Disc):
        return box.contains(ring.x, ring.y)
    middle = ring.x + ring.width / 2, ring.y + ring.height / 2
    return box.contains(*middle) or (
        ring.x <= box.x + box.width / 2 <= ring.x + ring.width
        and ring.y <= box.y + box.height / 2 <= ring.y + ring.height
    )


@pytest.mark.parametrize("room", [False, True], ids=["alone", "room"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_target_has_a_ring_when_it_has_the_focus(name: str, room: bool) -> None:
    for frame in frames(name)[1::3]:
        look = replace(LOOK, room=room)
        plain = view(frame, look)
        assert not rings(plain)
        assert len(plain.targets) > 3
        for target in plain.targets:
            scene = view(frame, replace(look, focus=target))
            found = [ring for ring in rings(scene) if around(ring, scene.targets[target])]
            assert len(found) == 1, (target, rings(scene))


@pytest.mark.parametrize("room", [False, True], ids=["alone", "room"])
def test_so_has_every_target_of_the_curve(room: bool) -> None:
    frame, look = frames("parallel")[1], replace(LOOK, room=room, lab_curve=CURVE)
    plain = view(frame, look)
    assert not rings(plain)
    assert {PLOT, TIER, WORST_LOSS, WORST_OUTAGE} <= set(plain.targets)
    for target in plain.targets:
        scene = view(frame, replace(look, focus=target))
        found = [ring for ring in rings(scene) if around(ring, scene.targets[target])]
        assert len(found) == 1, (target, rings(scene))


@pytest.mark.parametrize(
    "shown", [along(chosen=None), field(MISSES, RATE, chosen=None)], ids=["line", "field"]
)
@pytest.mark.parametrize("room", [False, True], ids=["alone", "room"])
def test_so_has_every_target_of_a_sweep(room: bool, shown: SweepLook) -> None:
    frame, look = frames("parallel")[1], replace(LOOK, room=room, sweep=shown)
    plain = view(frame, look)
    assert not rings(plain)
    assert {MEASURE, ALONG, AND} <= set(plain.targets)
    for target in plain.targets:
        scene = view(frame, replace(look, focus=target))
        found = [ring for ring in rings(scene) if around(ring, scene.targets[target])]
        assert len(found) == 1, (target, rings(scene))


@pytest.mark.parametrize("theme_name", theme_names())
def test_the_ring_is_seen_on_every_ground(theme_name: str) -> None:
    theme = load_theme(theme_name)
    for under in ((), ("panel",), ("card",), ("card_struck",)):
        for ground in grounds(theme, tuple((role, 1.0) for role in under)):
            assert contrast(theme.colours["focus"], ground) >= 3
