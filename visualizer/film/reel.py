"""The pictures of a film, from its spec alone: frame n is the film at the instant n / fps.

Whoever has the same spec draws the same pictures, in any order and in any process.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from visualizer.canvas.painter import Painter
from visualizer.canvas.theme import load_theme
from visualizer.film.spec import FilmSpec, ReelSpec
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.told import told_of
from visualizer.scene.twin import view_of
from visualizer.script.script import SPEED_ONE
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.question import Question
from visualizer.story.screenplay import Screenplay, automatic, screenplay
from visualizer.story.telling import telling_us
from visualizer.story.tempo import Place, Stretch, Tempo, plain, tempo
from visualizer.timeline import Run

if TYPE_CHECKING:
    import pygame


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
        if script is None:
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

    @cached_property
    def chapters(self) -> tuple[int, ...]:
        """The chapters that are told in it, by their index."""
        return () if self.told is None else tuple(dict.fromkeys(_chapters(self.told, self.tempo)))

    def look(self, film_us: int, look: Look) -> Look:
        """`look` with what is told and asked at an instant of this reel."""
        stretch, told = self.tempo.at(film_us).stretch, self.told
        look = replace(look, comparison=self.spec.comparison, speed=(stretch.speed or SPEED_ONE) / SPEED_ONE)
        index, beat_us = self._telling(film_us)
        if told is None or index is None:
            return look
        return replace(
            look,
            speed=(stretch.speed or told.beats[index].speed) / SPEED_ONE,
            told=told_of(told, index, beat_us),
            asked=self._asked(stretch, film_us),
        )

    def _telling(self, film_us: int) -> tuple[int | None, int]:
        """The index of the beat that is told, and for how long: an answer comes within what is told anyway."""
        told_us, place = film_us, self.tempo.at(film_us)
        while place.stretch.kind == "answer" and place.stretch.film_us:
            told_us = place.stretch.film_us - 1
            place = self.tempo.at(told_us)
        return place.stretch.beat, place.beat_us + film_us - told_us

    def scene(self, film_us: int, look: Look) -> Scene:
        """The picture at an instant of this reel."""
        at_us = self.tempo.at(film_us).at_us
        for run in self.runs:
            run.seek(at_us)
        return view_of([source.frame() for source in self._sources], self.look(film_us, look))

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
    """A run, computed to its end. All reels of a scenario share it, and seek in it as they need."""
    run = Run(setup)
    run.finish()
    return run


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


class Pictures:
    """All pictures of a film, by number. `length_us`: how long it is, in film time.

    Raises ThemeError. Seeking forward is fastest; any order gives the same pictures.
    """

    def __init__(self, spec: FilmSpec) -> None:
        self.spec = spec
        self.reels: list[Reel] = []
        self.length_us = 0
        beats = 0
        for one in spec.reels:
            reel = Reel(replace(one, beats_before=one.beats_before + beats), self.length_us)
            self.reels.append(reel)
            self.length_us += reel.tempo.length_us
            beats += len(reel.told.beats) if reel.told else 0
        width, height = spec.size_px
        self._look = Look(
            width_px=width, height_px=height, playing=True, hands_on=False, captions=spec.captions
        )

    @property
    def count(self) -> int:
        """How many there are: length x fps, rounded up."""
        return -(-self.length_us * self.spec.fps // US_PER_S)

    @property
    def telling_us(self) -> int:
        """The instant of the film that says most of its first run."""
        reel = self.reels[0]
        return self.last_us(telling_us(reel.run.setup, reel.events))

    def last_us(self, at_us: int) -> int:
        """The last instant of the film that shows an instant of its first run."""
        return self.reels[0].tempo.film_us(at_us)

    def film_us(self, number: int) -> int:
        """The instant of the film that picture `number` shows."""
        return number * US_PER_S // self.spec.fps

    def place(self, number: int) -> Place:
        """Where the run is in picture `number`."""
        reel, film_us = self._found(self.film_us(number))
        return reel.tempo.at(film_us)

    def key(self, number: int) -> Hashable:
        """Pictures with equal keys are equal."""
        reel, film_us = self._found(self.film_us(number))
        return reel.start_us, reel.tempo.at(film_us).at_us, reel.look(film_us, self._look)

    def scene(self, number: int) -> Scene:
        """Picture `number`, in drawing primitives."""
        return self.scene_at(self.film_us(number))

    def scene_at(self, film_us: int) -> Scene:
        """The picture of any instant of the film, 0 to `length_us`."""
        reel, own_us = self._found(film_us)
        return reel.scene(own_us, self._look)

    def paint(self, number: int, surface: pygame.Surface) -> None:
        """Fill `surface`, which has the film's size, with picture `number`."""
        self.paint_at(self.film_us(number), surface)

    def paint_at(self, film_us: int, surface: pygame.Surface) -> None:
        """The same for any instant of the film."""
        self._painter.paint(self.scene_at(film_us), surface)

    @cached_property
    def _painter(self) -> Painter:
        return Painter(load_theme(self.spec.theme), self.spec.size_px)

    def _found(self, film_us: int) -> tuple[Reel, int]:
        """The reel that is shown at an instant of the film, and the instant in the reel's own time."""
        reel = next(reel for reel in reversed(self.reels) if reel.start_us <= film_us)
        return reel, film_us - reel.start_us
