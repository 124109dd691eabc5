"""The panels of why and of predict: every text in its room, none on another, at every size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from scene.picture import LIGHTNING, article, tiers
from scene.test_layout import SIZES, box_of, inside, overlap

from visualizer.app.controls import Controls
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.frame import FrameSource
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.lost_list import place_of_panel
from visualizer.scene.primitives import Box, Icon, Rectangle, Scene, Text
from visualizer.scene.view import view
from visualizer.sim import Setup
from visualizer.story.question import Choice, Question
from visualizer.timeline.run import Run


def scene_of(setup: Setup, size: tuple[int, int], at_s: float, *acts: str) -> tuple[Scene, Look]:
    controls = Controls(Run(setup))
    controls.seek(round(at_s * 1_000_000))
    for act in acts:
        controls.do(act)
    look = controls.look(*size)
    return view(FrameSource(controls.run).frame(), look), look


def panel_texts(scene: Scene, box: Box) -> list[Text]:
    found = [item for item in scene.moving if isinstance(item, Text) and item.content]
    return [text for text in found if overlap(box_of(text), box)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("room", [False, True], ids=["desk", "room"])
@pytest.mark.parametrize("acts", [("why",), ("why", "why_accept"), ("predict",), ("predict", "answer_5")])
@pytest.mark.parametrize("count", [1, 4])
def test_every_text_of_a_panel_has_its_place(
    size: tuple[int, int], acts: tuple[str, ...], count: int, room: bool
):
    setup = article(LIGHTNING) if count == 1 else tiers(4, LIGHTNING)
    acts = ("room", *acts) if room else acts
    scene, look = scene_of(setup, size, 15 if "why" in acts else 10, *acts)
    place = place_of_panel(layout(look, count))
    texts = panel_texts(scene, place)
    assert len(texts) > 6
    for text in texts:
        assert inside(box_of(text), place), text
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one, other)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_labels_of_the_chain_do_not_cover_each_other(size: tuple[int, int]):
    scene, look = scene_of(article(LIGHTNING), size, 15, "why", "why_accept")
    plot = layout(look, 1).plot
    labels = [
        Box(item.x, item.y, item.width, item.height)
        for item in scene.moving
        if isinstance(item, Rectangle) and item.height == 17.5 and plot.y <= item.y < plot.y + plot.height
    ]
    assert len(labels) == 4
    for box in labels:
        assert inside(box, plot)
    for one, other in combinations(labels, 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_guess_beside_result(size: tuple[int, int]):
    controls = Controls(Run(replace(tiers(4), commands=())))
    controls.seek(10_000_000)
    controls.do("predict")
    controls.do("answer_1")
    for _ in range(80):
        controls.pass_time(200_000_000)
    look = controls.look(*size)
    scene = view(FrameSource(controls.run).frame(), look)
    box = scene.targets["question:close"]
    assert inside(box, Box(0, 0, scene.width, scene.height))
    last = max(n for n, item in enumerate(scene.moving) if isinstance(item, Rectangle) and item.x == box.x)
    texts = [item for item in scene.moving[last:] if isinstance(item, Text) and inside(box_of(item), box)]
    said = [text.content for text in texts]
    assert "YOU SAID" in said
    assert "Right." in said or any("too" in line for line in said)
    for one, other in combinations(texts, 2):
        assert not overlap(box_of(one), box_of(other)), (one, other)


HOW_MANY = Question(
    text="Lightning strikes the primary firewall now. 110 sessions are open. How many will be left?",
    choices=(
        Choice(110, "all of them: a standby has a copy of everything", ""),
        Choice(91, "all that were open at the last sync", ""),
        Choice(0, "none: what it knew is gone", ""),
    ),
    most=110,
    of_what="open when it struck",
    until_us=13_000_000,
    result=lambda state: 91,
    because=lambda state: "19 sessions were opened since the last sync. Nobody else ever knew of them.",
)
WHICH = replace(HOW_MANY, text="Which unit will the clients be sent to?", counted=False)
ANSWER = Answered(None, 91, 110, "open when it struck", HOW_MANY.because(None), "", 0, 0)
IN_WORDS = replace(ANSWER, belief="all that were open at the last sync", counted=False)
FILMS = ((1280, 720), (1920, 1080), (1080, 1080), (1080, 1920))


def film_scene(asked: Asked | Answered, size: tuple[int, int], count: int = 1, **more: object) -> Scene:
    setup = article(LIGHTNING) if count == 1 else tiers(count, LIGHTNING)
    run = Run(setup)
    run.seek(10_500_000)
    look = Look(*size, playing=True, hands_on=False, asked=asked, **more)
    return view(FrameSource(run).frame(), look)


def panel_of(scene: Scene) -> tuple[Box, list[Text]]:
    """The panel of a film's question, and what is written on it."""
    place = next(
        n for n, item in enumerate(scene.moving) if isinstance(item, Rectangle) and item.stroke == "focus"
    )
    item = scene.moving[place]
    texts = [text for text in scene.moving[place:] if isinstance(text, Text) and text.content]
    return Box(item.x, item.y, item.width, item.height), texts


