"""The knobs: turning one reads the scenario again, and runs it from the same seed to the same instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from visualizer.app.branches import BEFORE, Before
from visualizer.app.feature import Act, Feature
from visualizer.language import Spoken, decimal, say, spoken, translated
from visualizer.opening import Opened, with_overrides
from visualizer.scenario import Problem, ScenarioError, parse
from visualizer.scenario.knobs import KNOBS, Knob, Value, at_share, settings, share_of, stepped, value_of
from visualizer.scene.frame import tier_that_matters
from visualizer.scene.look import KnobLook, Knobs, Look
from visualizer.scene.targets import target_of
from visualizer.scene.wording import bits_a_second, duration
from visualizer.sim.command import LinkTarget, UnitTarget
from visualizer.sim.setup import Setup
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

PREFIX = "knob:"
_ONE_TURN_NS = 10**9
"""Turns of a knob that follow each other within this are one change, with one undo and one before."""

_BY_KEY = {knob.key: knob for knob in KNOBS}


class Turning(Feature):
    """Turns the knobs of one tier: of the one that was pointed at last, else of the one that matters."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._pointed: int | None = None
        self._held: str | None = None
        self._turned: tuple[str, int] | None = None
        self._since_ns = 0
        self._turning = False

    @property
    def acts(self) -> Mapping[str, Act]:
        """To the knobs, from one to the next, and turning the one in focus."""
        return {
            "knobs": lambda: self._focus(1, first=True),
            "knob_above": lambda: self._focus(-1),
            "knob_below": lambda: self._focus(1),
            "knob_less": lambda: self._step(self.controls.focus, -1),
            "knob_more": lambda: self._step(self.controls.focus, 1),
            "knob_leave": lambda: setattr(self.controls, "focus", None),
        }

    @property
    def context(self) -> str | None:
        """The arrows turn the knob in focus."""
        controls = self.controls
        return "knob" if _knob_of(controls.focus) and controls.focus in controls.targets else None

    @property
    def tier(self) -> int:
        """Whose knobs these are."""
        last = len(self.controls.run.setup.tiers) - 1
        tier = tier_that_matters(self.controls.run) if self._pointed is None else self._pointed
        return min(tier, last)

    def look(self, look: Look) -> Look:
        """With the knobs as they stand."""
        document = self.controls.document
        if document is None or self.controls.others:
            return look
        before = self.controls.before
        then = (before.label, before.run.setup) if before else None
        plain = _without_overrides(document.text, str(document.path or document.name))
        knobs = Knobs(self.tier, _looks(document.setup, then, plain, self.tier, spoken()))
        return replace(look, knobs=knobs)

    def press(self, name: str) -> bool:
        """Enter: the next choice; what slides wants the arrows."""
        knob = _knob_of(name)
        if knob is None:
            return False
        if knob.unit == "choice":
            self._step(name, 1)
        else:
            self.controls.notice = say("{knob}: the keys ← → turn it.", knob=translated(knob.title))
        return True

    def drag(self, name: str, share: float) -> bool:
        """The handle follows the pointer; the halves of a choice are its arrows."""
        knob = _knob_of(name)
        if knob is None:
            return False
        if knob.unit != "choice":
            self._turn(knob, at_share(knob, share))
        elif self._held is None:
            self._step(name, 1 if share >= 0.5 else -1)
        self._held = name
        return True

    def wheel(self, name: str | None, notches: int) -> bool:
        """Up is more."""
        if _knob_of(name) is None:
            return False
        self._step(name, notches)
        return True

    def changed(self) -> None:
        """Whatever comes between two turns makes two changes of them."""
        if not self._turning:
            self._turned = None

    def elapse(self, wall_ns: int) -> None:
        """Nothing is held now."""
        self._held = None
        self._since_ns += wall_ns
        if self._since_ns > _ONE_TURN_NS:
            self._turned = None
        target = target_of(self.controls.focus or self.controls.hover)
        if isinstance(target, UnitTarget | LinkTarget):
            self._pointed = target.tier

    def _focus(self, steps: int, *, first: bool = False) -> None:
        controls = self.controls
        names = [name for name in controls.targets if _knob_of(name)]
        if not names:
            controls.notice = say("There are no knobs here.")
            return
        focus = controls.focus
        place = names.index(focus) + steps if focus in names else 0
        controls.focus, controls.hover = names[place % len(names)], None

    def _step(self, name: str | None, steps: int) -> None:
        knob, document = _knob_of(name), self.controls.document
        value = knob.read(document.setup, self.tier) if knob and document else None
        if knob and value is not None:
            self._turn(knob, stepped(knob, value, steps))

    def _turn(self, knob: Knob, text: str) -> None:
        """Set the knob, if the checks of a scenario let it."""
        controls, document, tier = self.controls, self.controls.document, self.tier
        value = value_of(knob, text)
        if document is None or knob.read(document.setup, tier) == value:
            controls.notice = controls.notice or f"{translated(knob.title)}: {shown(knob, value)}."
            return
        changed = self._judged(document, knob, text)
        if changed is None:
            return
        run = Run(changed.setup, controls.run.acts)
        run.seek(controls.run.now_us)
        goes_on = self._turned == (knob.key, tier)
        before = controls.before if goes_on else Before(controls.run, BEFORE, document)
        self._turning = True
        controls.show(run, changed, before=before, goes_on=goes_on)
        self._turning = False
        self._turned, self._since_ns = (knob.key, tier), 0
        controls.notice = say(
            "{knob}: {value}. B: before, U: undo.", knob=translated(knob.title), value=shown(knob, value)
        )

    def _judged(self, document: Opened, knob: Knob, text: str) -> Opened | None:
        """The scenario with the knob at `text`; None, and a notice, when it does not fit."""
        problems: list[Problem] = []
        for overrides in settings(knob, document.setup.tiers[self.tier].name, text, document.overrides):
            try:
                return with_overrides(document, overrides)
            except ScenarioError as error:
                problems += error.problems
        key, _, words = problems[0].what.partition(": ")
        self.controls.notice = f"{translated(knob.title)}: {words or key}."
        return None


