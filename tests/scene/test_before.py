"""Knobs, before and after, the ghost lane and the closed forms, as they are drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import KEYS, LIGHTNING, article, tiers
from scene.test_layout import SIZES, STRIKE, box_of, inside, overlap, rooms_of, texts
from scene.test_panels import value_of, words

from visualizer.scene.frame import BeforeSource, FrameSource
from visualizer.scene.ghost import parted_us
from visualizer.scene.growing import history_of
from visualizer.scene.layout import layout
from visualizer.scene.ledger_clocks import chance_text, expected_text
from visualizer.scene.lettering import text_width
from visualizer.scene.look import KnobLook, Knobs, Look
from visualizer.scene.primitives import Area, Box, Icon, Path, Scene, Text
from visualizer.scene.view import view
from visualizer.sim import Setup
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import Rate, SyncSetup, TrafficSetup
from visualizer.theory import expectation
from visualizer.timeline.run import Run

LOOK = Look(1600, 900)
KNOBS = Knobs(
    0,
    (
        KnobLook("knob:policy", "Copying", "synchronous", None, "before streaming", None, changed=True),
        KnobLook("knob:sync", "Sync every", "100 ms", 0.0, "before 10 min", 0.9, changed=True),
        KnobLook("knob:heartbeat", "Heartbeat every", "200 ms", 0.3),
        KnobLook("knob:misses", "Misses to declare dead", "15", 1.0, "before 3", 0.2, changed=True),
        KnobLook("knob:heartbeat_latency", "Heartbeat link latency", "100 us", 0.1),
        KnobLook("knob:sync_latency", "Sync link latency", "500 ms", 0.9, changed=True),
        KnobLook("knob:convergence", "Clients follow after", "500 ms", 0.4),
        KnobLook("knob:rate", "New sessions per second", "0.5", 0.2, "before 500", 1.0, changed=True),
        KnobLook("knob:path", "Path design", "parallel", None),
    ),
)


def beside(setup: Setup, other: Setup, at_s: float, look: Look = LOOK, label: str = "before") -> Scene:
    """The scene of `setup` with `other` as what was before."""
    at_us = round(at_s * 1_000_000)
    run = Run(setup)
    run.seek(at_us)
    frame = FrameSource(run).frame(BeforeSource(Run(other), label).at(at_us))
    return view(frame, replace(look, playing=True, keys=look.keys or KEYS))


def synced_every(interval_us: int) -> Setup:
    setup = article(LIGHTNING)
    return setup.with_tier(0, replace(setup.tiers[0], sync=SyncSetup("periodic", interval_us)))


def dashed(scene: Scene) -> list[Path]:
    return [
        item for item in scene.still if isinstance(item, Path) and item.stroke == "text_dim" and item.dash
    ]


def arrows(scene: Scene) -> list[str]:
    """The colours of the small triangles in the ledger."""
    left = layout(LOOK, 1).ledger.x
    return [
        i.fill for i in scene.moving if isinstance(i, Area) and len(i.points) == 3 and i.points[0][0] > left
    ]


def test_the_ledger_says_what_was_before_and_which_way_it_went() -> None:
    """A copy every 5 s: 9 lost of what was made from 10.1 s on; every 3 s: 19."""
    worse = beside(synced_every(3_000_000), synced_every(5_000_000), 14)
    assert {"19", "before 9", "before: 9 lost", "before 1.00 s"} <= set(words(worse))
    assert arrows(worse) == ["struck"] * 3  # lost, of that cause, and the RPO
    better = beside(synced_every(5_000_000), synced_every(3_000_000), 14)
    assert {"9", "before 19", "before 2.00 s"} <= set(words(better))
    assert arrows(better) == ["active"] * 3
    same = beside(synced_every(3_000_000), synced_every(3_000_000), 14)
    assert arrows(same) == []
    assert {"before 19", "before: 19 lost"} <= set(words(same))


def test_before_is_told_at_the_same_playhead_and_its_count_at_its_end() -> None:
    scene = beside(synced_every(3_000_000), synced_every(5_000_000), 5)
    assert {"before 0", "before –", "before: 9 lost"} <= set(words(scene))


def test_without_a_before_nothing_of_it_is_drawn() -> None:
    run = Run(article(LIGHTNING))
    run.seek(14_000_000)
    scene = view(FrameSource(run).frame(), LOOK)
    assert not any(word.startswith(("before ", "before:")) for word in words(scene))
    assert dashed(scene) == []


def test_the_ghost_is_its_sawtooth_from_where_the_two_part() -> None:
    """An act at 4 s: until then both are the same."""
    early = Strike(4_000_000, "lightning", UnitTarget(0, 0))
    scene = beside(article(early), article(LIGHTNING), 4)
    plot = layout(LOOK, 1).plot
    ghost = [item for item in dashed(scene) if item.dash == (7.0, 5.0)]
    xs = [x for item in ghost for x, _ in item.points]
    assert plot.x + 0.19 * plot.width < min(xs) < plot.x + 0.21 * plot.width
    takeover = [item for item in dashed(scene) if item.points[0][0] == item.points[-1][0]]
    assert any(item.points[0][0] == pytest.approx(plot.x + plot.width * 13 / 20) for item in takeover)
    bolts = [i for i in scene.moving if isinstance(i, Icon) and i.name == "bolt" and i.y < plot.y + 20]
    bolts = [icon for icon in bolts if icon.y > plot.y - 20]
    assert [(icon.role, round((icon.x - plot.x) / plot.width * 20)) for icon in bolts] == [
        ("text_dim", 11),
        ("bolt_glow", 4),
    ]


def test_both_curves_have_one_scale() -> None:
    small, large = synced_every(1_000_000), synced_every(10_000_000)
    for one, other in ((small, large), (large, small)):
        scene = beside(one, other, 10.5)
        assert "99" in words(scene) or "100" in words(scene)
        plot = layout(LOOK, 1).plot
        tops = [min(y for _, y in item.points) for item in dashed(scene) if item.dash == (7.0, 5.0)]
        assert min(tops) >= plot.y - 0.5
    low = min(
        y for item in dashed(beside(large, small, 10.5)) for _, y in item.points if item.dash == (7.0, 5.0)
    )
    assert low > plot.y + 0.8 * plot.height  # ten a second beside a hundred


def test_a_run_that_exposes_nothing_leaves_the_scale_to_the_other() -> None:
    """Streamed at once: nothing is ever exposed, but all 180 sessions once the second copy is gone."""
    setup = article(LIGHTNING)
    streamed = setup.with_tier(0, replace(setup.tiers[0], sync=SyncSetup("streaming")))
    scene = beside(streamed, setup, 14)
    assert "30" in words(scene)
    assert "180" not in words(scene)


def test_runs_part_where_their_exposures_do() -> None:
    one, same, late = (Run(article(LIGHTNING)), Run(article(LIGHTNING)), Run(article()))
    assert parted_us(history_of(one), history_of(same)) is None
    parted = parted_us(history_of(one), history_of(late))
    assert parted is not None
    assert abs(parted - 11_000_000) <= 100_000


def test_a_history_is_computed_once_for_each_version_of_a_run() -> None:
    run = Run(article())
    first = history_of(run)
    assert history_of(run) is first
    run.act(LIGHTNING)
    assert history_of(run) is not first


def test_theory_stands_beside_what_happened() -> None:
    setup = article(LIGHTNING)
    scene = beside(setup, setup, 14)
    assert value_of(scene, "Expected by theory") == "14.5 lost"
    assert value_of(scene, "Chance of losing nothing") == "3.3 %"
    poisson = replace(setup, traffic=TrafficSetup("poisson", Rate(24)))
    assert value_of(beside(poisson, poisson, 14), "Expected by theory") == "36 lost"
    expected = expectation(poisson)
    assert expected is not None
    assert expected.chance_of_no_loss is not None
    rare = replace(poisson, traffic=TrafficSetup("poisson", Rate(2000)))
    assert value_of(beside(rare, rare, 1), "Chance of losing nothing") == "1 in 6\u2009000"


def test_where_no_closed_form_applies_there_is_a_dash() -> None:
    cut = article(Strike(5_500_000, "cut", LinkTarget(0, 0)))
    scene = beside(cut, cut, 14)
    assert value_of(scene, "Expected by theory") == "–"
    assert value_of(scene, "Chance of losing nothing") == "–"


@pytest.mark.parametrize(
    ("chance", "text"),
    [
        (1.0, "100 %"), (0.99984, "99.98 %"), (0.999999, "over 99.99 %"), (0.5, "50.0 %"), (0.0333, "3.3 %"),
        (0.001, "0.1 %"), (0.00016, "1 in 6\u2009250"), (1.1e-16, "1 in 10¹⁶"), (9.6e-7, "1 in 10⁶"),
        (0.0, "none"),
    ],
)  # fmt: skip
def test_chances_are_said_as_people_read_them(chance: float, text: str) -> None:
    assert chance_text(chance) == text


def test_a_chance_too_small_to_compute_is_not_called_none() -> None:
    assert chance_text(0.0, exact=False) == "under 1 in 10³⁰⁰"


def test_means_are_said_as_people_read_them() -> None:
    said = [expected_text(mean) for mean in (0.0, 0.00016, 14.5, 36.62, 49.0, 1914.55)]
    assert said == ["0", "0.0002", "14.5", "36.6", "49", "1\u2009915"]


@pytest.mark.parametrize("count", [1, 3, 8])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_knobs_and_before_fit_and_nothing_lies_on_another(size: tuple[int, int], count: int) -> None:
    look = Look(*size, keys=KEYS, knobs=KNOBS, focus="knob:misses")
    other = tiers(count, replace(STRIKE, at_us=6_100_000))
    scene = beside(tiers(count, STRIKE, times=2), other, 10.2, look)
    window, rooms = Box(0, 0, scene.width, scene.height), rooms_of(scene, look, count)
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    assert {knob.title for knob in KNOBS.knobs} <= {content for content, _ in boxes}
    assert {knob.name for knob in KNOBS.knobs} <= set(scene.targets)
    for content, box in boxes:
        assert inside(box, window), content
        for room in rooms:
            assert inside(box, room) or not overlap(box, room), (content, box, room)
    for (one, box), (another, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, another)
    named = [scene.targets[knob.name] for knob in KNOBS.knobs]
    assert all(not overlap(one, another) for one, another in combinations(named, 2))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_label_and_no_value_of_a_knob_is_cut(size: tuple[int, int]) -> None:
    look = Look(*size, keys=KEYS, knobs=KNOBS)
    scene = beside(tiers(3, STRIKE), tiers(3), 10.2, look)
    said = {knob.title for knob in KNOBS.knobs} | {knob.value for knob in KNOBS.knobs}
    for text in scene.moving:
        if isinstance(text, Text) and text.content in said and text.max_width is not None:
            assert text_width(text.content, text.size, text.weight) <= text.max_width + 1e-6, text.content
