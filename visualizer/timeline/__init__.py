"""Time: play, seek, act, undo, fork; and the file of what was played."""

from visualizer.timeline import run_file
from visualizer.timeline.run import Run, finished

__all__ = ["Run", "finished", "run_file"]
