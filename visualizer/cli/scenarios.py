"""`check`, `list`, `schema`: about scenario files."""

from __future__ import annotations

import argparse

from visualizer.cli.outcome import BAD_INPUT, DIVERGED, OK, complain
from visualizer.lab.designs import COMPARISONS
from visualizer.language import say, translated
from visualizer.opening import Opened, compared, in_designs, open_scenario
from visualizer.scenario import (
    Scenario,
    ScenarioError,
    load,
    load_preset,
    preset_names,
    schema_text,
    shipped_names,
)
from visualizer.story.screenplay import screenplay
from visualizer.timeline import finished, run_file


def check(options: argparse.Namespace) -> int:
    """Every problem of every file; 0 only when all are good. What a story leaves out is told, and is none."""
    code = OK
    for name in options.files:
        try:
            opened = open_scenario(name)
            notes = _left_out(opened)
        except (ScenarioError, run_file.RunFileError) as error:
            code = max(code, complain(str(error), BAD_INPUT))
        except run_file.ReplayDivergedError as error:
            code = max(code, complain(str(error), DIVERGED))
        else:
            print("\n".join((say("{name}: ok", name=name), *notes)))
    return code


def _left_out(opened: Opened) -> tuple[str, ...]:
    """The beats of its story that have no place in its run, a line each."""
    if opened.script is None:
        return ()
    key = compared(opened)
    first = opened if key is None else in_designs(opened, key).opened[0]
    run = finished(first.setup)
    return screenplay(opened.script, run.setup, run.events, run.state_at).left_out


def list_(options: argparse.Namespace) -> int:
    """What comes with the program."""
    if options.comparisons:
        _list_comparisons()
        return OK
    if options.presets:
        from visualizer.console import print_presets  # noqa: PLC0415  (rich is slow to import)

        print_presets([load_preset(name) for name in preset_names()])
        return OK
    scenarios: list[Scenario] = [load(name) for name in shipped_names()]
    width = max(len(scenario.setup.name) for scenario in scenarios)
    for scenario in scenarios:
        title, description = translated(scenario.setup.title), translated(scenario.setup.description)
        print(f"{scenario.setup.name:<{width}}  {title}: {description}")
    return OK


def _list_comparisons() -> None:
    width = max(len(key) for key in COMPARISONS)
    for comparison in COMPARISONS.values():
        print(f"{comparison.key:<{width}}  {translated(comparison.title)}: {translated(comparison.decides)}")
        for variant in comparison.variants:
            print(f"{'':<{width}}    {translated(variant.title)}: {translated(variant.subtitle)}")


def schema(options: argparse.Namespace) -> int:
    """The format of scenario files, for editors."""
    print(schema_text(), end="")
    return OK
