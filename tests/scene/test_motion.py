from __future__ import annotations

import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers

from visualizer.scene.look import Look
from visualizer.scene.motion import rounded_share
from visualizer.scene.primitives import Path, Scene, SpriteKind, Sprites, Text
from visualizer.sim.command import LinkTarget, Strike, UnitTarget

LOOK = Look(1600, 900)


def marks(scene: Scene, kind: SpriteKind) -> list[tuple[float, float]]:
    """Those on the stage, above the caption and the timeline."""
    limit = scene.targets["timeline"].y - 100
    found = [item for item in scene.moving if isinstance(item, Sprites) and item.kind == kind]
    return [point for item in found for point in item.points if point[1] < limit]


def entry(scene: Scene, unit: int = 0) -> tuple[float, float]:
    box = scene.targets[f"unit:0:{unit}"]
    return box.x, box.y + box.height / 2


@pytest.mark.parametrize("speed", [0.01, 0.25, 1.0, 4.0])
def test_a_request_is_at_the_first_tier_at_its_arrival(speed: float) -> None:
    scene = scene_at(article(), 4.4, Look(1600, 900, speed=speed))
    assert any(point == pytest.approx(entry(scene)) for point in marks(scene, "request"))


def test_requests_come_nearer_until_they_arrive() -> None:
    def nearest(at_s: float) -> float:
        scene = scene_at(article(), at_s, LOOK)
        return max(x for x, _ in marks(scene, "request") if x < entry(scene)[0])

    assert nearest(4.31) < nearest(4.35) < nearest(4.39)


def test_a_dot_stands_for_more_at_high_rates_and_says_so() -> None:
    scene = scene_at(tiers(1, rate=1000), 5, LOOK)
    words = [item.content for item in scene.still if isinstance(item, Text)]
    label = next(word for word in words if word.endswith(" requests"))
    assert int(label.removesuffix(" requests").replace("\u2009", "")) >= 50
    assert len(marks(scene, "request")) <= 60
    few = scene_at(article(), 5, LOOK)
    assert not [i for i in few.still if isinstance(i, Text) and i.content.endswith(" requests")]


@pytest.mark.parametrize(("count", "size"), [(0, 1), (26, 1), (27, 2), (53, 5), (1000, 50), (26000, 1000)])
def test_the_share_of_a_dot_is_round(count: float, size: int) -> None:
    assert rounded_share(count, 26) == size


def test_what_meets_nobody_is_thrown_back() -> None:
    assert not marks(scene_at(article(LIGHTNING), 10.9, LOOK), "refused")
    scene = scene_at(article(LIGHTNING), 11.75, LOOK)
    thrown = marks(scene, "refused")
    assert thrown
    assert all(x < entry(scene)[0] for x, _ in thrown)


def test_requests_turn_to_the_new_active() -> None:
    scene = scene_at(article(LIGHTNING), 14, LOOK)
    assert any(point == pytest.approx(entry(scene, 1)) for point in marks(scene, "request"))
    turning = scene_at(article(LIGHTNING), 13.1, LOOK)
    ys = [y for x, y in marks(turning, "request") if x > entry(turning)[0] - 60]
    assert ys
    assert all(entry(turning)[1] < y < entry(turning, 1)[1] for y in ys)


def test_a_request_passes_through_the_tiers_along_the_active_path() -> None:
    struck = Strike(5_000_000, "lightning", UnitTarget(1, 0))
    box = scene_at(tiers(3), 4, LOOK).targets["unit:1:0"]
    row = box.y + box.height / 2

    def beyond(at_s: float, left: float) -> list[float]:
        scene = scene_at(tiers(3, struck), at_s, LOOK)
        return [y for x, y in marks(scene, "request") if x > left]

    before = [y for tenth in range(10) for y in beyond(3 + tenth / 10, box.x + box.width)]
    after = [y for tenth in range(10) for y in beyond(9 + tenth / 10, box.x - 60)]
    assert before
    assert all(y == pytest.approx(row) for y in before)
    assert any(y > row + 20 for y in after)


