"""The failover visualizer: why truly stateful failover is out of reach, shown and counted.

For notebooks and scripts:

    from visualizer import load, simulate, sweep

    simulate("article").lost_sessions
    sweep("article", {"sync.interval": "0.5s..10s:20"}, seeds=100)

What is in `__all__` is loaded when it is asked for first; the program itself needs none of it to start.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visualizer.notebook import (
        Chart,
        Comparison,
        ExecutorError,
        Loaded,
        Picture,
        Result,
        ScenarioError,
        StrikeCurve,
        StudyError,
        SweepResult,
        Table,
        compare,
        curve,
        load,
        simulate,
        sweep,
    )

__version__ = "0.1.0"

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


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module("visualizer.notebook"), name)
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
