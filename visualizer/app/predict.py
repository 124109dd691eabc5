"""A question before the lightning: how many sessions would the other unit still have?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.moments import act_us
from visualizer.app.questions import Questions
from visualizer.language import say
from visualizer.scene.look import SPEEDS
from visualizer.scene.targets import target_of
from visualizer.sim import State, exposure
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.question import LONGEST_US, how_many_survive

if TYPE_CHECKING:
    from visualizer.timeline.run import Run

_FAULT = "lightning"
_WATCHED_S = 5.0
"""About how long, on the wall clock, it takes from the strike to the takeover."""


class Predict(Feature):
    """Asks what lightning would leave, and strikes when somebody has said so."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """Asking."""
        return {"predict": self.ask}

    def ask(self) -> None:
        """Freeze, and ask."""
        controls, state = self.controls, self.controls.run.state
        target = _aim(state, controls.focus or controls.hover)
        if target is None:
            controls.notice = say("Nobody serves now: there is nothing to predict. R repairs.")
            return
        controls.playing = False
        strike = Strike(act_us(controls.run, on_tick=False), _FAULT, target)
        asking = partial(how_many_survive, state, _tried(controls.run, strike, target.tier), strike, target)
        question = asking()
        if question.most == 0:
            controls.notice = say("No session is open now: there is nothing to predict.")
            return
        controls.feature(Questions).ask(
            question, partial(self._strike, strike, question.until_us), again=asking
        )

    def _strike(self, strike: Strike, until_us: int) -> None:
        """And play on at a speed at which it can be followed."""
        self.controls.perform(strike)
        self.controls.speed = _speed(until_us - strike.at_us)


def _tried(run: Run, strike: Strike, tier: int) -> State:
    """The same run with the strike, played in the background as far as the question reaches."""
    trial = run.fork()
    trial.act(strike)
    end_us = min(strike.at_us + LONGEST_US, run.setup.duration_us)
    while trial.played_us < end_us and not any(
        one.takeover_us is not None and (one.tier, one.fault_us) == (tier, strike.at_us)
        for one in trial.compute(trial.played_us).failovers
    ):
        trial.compute(min(trial.played_us + US_PER_S, end_us))
    return trial.compute(trial.played_us)


def _speed(time_us: int) -> float:
    """The speed at which that time takes about as long as it can be watched with attention."""
    wanted = time_us / US_PER_S / _WATCHED_S
    return min(SPEEDS, key=lambda speed: max(speed, wanted) / max(min(speed, wanted), 1e-9))


def _aim(state: State, pointed: str | None) -> UnitTarget | None:
    """The active unit that is pointed at, else that of the pair whose loss would be the greatest."""
    target = target_of(pointed)
    if isinstance(target, UnitTarget) and _serves(state, target):
        return target
    exposed = exposure(state).by_tier
    serving = [
        UnitTarget(tier, unit)
        for tier in sorted(range(len(exposed)), key=lambda tier: (-exposed[tier], tier))
        for unit in (0, 1)
        if _serves(state, UnitTarget(tier, unit))
    ]
    return serving[0] if serving else None


def _serves(state: State, target: UnitTarget) -> bool:
    here = state.tiers[target.tier]
    return here.units[target.unit].role is Role.ACTIVE and here.serving == target.unit
