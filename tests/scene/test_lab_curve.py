"""The panel of strike instants: no peak is lost, it says what the lab found, and all of it fits."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers
from scene.shipped import SIZES, TEXT_SCALES
from scene.test_golden import compare, dump
from scene.test_layout import STRIKE, box_of, inside, overlap, texts

from visualizer.app.lab_curve_work import finding
from visualizer.lab.columns import NEVER_US
from visualizer.lab.curve import strike_curve
from visualizer.scenario import load
from visualizer.scene.asked import Asked
from visualizer.scene.lab_curve import Before, Costs, Known, LabCurve, reading
from visualizer.scene.lab_curve_lines import outline
from visualizer.scene.lab_curve_panel import PLOT, TIER, WORST_LOSS, WORST_OUTAGE, place_of
from visualizer.scene.lab_curve_spread import percent, scale_of
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Area, Box, Path, Rectangle, Scene
from visualizer.sim.setup import Setup
from visualizer.story.question import Question

S = 1_000_000
PLOT_BOX = Box(100, 50, 700, 200)
ROOM_OR_NOT = pytest.mark.parametrize("room", [False, True], ids=["alone", "room"])


@lru_cache(maxsize=16)
def known(setup: Setup, tier: int = 0) -> Known:
    return [found for found in finding(setup, tier) if found][-1]


def panel(
    setup: Setup, look: Look | None = None, *, tier: int = 0, at_s: float = 5.0, **more: object
) -> Scene:
    one = setup.tiers[tier]
    shown = LabCurve(known(setup, tier), one.title, tier, len(setup.tiers))
    look = replace(look or Look(1600, 900), lab_curve=replace(shown, **more))
    return scene_at(setup, at_s, look)


def said(scene: Scene) -> list[str]:
    return [text.content for text in texts(scene)]


def drawn(costs: Costs, duration_us: int, top: float) -> list[tuple[float, float]]:
    return [point for one in outline(costs, PLOT_BOX, duration_us, top).stretches for point in one.line]


def test_it_shows_what_the_lab_found() -> None:
    setup = article(LIGHTNING)
    curve = strike_curve(setup)
    scene = panel(setup, here_us=(11 * S,), cursor_us=10_300_000)
    words = said(scene)
    assert (
        "One bolt on the active unit, at each of 2\u2009001 instants. This run has only one of them." in words
    )
    lost = curve.lost_sessions[curve.strike_us == 10_300_000][0]
    assert f"Lightning at 10.3 s: {lost} sessions lost, 2.70 s without service." in words
    for entry in ("Sessions lost", "worst", "30", "mean", "14.50", "closed form"):
        assert entry in words, entry
    for entry in ("Without service", "3.00 s", "2.50 s"):
        assert entry in words, entry
    assert "this run: 11 s" in words
    assert "chances from 3 s to 15 s" in words
    assert "checked by re-running at 12 instants: all equal" in words


def test_the_line_goes_through_every_value() -> None:
    """A saw-tooth of seven teeth: what is drawn and what was found differ by nothing that could be seen."""
    costs = known(article()).losses
    points = np.array(drawn(costs, 20 * S, 31.2))
    xs = PLOT_BOX.x + PLOT_BOX.width * costs.at_us / (20 * S)
    ys = PLOT_BOX.y + PLOT_BOX.height * (1 - costs.values / 31.2)
    seen = np.interp(xs, points[:, 0], points[:, 1])
    steep = np.abs(np.diff(costs.values, append=0)) > 1
    assert np.abs(seen - ys)[~steep].max() < 7  # one session
    assert len(points) < 900


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [1, 2, 50, 5000, 200_000])
def test_no_peak_is_lost_in_a_few_hundred_points(seed: int, count: int) -> None:
    chance = np.random.default_rng(seed)
    values = np.cumsum(chance.integers(-3, 4, count)).astype(np.int64)
    values -= values.min()
    values[chance.integers(0, count)] = values.max() + 50
    costs = Costs(np.arange(count, dtype=np.int64) * 1000, values)
    top = float(values.max())
    stretches = outline(costs, PLOT_BOX, count * 1000, top).stretches
    line = [point for one in stretches for point in one.line]
    low = [point for one in stretches for point in one.low or ()]
    assert min(y for _, y in line) == PLOT_BOX.y
    peak = (int(np.argmax(values)) / count) * PLOT_BOX.width + PLOT_BOX.x
    highest = min(line, key=lambda point: point[1])
    assert abs(highest[0] - peak) <= 5.1
    lowest = max((*line, *low), key=lambda point: point[1])
    assert lowest[1] == pytest.approx(PLOT_BOX.y + PLOT_BOX.height * (1 - values.min() / top), abs=0.01)
    assert len(line) + len(low) <= 4 * PLOT_BOX.width / 2.5 + 4
    assert all(a[0] <= b[0] for a, b in pairwise(line))


def test_teeth_too_dense_to_be_told_apart_are_a_band() -> None:
    at_us = np.arange(100_000, dtype=np.int64)
    (stretch,) = outline(Costs(at_us, at_us % 50), PLOT_BOX, 100_000, 50.0).stretches
    assert stretch.low is not None
    assert {y for _, y in stretch.line} == {PLOT_BOX.y + 4.0}
    assert {y for _, y in stretch.low} == {PLOT_BOX.y + PLOT_BOX.height}


def test_what_falls_slowly_and_jumps_is_a_line() -> None:
    """So does the outage: it is a saw-tooth the other way round."""
    at_us = np.arange(2000, dtype=np.int64)
    (stretch,) = outline(Costs(at_us, 200 - at_us % 100), PLOT_BOX, 2000, 200.0).stretches
    assert stretch.low is None


def test_where_service_is_not_back_there_is_no_line() -> None:
    at_us = np.arange(100, dtype=np.int64)
    values = np.where((at_us >= 40) & (at_us < 60), NEVER_US, 5)
    found = outline(Costs(at_us, values), PLOT_BOX, 100, 10.0)
    assert len(found.stretches) == 2
    assert found.without == ((PLOT_BOX.x + 0.40 * 700, PLOT_BOX.x + 0.59 * 700),)


def test_bars_are_as_long_as_the_chances() -> None:
    """Each of 0 to 29 lost sessions is as likely, 30 happen at one instant; the cursor's stands out."""
    scene = panel(article(), cursor_us=10_300_000)
    bars = [item for item in scene.moving if isinstance(item, Rectangle) and item.fill == "sync"]
    assert [round(bar.width / bars[0].width, 2) for bar in bars] == [1.0] * 30 + [0.01]
    lit = [bar for bar in bars if bar.alpha == 1.0]
    scale = scale_of(30, 1.0, whole=True)
    order = sorted(bars, key=lambda bar: -bar.y)
    assert [order.index(bar) for bar in lit] == [known(article()).losses.at(10_300_000)]
    assert scale.top == pytest.approx(31.2)
    assert "3.3\u00a0%" in said(scene)


