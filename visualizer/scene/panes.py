"""Where everything goes when two to four runs stand side by side, in the units of `layout`.

Panes in a row, each with what it lost below it; in two rows or in a column, beside its title. One timeline
for all, and one caption under it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from visualizer.scene.layout import MARGIN, Layout, clamp
from visualizer.scene.primitives import Box

_GAP = 12.0
_BETWEEN = 28.0
_OUTCOME = 74.0
_CAPTION = 46.0
_TITLE = 74.0
_INSET = 24.0
_CLIENTS = 56.0
_LEAST_CARD = 84.0
_LEAST_PANE = 212.0


@dataclass(frozen=True, slots=True)
class Panes:
    """`whole`: header, timeline, caption and hints of the picture. `frames[k]`: the panel of run k,
    `rooms[k]` the layout of its stage, `outcomes[k]` where what it lost stands.
    """

    whole: Layout
    frames: tuple[Box, ...]
    rooms: tuple[Layout, ...]
    outcomes: tuple[Box, ...]

    @property
    def below(self) -> bool:
        """Whether the outcomes stand below the panes."""
        return self.outcomes[0].y >= self.frames[0].y + self.frames[0].height


@lru_cache(maxsize=16)
def panes(base: Layout, count: int, tiers: int, *, framed: bool) -> Panes:
    """The rooms for `count` runs (2 to 4) of so many tiers; `base` is the layout of one of them alone."""
    whole = _whole(base)
    room = Box(MARGIN - 7, base.stage.y + 4, base.width - 2 * MARGIN + 14, 0)
    room = replace(room, height=whole.timeline.y - _GAP - room.y)
    columns = _columns(room, count, tiers, portrait=base.portrait)
    rows = -(-count // columns)
    below = _OUTCOME if rows == 1 else 0.0
    width = (room.width - (columns - 1) * _BETWEEN) / columns
    height = (room.height - (rows - 1) * _GAP) / rows - below
    places = [(number % columns, number // columns) for number in range(count)]
    frames = tuple(
        Box(room.x + column * (width + _BETWEEN), room.y + row * (height + _GAP), width, height)
        for column, row in places
    )
    return Panes(
        whole=whole,
        frames=frames,
        rooms=tuple(pane(whole, frame, tiers, framed=framed) for frame in frames),
        outcomes=tuple(_outcome(frame, below) for frame in frames),
    )


def _whole(base: Layout) -> Layout:
    """The rooms that all runs share, over the full width."""
    width = base.width - 2 * MARGIN
    foot = base.ledger if base.portrait else base.timeline
    bottom = foot.y + foot.height
    caption = Box(MARGIN, bottom - _CAPTION, width, _CAPTION)
    height = clamp(0.19 * base.height, 142, 220)
    return replace(
        base,
        header=replace(base.header, width=width),
        timeline=Box(MARGIN - 7, caption.y - 4 - height, width + 14, height),
        caption=caption,
        hints=replace(base.hints, width=width),
    )


def _columns(room: Box, count: int, tiers: int, *, portrait: bool) -> int:
    """All in a row, or four as two rows of two; in fewer columns where the cards would get too narrow."""
    if portrait:
        return 1
    first = 2 if count == 4 else count
    fitting = [
        columns
        for columns in range(first, 0, -1)
        if room.height / -(-count // columns) >= _LEAST_PANE
        and _across((room.width - (columns - 1) * _BETWEEN) / columns - 2 * _INSET, tiers)[2] >= _LEAST_CARD
    ]
    return fitting[0] if fitting else first


def _outcome(frame: Box, below: float) -> Box:
    if below:
        return Box(frame.x + 26, frame.y + frame.height + 4, frame.width - 26, below - 4)
    left = frame.x + max(0.4 * frame.width, 290)
    return Box(left, frame.y + 8, frame.x + frame.width - 12 - left, _TITLE - 14)


def pane(whole: Layout, frame: Box, tiers: int, *, framed: bool) -> Layout:
    """The layout of one run's stage within its panel; its other rooms are those of the whole picture."""
    x, width = frame.x + _INSET, frame.width - 2 * _INSET
    stage = Box(x, frame.y + _TITLE, width, frame.height - _TITLE - 10)
    top, card_height, between = _rows(stage, framed=framed)
    lead, pitch, card_width = _across(width, tiers)
    used = _CLIENTS + lead + (tiers - 1) * pitch + card_width
    left = x + max(0.0, (width - used) / 2)
    first = left + _CLIENTS + lead
    middle = top + card_height + between / 2
    clients = min(2 * card_height + between, 170.0)
    return replace(
        whole,
        header=Box(x, frame.y + 27, width, _TITLE - 27),
        stage=stage,
        caption=Box(x, frame.y + frame.height + 6, width, 0),
        clients=Box(left, middle - clients / 2, 44, clients),
        apex=(left + _CLIENTS, middle),
        cards=tuple(
            (
                Box(first + tier * pitch, top, card_width, card_height),
                Box(first + tier * pitch, top + card_height + between, card_width, card_height),
            )
            for tier in range(tiers)
        ),
    )


def _across(width: float, tiers: int) -> tuple[float, float, float]:
    """From the clients to the first card, from card to card, and how wide a card is."""
    lead = clamp((width - _CLIENTS) / (tiers + 2.8), 36, 200)
    room = width - _CLIENTS - lead
    share = 0.68 if room / (tiers - 0.32) > 170 else 0.82
    pitch = min(room / (tiers - 1 + share), 320)
    return lead, pitch, min(share * pitch, 215)


def _rows(stage: Box, *, framed: bool) -> tuple[float, float, float]:
    """Top of the primary row, height of a card, and the room between the rows."""
    card = clamp(0.25 * stage.height, 56, 130)
    label = clamp(0.09 * stage.height, 22, 32) + (18 if framed else 0)
    between = min(stage.height - 2 * card - 2 * label, 300)
    spare = stage.height - 2 * card - 2 * label - between
    return stage.y + label + spare / 2, card, between
