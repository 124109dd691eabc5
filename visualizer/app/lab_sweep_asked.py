"""Which question is asked of the scenario on show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visualizer.app.lab_sweep_choices import choices
from visualizer.app.lab_sweep_plan import Question, struck_tier
from visualizer.opening import Opened
from visualizer.scene.frame import tier_that_matters
from visualizer.timeline.run import Run

_KEPT = 40
_USUAL = ("sync", "heartbeat", "rate")
"""The most telling thing to ask about, or the next best."""

Key = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; `values`: what the scenario on show has of each choice."""

    question: Question
    values: tuple[str | None, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of the choices."""
        return tuple(one.knob.key for one in self.question.along)

    @property
    def key(self) -> Key:
        """What the answers depend on."""
        opened = self.question.opened
        return opened.text, opened.overrides, opened.faults, self.keys


@dataclass(frozen=True, slots=True)
class _Come:
    """A run that was opened from a sweep: of which values (by knob), and what was asked there."""

    opened: Opened
    question: Question
    values: Mapping[str, str]


class Asking:
    """`along`: the keys of the knobs that somebody chose; what a scenario does not have is left out."""

    def __init__(self) -> None:
        self.along: tuple[str, ...] = ()
        self._come: tuple[_Come, ...] = ()
        self._kept: tuple[Opened, tuple[str, ...], Asked] | None = None

    def of(self, document: Opened, run: Run) -> Asked:
        """The same value until another scenario is on show, or something else is asked. Of a run that was
        opened from a sweep: what was asked there.
        """
        if self._kept is None or self._kept[0] is not document or self._kept[1] != self.along:
            self._kept = document, self.along, self._asked(document, run)
        return self._kept[2]

    def opened(self, document: Opened, asked: Asked, values: tuple[str, ...]) -> None:
        """A run of the point with these values is on show now."""
        come = _Come(document, asked.question, dict(zip(asked.keys, values, strict=True)))
        self._come = (*self._come[-_KEPT:], come)

    def _asked(self, document: Opened, run: Run) -> Asked:
        come = next((one for one in reversed(self._come) if one.opened is document), None)
        if come:
            opened, tier = come.question.opened, come.question.tier
        else:
            opened, struck = document, struck_tier(document.setup)
            tier = tier_that_matters(run) if struck is None else struck
        offered = {one.knob.key: one for one in choices(opened.setup, tier)}
        wanted = [key for key in self.along if key in offered]
        usual = next((key for key in _USUAL if key in offered), next(iter(offered)))
        along = tuple(offered[key] for key in wanted or [usual])
        values = tuple(come.values.get(one.knob.key, one.now) if come else one.now for one in along)
        return Asked(Question(opened, tier, along), values)
