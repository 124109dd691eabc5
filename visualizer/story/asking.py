"""The question of a beat, in a run that is known to its end: choices with the numbers of this run."""

from __future__ import annotations

from collections.abc import Iterator

from visualizer.language import say, thousands, translated
from visualizer.script.quantities import Telling, quantity_of
from visualizer.script.script import Ask, AskChoice
from visualizer.script.spots import parts
from visualizer.script.templates import fill
from visualizer.script.wrong import quoted
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.event import UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.story.placing import LeftOutError
from visualizer.story.question import LONGEST_US, Choice, Question, how_many_survive
from visualizer.story.words import sentence

_FEWEST = 2
_RIGHT = "right"


def question_of(ask: Ask, telling: Telling, at_us: int) -> Question:
    """What is asked at an instant; its `result` and `because` are those of this run, whatever state they are
    given. LeftOutError.
    """
    return _survivors(telling, at_us) if ask.builtin else _Asking(ask, telling, at_us).question()


def answer_of(question: Question, telling: Telling) -> str:
    """What came of it, in words."""
    state = telling.state_at(question.until_us)
    result = question.result(state)
    choice = question.choice(result)
    if question.counted:
        said = _so_many(thousands(result), thousands(question.most), question.of_what)
    else:
        said = sentence(choice.belief) if choice else ""
    dot = "" if said.endswith((".", "!", "?")) else "."
    return f"{said}{dot} {question.because(state)}".strip()


def _so_many(count: str, most: str, what: str) -> str:
    """ "185 of 204 open when it struck"."""
    if not what:
        return say("{n} of {most}", n=count, most=most)
    return say("{n} of {most} {what}", n=count, most=most, what=what)


class _Asking:
    """`ask` at an instant of a run."""

    def __init__(self, ask: Ask, telling: Telling, at_us: int) -> None:
        self.ask, self.telling, self.at_us = ask, telling, at_us
        until_us = telling.finder.found(ask.until, at_us)
        if until_us is None:
            raise LeftOutError(say("what would answer it does not come in this run"))
        if until_us < at_us:
            raise LeftOutError(say("what would answer it comes before it"))
        result = self._amount(ask.answer, until_us)
        if result is None:
            raise LeftOutError(
                say("there is no number of {figure} when it is answered", figure=quoted(ask.answer))
            )
        self.until_us, self.result = until_us, result

    def question(self) -> Question:
        choices = self._different()
        values = [choice.value for choice in choices]
        if self.result not in values:
            raise LeftOutError(
                say("none of its choices is right: the answer is {n}", n=thousands(self.result))
            )
        if len(choices) < _FEWEST:
            raise LeftOutError(say("there is only one answer to choose"))
        because = fill(self.ask.because, self.telling, self.until_us)
        result = self.result
        return Question(
            text=fill(self.ask.question, self.telling, self.at_us),
            choices=choices,
            most=self._most(values),
            of_what=translated(self.ask.of_what),
            until_us=self.until_us,
            result=lambda state: result,
            because=lambda state: because,
            counted=self.ask.counted,
        )

    def _different(self) -> tuple[Choice, ...]:
        """No number twice: what is right goes before what was only meant to be near. Numbers come from the
        greatest down, so that their order says nothing.
        """
        ordered = sorted(self.ask.choices, key=lambda choice: choice.value != _RIGHT)
        found: dict[int, Choice] = {}
        for choice, value in self._valued(ordered):
            found.setdefault(value, self._choice(choice, value))
        if self.ask.counted:
            return tuple(sorted(found.values(), key=lambda choice: -choice.value))
        beliefs = [fill(choice.belief, self.telling, self.at_us) for choice in self.ask.choices]
        return tuple(sorted(found.values(), key=lambda choice: beliefs.index(choice.belief)))

    def _valued(self, choices: list[AskChoice]) -> Iterator[tuple[AskChoice, int]]:
        """With their numbers, where they have one that can be."""
        most = self._most([self.result])
        for choice in choices:
            value = choice.value
            number = self._amount(value, self.at_us) if isinstance(value, str) else value
            if number is not None and (number <= most or self.ask.most is None or not self.ask.counted):
                yield choice, number

    def _choice(self, choice: AskChoice, value: int) -> Choice:
        belief = fill(choice.belief, self.telling, self.at_us)
        return Choice(value, belief, fill(choice.reply, self.telling, self.until_us))

    def _most(self, values: list[int]) -> int:
        most = self._amount(self.ask.most, self.at_us) if self.ask.most else None
        return max(values) if most is None else max(most, self.result)

    def _amount(self, said: str, at_us: int) -> int | None:
        if said == _RIGHT:
            return self.result
        return self.telling.amount(quantity_of(said, parts(self.telling.finder.setup)), at_us)


def _survivors(telling: Telling, at_us: int) -> Question:
    """How many sessions outlive the next strike on a unit that serves."""
    finder = telling.finder
    for event in finder.told:
        if not isinstance(event, UnitStruck) or event.at_us <= at_us or event.fault not in FAULTS:
            continue
        before = telling.state_at(event.at_us - 1)
        if before.tiers[event.tier].serving != event.unit:
            continue
        target = UnitTarget(event.tier, event.unit)
        after = telling.state_at(min(event.at_us + LONGEST_US, finder.setup.duration_us))
        strike = Strike(event.at_us, event.fault, target)
        question = how_many_survive(before, after, strike, target, early_us=event.at_us - at_us)
        if question.most == 0:
            raise LeftOutError(say("no session is open when it strikes"))
        if len(question.choices) < _FEWEST:
            raise LeftOutError(say("there is only one answer to choose"))
        return question
    raise LeftOutError(say("no unit that serves is struck after it"))
