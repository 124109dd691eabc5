"""Runs to be played, and what came of them as bytes."""

from __future__ import annotations

import numpy as np

from visualizer.lab.columns import Columns
from visualizer.lab.strike import strike_window
from visualizer.lab.trials import Blow, Family
from visualizer.scenario import parse
from visualizer.sim.setup import Setup

TEXT = """\
title: Small
description: A pair for many short runs.
duration: 5s
traffic: {{rate: 40/s, lifetime: 2s}}
tiers: {{firewall: {{sync: {{interval: {interval}}}, heartbeat: {{interval: 200ms}}}}}}
"""


def small(interval: str = "1s") -> Setup:
    return parse(TEXT.format(interval=interval), "small.yaml").setup


def families(seeds: int = 70) -> list[Family]:
    """Three designs, each with as many seeds: two tasks each, one of them short."""
    setups = [small(interval) for interval in ("500ms", "1s", "1500ms")]
    return [Family(setup, range(1, seeds + 1), Blow(strike_window(setup))) for setup in setups]


def bytes_of(columns: Columns) -> bytes:
    return np.stack(list(columns.as_dict().values())).tobytes()
