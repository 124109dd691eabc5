"""Why was this one lost? A list of all that was lost, and the chain of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from visualizer.app.feature import Act, Feature
from visualizer.language import say, translated
from visualizer.ledger import LostChanges, chain, chain_of_transaction, lost_changes
from visualizer.scene.look import Look
from visualizer.scene.losses import CAUSES, LostChain, LostList, LostRow
from visualizer.scene.targets import title_of
from visualizer.sim import State
from visualizer.sim.chain import Chain
from visualizer.sim.chance import Integers
from visualizer.sim.command import UnitTarget
from visualizer.sim.event import LossCause
from visualizer.sim.setup import Setup
from visualizer.story.causes import LOST, SHORT
from visualizer.story.why import name_of, tell
from visualizer.story.words import instant

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_PAGE = 10
_NOTCH = 3
_IN_SIGHT = 60
"""Lines on each side of the chosen one, more than any window has room for."""


@dataclass(frozen=True, slots=True)
class _Which:
    """Which losses are listed: those of a cause, or those of a tier at one instant, when a unit of it died;
    else all.
    """

    cause: LossCause | None = None
    tier: int | None = None
    at_us: int | None = None
    unit: int = 0

    def words(self, setup: Setup) -> str:
        """The same for people."""
        if self.cause is not None:
            return translated(LOST[self.cause])
        if self.tier is None or self.at_us is None:
            return say("everything so far, in order")
        name = title_of(setup, UnitTarget(self.tier, self.unit))
        return say("with {unit} at {at}", unit=name, at=instant(self.at_us))

    def fits(self, state: State, until_us: int) -> list[bool]:
        """For each loss of the state whether it is listed at an instant."""
        return [
            loss.at_us <= until_us
            and self.cause in (None, loss.cause)
            and self.tier in (None, loss.tier)
            and self.at_us in (None, loss.at_us)
            for loss in state.losses
        ]


class Why(Feature):
    """`chosen` is a place in the list of what was lost up to the playhead, or, while a chain is told, up to
    the loss that it tells of: one can go through the run with it.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._open: str | None = None
        self._which = _Which()
        self._chosen = 0
        self._until_us = 0
        self._all: tuple[State, LostChanges] | None = None
        self._known_us = 0
        self._told: LostChain | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """Opening, moving and closing."""
        return {
            "why": self.toggle,
            "why_up": lambda: self._move(-1),
            "why_down": lambda: self._move(1),
            "why_page_up": lambda: self._move(-_PAGE),
            "why_page_down": lambda: self._move(_PAGE),
            "why_first": lambda: self._move(-len(self._found())),
            "why_last": lambda: self._move(len(self._found())),
            "why_accept": self._accept,
            "why_close": self.shut,
        }

    @property
    def context(self) -> str | None:
        """The keys of the list, or of a chain."""
        return None if self.controls.help_open else self._open

    def toggle(self) -> None:
        """The list; from a chain back to it; else close it."""
        if self._open == "losses":
            self.shut()
        elif self._open == "chain":
            self._open = "losses"
        else:
            self._list(_Which())

    def shut(self) -> None:
        """Close whatever is open."""
        self._open, self._told = None, None

    def changed(self) -> None:
        """Another history: what was told of may not be lost any more."""
        self._all = None
        self.shut()

    def respoken(self) -> None:
        """The chain that is told, in another language."""
        if self._open == "chain":
            self._tell()

    def look(self, look: Look) -> Look:
        """The list or the chain, in the place of the ledger."""
        match self._open:
            case "losses":
                return replace(look, losses=self._shown_list())
            case "chain":
                if self._known_us != self.controls.run.played_us:
                    self._tell()  # more is known now
                return replace(look, losses=self._told)
            case _:
                return look

    def press(self, name: str) -> bool:
        """A number of losses, a line of the list, a cross that falls; the panel itself does nothing."""
        match name.split(":"):
            case ["losses"]:
                self._list(_Which())
            case ["losses", "panel"]:
                pass
            case ["losses", "row", line]:
                self._chosen = int(line)
                self._tell()
            case ["losses", "unit", tier, unit]:
                self._list(self._lost_with(int(tier), int(unit)))
            case ["losses", cause]:
                self._list(_Which(LossCause(cause)))
            case ["lost", session, *at_us]:
                self._ask(int(session), int(at_us[0]) if at_us else None)
            case _:
                return False
        return True

    def wheel(self, name: str | None, notches: int) -> bool:
        """Over the panel it goes through the list."""
        if self._open is None or not (name or "").startswith("losses:"):
            return False
        if self._open == "losses":
            self._move(-_NOTCH * notches)
        return True

    def _list(self, which: _Which) -> None:
        self.controls.playing = False
        self._which, self._chosen = which, 0
        self._open = "losses" if len(self._found()) else None
        if self._open is None:
            self.controls.notice = say("Nothing has been lost so far: there is nothing to explain.")

    def _lost_with(self, tier: int, unit: int) -> _Which:
        """What went down with a unit that is dead now."""
        since_us = self.controls.run.state.tiers[tier].units[unit].since_us
        return _Which(tier=tier, at_us=since_us, unit=unit)

    def _ask(self, session: int, transaction_us: int | None) -> None:
        """Why this one?"""
        self._list(_Which())
        if self._open is None:
            return
        changes = self._changes()
        mine = (changes.session == session) & (changes.is_transaction == (transaction_us is not None))
        if transaction_us is not None:
            mine &= changes.accepted_us == transaction_us
        place = np.flatnonzero(mine[self._found()])
        if len(place):
            self._chosen = int(place[0])
            self._tell()

    def _accept(self) -> None:
        focus = self.controls.focus or ""
        if focus.startswith("losses:row:"):
            self._chosen = int(focus.rpartition(":")[2])
        if len(self._found()):
            self._tell()

    def _move(self, steps: int) -> None:
        count = len(self._found())
        self._chosen = min(max(self._chosen + steps, 0), max(count - 1, 0))
        if self._open == "chain":
            self._tell()

    def _tell(self) -> None:
        """The chain of the chosen one."""
        found = self._found()
        self._chosen = min(self._chosen, len(found) - 1)
        told = self._chain(int(found[self._chosen]))
        self._open, self._until_us = "chain", max(self.controls.run.now_us, told.lost_us)
        run = self.controls.run
        steps = tell(told, self._end, run.events)
        name, cause = name_of(told), translated(LOST[told.cause])
        short = translated(SHORT.get(LOST[told.cause], LOST[told.cause]))
        self._told = LostChain(name, cause, CAUSES[told.cause], steps, self._chosen, len(found), short)

    def _chain(self, place: int) -> Chain:
        end, changes = self._known()
        session = int(changes.session[place])
        if changes.is_transaction[place]:
            return chain_of_transaction(end, session, int(changes.accepted_us[place]))
        return chain(end, session)

    @property
    def _end(self) -> State:
        """The run as far as it has been computed: what is asked about lies before that."""
        return self._known()[0]

    def _changes(self) -> LostChanges:
        return self._known()[1]

    def _known(self) -> tuple[State, LostChanges]:
        """Kept until somebody acts, or more has been computed."""
        run = self.controls.run
        if self._all is None or self._known_us != run.played_us:
            end = run.compute(run.now_us)
            self._all, self._known_us = (end, lost_changes(end)), end.now_us
        return self._all

    def _found(self) -> Integers:
        """Which of `_changes` are listed, in order."""
        until_us = max(self.controls.run.now_us, self._until_us if self._open == "chain" else 0)
        fits = np.array(self._which.fits(self._end, until_us), dtype=np.bool_)
        result: Integers = np.flatnonzero(fits[self._changes().loss])
        return result

    def _shown_list(self) -> LostList:
        found = self._found()
        self._chosen = min(self._chosen, max(len(found) - 1, 0))
        first = max(self._chosen - _IN_SIGHT, 0)
        rows = tuple(self._row(int(place)) for place in found[first : self._chosen + _IN_SIGHT])
        words = self._which.words(self.controls.run.setup)
        return LostList(words, len(found), first, rows, self._chosen)

    def _row(self, place: int) -> LostRow:
        changes = self._changes()
        cause = self._end.losses[changes.loss[place]].cause
        accepted_us = int(changes.accepted_us[place])
        accepted = instant(accepted_us) if accepted_us >= 0 else say("before the start")
        number = changes.session[place]
        name = say("session {number}", number=number)
        if changes.is_transaction[place]:
            name = say("transaction of {number}", number=number)
        short = translated(SHORT.get(LOST[cause], LOST[cause]))
        return LostRow(accepted, name, translated(LOST[cause]), CAUSES[cause], short)
