from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from canvas.gallery import crowd, stage

from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import offscreen, to_array
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.scene.primitives import (
    Area,
    Box,
    Disc,
    Icon,
    Path,
    Primitive,
    Rectangle,
    Ring,
    Scene,
    Sprites,
    Text,
    Zoomed,
)

SIZE = (320, 180)
NIGHT = load_theme("night")
PLAIN = replace(NIGHT, cloud_strength=0.0, middle=NIGHT.colours["background"],
                colours={**NIGHT.colours, "background_low": NIGHT.colours["background"]})  # fmt: skip


def painted(
    *moving: Primitive, still: tuple[Primitive, ...] = (), painter: Painter | None = None
) -> np.ndarray:
    surface = offscreen(SIZE)
    (painter or Painter(PLAIN, SIZE)).paint(Scene(320, 180, still, moving), surface)
    return to_array(surface).astype(int)


def difference(*moving: Primitive) -> np.ndarray:
    return np.abs(painted(*moving) - painted()).sum(axis=2)


EVERYTHING = [
    (Rectangle(100, 50, 60, 40, "card", "active", 3, 8), (100, 50, 160, 90)),
    (Rectangle(100, 50, 60, 40, "struck", alpha=0.5), (100, 50, 160, 90)),
    (Rectangle(100, 50, 60, 40, None, "focus", 2, 8), (100, 50, 160, 90)),
    (Path(((100, 50), (150, 90), (160, 50)), "sync", 3), (97, 48, 163, 93)),
    (Path(((100, 70), (160, 70)), "link", 2, dash=(4, 4)), (100, 68, 160, 72)),
    (Path(((100, 50), (150, 90)), "bolt", 3, glow=12), (84, 34, 166, 106)),
    (Area(((100, 90), (130, 50), (160, 90)), "sync", 0.8), (100, 50, 160, 90)),
    (Area(((100, 90), (130, 50), (160, 90)), "sync", 0.8, fade=True), (100, 50, 160, 90)),
    (Disc(130, 70, 12.5, "knob"), (117, 57, 143, 83)),
    (Disc(130, 70, 12.5, None, "request", 2.5), (117, 57, 143, 83)),
    (Ring(130, 70, 12, 4, 0.3, "sync"), (115, 55, 145, 85)),
    (Text(100, 80, "Firewall", 20, weight="bold"), (98, 60, 180, 88)),
    (Text(100, 80, "PRIMARY", 16, letter_spacing=2), (98, 60, 190, 86)),
    (Icon(130, 70, "firewall", 30), (115, 55, 145, 85)),
    (Zoomed(Box(100, 50, 60, 40), (Rectangle(10, -9, 99, 99, "knob"),), 2, 90, 40), (110, 50, 160, 90)),
    *[
        (Sprites(kind, ((130, 70),), 12, "request"), (112, 40, 148, 100))
        for kind in ("request", "heartbeat", "sync", "announce", "acknowledgement", "lost", "refused")
    ],
]  # fmt: skip


@pytest.mark.parametrize(("item", "box"), EVERYTHING)
def test_a_primitive_paints_where_it_should_and_nowhere_else(item: Primitive, box) -> None:
    changed = difference(item)
    left, top, right, bottom = box
    assert changed[top:bottom, left:right].max() > 30
    changed[top:bottom, left:right] = 0
    assert changed.max() == 0


def test_every_primitive_and_every_sprite_kind_is_in_the_table() -> None:
    assert {type(item) for item, _ in EVERYTHING} == set(Primitive.__args__)


def test_a_rectangle_has_crisp_sides_round_corners_and_the_right_colours() -> None:
    picture = painted(Rectangle(100.4, 50.3, 60, 40, "card_struck", "active", 3, 10))
    background, stroke, fill = (PLAIN.colours[role][:3] for role in ("background", "active", "card_struck"))
    assert picture[70, 99].tolist() == list(background)
    assert [picture[70, x].tolist() for x in (100, 101, 102)] == [list(stroke)] * 3
    assert picture[70, 103].tolist() == list(fill)
    assert picture[50, 100].tolist() == list(background)


def test_a_vertical_line_is_crisp_wherever_it_stands() -> None:
    for x in (100, 100.3, 100.5, 100.8):
        row = difference(Path(((x, 20), (x, 160)), "knob", 3))[90]
        assert np.count_nonzero(row) == 3
        assert len(set(row[row > 0].tolist())) == 1


