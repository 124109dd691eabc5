"""The pictures of a film: by number, in any order, from the spec alone."""

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from visualizer.canvas.surface import offscreen, to_array
from visualizer.film import FilmSpec, Pictures, ReelSpec, clips
from visualizer.lab.beside import others
from visualizer.opening import Opened, in_designs, open_text
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene, Text
from visualizer.script.script import Beside

TOLD = """
title: Told
duration: 2s
traffic: {rate: 50/s}
tiers:
  firewall: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}
  application: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}
events:
  - {at: 500ms, fault: lightning, target: firewall.primary}
story:
  chapters:
    - title: All is well
      beats:
        - {at: 100ms, say: "{open} sessions are open.", hold: 200ms, speed: 0.5}
    - title: The strike
      beats:
        - at: first lightning
          hold: 0s
          focus: firewall
          zoom: 2
          ask:
            question: "How many of {open} will the standby still have?"
            answer: survivors
            until: first takeover
            because: "{lost} had opened since the last sync."
            thinking: 1s
            choices:
              - {value: right, belief: "all that had been copied"}
              - {value: open, belief: "all"}
        - {at: first lightning + 50ms, say: "It is gone.", hold: 1s, focus: application, zoom: 2}
"""
PLAIN = TOLD[: TOLD.index("story:")]
KINDS = ("story", "automatic", "plain", "designs", "several")


def opened(text: str = TOLD) -> Opened:
    return open_text(text, None, (), (), "told")


def spec_of(*reels: ReelSpec, fps: int = 10) -> FilmSpec:
    return FilmSpec(reels, (320, 180), fps, "night")


def kinds(pictures: Pictures) -> list[str]:
    return [pictures.place(number).stretch.kind for number in range(pictures.count)]


def all_pixels(pictures: Pictures, numbers: range | list[int]) -> dict[int, np.ndarray]:
    surface, found = offscreen((320, 180)), {}
    for number in numbers:
        pictures.paint(number, surface)
        found[number] = to_array(surface)
    return found


