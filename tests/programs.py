"""Programs beside Python that some tests need: without them a test is skipped, or fails where none may be."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

ALL_TESTS = "EVERY_TEST_MUST_RUN"
"""Set in the environment (CI does): what cannot be tested on this machine is a failure."""


def program(name: str, package: str, *others: str) -> str:
    """The path of a program, or of one of `others`, which do the same; who skips says how to get it."""
    found = next(filter(None, map(shutil.which, (name, *others))), None)
    if found is None:
        cannot(f"{name} is not installed (Debian: apt-get install {package})")
    return found


def cannot(reason: str) -> NoReturn:
    """End this test: skipped with the reason, failed where every test must run."""
    if os.environ.get(ALL_TESTS):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
