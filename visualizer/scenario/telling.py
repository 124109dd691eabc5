"""From the keys of a story to a `Script`: what the rest of the scenario decides is judged here."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from visualizer.language import say
from visualizer.scenario import story as keys
from visualizer.scenario.events import after_the_end
from visualizer.scenario.lesson import Lesson
from visualizer.scenario.problem import Finding, WrongValueError, quoted
from visualizer.scenario.story_values import RIGHT
from visualizer.scenario.tree import Path
from visualizer.script.anchors import anchor_of
from visualizer.script.claims import claim_of
from visualizer.script.durations import seconds_text
from visualizer.script.quantities import quantity_of
from visualizer.script.script import Anchor, Ask, AskChoice, Beat, Beside, Script, ScriptChapter, Spot
from visualizer.script.spots import named, parts, spots
from visualizer.script.templates import template_of
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup

Read = TypeVar("Read")

_BEAT: TypeAdapter[keys.Beat] = TypeAdapter(keys.Beat)
_TRIES = 8
"""So often is something taken away from a beat that is wrong: its keys are not nested deeper."""

_NOWHERE = Anchor("start")
"""Stands for an instant that cannot be understood, so that all the rest is still judged."""


def script_of(story: keys.Story, setup: Setup, place: Callable[[Path], str]) -> tuple[Script, list[Finding]]:
    """The script of a valid document, and what is wrong with it; `place` is where a key is written."""
    reading = _Reading(setup, place)
    chapters = tuple(
        ScriptChapter(
            chapter.title, tuple(reading.beat(beat_path(i, k), beat) for k, beat in enumerate(chapter.beats))
        )
        for i, chapter in enumerate(story.chapters)
    )
    where = "" if story.compare is None else place(("story", "compare"))
    return Script(chapters, story.compare, where), reading.found


def findings_of(story: Any, setup: Setup) -> list[Finding]:
    """What is wrong with each beat of the plain data of a story that can be read although others cannot."""
    reading = _Reading(setup, lambda path: "")
    chapters = story.get("chapters") if isinstance(story, dict) else None
    for i, chapter in enumerate(chapters if isinstance(chapters, list) else ()):
        beats = chapter.get("beats") if isinstance(chapter, dict) else None
        for k, data in enumerate(beats if isinstance(beats, list) else ()):
            beat = _readable(data)
            if beat is not None:
                reading.beat(beat_path(i, k), beat)
    return reading.found


def _readable(data: Any) -> keys.Beat | None:
    """A beat without its keys that are wrong, whose problems are told already; None if nothing is left."""
    data = copy.deepcopy(data)
    for _ in range(_TRIES if isinstance(data, dict) else 0):
        data.setdefault("at", "start")
        try:
            return _BEAT.validate_python(data)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                _drop(data, one["loc"][:-1] if one["type"] == "missing" else one["loc"])
    return None


def _drop(data: dict[str, Any], path: Path) -> None:
    """Take a key away; of an item of a list the whole list."""
    number = next((place for place, step in enumerate(path) if isinstance(step, int)), len(path))
    keys = [str(step) for step in path[:number] if step != "[key]"]
    for step in keys[:-1]:
        data = data.get(step, {})
    data.pop(keys[-1], None)


def beat_path(chapter: int, beat: int) -> Path:
    """Where a beat is in the file."""
    return ("story", "chapters", chapter, "beats", beat)


def lesson_findings(lesson: Lesson, setup: Setup) -> list[Finding]:
    """What is wrong with the figures in the texts of a lesson."""
    found: list[Finding] = []
    for path, text in _texts(lesson.model_dump(), ("lesson",)):
        try:
            template_of(text, parts(setup))
        except WrongValueError as error:
            found.append((path, error.what, error.todo))
    return found


def _texts(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """All texts in plain data, with their places; a source is quoted as it is."""
    if isinstance(data, str):
        yield path, data
        return
    for step, inner in data.items() if isinstance(data, dict) else enumerate(data):
        if step != "source":
            yield from _texts(inner, (*path, step))


class _Reading:
    """One pass over a story; `found` gathers what is wrong."""

    def __init__(self, setup: Setup, place: Callable[[Path], str]) -> None:
        self.found: list[Finding] = []
        self._setup = setup
        self._place = place
        self._parts = parts(setup)
        self._spots = spots(setup)
        self._latest_us = 0

    def beat(self, path: Path, beat: keys.Beat) -> Beat:
        """One beat; where something is wrong it is left out, and told."""
        at = self._instant((*path, "at"), beat.at)
        self._in_order((*path, "at"), at)
        return Beat(
            at=at,
            say=self._template((*path, "say"), beat.say),
            hold_us=beat.hold,
            speed=beat.speed,
            focus=None if beat.focus is None else self._spot((*path, "focus"), beat.focus),
            zoom=beat.zoom,
            highlight=self._lit((*path, "highlight"), beat.highlight or ()),
            labels=self._labels((*path, "labels"), beat.labels),
            claims=self._claims((*path, "claim"), beat.claim or ()),
            beside=None if beat.beside is None else self._beside((*path, "beside"), beat.beside),
            ask=None if beat.ask is None else self._ask((*path, "ask"), beat.ask),
            place=self._place(path),
        )

    def _try(self, path: Path, read: Callable[[], Read]) -> Read | None:
        try:
            return read()
        except WrongValueError as error:
            self.found.append((path, error.what, error.todo))
            return None

    def _instant(self, path: Path, said: str) -> Anchor:
        anchor = self._try(path, lambda: anchor_of(said, self._parts))
        if anchor is None:
            return _NOWHERE
        inner: Anchor | None = anchor
        while inner is not None:
            if inner.time_us > self._setup.duration_us:
                wrong = after_the_end(inner.time_us, self._setup.duration_us)
                self.found.append((path, *wrong))
            inner = inner.other
        return anchor

    def _in_order(self, path: Path, at: Anchor) -> None:
        """Of plain times one can see at once that a beat comes too early to be told."""
        if at.moment != "time":
            return
        at_us = at.time_us + at.offset_us
        if at_us < self._latest_us:
            what = say("this is before a beat above it, at {time}", time=seconds_text(self._latest_us))
            self.found.append((path, what, say("put the beats in order of time")))
        self._latest_us = max(self._latest_us, at_us)

    def _template(self, path: Path, text: str | None) -> str:
        self._try(path, lambda: template_of(text or "", self._parts))
        return text or ""

    def _spot(self, path: Path, name: str) -> Spot | None:
        return self._try(path, lambda: named(name, self._spots))

    def _lit(self, path: Path, names: Sequence[str]) -> tuple[Spot, ...]:
        many = len(names) > 1
        found = [self._spot((*path, k) if many else path, name) for k, name in enumerate(names)]
        return tuple(spot for spot in found if spot is not None)

    def _claims(self, path: Path, claims: Sequence[str]) -> tuple[str, ...]:
        for k, said in enumerate(claims):
            self._try((*path, k) if len(claims) > 1 else path, partial(claim_of, said, self._parts))
        return tuple(claims)

    def _labels(self, path: Path, labels: dict[str, str]) -> tuple[tuple[Spot, str], ...]:
        found = []
        for name, text in labels.items():
            spot = self._spot((*path, name, ""), name)  # below the name nothing is written: the name is meant
            self._template((*path, name), text)
            if spot is not None:
                found.append((spot, text))
        return tuple(found)

    def _beside(self, path: Path, beside: keys.Beside) -> Beside:
        if beside.others == "struck" and not _strikes_a_unit(self._setup):
            what = say("the scenario strikes no unit, so no other run can be struck as it is")
            self.found.append(((*path, "others"), what, say("strike one, or say `others: as written`")))
        return Beside(beside.measure, beside.runs, beside.others)

    def _ask(self, path: Path, asked: keys.Question | str) -> Ask:
        if isinstance(asked, str):
            return Ask("", "", _NOWHERE, "", (), builtin=asked)
        quantities = {"answer": asked.answer, "most": asked.most}
        for key, said in quantities.items():
            if said is not None:
                self._quantity((*path, key), said, asked.counted)
        return Ask(
            question=self._template((*path, "question"), asked.question),
            answer=asked.answer,
            until=self._instant((*path, "until"), asked.until),
            because=self._template((*path, "because"), asked.because),
            choices=self._choices((*path, "choices"), asked),
            most=asked.most,
            of_what=asked.of or "",
            counted=asked.counted,
            thinking_us=asked.thinking,
        )

    def _choices(self, path: Path, asked: keys.Question) -> tuple[AskChoice, ...]:
        seen: set[int | str] = set()
        for k, choice in enumerate(asked.choices):
            here = (*path, k, "value")
            if choice.value in seen:
                what = say("{value} is the answer of two choices", value=quoted(choice.value))
                self.found.append((here, what, say("say another one, or take one of the two away")))
            elif isinstance(choice.value, str) and choice.value != RIGHT:
                self._quantity(here, choice.value, asked.counted)
            seen.add(choice.value)
        return tuple(
            AskChoice(
                choice.value,
                self._template((*path, k, "belief"), choice.belief),
                self._template((*path, k, "reply"), choice.reply),
            )
            for k, choice in enumerate(asked.choices)
        )

    def _quantity(self, path: Path, said: str, counted: bool) -> None:
        quantity = self._try(path, lambda: quantity_of(said, self._parts))
        if counted and quantity is not None and quantity.unit != "count":
            todo = say("say one that counts, or `counted: false`")
            self.found.append((path, say("{name} is no count", name=quoted(said)), todo))


def _strikes_a_unit(setup: Setup) -> bool:
    strikes = (act for act in setup.commands if isinstance(act, Strike))
    return any(isinstance(act.target, UnitTarget) and not FAULTS[act.fault].mends for act in strikes)
