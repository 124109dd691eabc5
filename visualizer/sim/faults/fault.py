"""What a fault is, to the engine and to people: one object says all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from visualizer.sim.state import State

Target = Literal["unit", "link", "site", "feed"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`target`: what it is pointed at. `apply(state, tier, index)` does it: to unit or link `index` of a
    tier, or to site or feed `index` (then `tier` is 0 and means nothing).

    `title` names it in menus, `summary` says in one plain line what happens. `past` is what a caption says
    after the name of the target ("was struck by lightning"). `mark` is its mark on the timeline and beside
    the target, an icon of assets/icons. `key` is its hot key (None: only in the menu). `bolt`: a bolt is
    drawn. `mends`: it repairs instead of breaking. `applies(state, tier, index)`: whether it would change
    anything now, so that menus offer only what does something.
    """

    target: Target
    title: str
    summary: str
    past: str
    apply: Callable[[State, int, int], None]
    applies: Callable[[State, int, int], bool]
    mark: str = "bolt"
    key: str | None = None
    bolt: bool = False
    mends: bool = False
