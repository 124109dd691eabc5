"""A question while somebody makes up his mind, and what he said beside what the run says. Pure values."""

from __future__ import annotations

from dataclasses import replace

from visualizer.language import say, thousands
from visualizer.scene.asked import Answered, Asked
from visualizer.sim import State
from visualizer.story.question import Question

_DIGITS = 7


def moved(asked: Asked, steps: int) -> Asked:
    """So many answers down (or up), round the end; the last is a number of one's own, where that can be."""
    count = asked.own + asked.question.counted
    start = asked.chosen
    chosen = (0 if steps > 0 else count - 1) if start is None else (start + steps) % count
    return replace(asked, chosen=chosen, typed="" if chosen == asked.own else None)


def with_digit(asked: Asked, text: str) -> Asked:
    """One more digit of a number that is typed; what is none changes nothing."""
    if asked.typed is None or not (text.isdecimal() and text.isascii()) or len(asked.typed) >= _DIGITS:
        return asked
    return replace(asked, typed=(asked.typed + text).lstrip("0") or "0")


def rubbed_out(asked: Asked) -> Asked:
    """Without the digit typed last; without any, nothing is chosen any more."""
    if asked.typed:
        return replace(asked, typed=asked.typed[:-1])
    return replace(asked, typed=None, chosen=None)


def demand(asked: Asked) -> str:
    """What somebody is to do who does something else."""
    count = len(asked.question.choices)
    keys = say("{first} to {last}", first=1, last=count) if count > 1 else "1"
    own = asked.question.counted
    first = (
        say("Answer first: {keys}, or a number.", keys=keys)
        if own
        else say("Answer first: {keys}.", keys=keys)
    )
    escape = say("Esc goes on without an answer.") if asked.told else say("Esc takes the question back.")
    return f"{first} {escape}"


def spoken(question: Question, guess: int) -> str:
    """An answer as people say it."""
    choice = question.choice(guess)
    return choice.belief if choice and not question.counted else thousands(guess)


def judged(question: Question, guess: int | None, state: State, *, right: int, asked: int) -> Answered:
    """The guess (None: there is none) beside what the run says at `until_us`, with the score so far."""
    result = question.result(state)
    believed = None if guess is None else question.choice(guess)
    choice = question.choice(result)
    return Answered(
        guess=guess,
        result=result,
        of=question.most,
        of_what=question.of_what,
        why=question.because(state),
        reply=believed.reply if believed and guess != result else "",
        right=right + (guess == result),
        asked=asked + (guess is not None),
        belief=choice.belief if choice else "",
        counted=question.counted,
    )
