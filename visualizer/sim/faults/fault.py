"""What a fault tells the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from visualizer.sim.state import State


@dataclass(frozen=True, slots=True)
class Fault:
    """`target`: what it is pointed at. `apply(state, tier, index)` does it to unit or link `index` of a tier.

    `title` names it in menus, `summary` says in one plain line what happens.
    """

    target: Literal["unit", "link"]
    title: str
    summary: str
    apply: Callable[[State, int, int], None]
