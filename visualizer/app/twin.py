"""The twin run: several designs side by side, the same traffic, the same bolt, one clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from visualizer.app.branches import Before
from visualizer.app.dialog import ListDialog
from visualizer.app.feature import Act, Feature
from visualizer.lab.designs import COMPARISONS
from visualizer.language import marked, say, translated
from visualizer.opening import Designs, Opened, in_designs
from visualizer.scenario import ScenarioError
from visualizer.scene.look import Look
from visualizer.scene.panels import DialogRow
from visualizer.sim.setup import Setup
from visualizer.story.caption import opening_us
from visualizer.timeline.run import Run

_FOR_ONE_RUN = frozenset({"knobs", "before", "forget", "why", "predict", "beat", "curve", "sweep"})
"""Acts that mean a single run."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A twin run that was started, and what was on show before it."""

    designs: Designs
    run: Run
    document: Opened | None
    before: Before | None

    @property
    def setups(self) -> tuple[Setup, ...]:
        """Those of its runs, in order."""
        return tuple(opened.setup for opened in self.designs.opened)


class Comparisons(ListDialog):
    """The list of what can be compared; each says what it takes where this scenario does not fit."""

    heading = marked("Compare designs")
    about = marked("Side by side: the same traffic, the same bolt, one clock.")
    keys = (("↑ ↓", marked("choose")), (marked("Enter"), marked("compare")), (marked("Esc"), marked("close")))

    def rows(self) -> Sequence[DialogRow]:
        """All of `COMPARISONS`."""
        setup = self.controls.run.setup
        found = []
        for one in COMPARISONS.values():
            unfit = one.unfit(setup)
            detail = translated(one.decides)
            if unfit:
                detail = say(
                    "With the scenario {name}; not with this one: {why}.",
                    name=one.instead,
                    why=translated(unfit),
                )
            found.append(DialogRow(title=translated(one.title), detail=detail, icon=one.icon))
        return found

    def choose(self, number: int) -> None:
        """Start the twin run."""
        self.shut()
        self.controls.feature(TwinRun).start(tuple(COMPARISONS)[number])


class TwinRun(Feature):
    """Offers the comparisons, starts one at the playhead with all that was done, and leaves it again."""

    _started: tuple[_Shown, ...] = ()

    @property
    def acts(self) -> Mapping[str, Act]:
        """The list, or back from the twin run; Esc closes first what lies over it."""
        return {"compare": self.compare, "compare_escape": self._escape}

    @property
    def context(self) -> str | None:
        """Esc leaves the twin run, not the program."""
        return "twin" if self.controls.others else None

    @property
    def key(self) -> str | None:
        """Of the comparison that is on show; None for a single run."""
        shown = self._shown()
        return shown.designs.comparison.key if shown else None

    def forbids(self, act: str) -> str | None:
        """What is said of one run is not said of several."""
        if self.controls.others and act in _FOR_ONE_RUN:
            return say("That is for a single run. V leaves the comparison.")
        return None

    def look(self, look: Look) -> Look:
        """With the designs that are on show."""
        shown = self._shown()
        return replace(look, comparison=shown.designs.comparison) if shown else look

    def compare(self) -> None:
        """The list of comparisons; while a twin run is on show, back to the single one."""
        controls = self.controls
        if self._shown():
            self.leave()
        elif controls.document is None:
            controls.notice = say("This run cannot be compared: its scenario is not known.")
        else:
            controls.feature(Comparisons).open()

    def start(self, key: str, *, goes_on: bool = False) -> None:
        """Show the designs of `COMPARISONS[key]`, or say why not; `goes_on` as in `Branches.show`."""
        controls = self.controls
        if controls.document is None:
            return
        if key not in COMPARISONS:
            controls.notice = say("There is no comparison called {key}; V lists them.", key=key)
            return
        try:
            designs = in_designs(controls.document, key)
        except ScenarioError as error:
            title, why = translated(COMPARISONS[key].title), error.problems[0].what
            controls.notice = say("{comparison}: not with this scenario. {why}.", comparison=title, why=why)
            return
        same = designs.opened[0].text == controls.document.text
        acts = controls.run.acts if same else ()
        at_us = controls.run.now_us if same else opening_us(designs.opened[0].setup)
        runs = tuple(Run(opened.setup, acts) for opened in designs.opened)
        for run in runs:
            run.seek(at_us)
        shown = _Shown(designs, controls.run, controls.document, controls.before)
        self._started = (*self._started, shown)
        controls.playing = controls.playing and same
        controls.focus = controls.hover = None
        controls.show(runs[0], designs.opened[0], others=runs[1:], goes_on=goes_on)
        hint = say("One strike hits all of them. V goes back to the single run.")
        controls.notice = designs.said or hint

    def leave(self) -> None:
        """Back to the run that was on show before, at the same instant."""
        controls, shown = self.controls, self._shown()
        if shown is None:
            return
        if shown.document and shown.document.text == shown.designs.opened[0].text:
            shown.run.seek(controls.run.now_us)
        controls.show(shown.run, shown.document, before=shown.before)
        controls.focus = controls.hover = None
        controls.notice = say("The single run again, as it was.")

    def _escape(self) -> None:
        if self.controls.menu or self.controls.help_open:
            self.controls.escape()
        else:
            self.leave()

    def _shown(self) -> _Shown | None:
        """What the runs on show are; undo and reset put other runs in their place, but not other setups."""
        if not self.controls.others:
            return None
        setups = tuple(run.setup for run in self.controls.runs)
        return next((one for one in self._started if _same(one.setups, setups)), None)


def _same(some: tuple[Setup, ...], others: tuple[Setup, ...]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
