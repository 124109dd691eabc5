"""What a run does to its clients, read from the engine played without any: when nobody serves, and which
changes are lost, by the instants at which they are made.

Where clients and chance cannot move the control plane, a run with clients does just that to each of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from visualizer.lab.batch_settled import settled
from visualizer.lab.columns import NEVER_US
from visualizer.lab.untraced import begun
from visualizer.ledger.account import no_service_us
from visualizer.sim import State, advance
from visualizer.sim.agenda import CommandDue
from visualizer.sim.event import (
    Demoted,
    Event,
    HeartbeatReceived,
    HeartbeatSent,
    LossCause,
    SetAside,
    Status,
    SyncReceived,
    SyncSent,
    UnitStruck,
)
from visualizer.sim.intervals import Interval, Intervals, clip, missing, union
from visualizer.sim.knowledge import copied_ever_us
from visualizer.sim.service import running
from visualizer.sim.setup import Setup
from visualizer.sim.state import Loss, ServiceLog
from visualizer.sim.traffic import EARLIEST_US, FAR_US

_RHYTHMS = (HeartbeatSent, HeartbeatReceived, SyncSent, SyncReceived)
"""Nobody forgets anything by these."""

_FORGETS = (UnitStruck, SetAside, Demoted)
"""A unit loses its memory."""

_NOTHING = np.zeros(0, dtype=np.int64)


class UnlikeError(Exception):
    """A run that cannot be told by its instants alone; it has to be played with its clients."""


class Wound(NamedTuple):
    """At `at_us` a tier lost the changes made in `spans` of the sessions open then; their clients learnt of
    it at `ended_us`.
    """

    at_us: int
    ended_us: int
    spans: Intervals


@dataclass(frozen=True, slots=True)
class Reading:
    """`refused`: requests made then met nobody, or never got their answer; of these, `doubtful` ones had been
    copied. `lost`, `lost_entries`: what the wounds take of sessions that never close, for each tier of the
    entries. `instants_us`: all at which anything happened from the strike on, and `happened` what it was.
    """

    takeover_us: int
    restored_us: int
    failovers: int
    no_service_us: int
    refused: Intervals
    doubtful: Intervals
    wounds: tuple[Wound, ...]
    lost: Intervals
    lost_entries: tuple[Interval, ...]
    instants_us: tuple[int, ...]
    happened: Hashable


def watched(setup: Setup) -> Watch:
    """The run of a setup without its clients."""
    nobody = replace(setup.traffic, session_rate=None, transaction_rate=None, initial_sessions=0)
    return Watch(begun(replace(setup, traffic=nobody)))


class _Ear(list[Event]):
    """Hears each event as it is told, so that what one instant destroys and restores is seen in between."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self.stirred = False

    def append(self, event: Event) -> None:
        super().append(event)
        self.stirred = self.stirred or not isinstance(event, _RHYTHMS)
        if self.stirred:
            self._watch.look()


