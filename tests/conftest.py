"""What holds for all tests: nobody's own settings, no remembered language."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from visualizer.language import Spoken, speak


@pytest.fixture(autouse=True, scope="session")
def _no_settings_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Also for the programs that tests start."""
    folder: Path = tmp_path_factory.mktemp("settings")
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    yield
    if before is None:
        del os.environ["XDG_CONFIG_HOME"]
    else:
        os.environ["XDG_CONFIG_HOME"] = before


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever a test speaks, the next one starts in English."""
    yield
    speak(Spoken())