def _knob_of(name: str | None) -> Knob | None:
    """The knob that a target is."""
    return _BY_KEY.get(name.removeprefix(PREFIX)) if name and name.startswith(PREFIX) else None


@lru_cache(maxsize=4)
def _without_overrides(text: str, name: str) -> Setup | None:
    """What a scenario itself says; None where that is no scenario."""
    try:
        return parse(text, name).setup
    except ScenarioError:
        return None


@lru_cache(maxsize=8)
def _looks(
    now: Setup, then: tuple[str, Setup] | None, plain: Setup | None, tier: int, language: Spoken
) -> tuple[KnobLook, ...]:
    """Each knob that can do anything, beside the run compared with (its label and setup) and the scenario
    itself; in the `language` that is spoken.
    """
    label, compared = then or ("", None)
    found = []
    for knob in KNOBS:
        value = knob.read(now, tier)
        if value is None:
            continue
        was = _read(knob, compared, tier)
        differs = was is not None and was != value
        first = _read(knob, plain, tier)
        found.append(
            KnobLook(
                name=f"{PREFIX}{knob.key}",
                title=translated(knob.title),
                value=shown(knob, value),
                share=share_of(knob, value),
                before=f"{translated(label)} {shown(knob, was)}" if was is not None and differs else None,
                before_share=share_of(knob, was) if was is not None and differs else None,
                changed=differs or (first is not None and first != value),
            )
        )
    return tuple(found)


def _read(knob: Knob, setup: Setup | None, tier: int) -> Value | None:
    return knob.read(setup, tier) if setup is not None and tier < len(setup.tiers) else None


def shown(knob: Knob, value: Value) -> str:
    """A value as people read it."""
    match value:
        case str():
            return translated(value)
        case Fraction():
            return decimal(f"{float(value):.4g}")
        case int():
            if knob.unit == "bandwidth":
                return bits_a_second(value)
            return duration(value) if knob.unit == "duration" else str(value)
