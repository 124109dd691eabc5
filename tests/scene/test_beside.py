"""This run beside many others: what the card shows, and that it has its place at every size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from language.pseudo import PSEUDO
from scene.picture import LIGHTNING, article, scene_at, tiers
from scene.test_layout import box_of, inside, overlap

from visualizer.lab.beside import Others, others
from visualizer.language import Spoken, speaking
from visualizer.language.catalogues import language
from visualizer.scene import beside
from visualizer.scene.asked import Asked
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.beside_words import reading, sentences
from visualizer.scene.layout import layout
from visualizer.scene.lettering import whole_numbers
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Path, Rectangle, Scene, Text
from visualizer.script.script import Beside
from visualizer.story.question import Choice, Question

SIZES = ((960, 540), (1280, 720), (1920, 1080), (3840, 2160), (1000, 1400))
FILMS = ((1280, 720), (1920, 1080), (1080, 1080), (1080, 1920))
SPREADS = {
    "lost": (19, (0, 0, 1, *range(2, 30), 29)),
    "outage": (2_000_000, tuple(range(1_980_000, 3_000_000, 17_000))),
    "met nobody": (12_004, (10_000, *range(11_000, 13_000, 21), 240_000)),
    "all the same": (7, (3,) * 20),
}
LANGUAGES = {"English": Spoken(), "German": language("de"), "twice as long": PSEUDO}


def card(kind: str = "lost") -> BesideLook:
    value, values = SPREADS[kind]
    measure = "lost" if kind == "all the same" else kind
    return BesideLook(measure, value, len(values), Others(values, struck=kind != "outage"))


def looks(shown: BesideLook) -> Iterator[Look]:
    for width, height in SIZES:
        for room in (False, True):
            yield Look(width, height, room=room, beside=shown)
        yield Look(width, height, text_scale=2.0, beside=shown)
    for width, height in FILMS:
        yield Look(width, height, hands_on=False, beside=shown)


def in_card(scene: Scene, look: Look) -> tuple[list[Text], Box]:
    """The texts of the card: those from its ground on that lie there."""
    room = beside.place(look, layout(look, 1))
    texts = [item for item in scene.moving[ground_of(scene, room) :] if isinstance(item, Text)]
    return [text for text in texts if overlap(box_of(text), room)], room


def ground_of(scene: Scene, room: Box) -> int:
    return max(
        place
        for place, item in enumerate(scene.moving)
        if isinstance(item, Rectangle) and (item.x, item.y, item.width) == (room.x, room.y, room.width)
    )


@pytest.mark.parametrize("spoken", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("kind", SPREADS)
def test_every_text_has_its_place(kind: str, spoken: Spoken):
    with speaking(spoken):
        for look in looks(card(kind)):
            texts, room = in_card(scene_at(article(LIGHTNING), 15, look), look)
            assert len(texts) >= 6
            words = " ".join(text.content for text in texts)
            said = [whole_numbers(one) in words for one in sentences(look.beside)]
            assert all(said) or (spoken is PSEUDO and look.film), (look.width_px, look.height_px)
            for text in texts:
                assert inside(box_of(text), room), (look.width_px, look.room, look.film, text)
                assert text.size >= 13, text
            for one, other in combinations(texts, 2):
                assert not overlap(box_of(one), box_of(other)), (look.width_px, look.room, one, other)


@pytest.mark.parametrize("count", [1, 8])
def test_it_covers_neither_units_nor_caption_nor_timeline(count: int):
    """In a square film the timeline gives way, as it does to a question."""
    setup = article(LIGHTNING) if count == 1 else tiers(count, LIGHTNING)
    for look in looks(card()):
        rooms = layout(look, count)
        scene = scene_at(setup, 15, look)
        room = scene.targets["beside:panel"]
        square = look.film and look.width_px == look.height_px
        free = [rooms.header, *(box for pair in rooms.cards for box in pair)]
        free += [] if square else [rooms.timeline]
        assert not any(overlap(room, box) for box in free)
        before = scene.moving[: ground_of(scene, room)]
        words = [box_of(item) for item in before if isinstance(item, Text)]
        said = [box for box in words if inside(box, rooms.caption)]
        assert said
        assert not any(overlap(box, room) for box in said)


def bars(scene: Scene) -> list[Rectangle]:
    """Those of the chart, from the left: each with its good part."""
    return [item for item in scene.moving if isinstance(item, Rectangle) and item.radius == 1.5]


def test_bars_are_as_high_as_there_are_runs():
    values = (0, 0, 0, 1, 1, 1, 1, 2, 6, 6, 6, 6, 6, 6, *(3,) * 6)
    shown = BesideLook("lost", 2, 20, Others(tuple(sorted(values)), struck=True))
    found = bars(scene_at(article(LIGHTNING), 15, Look(1280, 720, beside=shown)))
    highest = max(bar.height for bar in found)
    assert [round(6 * bar.height / highest, 6) for bar in found] == [3, 4, 1, 6, 6]
    assert [bar.fill for bar in found] == ["active", *["struck"] * 4]
    assert [bar.alpha for bar in found[1:]] == [0.5, 1.0, 0.5, 0.5]
    steps = [other.x - one.x for one, other in pairwise(found)]
    assert steps[-1] == pytest.approx(3 * steps[0])  # nothing between 3 and 6: their place is empty


def test_a_bar_of_many_values_shows_which_part_of_it_is_nothing():
    values = tuple(sorted((0, 0, *range(1, 400))))
    shown = BesideLook("lost", 30, len(values), Others(values, struck=True))
    found = bars(scene_at(article(LIGHTNING), 15, Look(1280, 720, beside=shown)))
    one, good = found[:2]
    assert (one.x, one.width) == (good.x, good.width)
    assert (one.fill, good.fill) == ("struck", "active")
    assert one.y + one.height == pytest.approx(good.y)


def test_the_pin_stands_over_the_bar_of_this_run_though_no_other_run_is_near():
    shown = BesideLook("lost", 60, 20, Others((*range(1, 20), 20), struck=True))
    scene = scene_at(article(LIGHTNING), 15, Look(1280, 720, beside=shown))
    pin = pin_of(scene)
    assert pin.points[0][0] == pin.points[1][0] > max(bar.x + bar.width for bar in bars(scene))
    base = max(bar.y + bar.height for bar in bars(scene))
    assert pin.points[1][1] == pytest.approx(base)


def test_it_is_read():
    value, values = SPREADS["lost"]
    shown = card()
    mean = sum(values) / len(values)
    assert sentences(shown) == (
        f"This run: {value}.",
        f"The mean of 32 others: {mean:.1f}; 9\u00a0of\u00a010 lie between 0 and 29.",
        "2 of them lost nothing.",
    )
    assert sentences(card("all the same")) == ("This run: 7.", "All 20 others: 3.")
    assert sentences(card("outage"))[2] == "In each of them service was gone for a while."
    assert sentences(replace(shown, others=None)) == ("This run: 19.",)


def test_readers_without_eyes_hear_it():
    scene = scene_at(article(LIGHTNING), 15, Look(1280, 720, beside=card()))
    assert scene.caption.endswith(reading(card()))
    assert "struck at 32 other instants" in scene.caption


def test_while_they_are_counted_there_is_no_chart():
    waiting = replace(card(), others=None, runs=200)
    for known, said in ((0, "counting 200 runs ..."), (50, "counting 200 runs ... 50")):
        scene = scene_at(article(LIGHTNING), 15, Look(beside=replace(waiting, known=known)))
        assert said in [item.content for item in scene.moving if isinstance(item, Text)]
        assert not bars(scene)


QUESTION = Question(
    "How many?", (Choice(1, "one", ""), Choice(2, "two", "")), 2, "open", 0, lambda state: 1, lambda state: ""
)


@pytest.mark.parametrize("other", [{"asked": Asked(QUESTION)}, {"focus": "knob:sync.interval"}])
def test_what_somebody_asks_for_or_turns_goes_before_it(other: dict[str, object]):
    look = Look(1280, 720, beside=card(), **other)
    assert "beside:panel" not in scene_at(article(LIGHTNING), 15, look).targets


def test_the_numbers_are_those_of_the_runs():
    """From the engine to the words: 40 runs of the miss, each struck at another instant."""
    setup = article(LIGHTNING)
    found = others(setup, Beside("lost", 40))
    shown = BesideLook("lost", 19, 40, found)
    words = " ".join(
        item.content for item in scene_at(setup, 15, Look(beside=shown)).moving if isinstance(item, Text)
    )
    assert f"mean {found.mean:.1f}" in words
    assert f"{found.none} of them lost nothing." in words


def pin_of(scene: Scene) -> Path:
    """The line from the words of this run down."""
    lines = [
        item for item in scene.moving if isinstance(item, Path) and item.stroke == "text" and item.width == 2
    ]
    return lines[-1]


@pytest.mark.parametrize("value", [0, 1, 9, 10, 11, 12, 19, 20])
def test_the_words_of_the_mean_keep_off_the_pin(value: int):
    for look in looks(BesideLook("lost", value, 21, Others(tuple(range(21)), struck=True))):
        scene = scene_at(article(LIGHTNING), 15, look)
        (label,) = [item for item in scene.moving if isinstance(item, Text) and item.content == "mean 10"]
        box, x = box_of(label), pin_of(scene).points[0][0]
        assert not box.x < x < box.x + box.width, (value, look.width_px, look.room, look.film)


def test_where_all_are_the_same_there_is_no_mean_to_speak_of():
    scene = scene_at(article(LIGHTNING), 15, Look(1280, 720, beside=card("all the same")))
    words = [item.content for item in scene.moving if isinstance(item, Text)]
    assert "this run: 7" in words
    assert not [word for word in words if word.startswith(("mean", "9 of 10"))]
