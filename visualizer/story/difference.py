"""What to say when several designs run side by side: the one sentence about what differs between them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from visualizer.language import say, say_many, thousands, translated
from visualizer.sim import State
from visualizer.sim.event import Status
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.words import about, listed, pair, sentence, sessions

_NEWS_US = 6 * US_PER_S
"""How long it is told that a column was set aside."""


class Outcome(Protocol):
    """What a design has cost so far. `phrase` names it in a sentence ("with parallel paths"); it is
    translated here.
    """

    @property
    def phrase(self) -> str: ...  # noqa: D102 - said above

    @property
    def lost(self) -> int:
        """Sessions."""

    @property
    def no_service_us(self) -> int:
        """How long nobody was served."""


Some = TypeVar("Some", bound=Outcome)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the runs at this instant. `phrase` names its design in a sentence ("with parallel paths");
    `exposed`: sessions that a bolt on `target` ("the load balancer"; "" where there is one tier) would cost
    now; `caption`: what is said of it when it runs alone.
    """

    phrase: str
    state: State
    exposed: int
    target: str
    no_service_us: int
    caption: str

    @property
    def lost(self) -> int:
        """Sessions lost so far."""
        return len(self.state.lost_sessions)

    @property
    def served(self) -> bool:
        """Whether a request that comes now is answered."""
        return self.state.service[0][-1][1] is Status.SERVED


def difference(sides: Sequence[Side]) -> str:
    """The sentence for an instant of two runs or more."""
    return next(said for rule in _RULES if (said := rule(sides)))


def _column(sides: Sequence[Side]) -> str | None:
    """One unit was hit; here its column went with it, there it did not."""
    moved = [side for side in sides if _set_aside(side.state)]
    if not moved or len(moved) == len(sides):
        return None
    state = moved[0].state
    fault_us = state.failovers[-1].fault_us if state.failovers else -_NEWS_US
    if state.now_us - fault_us > _NEWS_US:
        return None
    first = next(each for each in state.failovers if each.fault_us == fault_us)
    return say(
        "The {tier} alone was hit. {designs} its whole column was set aside, and with it went what each tier "
        "had not yet copied.",
        tier=pair(state.setup, first.tier),
        designs=phrases(moved),
    )


def _set_aside(state: State) -> bool:
    return any(unit.role is Role.SET_ASIDE for tier in state.tiers for unit in tier.units)


def _served(sides: Sequence[Side]) -> str | None:
    """Some answer, some do not."""
    served = [side for side in sides if side.served]
    if not served or len(served) == len(sides):
        return None
    words = say(
        "{designs} requests are answered, {others} they are not.",
        designs=phrases(served),
        others=_others([side for side in sides if not side.served], sides),
    )
    return f"{words} {lost(sides) or ''}".rstrip()


def lost(sides: Sequence[Outcome]) -> str | None:
    """Here more was lost than there."""
    if len({side.lost for side in sides}) == 1:
        return None
    return _told(sides, lambda side: side.lost, _are_lost)


def _lost_and_waited(sides: Sequence[Side]) -> str | None:
    said = [lost(sides), waited(sides)]
    return " ".join(each for each in said if each) or None


def waited(sides: Sequence[Outcome]) -> str | None:
    """Here nobody was served for longer than there."""
    times: dict[int, list[Outcome]] = {}
    for side in sorted(sides, key=lambda side: -side.no_service_us):
        times.setdefault(side.no_service_us, []).append(side)
    if len(times) == 1:
        return None
    parts = [
        say("for {time} {designs}", time=about(time_us), designs=_others(some, sides))
        if time_us
        else say("for no time {designs}", designs=_others(some, sides))
        for time_us, some in times.items()
    ]
    return say("Nobody was served {times}.", times=", ".join(parts))


def _exposed(sides: Sequence[Side]) -> str | None:
    """A strike would cost more here than there."""
    if len({side.exposed for side in sides}) == 1:
        return None
    costs = _told(sides, lambda side: side.exposed, _would_be_lost, first=False)
    if sides[0].target:
        return say("If lightning struck {unit} now: {costs}", unit=sides[0].target, costs=costs)
    return say("If lightning struck now: {costs}", costs=costs)


def _same(sides: Sequence[Side]) -> str:
    """Nothing differs."""
    if len({side.caption for side in sides}) == 1:
        return sides[0].caption
    if not any(side.lost for side in sides):
        return say(
            "The same traffic, and nothing lost yet. So far the designs differ in nothing that counts."
        )
    return say(
        "The same traffic, the same bolt, and the same loss: {sessions}.", sessions=sessions(sides[0].lost)
    )


_RULES: tuple[Callable[[Sequence[Side]], str | None], ...] = (
    _column,
    _served,
    _lost_and_waited,
    _exposed,
    _same,
)
"""From the most urgent to what can always be said."""


def _are_lost(designs: str, count: int) -> str:
    return say_many(
        "{designs} {n} session is lost",
        "{designs} {n} sessions are lost",
        count,
        designs=designs,
        n=thousands(count),
    )


def _would_be_lost(designs: str, count: int) -> str:
    return say_many(
        "{designs} {n} session would be lost",
        "{designs} {n} sessions would be lost",
        count,
        designs=designs,
        n=thousands(count),
    )


def _told(
    sides: Sequence[Some],
    count: Callable[[Some], int],
    most: Callable[[str, int], str],
    *,
    first: bool = True,
) -> str:
    """ "With parallel paths 79 sessions are lost, with cross-connected paths 46." """
    groups: dict[int, list[Some]] = {}
    for side in sorted(sides, key=lambda side: -count(side)):
        groups.setdefault(count(side), []).append(side)
    parts: list[str] = []
    for number, some in groups.items():
        if not parts:
            parts.append(most(phrases(some, first=first), number))
        elif number:
            parts.append(say("{designs} {n}", designs=_others(some, sides), n=thousands(number)))
        else:
            parts.append(say("{designs} none", designs=_others(some, sides)))
    return ", ".join(parts) + "."


def _others(some: Sequence[Outcome], sides: Sequence[Outcome]) -> str:
    """Those that are not told of first: by their names, or all the others together."""
    rest = len(some) > 1 and len(some) == len(sides) - 1
    return say("in the others") if rest else phrases(some, first=False)


def phrases(sides: Sequence[Outcome], *, first: bool = True) -> str:
    """ "With parallel paths", "with a cold standby and with a warm standby"; a capital when it is `first`."""
    said = listed([translated(side.phrase) for side in sides])
    return sentence(said) if first else said
