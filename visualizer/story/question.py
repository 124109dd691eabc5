"""Questions to be answered before it happens: commit, then see. What is asked, and what the run says to it.

A `Question` knows nothing of windows: whoever asks it hides what would tell, takes an answer, plays the run
to `until_us` and asks `result` and `because` of the state there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from visualizer.language import say, say_many, thousands, translated
from visualizer.sim import State
from visualizer.sim.chance import Integers
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.knowledge import batches_to
from visualizer.sim.replication import POLICIES
from visualizer.sim.service import open_before
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Loss
from visualizer.story.causes import lost_as
from visualizer.story.words import length, sentence, sessions, unit

MOST_CHOICES = 4
LONGEST_US = 600 * US_PER_S
"""So long is waited for a takeover, and no longer."""

_SOON_US = 1_000
"""What is nearer than that is now."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be taken: its number, the belief that leads to it, and what is to be said to
    somebody who believed it and was wrong.
    """

    value: int
    belief: str
    reply: str


@dataclass(frozen=True, slots=True)
class Question:
    """`choices` have different numbers, none above `most` (which is `of_what`). From the state at `until_us`
    `result` finds the right number and `because` says in a sentence why it is that. `counted`: the answers
    are numbers; else they are their beliefs, and their values only tell them apart.
    """

    text: str
    choices: tuple[Choice, ...]
    most: int
    of_what: str
    until_us: int
    result: Callable[[State], int]
    because: Callable[[State], str]
    counted: bool = True

    def choice(self, value: int) -> Choice | None:
        """The choice with that number; None for a number of one's own."""
        return next((choice for choice in self.choices if choice.value == value), None)


def how_many_survive(
    before: State, after: State, strike: Strike, target: UnitTarget, early_us: int = 0
) -> Question:
    """How many sessions outlive a strike on an active unit; asked so long before it.

    `before`: the state at the strike's instant without it. `after`: the state with it, at the takeover or, if
    there is none within `LONGEST_US`, then; it serves to find numbers that differ, and how far to play.
    """
    case = _Case(before, after, strike.at_us, target)
    count = len(case.opened_us)
    soon = early_us >= _SOON_US
    n = thousands(count)
    are_open = (
        say_many("{n} session will be open.", "{n} sessions will be open.", count, n=n)
        if soon
        else say_many("{n} session is open.", "{n} sessions are open.", count, n=n)
    )
    happens = _in_a_moment(before, strike, target, early_us) if soon else _now(before, strike, target)
    asks = say("How many will {unit} still have?", unit=case.other)
    return Question(
        text=f"{sentence(happens)} {are_open} {asks}",
        choices=_different(case),
        most=count,
        of_what=say("open when it struck"),
        until_us=case.until_us,
        result=lambda state: count - case.lost(state),
        because=case.because,
    )


def _now(before: State, strike: Strike, target: UnitTarget) -> str:
    fault, name = FAULTS[strike.fault], unit(before.setup, target.tier, target.unit)
    if fault.bolt:
        return say("Lightning strikes {unit} now.", unit=name)
    return say("{unit} {happens} now.", unit=name, happens=translated(fault.past))


def _in_a_moment(before: State, strike: Strike, target: UnitTarget, early_us: int) -> str:
    fault, name = FAULTS[strike.fault], unit(before.setup, target.tier, target.unit)
    time = length(early_us)
    if fault.bolt:
        return say("Lightning strikes {unit} in {time}.", unit=name, time=time)
    return say("{unit} {happens} in {time}.", unit=name, happens=translated(fault.past), time=time)


def _different(case: _Case) -> tuple[Choice, ...]:
    """The first four with different numbers, the greatest first: the order says nothing."""
    found: dict[int, Choice] = {}
    for choice in case.beliefs():
        found.setdefault(choice.value, choice)
    few = list(found.values())[:MOST_CHOICES]
    return tuple(sorted(few, key=lambda choice: -choice.value))


