"""What a family of rows is: which rows belong to it, and the worlds that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.reality.figures import Figure
from tests.reality.rows import Row


@dataclass(frozen=True)
class Family:
    """`matches(row)`: whether it can answer a row; of several the first in `FAMILIES` does.

    `figures(row)` builds the worlds from the row's parameters, plays them and reads the quantities.
    `not_modelled`: measured quantities that are no question to the engine, each with the reason.
    """

    matches: Callable[[Row], bool]
    figures: Callable[[Row], list[Figure]]
    not_modelled: Mapping[str, str] = field(default_factory=dict)
