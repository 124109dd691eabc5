"""The chapters of several designs in one film: what happens in all is said once, what differs with a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from visualizer.language import say, say_many, thousands, translated
from visualizer.script.script import Script
from visualizer.sim.event import Event, StateLost
from visualizer.sim.setup import Setup
from visualizer.story import difference
from visualizer.story.chapters import turns_of
from visualizer.story.explainer import script_with
from visualizer.story.introducing import LINE, touch
from visualizer.story.reckoning import without_us
from visualizer.story.tale import Point, Remark
from visualizer.story.turning import points
from visualizer.story.words import about, sentence, small


@dataclass(frozen=True, slots=True)
class Design:
    """One of the runs: `phrase` names it in a sentence ("with parallel paths"); `told`: all of its events."""

    phrase: str
    setup: Setup
    told: Sequence[Event]

    def outcome(self, from_us: int, to_us: int) -> _Outcome:
        """What was lost from an instant to another, both included; for how long nobody was served by then."""
        lost = [each for each in self.told if isinstance(each, StateLost) and from_us <= each.at_us <= to_us]
        past = [each for each in self.told if each.at_us <= to_us]
        return _Outcome(self.phrase, sum(each.sessions for each in lost), without_us(past, to_us)[0])


@dataclass(frozen=True, slots=True)
class _Outcome:
    phrase: str
    lost: int
    no_service_us: int


_Clauses = Sequence[tuple[Design, str]]


def script_of_designs(designs: Sequence[Design]) -> Script:
    """Beats tied to seconds of the runs; all of them have the same length."""
    setup = designs[0].setup
    told = sorted((event for each in designs for event in each.told), key=lambda event: event.at_us)
    first = _opening(designs)
    found = turns_of(_points(designs), first, lambda at_us: _cost(designs, at_us), told, setup)
    return script_with(found, setup, designs[0].told)


def _opening(designs: Sequence[Design]) -> Point:
    once = ", ".join(say("once {design}", design=translated(each.phrase)) for each in designs)
    line = Remark(say("The lines below are what lightning would cost in each of them."), LINE)
    more = (*_in_turn([(each, tuple(touch(each.setup))) for each in designs], designs), line)
    words = say("The same traffic and the same faults: {designs}.", designs=once)
    return Point(0, 0, say("Side by side"), words, sudden=False, more=more)


def _points(designs: Sequence[Design]) -> Iterator[Point]:
    """What happens at one instant is one point, whether in one design or in all."""
    together: dict[tuple[int, str], dict[str, tuple[Design, Point]]] = {}
    for design in designs:
        for point in points(design.told, design.setup):
            together.setdefault((point.at_us, point.title), {}).setdefault(design.phrase, (design, point))
    for named in together.values():
        said = list(named.values())
        first = min((point for _, point in said), key=lambda point: point.rank)
        clauses = [(design, point.fact or point.sentence) for design, point in said]
        words = _told(clauses, designs)
        if first.fact:
            words += _losses([design.outcome(first.at_us, first.at_us) for design, _ in said])
        more = tuple(_in_turn([(design, point.more) for design, point in said], designs))
        yield replace(first, sentence=" ".join(words), more=more, tier=None)


def _in_turn(said: Sequence[tuple[Design, Sequence[Remark]]], designs: Sequence[Design]) -> Iterator[Remark]:
    """The remarks of all, the first of each first."""
    for row in zip_longest(*(remarks for _, remarks in said)):
        there = [(design, remark) for (design, _), remark in zip(said, row, strict=True) if remark]
        for words in _told([(design, remark.sentence) for design, remark in there], designs):
            yield replace(there[0][1], sentence=words)


def _told(clauses: _Clauses, designs: Sequence[Design]) -> list[str]:
    """A sentence for each clause, with the designs that it holds for where these are not all."""
    found: dict[str, list[_Outcome]] = {}
    for design, clause in clauses:
        found.setdefault(clause, []).append(design.outcome(0, 0))
    return [
        sentence(clause)
        if len(some) == len(designs) or translated(some[0].phrase) in clause
        else say("{designs} {clause}", designs=difference.phrases(some), clause=small(sentence(clause)))
        for clause, some in found.items()
    ]


def _losses(sides: Sequence[_Outcome]) -> list[str]:
    """What it costs in each; nothing where it costs nothing."""
    if said := difference.lost(sides):
        return [said]
    count = sides[0].lost
    if not count:
        return []
    n = thousands(count)
    if len(sides) > 1:
        return [say_many("{n} session is lost in each.", "{n} sessions are lost in each.", count, n=n)]
    return [say_many("{n} session is lost.", "{n} sessions are lost.", count, n=n)]


def _cost(designs: Sequence[Design], at_us: int) -> Point:
    """What is lost, and for how long nobody was served, in each."""
    sides = [each.outcome(0, at_us) for each in designs]
    words = " ".join(_losses(sides)) or say("No session is lost in any of them.")
    more = (Remark(difference.waited(sides) or _waited(sides)),)
    return Point(at_us, 0, say("What it cost"), words, sudden=False, more=more)


def _waited(sides: Sequence[_Outcome]) -> str:
    """How long nobody was served, the same in all."""
    dark_us = sides[0].no_service_us
    if not dark_us:
        return say("Somebody always served.")
    if len(sides) > 1:
        return say("Nobody was served for {time} in each.", time=about(dark_us))
    return say("Nobody was served for {time}.", time=about(dark_us))
