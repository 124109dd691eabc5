"""The program for notebooks and scripts: `from visualizer import load, simulate, sweep`."""

from visualizer.lab.executors import ExecutorError
from visualizer.notebook.compared import Comparison, compare
from visualizer.notebook.curved import StrikeCurve, curve
from visualizer.notebook.loaded import Loaded, load
from visualizer.notebook.pictures import Chart, Picture
from visualizer.notebook.played import Result, simulate
from visualizer.notebook.swept import SweepResult, sweep
from visualizer.scenario import ScenarioError
from visualizer.study.error import StudyError
from visualizer.study.table import Table

__all__ = [
    "Chart",
    "Comparison",
    "ExecutorError",
    "Loaded",
    "Picture",
    "Result",
    "ScenarioError",
    "StrikeCurve",
    "StudyError",
    "SweepResult",
    "Table",
    "compare",
    "curve",
    "load",
    "simulate",
    "sweep",
]
