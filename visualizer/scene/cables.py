"""Where the heartbeat and sync lanes of a tier run, and where the middle of its cables is."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.layout import Layout
from visualizer.sim.setup import TierSetup

SHARED = 9.0
"""How far the lanes of one shared cable lie from its middle."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """x of both lanes, and y from the primary down to the secondary."""

    heartbeat_x: float
    sync_x: float
    top: float
    bottom: float
    shared: bool

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def y(self, sender: int, share: float) -> float:
        """Where something is that has gone `share` (0 to 1) of its way from unit `sender` to the other."""
        down = share if sender == 0 else 1 - share
        inset = 8.0
        return self.top + inset + down * (self.bottom - self.top - 2 * inset)


def lanes(setup: TierSetup, layout: Layout, tier: int) -> Lanes:
    """The lanes of a tier; close together when one cable carries both."""
    card = layout.cards[tier][0]
    top, bottom = layout.gap
    shared = setup.heartbeat.link == setup.sync.link
    if shared:
        middle = card.x + card.width / 2
        return Lanes(middle - SHARED, middle + SHARED, top, bottom, shared)
    return Lanes(card.x + 0.2 * card.width, card.x + 0.8 * card.width, top, bottom, shared)