@pytest.mark.parametrize(
    ("share", "words"), [(1.0, "100 %"), (0.0821, "8.2 %"), (0.05, "5 %"), (1e-5, "<0.1 %")]
)
def test_chances_in_words(share: float, words: str) -> None:
    assert percent(share).replace("\u00a0", " ") == words


def test_sentences_for_every_case() -> None:
    at_us = np.array([0, 10], dtype=np.int64)
    never = Known(10, Costs(at_us, at_us), Costs(at_us, np.array([5, NEVER_US])))
    assert reading(never, 10).endswith("10 sessions lost, service never back.")
    nobody = replace(never, unit_at=lambda _: -1)
    assert reading(nobody, 0).endswith("no unit is active to be struck; 0.00 s without service.")
    early = Known(10, Costs(at_us[:1], at_us[:1]))
    assert reading(early, 0).endswith("0 sessions lost.")
    assert reading(early, 10).endswith("not known yet.")


def test_one_time_axis_for_both_charts_and_the_pointer() -> None:
    """The target is as wide as the plots: 0 s at its left edge, the end at its right."""
    scene = panel(article(), cursor_us=10 * S)
    target = scene.targets[PLOT]
    uprights = [i for i in scene.moving if isinstance(i, Path) and i.stroke == "knob"]
    assert len(uprights) == 2
    assert {line.points[0][0] for line in uprights} == {target.x + target.width / 2}
    curves = [
        i
        for i in scene.still
        if isinstance(i, Path) and i.stroke in ("sync", "heartbeat") and len(i.points) > 20
    ]
    assert len(curves) == 2
    for line in curves:
        assert line.points[0][0] == pytest.approx(target.x)
        assert line.points[-1][0] == pytest.approx(target.x + target.width)


def test_it_stands_over_the_stage_and_the_books_stay() -> None:
    scene = panel(article(LIGHTNING), at_s=12)
    assert not {"unit:0:0", "timeline", "button:play"} & set(scene.targets)
    assert {PLOT, WORST_LOSS, WORST_OUTAGE, "losses", "button:curve", "button:undo"} <= set(scene.targets)
    assert "LOST SO FAR" in said(scene)
    assert not any(isinstance(item, Area) and item.fill == "bolt" for item in scene.moving)