@dataclass(frozen=True, slots=True)
class _Case:
    before: State
    after: State
    at_us: int
    target: UnitTarget

    @property
    def opened_us(self) -> Integers:
        """When the sessions opened that were open just before the strike."""
        opened: Integers = self.after.traffic.opens_us[open_before(self.after, self.at_us)]
        return opened

    @property
    def other(self) -> str:
        setup = self.before.setup
        if setup.path == "parallel" and len(setup.tiers) > 1:
            return say("the other column")
        return unit(setup, self.target.tier, 1 - self.target.unit)

    @property
    def until_us(self) -> int:
        """The takeover; without one the end, or ten minutes."""
        for failover in self.after.failovers:
            if (failover.tier, failover.fault_us) == (self.target.tier, self.at_us) and failover.takeover_us:
                return failover.takeover_us
        return min(self.after.setup.duration_us, self.at_us + LONGEST_US)

    def losses(self, state: State) -> list[Loss]:
        """What was lost from the strike on, as the ledger has it."""
        return [loss for loss in state.losses if self.at_us <= loss.at_us <= self.until_us]

    def lost(self, state: State) -> int:
        return sum(len(loss.sessions) for loss in self.losses(state))

    def because(self, state: State) -> str:
        """Why so many, by cause."""
        losses = [loss for loss in self.losses(state) if len(loss.sessions)]
        if losses:
            return " ".join(_of_cause(loss) for loss in losses)
        if POLICIES[self.before.setup.tiers[self.target.tier].sync.policy].waits:
            return say("None is lost: no client was told of a session before {unit} had it.", unit=self.other)
        return say("None is lost: {unit} had a copy of all in time.", unit=self.other)

    def beliefs(self) -> Iterator[Choice]:
        """What people believe, the right answer among it; the most common first."""
        count, other = len(self.opened_us), self.other
        right = count - self.lost(self.after)
        yield Choice(
            count,
            say("all: {unit} has a copy", unit=other),
            sentence(say("{unit} has what was copied in time, no more.", unit=other)),
        )
        yield Choice(
            0,
            say("none: what was there is gone with it"),
            say("What had been copied lives on: {unit} has it.", unit=other),
        )
        yield Choice(right, self._copied(), "")
        yield from self._under_way()
        yield self._before(
            self.before.tiers[self.target.tier].units[1 - self.target.unit].heard_us,
            say("all that opened before the last heartbeat"),
            say("A heartbeat says that a unit lives. It carries no session."),
        )
        yield from self._times()
        yield Choice(
            count - right,
            say("only those opened since the last copy"),
            say("The other way round: the newest are lost."),
        )

    def _copied(self) -> str:
        sync = self.before.setup.tiers[self.target.tier].sync
        policy = POLICIES[sync.policy]
        if policy.whole:
            return say("all that the last complete copy has")
        plain = policy.ticks and not sync.pickup_us and not sync.never
        if plain:
            return say("all that opened before the last copy")
        return say("all that had been copied by now")

    def _before(self, until_us: int, belief: str, reply: str) -> Choice:
        return Choice(int((self.opened_us <= until_us).sum()), belief, reply)

    def _under_way(self) -> Iterator[Choice]:
        """A copy is on the cable: will it arrive?"""
        sent = batches_to(self.before, self.target.tier, 1 - self.target.unit)
        if sent:
            belief = say("all whose copy has left already")
            reply = say("What was on the cable when it struck never arrived.")
            yield self._before(max(batch.cut_us for batch in sent), belief, reply)

    def _times(self) -> Iterator[Choice]:
        """All but those of some time before the strike: the periods that somebody may take for it."""
        tier = self.before.setup.tiers[self.target.tier]
        interval_us = tier.sync.interval_us
        if POLICIES[tier.sync.policy].ticks:
            yield self._before(
                self.at_us - interval_us,
                say("all but the last {time}: a whole sync interval", time=length(interval_us)),
                say("What was copied in that time is safe: the last copy decides, not the interval."),
            )
        hold_us = tier.heartbeat.interval_us * tier.heartbeat.misses
        yield self._before(
            self.at_us - hold_us,
            say("all but the last {time}: the time to notice", time=length(hold_us)),
            say("The time to notice decides how long nobody is served, not what is lost."),
        )
        if POLICIES[tier.sync.policy].ticks:
            yield self._before(
                self.at_us - interval_us // 2,
                say("all but the last {time}: half a sync interval", time=length(interval_us // 2)),
                say("That is the mean of many strikes, and this was one."),
            )


def _of_cause(loss: Loss) -> str:
    return say(
        "{sessions} lost: {cause}.",
        sessions=sessions(len(loss.sessions)),
        cause=lost_as(loss.cause, loss.safe_us),
    )