@pytest.mark.parametrize("captions", [True, False], ids=["captions", "clean"])
@pytest.mark.parametrize("times", [1, 2], ids=["as-is", "twice-as-long"])
@pytest.mark.parametrize("what", ["numbers", "words", "answer", "answer-in-words"])
@pytest.mark.parametrize("size", FILMS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_in_a_film_a_question_has_its_place_and_hides_no_unit(
    size: tuple[int, int], what: str, times: int, captions: bool
):
    def longer(words: str) -> str:
        return " ".join([words] * times)

    choices = tuple(replace(each, belief=longer(each.belief)) for each in HOW_MANY.choices)
    asked: dict[str, Asked | Answered] = {
        "numbers": Asked(replace(HOW_MANY, text=longer(HOW_MANY.text), choices=choices), left=0.5),
        "words": Asked(replace(WHICH, text=longer(WHICH.text), choices=choices), left=0.5),
        "answer": replace(ANSWER, why=longer(ANSWER.why)),
        "answer-in-words": replace(IN_WORDS, why=longer(IN_WORDS.why), belief=longer(IN_WORDS.belief)),
    }
    for count in (1, 4):
        scene = film_scene(asked[what], size, count, captions=captions)
        panel, texts = panel_of(scene)
        assert len(texts) >= 3
        for text in texts:
            assert inside(box_of(text), panel), text
        for one, other in combinations(texts, 2):
            assert not overlap(box_of(one), box_of(other)), (one.content, other.content)
        look = Look(*size, hands_on=False, captions=captions)
        for card in (box for pair in layout(look, count).cards for box in pair):
            assert not overlap(card, panel)


def test_a_film_offers_no_keys_and_no_number_of_ones_own():
    for size in FILMS:
        for asked in (Asked(HOW_MANY, left=0.5), ANSWER):
            said = [text.content for text in panel_of(film_scene(asked, size))[1]]
            assert not {"Enter", "Esc", "another number", "1", "2"} & set(said)
    said = " ".join(text.content for text in panel_of(film_scene(Asked(WHICH, left=1.0), (1280, 720)))[1])
    assert "110" not in said
    assert "91" not in said


def test_the_time_to_think_runs_out():
    widths = []
    for left in (1.0, 0.5, 0.1, 0.0):
        bars = [
            item
            for item in film_scene(Asked(HOW_MANY, left=left), (1280, 720)).moving
            if isinstance(item, Rectangle) and (item.fill, item.height) == ("focus", 6)
        ]
        widths.append(bars[0].width)
    assert widths == sorted(widths, reverse=True)
    assert widths[1] == pytest.approx(widths[0] / 2)
    assert widths[-1] == 6


def test_an_answer_stands_alone_large_with_its_reason():
    for size in FILMS:
        _, texts = panel_of(film_scene(ANSWER, size))
        number = next(text for text in texts if text.content == "91")
        assert number.size >= 60
        assert number.size == max(text.size for text in texts)
        assert "19 sessions" in " ".join(text.content for text in texts)
        _, texts = panel_of(film_scene(IN_WORDS, size))
        assert "All that were open" in " ".join(text.content for text in texts)
        assert "91" not in [text.content for text in texts]


def test_what_is_asked_is_said_once_and_to_readers_too():
    for size in FILMS:
        scene = film_scene(Asked(HOW_MANY, left=0.5), size)
        assert scene.caption == HOW_MANY.text
        clean = film_scene(Asked(HOW_MANY, left=0.5), size, captions=False)
        assert clean.caption == HOW_MANY.text
        assert "Lightning" in " ".join(text.content for text in panel_of(clean)[1])


def test_answers_without_numbers_have_none_in_the_window():
    run = Run(article(LIGHTNING))
    run.seek(10_500_000)
    scene = view(FrameSource(run).frame(), Look(1600, 900, asked=Asked(WHICH)))
    said = [item.content for item in scene.moving if isinstance(item, Text)]
    assert "another number" not in said
    assert not {"110", "91"} & set(said)
    assert len([name for name in scene.targets if name.startswith("question:") and name[9:].isdigit()]) == 3


def test_while_a_question_waits_nothing_tells_what_comes():
    run = Run(article(LIGHTNING))
    run.seek(10_500_000)
    frame = FrameSource(run).frame()
    for hands_on in (True, False):
        scene = view(frame, Look(1600, 900, asked=Asked(HOW_MANY), hands_on=hands_on))
        items = (*scene.still, *scene.moving)
        said = [item.content for item in items if isinstance(item, Text)]
        assert not [words for words in said if words.startswith(("takeover", "no service"))]
        assert not [item for item in items if isinstance(item, Rectangle) and item.fill == "outage"]
        assert not [item for item in items if isinstance(item, Icon) and item.name == "bolt"]
