"""The commands: the only place that puts the rooms together."""

from visualizer.cli.commands import run_command, run_command_line

__all__ = ["run_command", "run_command_line"]
