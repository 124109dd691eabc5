"""Stretches of instants in which a strike has the same consequences, but for when it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from visualizer.lab.beat_trial import Steps
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control_strike import Found


class When(NamedTuple):
    """An instant, or, if it `moves`, so long after the strike; NEVER_US: never."""

    us: int
    moves: bool = False

    def after(self, strike_us: int) -> int:
        """The instant, for one strike."""
        return strike_us + self.us if self.moves else self.us

    def shifted(self, by_us: int) -> When:
        """The same in a run that is as much later."""
        return self if self.moves or self.us == NEVER_US else self._replace(us=self.us + by_us)


NEVER = When(NEVER_US)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Strikes from `from_us` to `to_us`, both included."""

    from_us: int
    to_us: int
    takeover: When
    restored: When

    def found(self, strike_us: int) -> Found:
        """What a strike at one of its instants (or, if the rule is the same there, elsewhere) leads to."""
        return Found(self.takeover.after(strike_us), self.restored.after(strike_us))

    def shifted(self, by_us: int) -> Stretch:
        """The same, later."""
        return Stretch(
            self.from_us + by_us,
            self.to_us + by_us,
            self.takeover.shifted(by_us),
            self.restored.shifted(by_us),
        )

    def joined(self, other: Stretch) -> Stretch | None:
        """With the stretch behind it, if one rule holds for both."""
        for rule in (self, other):
            if all(
                rule.found(at_us) == part.found(at_us)
                for part in (self, other)
                for at_us in (part.from_us, part.to_us)
            ):
                return replace(rule, from_us=self.from_us, to_us=other.to_us)
        return None


def stretches_of(strike: Callable[[int], Steps[Found]], from_us: int, to_us: int) -> Steps[list[Stretch]]:
    """All of [from_us, to_us], in order; `strike` tries one instant."""
    known: dict[int, Found] = {}
    result: list[Stretch] = []
    todo = [(from_us, to_us)]
    while todo:
        low_us, high_us = todo.pop()
        middle_us = (low_us + high_us) // 2
        for at_us in (low_us, middle_us, high_us):
            if at_us not in known:
                known[at_us] = yield from strike(at_us)
        stretch = _one(known, low_us, middle_us, high_us)
        if stretch is None:
            todo += [(middle_us + 1, high_us), (low_us, middle_us)]
        else:
            joined = result[-1].joined(stretch) if result else None
            result[-1:] = [joined] if joined else [*result[-1:], stretch]
    return result


def _one(known: dict[int, Found], low_us: int, middle_us: int, high_us: int) -> Stretch | None:
    """The rule by which all three instants go, if there is one."""
    takeover, restored = (
        _rule([(at_us, known[at_us][place]) for at_us in (low_us, middle_us, high_us)]) for place in (0, 1)
    )
    return Stretch(low_us, high_us, takeover, restored) if takeover and restored else None


def _rule(found: list[tuple[int, int]]) -> When | None:
    if len({end_us for _, end_us in found}) == 1:
        return When(found[0][1])
    delays = {NEVER_US if end_us == NEVER_US else end_us - at_us for at_us, end_us in found}
    return When(delays.pop(), moves=True) if len(delays) == 1 else None
