"""Scenario files: read, judged, compiled, saved. Everything another floor needs is named here."""

from visualizer.scenario.acts import act_line, act_of, carried
from visualizer.scenario.columns import column_text
from visualizer.scenario.explain import keys_beside
from visualizer.scenario.headline import Headline, headline
from visualizer.scenario.load import Scenario, lesson_names, load, parse, shipped_names
from visualizer.scenario.presets import Preset, Source, load_preset, preset_names
from visualizer.scenario.problem import Problem, ScenarioError, quoted, suggestion
from visualizer.scenario.saving import with_commands
from visualizer.scenario.schema import schema_text
from visualizer.scenario.sources import Taken, preset_files, taken_figures
from visualizer.scenario.text import text_of
from visualizer.script.durations import duration_us

__all__ = [
    "Headline",
    "Preset",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Source",
    "Taken",
    "act_line",
    "act_of",
    "carried",
    "column_text",
    "duration_us",
    "headline",
    "keys_beside",
    "lesson_names",
    "load",
    "load_preset",
    "parse",
    "preset_files",
    "preset_names",
    "quoted",
    "schema_text",
    "shipped_names",
    "suggestion",
    "taken_figures",
    "text_of",
    "with_commands",
]