def test_a_fade_runs_out_towards_the_bottom() -> None:
    column = difference(Area(((100, 50), (160, 50), (160, 90), (100, 90)), "sync", 1, fade=True))[50:90, 130]
    assert column[0] > 5 * column[-3]
    assert (np.diff(column) <= 2).all()


def test_alpha_halves_the_difference() -> None:
    whole = difference(Rectangle(100, 50, 20, 20, "knob"))[60, 110]
    assert difference(Rectangle(100, 50, 20, 20, "knob", alpha=0.5))[60, 110] == pytest.approx(
        whole / 2, abs=4
    )


def test_a_faded_sprite_is_the_same_mark_and_weaker() -> None:
    whole = difference(Sprites("request", ((130, 70),), 12, "request"))
    for alpha in (0.75, 0.5, 0.25):
        faded = difference(Sprites("request", ((130, 70),), 12, "request", alpha))
        np.testing.assert_allclose(faded, whole * alpha, atol=9)


def test_sprites_glide_by_quarters_of_a_pixel() -> None:
    centres = []
    for x in (130, 130.25, 130.5, 130.75, 131):
        changed = difference(Sprites("lost", ((x, 70),), 12, "lost"))
        centres.append((changed.sum(axis=0) * (np.arange(320) + 0.5)).sum() / changed.sum())
    np.testing.assert_allclose(np.diff(centres), 0.25, atol=0.06)
    assert centres[0] == pytest.approx(130, abs=0.1)


def test_anchors_put_the_text_left_and_right_of_its_point() -> None:
    used = {}
    for anchor in ("left", "centre", "right"):
        columns = np.flatnonzero(difference(Text(160, 90, "00:09.20", 24, anchor=anchor)).max(axis=0))
        used[anchor] = (columns[0], columns[-1])
    assert used["left"][0] >= 160
    assert used["right"][1] < 160
    assert sum(used["centre"]) / 2 == pytest.approx(160, abs=2)


def test_digits_are_tabular_in_every_weight() -> None:
    painter = Painter(PLAIN, SIZE)
    scene = Scene(320, 180, (), ())
    for weight in ("regular", "semibold", "bold"):
        widths = {
            painter.text_box(scene, Text(0, 50, digit * 8, size, weight=weight)).width / size
            for size in (20,)
            for digit in "0123456789"
        }
        assert len(widths) == 1


def test_long_text_ends_in_an_ellipsis_within_its_width() -> None:
    painter = Painter(PLAIN, SIZE)
    scene = Scene(320, 180, (), ())
    text = Text(20, 80, "discarded after split brain", 20, max_width=120)
    assert 90 < painter.text_box(scene, text).width <= 120
    assert difference(text)[:, 141:].max() == 0
    shown = painted(text)
    fits = [
        painted(Text(20, 80, text.content[:count].rstrip() + "…", 20)) for count in range(len(text.content))
    ]
    assert any(np.array_equal(shown, one) for one in fits)
    roomy = replace(text, max_width=300.0)
    np.testing.assert_array_equal(painted(roomy), painted(replace(text, max_width=None)))


@pytest.mark.parametrize("content", ["", " ", "a\nb\0c\tfin", "\ud800", "x" * 5000])
def test_strange_text_stays_one_line(content: str) -> None:
    box = Painter(PLAIN, SIZE).text_box(Scene(320, 180, (), ()), Text(5, 80, content, 20))
    assert box.height == pytest.approx(26, abs=4)
    painted(Text(5, 80, content, 20))


@pytest.mark.parametrize("name", theme_names())
def test_warm_and_cold_caches_give_the_same_pixels(name: str) -> None:
    size = (640, 360)
    painter = Painter(load_theme(name), size)
    frames = [offscreen(size) for _ in range(3)]
    painter.paint(stage(), frames[0])
    painter.paint(Scene(1920, 1080, stage().still[:7], (crowd(200, 1.0),)), frames[1])
    painter.paint(stage(), frames[1])
    Painter(load_theme(name), size).paint(stage(), frames[2])
    first, warm, cold = (to_array(frame) for frame in frames)
    np.testing.assert_array_equal(first, warm)
    np.testing.assert_array_equal(first, cold)


def test_a_cache_that_is_too_small_changes_nothing(monkeypatch) -> None:
    large = painted(*[item for item, _ in EVERYTHING])
    monkeypatch.setattr("visualizer.canvas.painter._KEPT_BYTES", 2000)
    monkeypatch.setattr("visualizer.canvas.sprites._KEPT", 2)
    painter = Painter(PLAIN, SIZE)
    for _ in range(2):
        np.testing.assert_array_equal(painted(*[item for item, _ in EVERYTHING], painter=painter), large)
    assert len(painter._stamps) < 5


