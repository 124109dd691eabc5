"""Where clients and cards stand on the stage: one group, centred; few tiers get larger cards."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.primitives import Box

_CLIENTS = 84.0
_UNDER_CLIENTS = 36.0
"""What a dot stands for."""
_LABEL, _FRAMED_LABEL = 25.0, 52.0
"""Room above and below the cards for the names of the rows; with frames of sites around them more."""


@dataclass(frozen=True, slots=True)
class Places:
    """`apex` is where the requests set out from, `cards[tier][unit]` are boxes."""

    clients: Box
    apex: tuple[float, float]
    cards: tuple[tuple[Box, Box], ...]


@dataclass(frozen=True, slots=True)
class _Measures:
    """`card`: height of a card as a part of the stage's; `share`: of a tier's pitch that its card takes."""

    card: float
    widest: float
    pitch: float
    lead: float
    share: float


def places(stage: Box, tiers: int, *, framed: bool) -> Places:
    """The places for 1 to 8 tiers; `framed`: with room for frames around them."""
    measures = _measures(tiers)
    top, card_height, between = _rows(stage, measures, framed=framed)
    room = stage.width - _CLIENTS
    lead = min(max(room / (tiers + 2.8), 56.0), measures.lead)
    pitch = min((room - lead) / (tiers - 1 + measures.share), measures.pitch)
    card_width = min(measures.share * pitch, measures.widest)
    used = _CLIENTS + lead + (tiers - 1) * pitch + card_width
    left = stage.x + max(0.0, (stage.width - used) / 2)
    middle = top + card_height + between / 2
    first = left + _CLIENTS + lead
    cards = tuple(
        (
            Box(first + tier * pitch, top, card_width, card_height),
            Box(first + tier * pitch, top + card_height + between, card_width, card_height),
        )
        for tier in range(tiers)
    )
    below = stage.y + stage.height - middle - _UNDER_CLIENTS
    height = min(2 * card_height + between, 230.0 if tiers == 1 else 190.0, 2 * below)
    return Places(Box(left, middle - height / 2, 64, height), (left + _CLIENTS, middle), cards)


def _measures(tiers: int) -> _Measures:
    if tiers == 1:
        return _Measures(card=0.285, widest=340, pitch=480, lead=330, share=0.72)
    if tiers == 2:
        return _Measures(card=0.27, widest=290, pitch=410, lead=300, share=0.72)
    return _Measures(card=0.245, widest=250, pitch=340, lead=300, share=0.72 if tiers < 5 else 0.82)


def _rows(stage: Box, measures: _Measures, *, framed: bool) -> tuple[float, float, float]:
    """Top of the primary row, height of a card, and the room between the rows."""
    label = _FRAMED_LABEL if framed else _LABEL
    card_height = min(max(measures.card * stage.height - (16 if framed else 0), 76.0), 180.0)
    lead = 4.0 if framed else min(max(0.05 * stage.height, 4.0), 60.0)
    spare = stage.height - 2 * card_height - 2 * label - lead
    between = min(spare, 420.0)
    return stage.y + lead + label + (spare - between) / 2, card_height, between
