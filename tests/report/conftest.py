"""Reports of shipped scenarios, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from report.page_reader import Element, read

from visualizer.opening import open_scenario
from visualizer.report import report


@lru_cache(maxsize=40)
def page_of(name: str, overrides: tuple[str, ...] = ()) -> str:
    return report(open_scenario(name, overrides))


@pytest.fixture
def page() -> Callable[..., str]:
    return page_of


@pytest.fixture
def tree() -> Callable[..., Element]:
    return lambda name, *overrides: read(page_of(name, overrides))
