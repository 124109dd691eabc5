"""What makes a scenario a lesson: what it is for, beside the story that it tells. Plain frozen values.

All texts but `Source` are templates (see `templates`), filled with the figures at the end of the run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """What many believe, and what is so instead."""

    belief: str
    instead: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What to say when it goes otherwise: `when` that is, and what to `say`."""

    when: str
    say: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure or a claim comes from."""

    figure: str
    source: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """`aim`: what a class can tell afterwards. `alone`: one thing to try without the teacher."""

    aim: str
    alone: str
    misconceptions: tuple[Misconception, ...]
    otherwise: tuple[Otherwise, ...]
    sources: tuple[Source, ...]

    def texts(self) -> Iterator[str]:
        """All that is said in it, in the order of the page."""
        yield self.aim
        for misconception in self.misconceptions:
            yield from (misconception.belief, misconception.instead)
        yield self.alone
        for otherwise in self.otherwise:
            yield from (otherwise.when, otherwise.say)
        yield from (source.figure for source in self.sources)
