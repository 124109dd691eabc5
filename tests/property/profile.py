"""How many examples the property tests try.

As a rule the same ones each time, so that a red build is red for everybody. `PROPERTY_EXAMPLES=20` in the
environment tries twenty times as many, drawn anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

FACTOR = os.environ.get("PROPERTY_EXAMPLES")


def examples(count: int) -> Callable[[Any], Any]:
    """A decorator: try so many examples, times the factor."""
    return settings(
        max_examples=count * int(FACTOR or 1),
        derandomize=FACTOR is None,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