@pytest.mark.parametrize(("at_s", "share"), [(1.0, 0.0), (1.175, 0.5), (1.34, 0.971)])
def test_a_heartbeat_is_between_sent_and_due_and_shown_long_enough(at_s: float, share: float) -> None:
    """Without latency it is drawn for 0.35 s of wall time all the same."""
    scene = scene_at(article(), at_s, LOOK)
    primary, secondary = scene.targets["unit:0:0"], scene.targets["unit:0:1"]
    top, bottom = primary.y + primary.height + 8, secondary.y - 8
    [(_, y)] = marks(scene, "heartbeat")
    assert y == pytest.approx(top + share * (bottom - top), abs=0.5)


def test_a_slow_batch_takes_as_long_as_its_cable() -> None:
    places = [marks(scene_at(tiers(1), at_s, Look(1600, 900, speed=0.1)), "sync")
              for at_s in (3.05, 3.15, 3.25, 3.31)]  # fmt: skip
    ys = [found[0][1] for found in places[:3]]
    assert ys == sorted(ys)
    assert not places[3]


def test_a_heartbeat_on_a_cut_cable_never_arrives() -> None:
    cut = Strike(2_500_000, "cut", LinkTarget(0, 0))
    scene = scene_at(article(cut), 3.1, LOOK)
    box = scene.targets["link:0:0"]
    [(_, y)] = marks(scene, "heartbeat")
    assert y < box.y + box.height / 2
    assert not marks(scene_at(article(cut), 3.3, LOOK), "heartbeat")


def test_what_is_lost_falls_and_fades() -> None:
    early, late = (scene_at(article(LIGHTNING), at_s, LOOK) for at_s in (11.1, 12.2))
    assert len(marks(early, "lost")) == 19
    assert max(y for _, y in marks(early, "lost")) < max(y for _, y in marks(late, "lost"))
    assert not marks(scene_at(article(LIGHTNING), 13.5, LOOK), "lost")
    labels = [item.content for item in early.moving if isinstance(item, Text)]
    assert "−19 sessions" in labels


def test_a_batch_that_died_falls_from_the_cable() -> None:
    strike = Strike(3_100_000, "lightning", UnitTarget(0, 0))
    scene = scene_at(tiers(1, strike), 3.15, LOOK)
    link = scene.targets["link:0:1"]
    middle = link.x + link.width / 2
    assert not marks(scene, "sync")
    assert any(abs(x - middle) < 3 for x, _ in marks(scene, "lost"))


def test_streamed_changes_are_marks_on_the_sync_lane() -> None:
    setup = article()
    tier = setup.tiers[0]
    streaming = setup.with_tier(0, type(tier)(tier.name, tier.title, sync=type(tier.sync)("streaming")))
    scene = scene_at(streaming, 5.05, LOOK)
    found = [i for i in scene.moving if isinstance(i, Sprites) and i.kind == "request" and i.role == "sync"]
    assert found
    assert len(found[0].points) >= 3


def test_the_announcement_travels_until_the_address_is_learned() -> None:
    setup = tiers(1, LIGHTNING)
    during, after = scene_at(setup, 13.4, LOOK), scene_at(setup, 14.9, LOOK)
    assert marks(during, "announce")
    assert not marks(after, "announce")


def bolts(scene: Scene) -> list[Path]:
    return [item for item in scene.moving if isinstance(item, Path) and item.stroke == "bolt"]


def test_a_short_bolt_ends_on_the_unit_and_only_lightning_has_one() -> None:
    for unit in (0, 1):
        struck = Strike(11_000_000, "lightning", UnitTarget(0, unit))
        scene = scene_at(article(struck), 11.1, LOOK)
        [bolt] = bolts(scene)
        box = scene.targets[f"unit:0:{unit}"]
        x, y = bolt.points[-1]
        assert box.x < x < box.x + box.width
        assert y == pytest.approx(box.y, abs=2)
        assert not bolts(scene_at(article(struck), 12.0, LOOK))
    host = Strike(11_000_000, "host", UnitTarget(0, 0))
    assert not bolts(scene_at(article(host), 11.1, LOOK))
    assert not bolts(scene_at(article(LIGHTNING), 11.1, Look(1600, 900, reduced_motion=True)))


def test_the_same_instant_is_the_same_picture() -> None:
    one, other = (scene_at(tiers(4, LIGHTNING), 11.3, LOOK) for _ in range(2))
    assert one == other
