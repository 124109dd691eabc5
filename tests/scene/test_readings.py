"""Every kind of event has its row, every mark its icon, and none covers another."""

from __future__ import annotations

from typing import get_args

import pytest
from scene.picture import LIGHTNING, article, scene_at

from visualizer.canvas.icons import icon_names
from visualizer.scene.primitives import Icon, Scene
from visualizer.scene.readings import READINGS
from visualizer.sim import event as events
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.faults import FAULTS

POWER = ("failed", "generator", "no_generator", "dark", "restored")


def test_every_kind_of_event_has_a_row() -> None:
    assert set(READINGS) == set(get_args(events.Event))


@pytest.mark.parametrize(
    "event",
    [
        *(events.UnitStruck(0, fault, 0, 0) for fault in (*FAULTS, "power", "fence")),
        *(events.LinkChanged(0, fault, 0, 0, up=True) for fault in FAULTS),
        *(events.UnitChanged(0, fault, 0, 0, "slow") for fault in FAULTS),
        *(
            events.FeedChanged(0, 0, word)
            for word in ("failed", "generator", "no_generator", "dark", "restored")
        ),
        *(events.ServiceSuspended(0, 0, 0, why) for why in ("lease", "quorum")),
        *(events.TakeoverRefused(0, 0, 0, why) for why in ("witness", "fence")),
        events.Repaired(0, 0, 0),
        events.Fenced(0, 0, 0),
        events.Demoted(0, 0, 0),
        events.ServiceResumed(0, 0, 0),
        events.SetAside(0, 0, 0),
        events.AcknowledgementsHeld(0, 0),
        events.FellBack(0, 0),
        events.AcknowledgementsBack(0, 0),
        events.Farewell(0, 0, 0, None),
        events.AnnouncementLost(0, 0, 0, 1),
        events.RequestsRetried(0, 1, 1, ""),
        events.Rejoined(0, 0, 0),
        events.InDoubt(0, 0, 3),
    ],
    ids=lambda event: f"{type(event).__name__}-{getattr(event, 'fault', '')}",
)
def test_every_mark_has_its_icon(event: events.Event) -> None:
    reading = READINGS[type(event)]
    assert reading is not None
    assert reading(event).icon in icon_names()


def on_timeline(scene: Scene) -> list[Icon]:
    top = scene.targets["timeline"].y
    return [item for item in scene.moving if isinstance(item, Icon) and top - 30 < item.y < top + 40]


def test_of_marks_at_one_place_the_gravest_is_drawn() -> None:
    strikes = (
        LIGHTNING,
        Strike(11_000_000, "cut", LinkTarget(0, 0)),
        Strike(15_000_000, "repair", UnitTarget(0, 0)),
    )
    icons = on_timeline(scene_at(article(*strikes), 12))
    assert [(icon.name, icon.alpha) for icon in sorted(icons, key=lambda icon: icon.x)] == [
        ("bolt", 1.0),
        ("repair", pytest.approx(0.45)),
    ]


def test_a_fault_without_bolt_has_the_mark_of_its_registry() -> None:
    host = Strike(11_000_000, "host", UnitTarget(0, 0))
    assert [icon.name for icon in on_timeline(scene_at(article(host), 12))] == [FAULTS["host"].mark]
