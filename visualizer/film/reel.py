"""One run of a film: what is told of it, how fast, and what that looks like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

from visualizer.film.spec import ReelSpec
from visualizer.lab.beside import Others, others
from visualizer.language import translated
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.told import before_all, told_of
from visualizer.scene.twin import view_of
from visualizer.script.figures import FIGURES
from visualizer.script.script import SPEED_ONE, Beside
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup
from visualizer.story.question import Question
from visualizer.story.screenplay import Screenplay, automatic, automatic_of, screenplay
from visualizer.story.side_by_side import Design
from visualizer.story.tempo import Stretch, Tempo, plain, tempo
from visualizer.timeline import Run, finished


class Reel:
    """One run, or several side by side, and how it is told; `start_us`: where it begins in the film.

    Its beats are numbered on from those before it.
    """

    def __init__(self, spec: ReelSpec, start_us: int = 0) -> None:
        self.spec = spec
        self.start_us = start_us
        self.runs = tuple(_finished(opened.setup) for opened in spec.opened)
        self._sources = tuple(FrameSource(run) for run in self.runs)
        self._answers: dict[Question, Answered] = {}
        self._besides: dict[int, tuple[BesideLook, ...]] = {}

    @property
    def run(self) -> Run:
        """The run that the story is told of: the first."""
        return self.runs[0]

    @property
    def events(self) -> Sequence[Event]:
        """All that happens in it."""
        return self.run.events

    @cached_property
    def told(self) -> Screenplay | None:
        """The story of the scenario, else one made of what happens; None when it is filmed plainly."""
        script, run = self.spec.opened[0].script, self.run
        if self.spec.speed is not None:
            return None
        if script is None and len(self.runs) > 1 and self.spec.comparison:
            variants = self.spec.comparison.variants
            found = automatic_of(
                [
                    Design(translated(variant.phrase), each.setup, each.events)
                    for variant, each in zip(variants, self.runs, strict=True)
                ]
            )
        elif script is None:
            found = automatic(run.setup, run.events)
        else:
            found = screenplay(script, run.setup, run.events, run.state_at)
        before = self.spec.beats_before
        return replace(found, beats=tuple(replace(beat, number=before + beat.number) for beat in found.beats))

    @cached_property
    def tempo(self) -> Tempo:
        """From the time of this reel to the time of the run."""
        spec, told = self.spec, self.told
        from_us = 0 if spec.from_us is None else spec.from_us
        to_us = self.run.setup.duration_us if spec.to_us is None else spec.to_us
        if told is None:
            return plain(from_us, to_us, SPEED_ONE if spec.speed is None else spec.speed)
        whole = tempo(told, from_us, to_us, dict(spec.least_us))
        return whole if spec.chapter is None else _chapter(told, whole, spec.chapter)

    @property
    def counted(self) -> tuple[tuple[Beside, tuple[Others, ...]], ...]:
        """What comes of the runs beside each of these, of all beats: so that it is found out only once."""
        beats = self.told.beats if self.told else ()
        asked = dict.fromkeys(beat.beside.beside for beat in beats if beat.beside)
        return tuple((one, self._others(one)) for one in asked)

    @cached_property
    def chapters(self) -> tuple[int, ...]:
        """The chapters that are told in it, by their index; none where no beat of a story comes."""
        if self.told is None or not self.told.chapters:
            return ()
        return tuple(dict.fromkeys(_chapters(self.told, self.tempo)))

    def look(self, film_us: int, look: Look) -> Look:
        """`look` with what is told and asked at an instant of this reel."""
        stretch, told = self.tempo.at(film_us).stretch, self.told
        look = replace(
            look,
            comparison=self.spec.comparison,
            speed=(stretch.speed or SPEED_ONE) / SPEED_ONE,
            playing=stretch.speed > 0,
        )
        if told is None or not told.beats:
            return look
        index, beat_us = self._telling(film_us)
        if index is None:
            return replace(look, told=before_all(told))
        beside = self._beside(index)
        return replace(
            look,
            speed=(stretch.speed or told.beats[index].speed) / SPEED_ONE,
            told=told_of(told, index, beat_us),
            asked=self._asked(stretch, film_us),
            beside=beside[0] if len(beside) == 1 else None,
            beside_each=beside if len(beside) > 1 else (),
        )

    def _telling(self, film_us: int) -> tuple[int | None, int]:
        """The index of the beat that is told, and for how long. An answer comes within what is told anyway"""
        told_us, place = film_us, self.tempo.at(film_us)
        while place.stretch.kind == "answer" and place.stretch.film_us:
            told_us = place.stretch.film_us - 1
            place = self.tempo.at(told_us)
        return place.stretch.beat, place.beat_us + film_us - told_us

    def scene(self, film_us: int, look: Look) -> Scene:
        """The picture at an instant of this reel."""
        return self._drawn(self.tempo.at(film_us).at_us, film_us, look)

    def scene_of(self, at_us: int, look: Look) -> Scene:
        """The last picture that shows an instant of the run, or the nearest that is filmed.

        Where the film is so fast that it passes it between two instants, it is drawn as if it stopped there.
        """
        first, last = (self.tempo.at(film_us).at_us for film_us in (0, self.tempo.length_us))
        at_us = min(max(at_us, first), last)
        return self._drawn(at_us, self.tempo.film_us(at_us), look)

    def _drawn(self, at_us: int, film_us: int, look: Look) -> Scene:
        for run in self.runs:
            run.seek(at_us)
        return view_of([source.frame() for source in self._sources], self.look(film_us, look))

    def _beside(self, index: int) -> tuple[BesideLook, ...]:
        """Many other runs of each design, while their beat is told."""
        found = self._besides.get(index)
        if found is None:
            found = self._besides[index] = tuple(self._besides_of(index))
        return found

    def _besides_of(self, index: int) -> Iterator[BesideLook]:
        beat = self.told.beats[index] if self.told else None
        if beat is None or beat.beside is None:
            return
        asked = beat.beside.beside
        counted = dict(self.spec.counted).get(asked) or self._others(asked)
        for run, found in zip(self.runs, counted, strict=True):
            value = FIGURES[asked.measure].value(run.state_at(beat.at_us)) or 0
            yield BesideLook(asked.measure, value, asked.runs, found)

    def _others(self, asked: Beside) -> tuple[Others, ...]:
        return tuple(others(run.setup, asked) for run in self.runs)

    def _asked(self, stretch: Stretch, film_us: int) -> Asked | Answered | None:
        question = self.told.beats[stretch.beat].question if self.told and stretch.beat is not None else None
        match stretch.kind:
            case "question" if question:
                return Asked(question, left=(stretch.end_us - film_us) / stretch.length_us)
            case "answer" if question:
                return self._answered(question)
            case _:
                return None

    def _answered(self, question: Question) -> Answered:
        """What the run says to it; nobody guessed."""
        found = self._answers.get(question)
        if found is None:
            state = self.run.state_at(question.until_us)
            result = question.result(state)
            right = question.choice(result)
            found = self._answers[question] = Answered(
                guess=None,
                result=result,
                of=question.most,
                of_what=question.of_what,
                why=question.because(state),
                reply="",
                right=0,
                asked=0,
                belief=right.belief if right else "",
                counted=question.counted,
            )
        return found


@lru_cache(maxsize=8)
def _finished(setup: Setup) -> Run:
    """All reels of a scenario share its run, and seek in it as they need."""
    return finished(setup)


def _chapters(told: Screenplay, tempo: Tempo) -> list[int]:
    """The chapter of each stretch: an answer comes within whatever is told then."""
    found: list[int] = []
    for stretch in tempo.stretches:
        if stretch.kind == "answer" or stretch.beat is None:
            found.append(found[-1] if found else 0)
        else:
            found.append(told.beats[stretch.beat].chapter)
    return found


def _chapter(told: Screenplay, whole: Tempo, chapter: int) -> Tempo:
    """The stretches of one chapter, from the start of the film on."""
    pairs = zip(whole.stretches, _chapters(told, whole), strict=True)
    own = [stretch for stretch, its in pairs if its == chapter]
    start_us = own[0].film_us
    moved = tuple(replace(stretch, film_us=stretch.film_us - start_us) for stretch in own)
    return Tempo(moved, moved[-1].end_us)