class Watch:
    """Plays a quiet state on from instant to instant and notes what happens to the changes of its clients."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._spans: list[Intervals] = []
        self._served_then: list[Intervals] = []
        self._nowhere: list[Intervals] = [()] * len(state.setup.tiers)
        self._hung: Intervals = ()
        self._doubtful: Intervals = ()

    def branch(self) -> Watch:
        """The same, for another future."""
        twin = Watch(self.state.copy())
        twin._spans, twin._served_then = list(self._spans), list(self._served_then)
        twin._nowhere = list(self._nowhere)
        twin._hung, twin._doubtful = self._hung, self._doubtful
        return twin

    @property
    def next_us(self) -> int:
        """When something happens again."""
        return self.state.agenda[0][0] if self.state.agenda else FAR_US

    def step(self, until_us: int) -> list[Event]:
        """On to an instant that is not after the next at which something happens. Raises UnlikeError."""
        ear, known = _Ear(self), len(self._spans)
        self.state.events = ear
        advance(self.state, until_us)
        self.state.events = []
        if ear.stirred:
            self.look()
            self._note_who_learns(ear, known)
        return ear

    def look(self) -> None:
        """Note what is lost now, and what was not before."""
        log, now_us = self.state.service[0], self.state.now_us
        self._note_answers(log)
        for tier in range(len(self._nowhere)):
            gone = missing(_held(self.state, tier), EARLIEST_US, now_us)
            served = _spans(log, now_us, served=True) if gone else ()
            gone = tuple(piece for low_us, high_us in served for piece in clip(gone, low_us, high_us))
            fresh, self._nowhere[tier] = _without(gone, self._nowhere[tier]), gone
            if fresh:
                self._note_loss(tier, fresh, served)

    def _note_loss(self, tier: int, spans: Intervals, served: Intervals) -> None:
        """Into the engine's books, without any sessions: then the engine says when clients learn of it."""
        state = self.state
        self._spans.append(spans)
        self._served_then.append(served)
        empty = (_NOTHING, _NOTHING, _NOTHING, _NOTHING)
        state.losses.append(Loss(state.now_us, tier, LossCause.UNSYNCED, None, None, FAR_US, *empty))

    def _note_who_learns(self, events: list[Event], known: int) -> None:
        """Clients of a tier that serves know at once."""
        state = self.state
        for number, loss in enumerate(state.losses[known:], known):
            if sum(isinstance(event, _FORGETS) and event.tier == loss.tier for event in events) > 1:
                raise UnlikeError("two units lose their memory at one instant")
            if any(server is not None for server in state.tiers[loss.tier].servers[: state.groups]):
                state.losses[number] = replace(loss, ended_us=state.now_us)

    def _note_answers(self, log: ServiceLog) -> None:
        """Requests whose answer will never come; those whose copies live on are in doubt."""
        hung = union(
            (at_us, end_us)
            for at_us, end_us, status, tier in _pieces(log, self.state.now_us)
            if status is Status.HUNG and tier is None
        )
        fresh, self._hung = _without(hung, self._hung), hung
        if fresh:
            held = union(_held(self.state, 0))
            doubtful = (clip(held, low_us, high_us) for low_us, high_us in fresh)
            self._doubtful = union(self._doubtful, *doubtful)

    def reading(self, until_us: int) -> Reading:
        """Plays on to the end, and tells. Raises UnlikeError."""
        instants, happened = [], []
        acts = (due for _, _, _, due in self.state.agenda if isinstance(due, CommandDue))
        acted_us = max((due.command.at_us for due in acts), default=0)
        while self.next_us <= until_us:
            instants.append(self.next_us)
            happened += [_kind(event) for event in self.step(self.next_us)]
            if self.state.now_us >= acted_us and settled(self.state):
                self.state.agenda.clear()
        self.step(until_us)
        return self._told(tuple(instants), tuple(happened))

    def _told(self, instants_us: tuple[int, ...], happened: Hashable) -> Reading:
        state, end_us = self.state, self.state.now_us + 1
        served = _spans(state.service[0], end_us, served=True)
        for loss, then in zip(state.losses, self._served_then, strict=True):
            if clip(served, EARLIEST_US, loss.at_us) != clip(then, EARLIEST_US, loss.at_us):
                raise UnlikeError("requests hang that were made before a loss")
        wounds = tuple(
            Wound(loss.at_us, loss.ended_us, spans)
            for loss, spans in zip(state.losses, self._spans, strict=True)
        )
        first = state.failovers[0] if state.failovers else None
        takeover_us, restored_us = (first.takeover_us, first.restored_us) if first else (None, None)
        lost, entries = _of_sessions_that_never_close(wounds)
        return Reading(
            takeover_us=_or_never(takeover_us),
            restored_us=_or_never(restored_us),
            failovers=len(state.failovers),
            no_service_us=no_service_us(state),
            refused=_spans(state.service[0], end_us, served=False),
            doubtful=self._doubtful,
            wounds=wounds,
            lost=lost,
            lost_entries=entries,
            instants_us=instants_us,
            happened=happened,
        )


def _or_never(instant_us: int | None) -> int:
    return NEVER_US if instant_us is None else instant_us


def _kind(event: Event) -> Hashable:
    return type(event), getattr(event, "tier", None), getattr(event, "unit", None)


def _held(state: State, tier: int) -> Iterable[tuple[int, int]]:
    """When the changes were made that a living unit of the tier holds, or a cable will bring to one."""
    for unit in running(state, tier):
        yield from state.tiers[tier].units[unit].own[0]
        yield EARLIEST_US, copied_ever_us(state, tier, unit)


def _pieces(log: ServiceLog, end_us: int) -> Iterable[tuple[int, int, Status, int | None]]:
    ends_us = [*(entry[0] for entry in log[1:]), end_us]
    for (at_us, status, tier), until_us in zip(log, ends_us, strict=True):
        if at_us < until_us:
            yield at_us, until_us, status, tier


def _spans(log: ServiceLog, end_us: int, *, served: bool) -> Intervals:
    """When requests were served, or were not."""
    return union(
        (at_us, until_us)
        for at_us, until_us, status, _ in _pieces(log, end_us)
        if (status is Status.SERVED) == served
    )


def _without(intervals: Intervals, others: Intervals) -> Intervals:
    """The part that none of the others covers."""
    return tuple(piece for low_us, high_us in intervals for piece in missing(others, low_us, high_us))


def _of_sessions_that_never_close(wounds: tuple[Wound, ...]) -> tuple[Intervals, tuple[Interval, ...]]:
    """When the sessions were opened that are lost, and, tier by tier, those whose entry is lost."""
    lost: Intervals = ()
    entries: list[Interval] = []
    for at_us in dict.fromkeys(wound.at_us for wound in wounds):
        here = [wound for wound in wounds if wound.at_us == at_us]
        entries += [span for wound in here for span in _without(wound.spans, lost)]
        lost = union(lost, *(wound.spans for wound in here))
    return lost, tuple(entries)
