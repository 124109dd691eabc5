"""Scenario files: read, judged, compiled, saved. Everything another floor needs is named here."""

from visualizer.scenario.load import Scenario, load, parse, shipped_names
from visualizer.scenario.presets import Preset, Source, load_preset, preset_names
from visualizer.scenario.problem import Problem, ScenarioError
from visualizer.scenario.saving import with_commands
from visualizer.scenario.schema import schema_text
from visualizer.scenario.text import text_of
from visualizer.scenario.units import duration_us

__all__ = [
    "Preset",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Source",
    "duration_us",
    "load",
    "load_preset",
    "parse",
    "preset_names",
    "schema_text",
    "shipped_names",
    "text_of",
    "with_commands",
]
