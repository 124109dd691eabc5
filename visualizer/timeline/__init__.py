"""Time: play, seek, act, undo, fork."""

from visualizer.timeline.run import Run

__all__ = ["Run"]
