"""Scenario files: read, judged, compiled, saved. Everything another floor needs is named here."""

from visualizer.scenario.load import Scenario, load, parse, shipped_names, text_of
from visualizer.scenario.problem import Problem, ScenarioError
from visualizer.scenario.saving import with_commands
from visualizer.scenario.schema import schema_text
from visualizer.scenario.units import duration_us

__all__ = [
    "Problem",
    "Scenario",
    "ScenarioError",
    "duration_us",
    "load",
    "parse",
    "schema_text",
    "shipped_names",
    "text_of",
    "with_commands",
]