def test_the_still_layer_is_painted_once_until_it_or_the_view_changes() -> None:
    painter = Painter(PLAIN, SIZE)
    still = (Rectangle(10, 10, 40, 40, "card"),)
    first = painted(Disc(90, 90, 5, "knob"), still=still, painter=painter)
    painted(Disc(95, 90, 5, "knob"), still=still, painter=painter)
    equal = (Rectangle(10, 10, 40, 40, "card"),)
    np.testing.assert_array_equal(painted(Disc(90, 90, 5, "knob"), still=equal, painter=painter), first)
    assert painter.still_painted == 1
    painted(still=(Rectangle(11, 10, 40, 40, "card"),), painter=painter)
    assert painter.still_painted == 2
    painter.paint(Scene(640, 360, (Rectangle(11, 10, 40, 40, "card"),), ()), offscreen(SIZE))
    assert painter.still_painted == 3


def test_moving_lies_on_still_and_later_on_earlier() -> None:
    below, above = Rectangle(10, 10, 40, 40, "struck"), Rectangle(10, 10, 40, 40, "active")
    assert painted(above, still=(below,))[30, 30].tolist() == list(PLAIN.colours["active"][:3])
    assert painted(above, below)[30, 30].tolist() == list(PLAIN.colours["struck"][:3])


def test_a_scene_of_another_shape_is_centred_and_pointing_finds_it() -> None:
    painter, surface = Painter(PLAIN, (400, 180)), offscreen((400, 180))
    scene = Scene(320, 180, (), (Rectangle(0, 0, 320, 180, "card"),))
    painter.paint(scene, surface)
    inside = np.flatnonzero((to_array(surface)[90] == PLAIN.colours["card"][:3]).all(axis=1))
    assert (inside[0], inside[-1]) == (40, 359)
    assert painter.to_logical(scene, 40, 0) == (0, 0)
    assert painter.to_logical(scene, 360, 180) == (320, 180)


def test_a_surface_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="this painter paints"):
        Painter(PLAIN, SIZE).paint(stage(), offscreen((10, 10)))


@pytest.mark.parametrize("size", [(1, 1), (1, 5), (17, 2), (3, 300), (300, 3)])
def test_tiny_and_narrow_pictures_are_painted(size: tuple[int, int]) -> None:
    surface = offscreen(size)
    Painter(NIGHT, size).paint(stage(), surface)
    assert to_array(surface).any()


@pytest.mark.parametrize(
    "item",
    [
        Rectangle(0, 0, 0, 0, "text"), Rectangle(0, 0, -5, 9, "text"),
        Rectangle(0, 0, 3, 3, "text", "focus", 9, 9),
        Path((), "text"), Path(((1, 1),), "text"), Path(((1, 1), (1, 1)), "text", 3, glow=5),
        Path(((1, 1), (9, 9)), "text", 2, dash=(0, 0)), Area((), "text"), Area(((1, 1), (2, 2)), "text"),
        Disc(5, 5, 0, "text"), Disc(5, 5, -3, "text"),
        Ring(5, 5, 9, 3, -1, "text"), Ring(5, 5, 0, 3, 1, "text"),
        Sprites("lost", (), 5, "text"), Sprites("lost", ((1, 1),), 0, "text"), Icon(-500, 5, "bolt", 0),
        Text(0, 50, "abc", 20, max_width=-4), Text(0, 50, "abc", 0),
        Text(0, 50, "abc", 20, letter_spacing=-30),
    ],
)  # fmt: skip
def test_nothing_and_next_to_nothing_are_no_error(item: Primitive) -> None:
    assert difference(item)[60:, 60:].max() == 0


@pytest.mark.parametrize(
    "item",
    [
        Rectangle(-1e7, -1e7, 3e7, 3e7, "text", "focus", 3, 50), Path(((-1e7, 90), (1e7, 91)), "text", 2),
        Path(((0, 0), (1e8, 1e7)), "text", 2), Area(((-1e7, -1e7), (1e7, -1e7), (0, 1e7)), "text"),
        Disc(160, 90, 1e5, "text"),
    ],
)  # fmt: skip
def test_what_is_far_larger_than_the_picture_is_cut_off(item: Primitive) -> None:
    assert difference(item).max() > 0
