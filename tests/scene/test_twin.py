"""Several designs side by side: the picture of all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, scene_at, tiers
from scene.test_beside import QUESTION
from scene.test_layout import SIZES, STRIKE, box_of, inside, overlap, texts

from visualizer.lab.beside import Others
from visualizer.lab.designs import COMPARISONS, Comparison
from visualizer.opening import in_designs, open_scenario
from visualizer.scene.asked import Asked
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.frame import FrameSource
from visualizer.scene.layout import layout
from visualizer.scene.look import Choice, Look, Menu
from visualizer.scene.panes import panes
from visualizer.scene.primitives import Box, Icon, Path, Rectangle, Scene, Text
from visualizer.scene.targets import in_pane, target_of
from visualizer.scene.twin import view_of
from visualizer.scene.twin_timeline import INKS
from visualizer.sim import Setup
from visualizer.sim.command import UnitTarget
from visualizer.sim.setup import SyncSetup
from visualizer.timeline.run import Run

S = 1_000_000


def designs_of(setup: Setup, count: int, times: int = 1) -> tuple[list[Setup], Comparison]:
    """`count` made-up designs of a setup, every word `times` as often."""
    found = [
        replace(setup, path="parallel"),
        setup,
        replace(setup, tiers=tuple(replace(t, sync=SyncSetup("synchronous")) for t in setup.tiers)),
        replace(setup, tiers=tuple(replace(t, sync=SyncSetup("none")) for t in setup.tiers)),
    ]
    variants = [
        replace(
            variant,
            title=" ".join([variant.title] * times),
            subtitle=" ".join([variant.subtitle] * times),
            short=" ".join([variant.short] * times),
        )
        for key in ("paths", "copying")
        for variant in COMPARISONS[key].variants[:2]
    ]
    whole = COMPARISONS["paths"]
    decides = " ".join([whole.decides] * times)
    return found[:count], replace(whole, variants=tuple(variants[:count]), decides=decides)


def twin_at(setups: list[Setup], comparison: Comparison, at_s: float, look: Look) -> Scene:
    runs = [Run(setup) for setup in setups]
    for run in runs:
        run.seek(round(at_s * S))
    look = replace(look, comparison=comparison, keys=look.keys or KEYS)
    return view_of([FrameSource(run).frame() for run in runs], look)


def shipped(scenario: str, key: str, at_s: float, look: Look | None = None) -> Scene:
    designs = in_designs(open_scenario(scenario), key)
    setups = [opened.setup for opened in designs.opened]
    return twin_at(setups, designs.comparison, at_s, look or Look(1600, 900, playing=True, hands_on=False))


def words(scene: Scene) -> list[str]:
    return [text.content for text in texts(scene)]


@pytest.mark.parametrize("times", [1, 2], ids=["as-is", "twice-as-long"])
@pytest.mark.parametrize(("runs", "count"), [(2, 1), (2, 3), (2, 5), (2, 8), (3, 1), (3, 3), (4, 1), (4, 4)])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut_off_or_lies_on_another(
    size: tuple[int, int], runs: int, count: int, times: int
) -> None:
    setups, comparison = designs_of(tiers(count, STRIKE, times=times), runs, times)
    for at_s in (5.0, 10.2):
        scene = twin_at(setups, comparison, at_s, Look(*size, hover="pane:0:unit:0:0", speed=0.25))
        window = Box(0, 0, scene.width, scene.height)
        boxes = [(text.content, box_of(text)) for text in texts(scene)]
        for content, box in boxes:
            assert inside(box, window), content
        for (one, box), (other, other_box) in combinations(boxes, 2):
            assert not overlap(box, other_box), (at_s, one, other)


@pytest.mark.parametrize("runs", [2, 3, 4])
@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("size", SIZES)
def test_the_rooms_do_not_overlap(size: tuple[int, int], count: int, runs: int) -> None:
    rooms = panes(layout(Look(*size), count), runs, count, framed=False)
    outside = rooms.outcomes[0].y > rooms.frames[0].y + rooms.frames[0].height
    below = rooms.outcomes if outside else ()
    whole = rooms.whole
    everything = [whole.header, *rooms.frames, *below, whole.timeline, whole.caption, whole.hints]
    for one, other in combinations(everything, 2):
        assert not overlap(one, other), (one, other)
    for frame, room in zip(rooms.frames, rooms.rooms, strict=True):
        cards = [box for pair in room.cards for box in pair]
        for one, other in combinations([*cards, room.clients], 2):
            assert not overlap(one, other)
        for card in cards:
            assert inside(card, frame)


def test_the_numbers_are_those_of_the_engine_and_the_worse_design_says_what_it_costs() -> None:
    said = words(shipped("parallel", "paths", 20))
    assert said.count("79") == said.count("46") == 1
    assert "138 table entries · no service for 2.00 s" in said
    assert "33 sessions more, 92 entries more" in said
    assert said.count("the design costs") == 1
    assert "both runs, one clock · 1× speed" in said


def test_nothing_costs_anything_before_the_strike() -> None:
    said = words(shipped("parallel", "paths", 13.5))
    assert "the design costs" not in said
    assert said.count("0") >= 2


def test_each_tier_that_lost_something_says_how_much_once() -> None:
    for at_s in (15.0, 16.4):  # before and after the takeover
        said = words(shipped("parallel", "paths", at_s))
        assert sorted(word for word in said if word.startswith("−")) == [
            "−13 entries",
            "−46 entries",  # the column's
            "−46 entries",  # that of the crossed paths
            "−79 entries",
        ]


def test_a_thing_has_a_name_of_its_own_in_each_pane_and_is_the_same_target() -> None:
    scene = shipped("parallel", "paths", 10, Look(1600, 900))
    for pane in (0, 1):
        name = f"pane:{pane}:unit:1:0"
        assert name in scene.targets
        assert target_of(name) == UnitTarget(1, 0)
        assert in_pane(name) == (pane, "unit:1:0")
    assert "unit:1:0" not in scene.targets
    assert {"timeline", "button:play", "button:save"} <= set(scene.targets)
    assert in_pane("timeline") == (0, "timeline")


def halos(scene: Scene, role: str) -> int:
    return sum(isinstance(item, Rectangle) and item.stroke == role for item in scene.still)


def test_what_is_pointed_at_is_lit_in_every_pane_and_the_ring_of_the_keyboard_is_in_one() -> None:
    plain = shipped("article", "copying", 10, Look(1600, 900))
    hover = shipped("article", "copying", 10, Look(1600, 900, hover="pane:2:unit:0:0"))
    focus = shipped("article", "copying", 10, Look(1600, 900, focus="pane:1:unit:0:0"))
    assert [halos(scene, "bolt_glow") for scene in (plain, hover, focus)] == [0, 3, 2]
    assert [halos(scene, "focus") for scene in (plain, hover, focus)] == [0, 0, 1]


def test_one_timeline_has_a_curve_for_each_run_each_with_its_own_colour_and_dashes() -> None:
    scene = shipped("article", "copying", 10.9)
    drawn = {
        (item.stroke, item.dash) for item in scene.moving if isinstance(item, Path) and item.width == 2.4
    }
    assert set(INKS[:3]) <= drawn
    assert len(set(INKS)) == len({role for role, _ in INKS}) == 4
    assert len({dash for _, dash in INKS}) == 4


def test_a_curve_is_what_a_strike_on_the_compared_tier_costs() -> None:
    scene = shipped("parallel", "paths", 13.9)
    said = words(scene)
    assert "Sessions lost if lightning struck the load balancer at this instant" in said
    place = said.index("parallel")
    assert said[place : place + 4] == ["parallel", "77", "cross-connected", "44"]
    assert scene.caption.endswith(
        "with parallel paths 77 sessions would be lost, with cross-connected paths 44."
    )


def test_marks_of_all_runs_are_on_the_timeline() -> None:
    scene = shipped("serial-cable", "cable", 70)
    said = words(scene)
    assert "takeover 60 s" in said
    lanes = [item for item in scene.still if isinstance(item, Rectangle) and item.fill == "outage"]
    assert len(lanes) == 2  # nobody waits over the serial cable
    assert lanes[0].y != lanes[1].y
    assert [item.name for item in scene.moving if isinstance(item, Icon)].count("cross") >= 1


def test_the_bars_of_all_panes_have_one_scale() -> None:
    """After the takeover 92 and 111 sessions have no second copy, both more than the curves ever reach."""
    scene = shipped("article", "copying", 13)
    bars = [item for item in scene.moving if isinstance(item, Rectangle) and item.fill == "sync"]
    assert len({round(bar.width, 3) for bar in bars}) == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_the_lanes_do_not_lie_on_those_of_the_takeovers(size: tuple[int, int]) -> None:
    designs = in_designs(open_scenario("article", faults=("lightning:firewall.primary@10s",)), "cable")
    scene = twin_at([opened.setup for opened in designs.opened], designs.comparison, 13, Look(*size))
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, other)


def test_a_loss_without_an_outage_says_of_how_many() -> None:
    said = words(shipped("serial-cable", "cable", 70))
    assert any(word.endswith("open when it struck") for word in said)
    assert not any("open now" in word for word in said)


def test_where_all_wait_alike_there_is_one_band() -> None:
    scene = shipped("parallel", "paths", 20)
    bands = [item for item in scene.still if isinstance(item, Rectangle) and item.fill == "outage"]
    assert len(bands) == 1


def test_the_menu_of_a_thing_opens_beside_it_in_its_pane() -> None:
    choice = Choice("lightning", "pane:1:unit:2:0", "Lightning", "the unit dies", "bolt")
    menu = Menu("pane:1:unit:2:0", "Application primary", "active", (choice,))
    scene = shipped("parallel", "paths", 10, Look(1600, 900, menu=menu))
    box, line = scene.targets["pane:1:unit:2:0"], scene.targets["menu:0"]
    assert abs(line.y - box.y) < 80
    assert line.x > 900


def test_one_run_is_drawn_as_ever() -> None:
    setup = tiers(3, STRIKE)
    run = Run(setup)
    run.seek(5 * S)
    look = Look(1600, 900, playing=True, keys=KEYS)
    assert view_of([FrameSource(run).frame()], look) == scene_at(setup, 5.0)


def test_the_same_runs_give_the_same_picture() -> None:
    assert shipped("article", "copying", 11.3) == shipped("article", "copying", 11.3)


@pytest.mark.parametrize("size", SIZES)
def test_letters_stay_legible(size: tuple[int, int]) -> None:
    setups, comparison = designs_of(tiers(4, STRIKE), 3)
    scene = twin_at(setups, comparison, 9.0, Look(*size))
    scale = min(size[0] / scene.width, size[1] / scene.height)
    assert min(text.size for text in texts(scene) if isinstance(text, Text)) * scale >= 8.2


def test_four_runs_say_so() -> None:
    setups, comparison = designs_of(tiers(2, STRIKE), 4)
    assert "all four runs, one clock · 1× speed" in words(twin_at(setups, comparison, 3, Look(1600, 900)))


@pytest.mark.parametrize("runs", [2, 3, 4])
@pytest.mark.parametrize("size", SIZES)
def test_many_other_runs_of_each_design_stand_in_its_pane(size: tuple[int, int], runs: int) -> None:
    setups, comparison = designs_of(tiers(3, STRIKE), runs)
    others = Others(tuple(range(40)), struck=True)
    each = tuple(BesideLook("lost", 10 + number, 40, others) for number in range(runs))
    look = Look(*size, beside_each=each)
    scene, bare = (twin_at(setups, comparison, 15, one) for one in (look, replace(look, beside_each=())))
    assert len(texts(scene)) > len(texts(bare)) or runs == 4
    frames = panes(layout(look, 3), runs, 3, framed=False).frames
    for frame, variant, shown in zip(frames, comparison.variants, each, strict=True):
        said = [item for item in texts(scene) if inside(box_of(item), frame)]
        assert any(item.content.endswith(f"{shown.value}.") for item in said)
        assert f"{variant.title}: Sessions lost" in scene.caption
    assert not any(target_of(in_pane(name)[1] or "") for name in scene.targets)


def test_a_question_goes_before_them() -> None:
    setups, comparison = designs_of(tiers(3, STRIKE), 2)
    shown = BesideLook("lost", 3, 20, Others((1,) * 20, struck=True))
    look = Look(1280, 720, asked=Asked(QUESTION))
    asked, both = (
        twin_at(setups, comparison, 15, one) for one in (look, replace(look, beside_each=(shown,) * 2))
    )
    assert words(asked) == words(both)
