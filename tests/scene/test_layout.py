from __future__ import annotations

from itertools import combinations

import pytest
from scene.flat import everything
from scene.picture import KEYS, scene_at, tiers

from visualizer.scene.layout import layout
from visualizer.scene.lettering import drawn_width
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Scene, Text
from visualizer.sim.command import Strike, UnitTarget

SIZES = ((960, 540), (1280, 720), (1920, 1080), (3840, 2160), (1000, 1400))
STRIKE = Strike(7_900_000, "lightning", UnitTarget(0, 0))


def box_of(text: Text) -> Box:
    """From the top of the capitals to the lowest stroke; half a unit of tolerance."""
    width = drawn_width(text)
    x = text.x - {"left": 0.0, "centre": 0.5, "right": 1.0}[text.anchor] * width
    return Box(x, text.y - 0.68 * text.size, width - 0.5, 0.68 * text.size + 0.16 * text.size)


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def inside(inner: Box, outer: Box) -> bool:
    return (
        outer.x - 0.5 <= inner.x
        and inner.x + inner.width <= outer.x + outer.width + 0.5
        and outer.y - 0.5 <= inner.y
        and inner.y + inner.height <= outer.y + outer.height + 0.5
    )


def texts(scene: Scene) -> list[Text]:
    """Those that are seen whole: the camera may show a part of one."""
    found = [(item, box) for item, box in everything(scene) if isinstance(item, Text) and item.content]
    return [text for text, box in found if inside(box_of(text), box)]


def rooms_of(scene: Scene, look: Look, count: int) -> list[Box]:
    rooms = layout(look, count)
    cards = [box for pair in rooms.cards for box in pair]
    return [rooms.caption, rooms.timeline, rooms.ledger, rooms.hints, *cards]


@pytest.mark.parametrize("times", [1, 2], ids=["as-is", "twice-as-long"])
@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut_off_or_lies_on_another(size: tuple[int, int], count: int, times: int) -> None:
    keys = tuple((key, " ".join([does] * times)) for key, does in KEYS)
    look = Look(*size, keys=keys, hover="unit:0:0", speed=0.25)
    scene = scene_at(tiers(count, STRIKE, times=times), 10.2, look)
    window = Box(0, 0, scene.width, scene.height)
    rooms = rooms_of(scene, look, count)
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    assert len(boxes) > 25
    for content, box in boxes:
        assert inside(box, window), content
        for room in rooms:
            assert inside(box, room) or not overlap(box, room), (content, box, room)
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, other)


@pytest.mark.parametrize("at_s", [0.0, 5.0, 8.0, 14.0])
@pytest.mark.parametrize("count", [1, 4, 8])
def test_no_text_lies_on_another_at_any_time(count: int, at_s: float) -> None:
    look = Look(1280, 720, notice="Saved as strike-1.yaml")
    scene = scene_at(tiers(count, STRIKE), at_s, look, played=at_s > 0)
    boxes = [(text.content, box_of(text)) for text in texts(scene)]
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not overlap(box, other_box), (one, other)


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("size", SIZES)
def test_the_rooms_do_not_overlap(size: tuple[int, int], count: int) -> None:
    rooms = layout(Look(*size), count)
    everything = [rooms.header, rooms.stage, rooms.caption, rooms.timeline, rooms.ledger, rooms.hints]
    for one, other in combinations(everything, 2):
        assert not overlap(one, other), (one, other)
    cards = [box for pair in rooms.cards for box in pair]
    for one, other in combinations([*cards, rooms.clients], 2):
        assert not overlap(one, other)
    for box in cards:
        assert inside(box, rooms.stage)


@pytest.mark.parametrize("size", SIZES)
def test_letters_stay_legible(size: tuple[int, int]) -> None:
    scene = scene_at(tiers(8, STRIKE), 9.0, Look(*size))
    scale = min(size[0] / scene.width, size[1] / scene.height)
    assert min(text.size for text in texts(scene)) * scale >= 8.2


def test_extra_width_and_height_are_used() -> None:
    plain = layout(Look(1600, 900), 4)
    wide, tall = layout(Look(2400, 900), 4), layout(Look(1600, 1300), 4)
    assert wide.plot.width > plain.plot.width + 500
    assert tall.gap[1] - tall.gap[0] > plain.gap[1] - plain.gap[0] + 50


def test_the_help_lists_every_key_and_nothing_overlaps() -> None:
    keys = tuple((f"Shift {number}", "do something that takes some words to say") for number in range(40))
    scene = scene_at(tiers(1), 0, Look(1280, 720, help_open=True, keys=keys), played=False)
    listed = [text for text in scene.moving if isinstance(text, Text) and text.content.startswith("Shift")]
    assert [text.content for text in listed] == [key for key, _ in keys]
    for one, other in combinations([box_of(text) for text in listed], 2):
        assert not overlap(one, other)
    assert all(box_of(text).y + text.size < scene.height - 10 for text in listed)