def test_while_a_question_waits_nothing_is_told() -> None:
    question = Question("How many?", (), 100, "of 100", 5 * S, lambda state: 3, lambda state: "")
    look = Look(1600, 900, asked=Asked(question))
    scene = panel(article(), look)
    assert PLOT not in scene.targets
    assert "unit:0:0" in scene.targets
    assert "Sessions lost" not in said(scene)


def test_as_it_grows_it_shows_what_is_known() -> None:
    setup = article()
    found = [each for each in finding(setup, 0) if each]
    lengths = [each.instants for each in found]
    assert lengths == sorted(lengths)
    assert lengths[0] == 0
    assert len(set(lengths)) > 10
    half = found[len(set(lengths)) // 2]
    scene = scene_at(setup, 5, Look(1600, 900, lab_curve=LabCurve(half, "Firewall", 0, 1, cursor_us=19 * S)))
    words = said(scene)
    assert "finding out …" in words
    assert words.count("being found out …") == 2
    assert "Lightning at 19 s: not known yet." in words
    line = next(i for i in scene.still if isinstance(i, Path) and i.stroke == "sync" and len(i.points) > 9)
    target = scene.targets[PLOT]
    assert target.x + 0.3 * target.width < line.points[-1][0] < target.x + 0.7 * target.width
    assert np.array_equal(half.losses.values, found[-1].losses.values[: half.instants])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scale", TEXT_SCALES)
@pytest.mark.parametrize("times", [1, 2], ids=["as-is", "twice-as-long"])
@ROOM_OR_NOT
def test_all_of_it_fits(size: tuple[int, int], scale: float, times: int, room: bool) -> None:
    setup = tiers(3, STRIKE, times=times)
    look = Look(*size, text_scale=scale, room=room)
    for here_us, cursor_us in (((7_900_000,), 15 * S), ((19_900_000, 200_000), 19_990_000), ((), None)):
        scene = panel(
            setup, look, tier=1, here_us=here_us, cursor_us=cursor_us, opened_us=(3 * S,),
            before=Before(known(tiers(3, STRIKE), 1), "before the edit") if here_us else None,
        )  # fmt: skip
        fits(scene, place_of(look, layout(look, 3)))


@pytest.mark.parametrize("name", ["dublin-2011", "split-brain-fencing", "garp-lost", "f5"])
@pytest.mark.parametrize("size", [(960, 540), (1080, 1920)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_is_shipped_fits(name: str, size: tuple[int, int]) -> None:
    setup, look = load(name).setup, Look(*size)
    found = list(finding_without_check(setup))[-1]
    shown = LabCurve(found, setup.tiers[0].title, 0, 1, (setup.duration_us // 2,), (), setup.duration_us - 1)
    fits(scene_at(setup, 0, replace(look, lab_curve=shown)), place_of(look, layout(look, 1)))


def finding_without_check(setup: Setup):
    for found in finding(setup, 0):
        if found:
            yield found
            if found.window_us:
                return


def fits(scene: Scene, room: Box) -> None:
    mine = [(text, box_of(text)) for text in texts(scene) if overlap(box_of(text), room)]
    assert len(mine) > 15
    for text, box in mine:
        assert inside(box, room), text
        assert text.size >= 13.0, text
    for (one, box), (other, other_box) in combinations(mine, 2):
        assert not overlap(box, other_box), (one, other)
    window = Box(0, 0, scene.width, scene.height)
    for name, box in scene.targets.items():
        assert inside(box, window), name


def test_the_design_before_is_a_faint_line_on_the_same_scale() -> None:
    setup = article()
    tier = setup.tiers[0]
    faster = replace(setup, tiers=(replace(tier, sync=replace(tier.sync, interval_us=S)),))
    scene = panel(faster, before=Before(known(setup), "before"))
    now, then = (
        next(i for i in scene.still if isinstance(i, Path) and i.stroke == role and len(i.points) > 50)
        for role in ("sync", "text_dim")
    )
    height = {line: max(y for _, y in line.points) - min(y for _, y in line.points) for line in (now, then)}
    assert height[then] == pytest.approx(3 * height[now], rel=1e-3)
    assert "before, mean" in said(scene)
    assert said(scene).count("14.50") == 1


def test_the_tier_is_chosen_where_there_are_several() -> None:
    assert TIER not in panel(article()).targets
    scene = panel(tiers(3, STRIKE), tier=1)
    assert TIER in scene.targets
    assert "Load balancer" in said(scene)
    assert "↑ ↓" in said(scene)


def test_the_article_as_text() -> None:
    scene = panel(article(LIGHTNING), here_us=(11 * S,), cursor_us=10_300_000, opened_us=(5 * S,))
    compare(dump(scene), "article-curve.txt")