def of_reels() -> dict[str, tuple[ReelSpec, ...]]:
    told, plain = opened(), opened(PLAIN)
    designs = in_designs(plain, "copying")
    return {
        "story": (ReelSpec((told,)),),
        "automatic": (ReelSpec((plain,)),),
        "plain": (ReelSpec((told,), speed=500),),
        "designs": (ReelSpec(designs.opened, designs.comparison, speed=1000, to_us=700_000),),
        "several": (ReelSpec((told,), to_us=600_000), ReelSpec((plain,), speed=1000, from_us=1_500_000)),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_any_order_in_any_process_gives_the_same_pictures(kind: str):
    spec = spec_of(*of_reels()[kind], fps=4)
    forward = Pictures(spec)
    elsewhere = Pictures(pickle.loads(pickle.dumps(spec)))
    numbers = list(range(forward.count))
    there = all_pixels(forward, numbers)
    back = all_pixels(elsewhere, numbers[::-1])
    assert all(np.array_equal(there[number], back[number]) for number in numbers)


@pytest.mark.parametrize("kind", KINDS)
def test_equal_keys_are_equal_pictures_and_holds_have_them(kind: str):
    pictures = Pictures(spec_of(*of_reels()[kind]))
    first: dict[object, int] = {}
    numbers = range(pictures.count)
    same = {number: first.setdefault(pictures.key(number), number) for number in numbers}
    repeated = [number for number in numbers if same[number] != number]
    drawn = all_pixels(pictures, sorted({*repeated[::5], *(same[number] for number in repeated[::5])}))
    assert all(np.array_equal(drawn[number], drawn[same[number]]) for number in repeated[::5])
    assert bool(repeated) == (kind not in ("plain", "designs"))


def test_a_question_waits_with_its_clock_and_is_answered_when_the_run_knows():
    pictures = Pictures(spec_of(ReelSpec((opened(),))))
    asked = [pictures.key(number)[2].asked for number in range(pictures.count)]
    waiting = [one for one in asked if isinstance(one, Asked)]
    (answer,) = {one for one in asked if isinstance(one, Answered)}
    assert len(waiting) == 10
    lefts = [one.left for one in waiting]
    assert lefts == sorted(lefts, reverse=True)
    assert 0 < lefts[-1] < lefts[0] <= 1
    assert (answer.guess, answer.result, answer.of) == (None, 16, 25)
    assert answer.belief == "all that had been copied"
    assert answer.why == "9 had opened since the last sync."
    assert [kind for kind in kinds(pictures) if kind in ("question", "answer")] == [
        "question" if isinstance(one, Asked) else "answer" for one in asked if one is not None
    ]


def test_an_answer_comes_within_what_is_told_then():
    """The camera does not go back to where the question was asked."""
    pictures = Pictures(spec_of(ReelSpec((opened(),))))
    shown = kinds(pictures)
    first = shown.index("answer")
    before, answer = (pictures.key(number)[2].told for number in (first - 1, first))
    assert before.camera == answer.camera
    assert before.sentence == answer.sentence == "It is gone."


def test_captions_can_be_left_out_and_the_speed_is_that_of_the_film():
    spec = spec_of(ReelSpec((opened(),), speed=250))
    look = Pictures(replace(spec, captions=False)).key(0)[2]
    assert (look.captions, look.speed, look.told) == (False, 0.25, None)
    assert Pictures(spec).key(0)[2].captions


def test_reels_follow_each_other_and_their_beats_are_numbered_through():
    one, other = ReelSpec((opened(),), to_us=600_000), ReelSpec((opened(),))
    both = Pictures(spec_of(one, other))
    alone = [Pictures(spec_of(reel)) for reel in (one, other)]
    assert both.length_us == sum(each.length_us for each in alone)
    assert both.count == -(-both.length_us * 10 // 1_000_000)
    assert [beat.number for reel in both.reels for beat in reel.told.beats] == [1, 2, 3, 4, 5, 6]
    shift_us = both.reels[1].start_us
    assert both.scene_at(shift_us + 700_000) == alone[1].scene_at(700_000)
    assert both.scene_at(shift_us - 1) == alone[0].scene_at(shift_us - 1)


def test_clips_of_chapters_have_the_pictures_of_the_whole():
    whole = Pictures(spec_of(ReelSpec((opened(),)), ReelSpec((opened(PLAIN),), speed=1000)))
    found = list(clips(whole, Path("film.mp4")))
    assert [clip.path.name for clip in found] == [
        "film-01-all-is-well.mp4", "film-02-the-strike.mp4", "film-03-told.mp4"
    ]  # fmt: skip
    start_us = 0
    for clip in found:
        pictures = Pictures(clip.spec)
        for film_us in range(0, pictures.length_us, 370_000):
            assert pictures.scene_at(film_us) == whole.scene_at(start_us + film_us)
        start_us += pictures.length_us
    assert start_us == whole.length_us


def test_an_instant_of_the_run_is_drawn_as_the_film_shows_it_last():
    pictures = Pictures(spec_of(ReelSpec((opened(),))))
    tempo = pictures.reels[0].tempo
    last = [n for n in range(pictures.count) if tempo.film_us(pictures.place(n).at_us) == pictures.film_us(n)]
    assert last
    assert all(pictures.scene_of(pictures.place(n).at_us) == pictures.scene(n) for n in last)
    asked = kinds(pictures).index("question")
    assert pictures.scene_of(pictures.place(asked).at_us) != pictures.scene(asked)


def test_an_instant_that_a_fast_film_passes_between_two_of_its_own_is_drawn_itself():
    pictures = Pictures(spec_of(ReelSpec((opened(PLAIN),), speed=7_000)))
    assert pictures.reels[0].tempo.at(pictures.reels[0].tempo.film_us(1_000_000)).at_us < 1_000_000
    assert "00:01.00" in texts(pictures.scene_of(1_000_000))


def test_a_clip_shows_the_instant_nearest_to_the_one_that_tells_most():
    pictures = Pictures(spec_of(ReelSpec((opened(PLAIN),), speed=1000, to_us=250_000)))
    assert "00:00.25" in texts(pictures.telling_scene())


def texts(scene: Scene) -> set[str]:
    return {item.content for item in (*scene.still, *scene.moving) if isinstance(item, Text)}


def test_before_its_first_beat_a_film_has_the_chapters_of_its_story_and_shows_nothing_of_what_comes():
    shown = texts(Pictures(spec_of(ReelSpec((opened(),)))).scene(0))
    assert "Chapter 1 of 2 · All is well" in shown
    assert not [text for text in shown if "takeover" in text or "no service" in text]
    automatic = texts(Pictures(spec_of(ReelSpec((opened(PLAIN),), speed=1000))).scene(0))
    assert [text for text in automatic if "takeover" in text]


BESIDE = """        - {at: first takeover, say: "So many: {lost}.", beside: {measure: lost, runs: 40}}
        - {at: first takeover + 300ms, say: "And on.", hold: 300ms}
"""


def test_many_runs_stand_beside_this_one_while_their_beat_is_told():
    """They are counted before the first picture, with the same numbers in every process."""
    pictures = Pictures(spec_of(ReelSpec((opened(TOLD + BESIDE),))))
    (reel,) = pictures.reels
    assert reel.told is not None
    *_, index, last = range(len(reel.told.beats))
    this = reel.told.beats[index].beside
    assert this is not None
    numbers = range(pictures.count)
    beats = [reel.tempo.at(pictures.film_us(number)).stretch for number in numbers]
    shown = [pictures.key(number)[2].beside for number in numbers]
    told = [one.beat == index and one.kind != "answer" for one in beats]
    assert told.count(True) > 8 * pictures.spec.fps  # so long it takes to read
    assert {one.beat for one in beats} >= {index, last}
    for number in numbers:
        if beats[number].kind != "answer":
            assert (shown[number] is not None) == told[number]
    (card,) = {one for one in shown if one is not None}
    assert card.value == this.value == len(reel.run.state_at(2_000_000).lost_sessions)
    assert card.others == others(reel.run.setup, Beside("lost", 40))
    scene = pictures.scene(told.index(True))
    assert f"mean {card.others.mean:.3g}" in [item.content for item in scene.moving if isinstance(item, Text)]


def test_designs_side_by_side_have_no_chart_of_one_of_them():
    designs = in_designs(opened(TOLD + BESIDE), "copying")
    pictures = Pictures(spec_of(ReelSpec(designs.opened, designs.comparison)))
    assert all(pictures.key(number)[2].beside is None for number in range(pictures.count))


def test_what_has_been_counted_goes_to_other_processes_with_the_spec():
    (reel,) = Pictures(spec_of(ReelSpec((opened(TOLD + BESIDE),)))).reels
    ((asked, (found,)),) = reel.counted
    assert (asked, found) == (Beside("lost", 40), others(reel.run.setup, asked))
    elsewhere = replace(found, values=(*found.values[:-1], 1_000))  # told from what would be counted again
    (there,) = Pictures(spec_of(replace(reel.spec, counted=((asked, (elsewhere,)),)))).reels
    shown = [there.look(film_us, Look()).beside for film_us in range(0, there.tempo.length_us, 500_000)]
    assert {one.others for one in shown if one is not None} == {elsewhere}


def test_a_story_of_several_designs_has_a_chart_of_each():
    told = opened(TOLD.replace("story:", "story:\n  compare: copying") + BESIDE)
    designs = in_designs(told, "copying")
    pictures = Pictures(spec_of(ReelSpec(designs.opened, designs.comparison)))
    (reel,) = pictures.reels
    looks = [pictures.key(number)[2] for number in range(pictures.count)]
    assert not any(look.beside for look in looks)
    (each,) = {look.beside_each for look in looks if look.beside_each}
    assert [one.value for one in each] == [len(run.state_at(2_000_000).lost_sessions) for run in reel.runs]
    assert [one.others for one in each] == [others(run.setup, Beside("lost", 40)) for run in reel.runs]
