"""The panel of "beat it": what it says is what the judge found, and all of it fits at every size."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import combinations

import pytest
from scene.picture import article, scene_at, tiers
from scene.test_layout import SIZES, box_of, inside, overlap, texts

from visualizer.lab.beat import Judgement, judge
from visualizer.lab.beat_goals import GOALS
from visualizer.lab.beat_ideal import Term
from visualizer.scene.beat import GOAL, WORST, sentence
from visualizer.scene.beat_tries import closest
from visualizer.scene.layout import layout
from visualizer.scene.look import BeatLook, KnobLook, Knobs, Look, Try
from visualizer.scene.primitives import Box, Disc, Rectangle, Scene
from visualizer.sim.setup import Setup
from visualizer.story.beat import TITLES, done_sentence, lasting, long, tries_sentence
from visualizer.theory.false_failover import false_failover_s

KNOBS = Knobs(
    0,
    tuple(
        KnobLook(f"knob:{name}", title, "200 ms", share, "3 s", 0.4, True)
        for name, title, share in (
            ("policy", "Copying", None),
            ("sync", "Sync every", 0.2),
            ("heartbeat", "Heartbeat every", 0.3),
            ("misses", "Misses to declare dead", 0.1),
            ("link_latency", "Heartbeat link latency", 0.7),
            ("sync_latency", "Sync link latency", 0.7),
            ("convergence", "Clients follow after", 0.0),
            ("rate", "New sessions per second", 0.5),
            ("path", "Path design", None),
        )
    ),
)
TRIES = (
    Try(30, 2_999_999, True),
    Try(10, 999_999, True),
    Try(1, 299_999, True),
    Try(0, 599_999, False),
    Try(600, None, True),
)


@lru_cache(maxsize=32)
def judged(setup: Setup, place: int) -> Judgement:
    return judge(setup, GOALS[place], false_failover_s)


def beaten(setup: Setup, place: int = 0, **changes: object) -> BeatLook:
    met = tuple(number == 1 for number in range(len(GOALS)))
    shown = BeatLook(GOALS[place], place, met, judged(replace(setup, commands=()), place), False, TRIES)
    return replace(shown, **changes)


def panel(look: Look, setup: Setup) -> tuple[Scene, Box]:
    return scene_at(setup, 5.0, look), layout(look, len(setup.tiers)).ledger


def said(scene: Scene) -> list[str]:
    return [text.content for text in texts(scene)]


@pytest.mark.parametrize("place", range(len(GOALS)), ids=lambda place: GOALS[place].name)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_all_of_it_fits(size: tuple[int, int], place: int, scale: float) -> None:
    setup = tiers(3)
    look = Look(*size, text_scale=scale, beat=beaten(setup, place), knobs=KNOBS)
    scene, room = panel(look, setup)
    mine = [(text, box_of(text)) for text in texts(scene) if overlap(box_of(text), room)]
    assert len(mine) > 20
    for text, box in mine:
        assert inside(box, room), text
    for (one, box), (other, other_box) in combinations(mine, 2):
        assert not overlap(box, other_box), (one.content, other.content)
    assert {GOAL, WORST, *(knob.name for knob in KNOBS.knobs)} <= set(scene.targets)
    for knob in KNOBS.knobs:
        assert inside(scene.targets[knob.name], room)


def test_it_stands_in_the_place_of_the_books_and_leaves_the_knobs() -> None:
    look = Look(1600, 900, knobs=KNOBS)
    plain, _ = panel(look, article())
    scene, _ = panel(replace(look, beat=beaten(article())), article())
    assert "LOST SO FAR" in said(plain)
    assert "LOST SO FAR" not in said(scene)
    for words in ("BEAT IT", "Lose nobody", "at most 0", "TURN THE KNOBS", "Sync every", "try 5"):
        assert words in said(scene)


def test_the_gauges_say_what_the_judge_found() -> None:
    scene, _ = panel(Look(1600, 900, beat=beaten(article(), 1)), article())
    words = said(scene)
    assert "30" in words
    assert words.count("3.00\u00a0s") == 2  # the gap, and what it is made of
    assert "under 1\u00a0s" in words
    assert TITLES["sync period"] in words
    assert TITLES["detection"] in words


def test_a_class_sees_it_without_knobs() -> None:
    scene, room = panel(Look(1920, 1080, room=True, beat=beaten(article()), knobs=KNOBS), article())
    assert "TURN THE KNOBS" not in said(scene)
    mine = [box_of(text) for text in texts(scene) if overlap(box_of(text), room)]
    assert all(inside(box, room) for box in mine)


def test_a_goal_that_was_reached_once_has_a_full_dot() -> None:
    scene, _ = panel(Look(1600, 900, beat=beaten(article())), article())
    dots = [item for item in scene.moving if isinstance(item, Disc) and item.radius in (3.5, 4.5)]
    assert [dot.fill for dot in dots if dot.stroke][: len(GOALS)].count("active") == 1


def test_while_nothing_is_known_it_says_so() -> None:
    look = Look(1600, 900, beat=beaten(article(), judgement=None, busy=True, tries=()))
    words = said(panel(look, article())[0])
    assert "measuring …" in words
    assert WORST not in panel(look, article())[0].targets


def test_the_bar_is_as_long_as_what_it_is_made_of() -> None:
    """Without a limit it is full; with one a third of it, it reaches three times as far as the mark."""
    found = judged(article(), 1)
    half = (Term("sync period", 20), Term("latency", 10))
    shown = beaten(article(), 1, judgement=replace(found, loss_terms=half, worst_lost=30))
    scene, room = panel(Look(1600, 900, beat=shown), article())
    bars = [item for item in scene.moving if isinstance(item, Rectangle) and item.height == 9.0]
    sync, latency = (next(bar for bar in bars if bar.fill == fill) for fill in ("sync", "announce"))
    assert sync.width + 1.5 == pytest.approx(2 * (latency.width + 1.5))
    assert latency.x == pytest.approx(sync.x + sync.width + 1.5)
    assert latency.x + latency.width < room.x + room.width


def test_the_closest_try_keeps_to_the_budget_and_loses_least() -> None:
    assert closest(beaten(article(), 3)) == Try(1, 299_999, True)
    assert closest(beaten(article(), 1)) == Try(1, 299_999, True)  # how many are lost does not matter
    assert closest(beaten(article(), 0, tries=(Try(0, None, True), Try(0, 5, True)))) == Try(0, 5, True)


BINDINGS = [name for name in TITLES if name not in ("second failure", "answers", "false alarms")]


@pytest.mark.parametrize("name", BINDINGS)
def test_whatever_binds_there_is_a_sentence_for_it(name: str) -> None:
    found = replace(judged(article(), 3), binding=Term(name, 7), worst_lost=9, gap_us=9_000_000)
    in_gap = replace(found, worst_lost=0, binding=Term(name, 7_000_000))
    of_loss = ("bandwidth", "copying work", "left out", "no copies", "sync period", "nervous")
    for one in (found,) if name in of_loss else (in_gap,):
        words = sentence(one)
        assert words.count("bind") == 1
        assert words.endswith(".")
        assert "{" not in words
    if name in of_loss and name != "nervous":
        assert "7 of 9 lost sessions" in sentence(found)


def test_the_sentence_of_the_article() -> None:
    assert sentence(judged(article(), 0)) == (
        "The sync period binds: 30 of 30 lost sessions were not copied yet. "
        "Copy more often, or wait for each copy."
    )


def test_times_and_counts_are_said_as_people_read_them() -> None:
    assert [lasting(time_us).replace("\u00a0", " ") for time_us in (2_999_999, 80_000, 500, 135_000_000)] == [
        "3.00 s", "80 ms", "0.5 ms", "135 s",
    ]  # fmt: skip
    assert [long(time_s).replace("\u00a0", " ") for time_s in (1, 1010, 7200, 86_400, 31_536_000, 1e12)] == [
        "1 s", "17 min", "2 hours", "1 day", "1 year", "31\u2009710 years",
    ]  # fmt: skip
    assert tries_sentence(12, 1, 1_200_000).replace("\u00a0", " ") == (
        "12 tries; the closest lost 1 and was gone for 1.20 s."
    )
    assert tries_sentence(1, 1600, None) == "One try: it lost 1\u2009600 and was gone for good."
    assert done_sentence(201, "session", limits=True).startswith("Done, for one bolt. The second failure")
