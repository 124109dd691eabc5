"""Beat it: a goal, the design that is on show judged against it, and every design that was tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter_ns
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.lab.beat import Judgement, judging
from visualizer.lab.beat_goals import GOALS, Goal
from visualizer.lab.beat_trial import Steps
from visualizer.language import say
from visualizer.scene.beat import GOAL, WORST
from visualizer.scene.look import BeatLook, Look, Try
from visualizer.sim.setup import Setup
from visualizer.story.words import instant
from visualizer.theory.false_failover import false_failover_s

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_FRAME_NS = 8_000_000
"""How much of a frame judging may take."""

_KEPT = 200


class Beat(Feature):
    """Judges what is on show while its panel is open, and again when another design is on show."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._open = False
        self._place = 0
        self._found: tuple[dict[Setup, Judgement], ...] = tuple({} for _ in GOALS)
        self._work: tuple[Setup, Goal, Steps[Judgement]] | None = None
        self._now: tuple[Setup, Goal, Judgement] | None = None
        self._look: BeatLook | None = None
        self._held = False

    @property
    def acts(self) -> Mapping[str, Act]:
        """Open, close, and go from goal to goal."""
        return {
            "beat": self.toggle,
            "beat_escape": self._escape,
            "beat_previous": lambda: self.choose(-1),
            "beat_next": lambda: self.choose(1),
        }

    @property
    def context(self) -> str | None:
        """The arrows choose a goal."""
        return "beat" if self._shown else None

    @property
    def _shown(self) -> bool:
        return self._open and not self.controls.others

    @property
    def goal(self) -> Goal:
        """What is to be reached."""
        return GOALS[self._place]

    @property
    def judgement(self) -> Judgement | None:
        """Of what is on show; None while it is not known yet."""
        now = self._now
        known = now is not None and now[0] is self.controls.run.setup and now[1] is self.goal
        return now[2] if now is not None and known else None

    def toggle(self) -> None:
        """The panel, or the books again."""
        self._open = not self._open
        if self._open:
            self.controls.notice = say("Turn the knobs (K) until nothing is lost. ← → choose another goal.")

    def choose(self, steps: int) -> None:
        """Another goal; from the last to the first."""
        self._place = (self._place + steps) % len(GOALS)
        self._look = self._looks(None)

    def look(self, look: Look) -> Look:
        """With the panel, in the place of the books."""
        if not self._shown:
            return look
        found = self.judgement
        if self._look is None or self._look.busy != (found is None):
            self._look = self._looks(found)
        return replace(look, beat=self._look)

    def _looks(self, found: Judgement | None) -> BeatLook:
        """While another design is judged, what was found of the one before stays. The tries are those of this
        scenario.
        """
        before = self._look.judgement if self._look and self._look.goal is self.goal else None
        name = self.controls.run.setup.name
        tried = tuple(
            tuple(one for setup, one in found_of.items() if setup.name == name) for found_of in self._found
        )
        return BeatLook(
            goal=self.goal,
            place=self._place,
            goals=tuple(any(one.met for one in of_goal) for of_goal in tried),
            judgement=found or before,
            busy=found is None,
            tries=tuple(_try_of(one) for one in tried[self._place]),
        )

    def drag(self, name: str, share: float) -> bool:
        """The halves of the goal's line are its arrows."""
        if name != GOAL:
            return False
        if not self._held:
            self.choose(1 if share >= 0.5 else -1)
        self._held = True
        return True

    def press(self, name: str) -> bool:
        """The goal: the next one. What binds: where it is at its worst."""
        if name == GOAL:
            self.choose(1)
        elif name == WORST:
            self._go_to_the_worst()
        else:
            return False
        return True

    def elapse(self, wall_ns: int) -> None:
        """Judge on, as much as a frame allows; never while a knob is held."""
        self._held = False
        if not self._shown or self.judgement:
            return
        setup, goal, until_ns = self.controls.run.setup, self.goal, perf_counter_ns() + _FRAME_NS
        bare = replace(setup, commands=())
        if bare in self._found[self._place]:
            self._keep(setup, self._found[self._place].pop(bare))
        elif self._work is None or self._work[0] is not setup or self._work[1] is not goal:
            self._work = (setup, goal, judging(bare, goal, false_failover_s))
        while self.judgement is None and self._work is not None and perf_counter_ns() < until_ns:
            self._step(setup, self._work[2])

    def _step(self, setup: Setup, steps: Steps[Judgement]) -> None:
        try:
            next(steps)
        except StopIteration as end:
            self._keep(setup, end.value)
            self._work = None

    def _keep(self, setup: Setup, found: Judgement) -> None:
        """What befalls a design plays no part; the latest stands last."""
        tried = self._found[self._place]
        tried[replace(setup, commands=())] = found
        if len(tried) > _KEPT:
            del tried[next(iter(tried))]
        self._now, self._look = (setup, self.goal, found), self._looks(found)

    def _go_to_the_worst(self) -> None:
        controls, found = self.controls, self.judgement
        if found is None or found.at_us > controls.run.setup.duration_us:
            controls.notice = say("The worst instant lies beyond the end of this run.")
            return
        controls.playing = False
        controls.seek(found.at_us)
        controls.notice = say("The worst instant is {at}: strike now and count.", at=instant(found.at_us))

    def _escape(self) -> None:
        if self.controls.menu or self.controls.help_open:
            self.controls.escape()
        else:
            self._open = False


def _try_of(found: Judgement) -> Try:
    return Try(found.worst_lost, found.gap_us, found.budget_met)
