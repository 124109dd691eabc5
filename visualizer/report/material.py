"""What a report is made of: one run, computed to its end, and its books."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from visualizer.ledger import Account, account, summarise
from visualizer.opening import Designs, Opened, compared, in_designs
from visualizer.scenario import Taken, taken_figures
from visualizer.sim import State
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup
from visualizer.story.screenplay import Screenplay, automatic, automatic_of, screenplay
from visualizer.story.side_by_side import Design
from visualizer.timeline import Run, finished


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """`opened`: what was played; of a story that is told of several `designs`, the first of them. `runs`: one
    for each design, the first is the one that everything is about. `end`: its state at the end, `books` and
    `summary` what it cost (`ledger.summarise`). `taken`: its figures from presets.
    """

    opened: Opened
    designs: Designs | None
    runs: tuple[Run, ...]
    end: State
    books: Account
    summary: dict[str, Any]
    taken: tuple[Taken, ...]

    @property
    def run(self) -> Run:
        """The run that everything is about."""
        return self.runs[0]

    @property
    def setup(self) -> Setup:
        """How it was set up at its start."""
        return self.opened.setup

    @property
    def events(self) -> list[Event]:
        """All that happens in it, in order."""
        return self.run.events


def gather(opened: Opened) -> Material:
    """Play it to its end. Raises ScenarioError when its story names designs that are not there, and
    ConservationError when the engine contradicts itself.
    """
    key = compared(opened)
    designs = None if key is None else in_designs(opened, key)
    shown = (opened,) if designs is None else designs.opened
    runs = tuple(finished(one.setup) for one in shown)
    end = runs[0].finish()
    return Material(
        opened=shown[0],
        designs=designs,
        runs=runs,
        end=end,
        books=account(end),
        summary=summarise(end),
        taken=taken_figures(shown[0].text, shown[0].overrides),
    )


def story_of(material: Material) -> Screenplay:
    """What is told of it: the story of its scenario, else one made of what happens."""
    run, script, designs = material.run, material.opened.script, material.designs
    if script is not None:
        return screenplay(script, run.setup, run.events, run.state_at)
    if designs is None:
        return automatic(run.setup, run.events)
    variants = zip(designs.comparison.variants, material.runs, strict=True)
    return automatic_of([Design(variant.phrase, one.setup, one.events) for variant, one in variants])
