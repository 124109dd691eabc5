"""What is shown of a question that is asked before it happens, and of what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.story.question import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for its answer. `chosen`: a place among the choices, or after them for a number
    of one's own (None: nothing yet); `typed`: its digits so far (None: none is being typed). `left`: in a
    film, the share of the time to think that is left (None: nobody waits for a clock). `told`: an author
    asks, and one can go on without an answer.
    """

    question: Question
    chosen: int | None = None
    typed: str | None = None
    left: float | None = None
    told: bool = False

    @property
    def own(self) -> int:
        """The place of a number of one's own."""
        return len(self.question.choices)


@dataclass(frozen=True, slots=True)
class Answered:
    """Guess beside result, `of` how many in all. `why`: the result by cause; `reply`: to the belief that led
    to a wrong guess, if it is known. `right` of `asked` answers were right this evening. `guess` is None in a
    film, which nobody answers. `belief`: the right answer in words; `counted`: whether the answers are
    numbers, else their beliefs are.
    """

    guess: int | None
    result: int
    of: int
    of_what: str
    why: str
    reply: str
    right: int
    asked: int
    belief: str = ""
    counted: bool = True
