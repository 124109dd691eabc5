"""What the commands print for people: tables, and a progress line on long work."""

from visualizer.console.many import print_compared, print_curve, print_sweep
from visualizer.console.progress import progress_line
from visualizer.console.tables import print_presets, print_summary

__all__ = [
    "print_compared",
    "print_curve",
    "print_presets",
    "print_summary",
    "print_sweep",
    "progress_line",
]
