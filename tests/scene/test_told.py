"""A told picture: the choreography of a beat, the camera, rings, labels, titles and the sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from scene.flat import everything
from scene.picture import LIGHTNING, article, tiers
from scene.test_layout import STRIKE, box_of, inside, overlap, texts

from visualizer.lab.designs import COMPARISONS
from visualizer.scenario import load
from visualizer.scene.camera import shot
from visualizer.scene.frame import Frame, FrameSource
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Path, Rectangle, Scene, Text, Zoomed
from visualizer.scene.sites import framed
from visualizer.scene.spotlight import without
from visualizer.scene.spots import box_of as spot_box
from visualizer.scene.told import Camera, Told, told_of
from visualizer.scene.twin import view_of
from visualizer.scene.view import view
from visualizer.script.script import Region, Spot, TierSpot
from visualizer.sim import Setup
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, UnitTarget
from visualizer.story.chapters import Chapter
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.timeline.run import Run

S = 1_000_000
FPS = 60
FILMS = ((1280, 720), (1080, 1080), (1080, 1920))
FIRST, SECOND = UnitTarget(0, 0), UnitTarget(0, 1)
PLAY = Screenplay(
    chapters=(Chapter(0, "A working pair", ""), Chapter(9 * S, "The strike", "")),
    beats=(
        ToldBeat(1, 0, 0, "Look.", 2 * S, 1000),
        ToldBeat(2, 0, 5 * S, "Here.", 2 * S, 200, FIRST, 200, (FIRST,), ((FIRST, "all is here"),)),
        ToldBeat(3, 1, 9 * S, "Now.", 3 * S, 200, SECOND, 150, (SECOND,), ((SECOND, "waits"),)),
        ToldBeat(4, 1, 11 * S, "Gone.", 2 * S, 200, SECOND, 150, (SECOND,), ((SECOND, "waits"),)),
        ToldBeat(5, 1, 12 * S, "Counted.", 2 * S, 1000, Region("timeline"), 300, (Region("timeline"),)),
    ),
)  # fmt: skip


@cache
def frame_of(setup: Setup, at_s: float) -> Frame:
    run = Run(setup)
    run.seek(round(at_s * S))
    return FrameSource(run).frame()


def told_scene(setup: Setup, told: Told, look: Look | None = None, at_s: float = 10.2) -> Scene:
    return view(frame_of(setup, at_s), replace(look or Look(1600, 900, playing=True), told=told))


def story(beat: int) -> list[Told]:
    """Each frame of the first four seconds of a beat."""
    return [told_of(PLAY, beat, step * S // FPS) for step in range(4 * FPS)]


def test_between_two_steps_nothing_changes_and_in_the_end_nothing_at_all() -> None:
    for beat in range(len(PLAY.beats)):
        assert told_of(PLAY, beat, 100_000) == told_of(PLAY, beat, 101_000)
        assert told_of(PLAY, beat, 5 * S) == told_of(PLAY, beat, 500 * S)
    assert told_of(PLAY, 1, 500_000) != told_of(PLAY, 1, 520_000)


def test_a_beat_without_a_change_is_settled_from_its_first_instant() -> None:
    assert len({*story(3)}) == 1
    assert story(3)[0] == replace(story(2)[-1], sentence="Gone.")


def test_the_camera_sets_out_gently_and_arrives_within_a_second() -> None:
    shares = [told.camera.share for told in story(1)]
    moving = [share for share in shares if share < 1]
    assert moving == sorted(moving)
    assert max(b - a for a, b in pairwise(moving)) < 0.04
    assert story(1)[0].camera == Camera()
    assert story(1)[FPS].camera == Camera(FIRST, 200)


def test_what_was_lit_goes_dark_before_the_camera_moves_and_the_new_is_lit_when_it_stands() -> None:
    for beat in (1, 2):
        for told in story(beat):
            if told.camera.share < 1:
                assert not told.highlight
                assert not told.labels
    lit = [told.lit if told.highlight else 0.0 for told in story(2)]
    assert lit[0] == 1
    assert lit[-1] == 1
    assert 0 in lit
    assert max(abs(b - a) for a, b in pairwise(lit)) < 0.15  # it does not flash
    assert story(2)[0].highlight == (FIRST,)
    assert story(2)[-1].highlight == (SECOND,)


def test_the_title_stands_for_two_seconds_where_a_chapter_begins_and_nothing_is_lit_meanwhile() -> None:
    titles = [told.title for told in story(2)]
    plain = [number for number, title in enumerate(titles) if title == 1]
    assert plain[0] / FPS <= 0.35
    assert plain[-1] / FPS == pytest.approx(2, abs=0.05)
    assert titles[-1] == 0
    assert not any(told.highlight == (SECOND,) for told in story(2) if told.title == 1)
    assert all(told.title == 0 for beat in (1, 3, 4) for told in story(beat))
    assert {(told.number, told.of, told.chapter) for told in story(2)} == {(2, 2, "The strike")}
    assert story(0)[0].starts_us == (0, 9 * S)


def test_one_chapter_alone_has_its_title_and_is_not_counted() -> None:
    alone = Screenplay(PLAY.chapters[:1], PLAY.beats[:2])
    assert told_of(alone, 0, S).title == 1
    said = [text.content for text in texts(told_scene(article(), told_of(alone, 0, S)))]
    assert said.count("A working pair") == 2
    assert not [words for words in said if words.startswith(("Chapter", "1 · "))]
    assert not [name for name in told_scene(article(), Told("Look.")).targets if name.startswith("chapter")]


def test_what_lies_beside_the_stage_is_lit_and_not_zoomed() -> None:
    told = story(4)[-1]
    assert told.camera == Camera()
    scene = told_scene(article(LIGHTNING), told)
    room = layout(Look(1600, 900), 1).timeline
    rings = [item for item in scene.moving if isinstance(item, Path) and item.stroke == "bolt_glow"]
    [ring] = rings
    assert min(x for x, _ in ring.points) == pytest.approx(room.x, abs=4)
    assert max(y for _, y in ring.points) == pytest.approx(room.y + room.height, abs=4)


def test_the_sentence_of_the_author_goes_before_that_of_the_engine() -> None:
    scene = told_scene(article(LIGHTNING), Told("Nobody has a copy."))
    assert scene.caption == "Nobody has a copy."
    assert "Nobody has a copy." in [text.content for text in texts(scene)]
    assert told_scene(article(LIGHTNING), Told()).caption == frame_of(article(LIGHTNING), 10.2).caption


@pytest.mark.parametrize("size", FILMS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_without_captions_the_stage_has_their_room_and_readers_still_get_them(size: tuple[int, int]) -> None:
    look = Look(*size, playing=True, hands_on=False)
    clean = replace(look, captions=False)
    scene = told_scene(article(LIGHTNING), Told("Nobody has a copy."), clean)
    assert scene.caption == "Nobody has a copy."
    assert "Nobody has a copy." not in [text.content for text in texts(scene)]
    assert layout(clean, 1).stage.height > layout(look, 1).stage.height + 50


def test_the_header_names_the_chapter_in_the_place_of_the_description() -> None:
    told = Told(chapter="The strike", number=2, of=5, starts_us=(0, 5 * S, 9 * S, 11 * S, 15 * S))
    for look in (Look(1600, 900), *(Look(*size, hands_on=False) for size in FILMS)):
        said = [text.content for text in texts(told_scene(article(LIGHTNING), told, look))]
        assert "Chapter 2 of 5 · The strike" in said
        assert not [words for words in said if words.startswith("A session opened")]
        scene = told_scene(article(LIGHTNING), told, look)
        assert len([name for name in scene.targets if name.startswith("chapter:")]) in (4, 5)


@pytest.mark.parametrize("size", [(960, 540), *FILMS], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "title", ["The strike", "What is lost when lightning strikes the wrong one of two " * 2]
)
def test_the_title_stands_on_the_stage(size: tuple[int, int], title: str) -> None:
    look = Look(*size, hands_on=size == (960, 540))
    scene = told_scene(article(LIGHTNING), Told(chapter=title.strip(), number=2, of=5, title=1.0), look)
    lines = [text for text in texts(scene) if text.anchor == "centre" and text.weight == "bold"]
    assert " ".join(text.content for text in lines) == f"2 · {title.strip()}"
    assert all(inside(box_of(text), layout(look, 1).stage) for text in lines)
    faint = told_scene(article(LIGHTNING), Told(chapter=title, number=2, of=5, title=0.25), look)
    assert all(text.alpha == 0.25 for text in texts(faint) if text.content.startswith("2 · "))


SPOTS: tuple[Spot, ...] = (
    UnitTarget(0, 0), UnitTarget(2, 1), LinkTarget(1, 0), TierSpot(1), Region("clients"), Region("stage"),
)  # fmt: skip


@pytest.mark.parametrize("zoom", [150, 200, 400])
@pytest.mark.parametrize("spot", SPOTS, ids=str)
@pytest.mark.parametrize("size", [(960, 540), *FILMS], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_camera_shows_the_whole_spot_and_little_beyond_the_stage(
    size: tuple[int, int], spot: Spot, zoom: int
) -> None:
    setup, look = (
        tiers(3, STRIKE),
        Look(*size, told=Told(camera=Camera(spot, zoom)), hands_on=size == (960, 540)),
    )
    rooms = layout(look, 3)
    found = shot(frame_of(setup, 10.2), look, rooms)
    box = spot_box(spot, setup, rooms)
    if found is None:
        assert box.width > 0.75 * rooms.stage.width or box.height > 0.75 * rooms.stage.height
        return
    assert 1 < found.scale <= zoom / 100 + 1e-9
    if spot != Region("stage"):
        assert inside(found.place(box), rooms.stage)
    assert found.seen.width / found.seen.height == pytest.approx(rooms.stage.width / rooms.stage.height)
    beyond = Box(rooms.stage.x - 34, rooms.stage.y - 34, rooms.stage.width + 68, rooms.stage.height + 68)
    assert inside(found.seen, beyond)


def test_one_points_at_what_one_sees() -> None:
    plain = told_scene(tiers(3), Told())
    scene = told_scene(tiers(3), Told(camera=Camera(UnitTarget(1, 0), 250)))
    stage = layout(Look(1600, 900), 3).stage
    shown = [item for item, _ in everything(scene) if isinstance(item, Rectangle) and item.fill == "card"]
    box = scene.targets["unit:1:0"]
    assert box.width > 1.5 * plain.targets["unit:1:0"].width
    assert any((item.x, item.y, item.width) == pytest.approx((box.x, box.y, box.width)) for item in shown)
    assert "unit:1:1" not in scene.targets or inside(scene.targets["unit:1:1"], stage)
    for name, where in scene.targets.items():
        if name.startswith(("unit", "link", "site")):
            assert inside(where, stage), name
        elif name.startswith(("button", "timeline", "knob")):
            assert where == plain.targets[name]


def test_all_but_the_stage_stays_where_it_is() -> None:
    plain, near = (told_scene(tiers(3), Told(camera=Camera(UnitTarget(1, 0), zoom))) for zoom in (100, 250))
    for before, after in ((plain.still, near.still), (plain.moving, near.moving)):
        assert [item for item in after if not isinstance(item, Zoomed)]
        assert all(item in before for item in after if not isinstance(item, Zoomed))
        [zoomed] = [item for item in after if isinstance(item, Zoomed)]
        assert all(item in before for item in zoomed.items)
        assert len(zoomed.items) + len(after) - 1 == len(before)


def test_a_camera_on_its_way_is_between_and_drawn_at_one_scale() -> None:
    scales = []
    for share in (0.25, 0.5, 0.75):
        scene = told_scene(tiers(3), Told(camera=Camera(UnitTarget(1, 0), 200, None, 100, share)))
        [zoomed] = [item for item in (*scene.still, *scene.moving) if isinstance(item, Zoomed)]
        scales.append(zoomed.scale)
        assert zoomed.drawn_at == 2
    assert scales == sorted(scales)
    assert 1 < scales[0] < scales[-1] < 2


def test_a_site_and_a_feed_can_be_shown_and_one_that_is_not_there_cannot() -> None:
    setup = load("dublin-2011").setup
    rooms = layout(Look(1600, 900), 1, framed=framed(setup))
    site, feed = (spot_box(spot, setup, rooms) for spot in (SiteTarget(0), FeedTarget(0)))
    assert site == feed
    assert all(inside(card, site) for card in rooms.cards[0])
    for spot in (UnitTarget(7, 0), TierSpot(7), LinkTarget(7, 0), LinkTarget(0, 9), SiteTarget(9)):
        assert spot_box(spot, setup, rooms) is None


@pytest.mark.parametrize("name", ["cross-connected", "dublin-2011", "article"])
def test_what_is_lit_is_not_darkened_and_all_else_on_the_stage_is(name: str) -> None:
    setup = load(name).setup
    told = Told(highlight=(FIRST, LinkTarget(0, 0)))
    scene = told_scene(setup, told, at_s=5)
    [dark] = [item for item in scene.moving if isinstance(item, Zoomed)]
    boxes = [Box(item.x, item.y, item.width, item.height) for item in dark.items]
    card = layout(Look(1600, 900), len(setup.tiers), framed=framed(setup)).cards[0][0]
    assert not any(overlap(box, card) for box in boxes)
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    other = layout(Look(1600, 900), len(setup.tiers), framed=framed(setup)).cards[0][1]
    assert sum(box.width * box.height for box in boxes) > 0.5 * dark.box.width * dark.box.height
    assert any(overlap(box, other) for box in boxes)


def test_boxes_are_cut_out_whole() -> None:
    whole, holes = Box(0, 0, 100, 60), [Box(10, 10, 20, 20), Box(25, 15, 40, 60), Box(-5, 50, 8, 20)]
    pieces = without(whole, holes)
    for x in range(0, 100, 3):
        for y in range(0, 60, 3):
            lit = any(hole.contains(x + 0.5, y + 0.5) for hole in holes)
            assert sum(piece.contains(x + 0.5, y + 0.5) for piece in pieces) == (not lit)


LONG = "what was opened since the last copy is known to nobody else and goes down with this unit " * 2
LABELS: tuple[tuple[tuple[Spot, str], ...], ...] = (
    ((FIRST, "here"),),
    (
        (FIRST, "all of it is here"),
        (SECOND, "waits"),
        (LinkTarget(0, 0), "3 s apart"),
        (Region("clients"), "ask"),
    ),
    ((FIRST, LONG.strip()), (UnitTarget(2, 1), LONG.strip())),
    ((Region("timeline"), "each tooth is a copy that arrived"), (Region("ledger"), "counted, not guessed")),
    ((UnitTarget(2, 0), "Unterbrechungsfreiestromversorgungsanlagen"), (TierSpot(1), "both of them")),
)


@pytest.mark.parametrize("camera", [Camera(), Camera(FIRST, 180), Camera(UnitTarget(2, 1), 250)], ids=str)
@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels[0][1][:12])
@pytest.mark.parametrize("size", [(960, 540), *FILMS], ids=lambda size: f"{size[0]}x{size[1]}")
def test_labels_keep_off_each_other_and_are_never_cut_off(
    size: tuple[int, int], labels: tuple[tuple[Spot, str], ...], camera: Camera
) -> None:
    look = Look(*size, hands_on=size == (960, 540))
    told = Told(camera=camera, highlight=(FIRST,), labels=labels)
    scene = told_scene(tiers(3, STRIKE), told, look)
    plates = [
        (Box(item.x, item.y, item.width, item.height))
        for item in scene.moving
        if isinstance(item, Rectangle) and (item.fill, item.stroke) == ("card", "bolt_glow")
    ]
    window = Box(0, 0, scene.width, scene.height)
    for plate in plates:
        assert inside(plate, window)
    for one, other in combinations(plates, 2):
        assert not overlap(one, other)
    rooms = layout(look, 3)
    held = [text for text in scene.moving if isinstance(text, Text)]
    for plate in plates:
        words = [text for text in held if plate.contains(text.x, text.y) and inside(box_of(text), plate)]
        assert words
        assert inside(plate, rooms.stage) or inside(plate, rooms.timeline)
    shown = [spot for spot, _ in labels if not isinstance(spot, Region) or spot.name != "ledger"]
    assert len(plates) >= (len(shown) if camera == Camera() else 0)


def test_a_label_says_all_it_was_given_and_stays_where_it_is() -> None:
    told = Told(labels=((FIRST, LONG.strip()),))
    places = []
    for at_s in (10.2, 10.9):
        scene = told_scene(tiers(3, STRIKE), told, at_s=at_s)
        plate = next(
            item for item in scene.moving if isinstance(item, Rectangle) and item.stroke == "bolt_glow"
        )
        box = Box(plate.x, plate.y, plate.width, plate.height)
        order = list(scene.moving)
        inside_it = [
            item
            for item in order[order.index(plate) :]
            if isinstance(item, Text) and box.contains(item.x, item.y)
        ]
        assert " ".join(text.content for text in inside_it) == LONG.strip()
        places.append(box)
    assert places[0] == places[1]


def test_several_runs_are_not_zoomed_but_lit_in_every_pane() -> None:
    setups = [tiers(3, STRIKE), replace(tiers(3, STRIKE), path="parallel")]
    look = Look(1600, 900, comparison=COMPARISONS["paths"], hands_on=False)
    plain, told = (
        view_of([frame_of(setup, 10.2) for setup in setups], replace(look, told=told))
        for told in (
            None,
            Told(
                "Both are struck.", "The strike", 2, 5, 0.0, Camera(FIRST, 300), (FIRST,), ((FIRST, "this"),)
            ),
        )
    )
    assert told.targets == {
        **plain.targets,
        **{n: b for n, b in told.targets.items() if n.startswith("chapter")},
    }
    rings = [i for i in told.moving if isinstance(i, Path) and i.stroke == "bolt_glow" and len(i.points) > 4]
    assert len(rings) == 2
    said = [text.content for text in texts(told)]
    assert said.count("this") == 1
    assert "Chapter 2 of 5 · The strike" in said
    assert told.caption == "Both are struck."
