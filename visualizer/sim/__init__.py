"""The deterministic tick engine. Pure: standard library and numpy; no files, clock, chance or pictures."""

from visualizer.sim.audit import ConservationError
from visualizer.sim.engine import advance, command, finish, replace_commands, start, trace_sha256
from visualizer.sim.exposure import exposed_intervals, exposure, exposure_series
from visualizer.sim.setup import Setup
from visualizer.sim.state import State

__all__ = [
    "ConservationError",
    "Setup",
    "State",
    "advance",
    "command",
    "exposed_intervals",
    "exposure",
    "exposure_series",
    "finish",
    "replace_commands",
    "start",
    "trace_sha256",
]
