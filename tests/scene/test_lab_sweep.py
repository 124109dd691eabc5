"""The panel of a sweep says what the cells say, marks what is on show, and fits at every size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from scene.flat import everything
from scene.picture import article, scene_at, tiers
from scene.sweeps import MISSES, POLICY, RATE, along, axis, cell, field
from scene.test_layout import box_of, inside, overlap, texts

from visualizer.canvas.theme import contrast, load_theme, luminance, theme_names
from visualizer.scene import lettering
from visualizer.scene.asked import Asked
from visualizer.scene.lab_curve_panel import place_of
from visualizer.scene.lab_sweep import ALONG, AND, MEASURE
from visualizer.scene.lab_sweep_heat import Ramp, coloured, ramp_of
from visualizer.scene.lab_sweep_shown import CELL, SweepCell, SweepLook
from visualizer.scene.lab_sweep_words import progress, reading, spread, with_error
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Area, Box, Disc, Path, Rectangle, Scene
from visualizer.story.question import Question

SIZES = ((960, 540), (1280, 720), (1920, 1080), (3840, 2160), (1000, 1400))
LONG = replace(MISSES, title="Heartbeat link latency")
LONGEST = replace(RATE, title="Misses to declare dead")
SHOWN = {
    "line": along(),
    "words": along(POLICY, chosen=4, measure="Transactions in doubt", unit="transactions"),
    "shares": along(MISSES, measure="Runs that lost nothing", unit="", cells=tuple(
        SweepCell(100, n / 10, n / 10 - 0.05, n / 10 + 0.05, 0, 1, n / 10) for n in range(8)
    ), chosen=3),
    "field": field(),
    "longest": field(LONG, LONGEST, measure="From the strike until service again", unit="s", seeds=3),
    "field of words": field(RATE, POLICY, chosen=39),
    "nothing yet": along(cells=(SweepCell(0),) * 18, seeds=0, about=""),
    "problem": along(problem="Not with this scenario: tiers.firewall.link.jitter: a serial cable has no "
                             "jitter; take it out, or make it a network cable."),
}  # fmt: skip


def scene_of(shown: SweepLook, look: Look | None = None, count: int = 2) -> tuple[Scene, Box]:
    look = replace(look or Look(1280, 720), sweep=shown)
    return scene_at(tiers(count), 5, look, played=False), place_of(look, layout(look, count))


def words_of(scene: Scene) -> list[str]:
    return [text.content for text in texts(scene)]


@pytest.fixture(params=[1, 2], ids=["as-is", "twice-as-long"])
def letters(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    own = lettering._width
    monkeypatch.setattr(lettering, "_width", lambda character, weight: request.param * own(character, weight))
    for cached in (lettering.text_width, lettering.wrapped, lettering.balanced):
        cached.cache_clear()
    yield
    for cached in (lettering.text_width, lettering.wrapped, lettering.balanced):
        cached.cache_clear()


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("kind", ["usual", "larger", "room"])
@pytest.mark.usefixtures("letters")
def test_all_of_it_fits(name: str, size: tuple[int, int], kind: str) -> None:
    look = Look(*size, text_scale=2.0 if kind == "larger" else 1.0, room=kind == "room")
    scene, room = scene_of(SHOWN[name], look)
    mine = [(text, box_of(text)) for text in texts(scene) if overlap(box_of(text), room)]
    assert len(mine) > 8
    for text, box in mine:
        width = lettering.text_width(text.content, text.size, text.weight, text.letter_spacing)
        assert text.max_width is None or width <= text.max_width + 0.5, text
        assert inside(box, room), text
        assert text.size >= 11, text
    for (one, box), (other, other_box) in combinations(mine, 2):
        assert not overlap(box, other_box), (one.content, other.content)
    for name_, box in scene.targets.items():
        if name_.startswith("sweep:"):
            assert inside(box, room), name_


def test_what_lies_below_is_neither_drawn_nor_pointed_at() -> None:
    scene, _ = scene_of(along())
    assert not any(name.startswith(("unit:", "link:", "timeline", "chapter:")) for name in scene.targets)
    assert {MEASURE, ALONG, AND, f"{CELL}0", f"{CELL}17"} <= set(scene.targets)
    locked, _ = scene_of(along(), Look(1280, 720, asked=Asked(_question())))
    assert not any(name.startswith("sweep:") for name in locked.targets)
    assert "WHAT IF A KNOB STOOD ELSEWHERE?" not in words_of(locked)
    assert any(name.startswith("unit:") for name in locked.targets)


def _question() -> Question:
    return Question("How many?", (), 100, "sessions", 10_000_000, lambda state: 0, lambda state: "")


def test_it_says_what_is_asked_how_far_it_is_and_what_the_chosen_cell_says() -> None:
    words = words_of(scene_of(along(seeds=12))[0])
    asked = {"Sessions lost", "against", "Sync every", "nothing else"}
    read = {"Sync every 3 s: 15.0 ± 1.8 sessions, closed form 14.7.", "Half of the runs: 6 to 24."}
    assert {*asked, *read, "12 of 100 seeds", "now", "mean", "closed form"} <= set(words)
    assert "100 seeds each" in words_of(scene_of(along())[0])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Sync every 3 s: 10.1 ± 0.6 sessions, closed form 10."),
        ({"expected": None}, "Sync every 3 s: 10.1 ± 0.6 sessions."),
        ({"low": None, "high": None}, "Sync every 3 s: 10.1 sessions, closed form 10."),
        ({"mean": None}, "Sync every 3 s: never in 100 runs."),
        ({"runs": 0}, "Sync every 3 s: nothing is known yet."),
    ],
)
def test_a_cell_is_read_out(changes: dict[str, object], said: str) -> None:
    one = replace(SweepCell(100, 10.1, 9.5, 10.7, 5, 15, 10.0), **changes)
    shown = along(cells=(*along().cells[:5], one, *along().cells[6:]))
    assert reading(shown, 5) == said


def test_shares_are_per_cent_and_two_axes_name_both_values() -> None:
    shown = SHOWN["shares"]
    assert reading(shown, 3) == "Misses to declare dead 4: 30 % (25 to 35), closed form 30."
    assert spread(shown, 3) == ""
    two = field(POLICY, RATE, chosen=9)
    assert reading(two, 9).startswith("Copying periodic, new sessions per second 2: ")
    assert two.places(9) == (1, 1)
    assert progress(two) == "12 of 50 seeds"


def test_an_error_has_one_digit_or_two() -> None:
    said = [with_error(10.123, half) for half in (0.62, 0.25, 0.034, 12, 3.2, None, 0)]
    assert said == ["10.1 ± 0.6", "10.12 ± 0.25", "10.12 ± 0.03", "10 ± 12", "10 ± 3", "10.1", "10.1"]


def test_the_line_goes_through_the_means_and_its_band_around_it() -> None:
    scene, room = scene_of(along())
    lines = [
        item
        for item in scene.still
        if isinstance(item, Path) and item.stroke == "sync" and len(item.points) == 18
    ]
    assert len(lines) == 1
    xs, ys = zip(*lines[0].points, strict=True)
    assert list(xs) == sorted(xs)
    assert list(ys) == sorted(ys, reverse=True)
    steps = [other - one for one, other in pairwise(ys)]
    assert max(steps) - min(steps) < 0.05  # the made-up means lie on a straight line
    bands = [item for item in scene.still if isinstance(item, Area) and item.fill == "sync"]
    assert len(bands) == 2
    for x, y in lines[0].points:
        for band in bands:
            edge = [other for at, other in band.points if at == x]
            assert min(edge) <= y <= max(edge)
    dashed = [
        item
        for item in scene.still
        if isinstance(item, Path) and item.dash == (6, 5) and len(item.points) > 2
    ]
    assert len(dashed) == 1
    assert all(inside(Box(x, y, 0, 0), room) for x, y in lines[0].points)


def test_a_gap_where_nothing_is_known() -> None:
    shown = along()
    cells = (*shown.cells[:8], SweepCell(0), *shown.cells[9:])
    scene, _ = scene_of(replace(shown, cells=cells))
    lines = [
        item
        for item in scene.still
        if isinstance(item, Path) and item.stroke == "sync" and len(item.points) > 2
    ]
    assert [len(line.points) for line in lines] == [8, 9]


def test_the_cursor_stands_at_what_is_read_out() -> None:
    for chosen in (0, 5, 17):
        scene, _ = scene_of(along(chosen=chosen))
        ring = next(item for item in scene.moving if isinstance(item, Disc) and item.stroke == "focus")
        assert scene.targets[f"{CELL}{chosen}"].contains(ring.x, ring.y)
    scene, _ = scene_of(field(chosen=20))
    target = scene.targets[f"{CELL}20"]
    rings = [item for item in scene.moving if isinstance(item, Rectangle) and item.stroke == "focus"]
    assert [(ring.x, ring.y, ring.width) for ring in rings] == [(target.x, target.y, target.width)]


def test_every_cell_has_its_place_and_its_number() -> None:
    shown = field(MISSES, RATE, chosen=None)
    scene, _ = scene_of(shown, Look(1920, 1080))
    for number in range(64):
        box = scene.targets[f"{CELL}{number}"]
        right, up = shown.places(number)
        other = scene.targets[f"{CELL}{8 * right}"]
        assert box.x == pytest.approx(other.x)
        assert box.y == pytest.approx(other.y - up * box.height)
        inner = [text for text in texts(scene) if box.contains(text.x, text.y)]
        assert len(inner) == 1
    boxes = [scene.targets[f"{CELL}{number}"] for number in range(64)]
    assert not any(overlap(replace(one, width=one.width - 0.01, height=one.height - 0.01), other)
                   for n, one in enumerate(boxes) for other in boxes[:n])  # fmt: skip


def test_numbers_that_do_not_fit_are_left_out_of_all_cells() -> None:
    dense = axis("Sync every", tuple(f"{n} s" for n in range(1, 61)))
    scene, _ = scene_of(field(dense, RATE, chosen=None), Look(960, 540))
    targets = [box for name, box in scene.targets.items() if name.startswith(CELL)]
    inner = [text for text in texts(scene) if any(box.contains(text.x, text.y) for box in targets)]
    assert len(targets) == 480
    assert not inner


def test_a_cell_that_nobody_knows_has_no_colour() -> None:
    shown = field(MISSES, RATE, chosen=None)
    unknown = replace(shown, cells=(SweepCell(0), SweepCell(9), *shown.cells[2:]))
    scene, _ = scene_of(unknown, Look(1920, 1080))

    def fills(number: int) -> set[object]:
        box = scene.targets[f"{CELL}{number}"]
        here = [
            item for item, _ in everything(scene) if isinstance(item, Rectangle) and item.width < box.width
        ]
        return {item.fill for item in here if box.contains(item.x + item.width / 2, item.y + item.height / 2)}

    assert fills(0) == fills(1) == {"track"}
    assert fills(2) <= {f"heat_{n}" for n in range(1, 7)}


def test_the_value_on_show_is_marked() -> None:
    shown = replace(field(MISSES, RATE), axes=(replace(MISSES, now=2), replace(RATE, now=3)))
    scene, _ = scene_of(shown)
    box = scene.targets[f"{CELL}{2 * 8 + 3}"]
    marks = [item for item in scene.still if isinstance(item, Path) and item.dash == (5, 4)]
    assert len(marks) == 1
    assert all(
        box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for x, y in marks[0].points
    )
    bold = [text.content for text in texts(scene) if text.anchor == "right" and text.role == "text"]
    assert "10" in bold


def test_a_ramp_is_even_and_in_ratios_where_values_are_far_apart() -> None:
    plain, far = Ramp(0, 40, False), Ramp(1, 10_000, True)
    assert [plain.share(value) for value in (0, 10, 40)] == [0, 0.25, 1]
    assert [far.share(value) for value in (1, 100, 10_000)] == pytest.approx([0, 0.5, 1])
    assert [far.value(far.share(value)) for value in (3, 700)] == pytest.approx([3, 700])
    assert Ramp(5, 5, False).share(5) == 0
    assert ramp_of(along(MISSES, cells=(cell(1), cell(1000)))).ratios
    assert not ramp_of(along(MISSES, cells=(cell(0), cell(1000)))).ratios


def over(theme: str, share: float) -> tuple[int, int, int, int]:
    """The colour on the screen."""
    shown = load_theme(theme)
    found = (0.0, 0.0, 0.0)
    for item in coloured(Box(0, 0, 1, 1), share):
        colour = shown.colours[item.fill]
        found = tuple(
            item.alpha * new + (1 - item.alpha) * old for new, old in zip(colour, found, strict=False)
        )
    return (*(round(one) for one in found), 255)


@pytest.mark.parametrize("theme", theme_names())
def test_colours_are_read_in_grey_and_the_words_on_them_too(theme: str) -> None:
    shares = [number / 50 for number in range(51)]
    lights = [luminance(over(theme, share)) for share in shares]
    assert lights == sorted(lights, reverse=lights[0] > lights[-1])
    assert len({round(light, 4) for light in lights}) == len(shares)
    assert max(lights) - min(lights) > 0.6
    for share in shares:
        words = load_theme(theme).colours["text" if share < 0.5 else "background"]
        assert contrast(over(theme, share), words) >= 4.5, share


def test_a_field_of_one_pair_is_a_picture_of_the_same_size() -> None:
    """The article, one pair: nothing depends on how many tiers there are."""
    look = Look(1280, 720, sweep=field())
    assert "Sessions lost" in words_of(scene_at(article(), 5, look, played=False))
