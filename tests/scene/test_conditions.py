"""Units and cables that are neither well nor dead: a word, a mark and an edge, in any window."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_layout import SIZES, box_of, inside, overlap, rooms_of, texts

from visualizer.canvas.icons import icon_names
from visualizer.scene.frame import FrameSource
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Icon, Path, Rectangle, Scene, Sprites
from visualizer.scene.timeline import words_for
from visualizer.scene.units import Standing, standing
from visualizer.sim import Setup
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.sim.event import Status
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import FeedSetup, GuardSetup, Quality, SiteSetup
from visualizer.timeline.run import Run

LOOK = Look(1600, 900)
S = 1_000_000
FAULTY = (
    Strike(7 * S, "slow", UnitTarget(0, 0)),
    Strike(7 * S, "isolate", UnitTarget(1, 0)),
    Strike(7 * S, "daemon", UnitTarget(2, 0)),
    Strike(7 * S, "stop", UnitTarget(3, 0)),
    Strike(7 * S, "switchover", UnitTarget(4, 0)),
    Strike(7 * S, "degrade", LinkTarget(5, 0)),
    Strike(7 * S, "degrade", LinkTarget(5, 1)),
    Strike(7 * S, "heartbeat-loss", LinkTarget(6, 0)),
)


def world(count: int, *acts: Strike, kind: str = "network", **changes: object) -> Setup:
    """Tiers whose cables can get worse; only the acts that have a target."""
    here = [act for act in acts if getattr(act.target, "tier", 0) < count]
    setup = tiers(count, *here)
    worse = Quality(400_000)
    pairs = tuple(
        replace(t, links=tuple(replace(link, kind=kind, degraded=worse) for link in t.links), **changes)
        for t in setup.tiers
    )
    return replace(setup, tiers=pairs)


def stand(setup: Setup, at_s: float, tier: int = 0, unit: int = 0) -> Standing:
    run = Run(setup)
    run.seek(round(at_s * S))
    return standing(FrameSource(run).frame(), tier, unit)


@pytest.mark.parametrize(
    ("tier", "word", "icon"),
    [
        (0, "SLOW", "slow"),
        (1, "ISOLATED", "isolated"),
        (2, "MUTE", "mute"),
        (3, "STOPPED", FAULTS["stop"].mark),
        (4, "HANDS OVER", "swap"),
    ],
)
def test_a_card_says_what_is_wrong(tier: int, word: str, icon: str) -> None:
    found = stand(world(8, *FAULTY), 7.25, tier)
    assert found.word == word
    assert [badge.icon for badge in found.badges] == [icon]


def test_several_things_wrong_are_counted_and_all_marked() -> None:
    both = (Strike(7 * S, "slow", UnitTarget(0, 0)), Strike(7 * S, "daemon", UnitTarget(0, 0)))
    found = stand(world(1, *both), 7.25)
    assert found.word == "SLOW +1"
    assert [badge.icon for badge in found.badges] == ["slow", "mute"]


def test_a_lease_that_has_run_out_makes_the_other_the_only_active() -> None:
    cuts = tuple(Strike(8 * S, "cut", LinkTarget(0, link)) for link in (0, 1))
    setup = world(1, *cuts, guard=GuardSetup("lease", lease_us=2 * S))
    assert stand(setup, 11).word == "NO LEASE"
    assert stand(setup, 11, unit=1).word == "TOOK OVER"


def test_a_slow_takeover_is_seen() -> None:
    host = Strike(8 * S, "host", UnitTarget(0, 0))
    found = stand(world(1, host, takeover_us=6 * S), 13, unit=1)
    assert (found.word, found.edge, found.badges[0].icon) == ("TAKING OVER", "active", "starting")


def test_a_fenced_unit_and_one_without_power_say_so() -> None:
    mute = Strike(7 * S, "daemon", UnitTarget(0, 0))
    fencing = GuardSetup("fencing", fence_us=S)
    assert stand(world(1, mute, guard=fencing), 12).word == "FENCED"
    dark = replace(
        world(1, sites=(0, None)),
        sites=(SiteSetup("one", "Dublin", 0),),
        feeds=(FeedSetup("esb", "ESB"),),
        commands=(Strike(8 * S, "utility", FeedTarget(0)),),
    )
    assert stand(dark, 9).word == "NO POWER"
    words = {text.content for text in texts(scene_at(dark, 9, LOOK))}
    assert "ESB: no power" in words


def test_the_batteries_are_counted_down() -> None:
    setup = replace(
        world(1, sites=(0, 0)),
        sites=(SiteSetup("one", "Dublin", 0),),
        feeds=(FeedSetup("esb", "ESB", ups_us=5 * S),),
        commands=(Strike(8 * S, "utility", FeedTarget(0)),),
    )
    labels = [{text.content for text in texts(scene_at(setup, at_s, LOOK))} for at_s in (8.5, 11.5)]
    assert "ESB: batteries 5 s" in labels[0]
    assert "ESB: batteries 2 s" in labels[1]


def test_units_set_aside_and_one_bolt_for_a_whole_site() -> None:
    parallel = replace(world(3, Strike(8 * S, "host", UnitTarget(1, 0))), path="parallel")
    assert stand(parallel, 8.2).word == "SET ASIDE"
    assert stand(parallel, 8.2, tier=1).word == "FAILED"
    gone = replace(
        world(3, sites=(0, None)),
        sites=(SiteSetup("one", "Dublin"),),
        commands=(Strike(8 * S, "site", SiteTarget(0)),),
    )
    scene = scene_at(gone, 8.1, LOOK)
    bolts = [item for item in scene.moving if isinstance(item, Path) and item.stroke == "bolt"]
    assert len(bolts) == FAULTS["site"].bolt
    assert stand(gone, 8.1).word == "STRUCK"


def signs(scene: Scene) -> list[str]:
    return [text.content for text in texts(scene) if text.size == 12.5 and text.role == "suspect"]


def test_a_cable_says_what_is_wrong_with_it_until_it_is_healed() -> None:
    acts = (
        Strike(5 * S, "degrade", LinkTarget(0, 1)),
        Strike(5 * S, "heartbeat-loss", LinkTarget(0, 0)),
        Strike(8 * S, "heal", LinkTarget(0, 0)),
        Strike(8 * S, "heal", LinkTarget(0, 1)),
    )
    setup = world(1, *acts)
    assert not signs(scene_at(setup, 4.5, LOOK))
    assert sorted(signs(scene_at(setup, 5.5, LOOK))) == ["DEGRADED", "NO BEATS"]
    healed = scene_at(setup, 8.5, LOOK)
    assert not signs(healed)
    assert [text.role for text in texts(healed) if text.content == "HEALED"] == ["active", "active"]
    assert not [text for text in texts(scene_at(setup, 11, LOOK)) if text.content == "HEALED"]


def test_a_serial_cable_has_plugs_and_two_wires() -> None:
    def plugs(kind: str) -> int:
        scene = scene_at(world(1, kind=kind), 3, LOOK)
        return len(
            [i for i in scene.still if isinstance(i, Rectangle) and i.height == 7 and i.fill == "link"]
        )

    assert (plugs("network"), plugs("serial")) == (0, 4)


@pytest.mark.parametrize("kind", ["network", "serial"])
@pytest.mark.parametrize("count", [1, 4, 8])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_overlaps_with_everything_wrong(size: tuple[int, int], count: int, kind: str) -> None:
    look = Look(*size, keys=KEYS)
    scene = scene_at(world(count, *FAULTY, kind=kind), 7.25, look)
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, other)
    for content, box in boxes:
        for room in rooms_of(scene, look, count):
            assert inside(box, room) or not overlap(box, room), content
    for card in (box for pair in layout(look, count).cards for box in pair):
        for icon in (item for item in (*scene.still, *scene.moving) if isinstance(item, Icon)):
            mark = Box(icon.x - icon.size / 2, icon.y - icon.size / 2, icon.size, icon.size)
            assert icon.name in icon_names()
            if overlap(mark, card) and icon.role == "suspect":
                assert inside(mark, card), icon.name


def test_what_a_slow_unit_swallows_stops_there() -> None:
    setup = world(3, Strike(5 * S, "slow", UnitTarget(1, 0)))
    scenes = [scene_at(setup, 9 + tenth / 10, LOOK) for tenth in range(10)]
    marks = [item for scene in scenes for item in scene.moving if isinstance(item, Sprites)]
    card = scenes[0].targets["unit:1:0"]
    rings = [x for item in marks if item.kind == "acknowledgement" for x, _ in item.points]
    dots = [point for item in marks if item.kind == "request" for point in item.points]
    assert rings
    assert max(rings) < card.x
    assert dots
    assert not [x for x, y in dots if x > card.x + card.width and y < card.y + card.height]


def test_every_status_has_its_words_on_the_timeline() -> None:
    words = [words_for(status) for status in Status if status is not Status.SERVED]
    assert len(set(words)) == len(words) == len(Status) - 1
    slow = Strike(5 * S, "slow", UnitTarget(0, 0))
    assert "no answer" in {text.content for text in texts(scene_at(world(1, slow), 9, LOOK))}
