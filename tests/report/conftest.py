"""Reports of shipped scenarios, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from report.page_reader import Element, read

from visualizer.opening import open_scenario
from visualizer.report import report

LONG_US = 60_000_000


@lru_cache(maxsize=40)
def page_of(name: str, *overrides: str) -> str:
    """Of a long run with few others beside it."""
    opened = open_scenario(name, overrides)
    return report(opened, seeds=None if opened.setup.duration_us < LONG_US else 2)


@pytest.fixture
def page() -> Callable[..., str]:
    return page_of


@pytest.fixture
def tree() -> Callable[..., Element]:
    return lambda name, *overrides: read(page_of(name, *overrides))
