"""Runs to be played, and what came of them as bytes."""

from __future__ import annotations

import numpy as np

from visualizer.lab.columns import Columns
from visualizer.lab.strike import strike_window
from visualizer.lab.trials import Blow, Family
from visualizer.scenario import parse

TEXT = """\
title: Small
description: A pair for many short runs.
duration: 5s
traffic: {{rate: 40/s, lifetime: 2s}}
tiers:
  firewall:
    sync: {{interval: {interval_ms}ms}}
    heartbeat: {{interval: 200ms}}
    link: {{latency: 1ms, jitter: {jitter_ms}ms}}
events:
  - {{at: 2500ms, fault: lightning, target: firewall.primary}}
"""


def family(interval_ms: int, seeds: int, *, chance: bool) -> Family:
    """One design. With `chance` its cable has jitter: then its runs have to be played one by one."""
    text = TEXT.format(interval_ms=interval_ms, jitter_ms=2 if chance else 0)
    setup = parse(text, "small.yaml").setup
    return Family(setup, range(1, seeds + 1), Blow(strike_window(setup)))


def families(seeds: int = 20, designs: int = 6) -> list[Family]:
    """So many designs with as many seeds; the runs of every other have to be played one by one."""
    return [family(500 + 100 * number, seeds, chance=bool(number % 2)) for number in range(designs)]


def bytes_of(columns: Columns) -> bytes:
    return np.stack(list(columns.as_dict().values())).tobytes()
