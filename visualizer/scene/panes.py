"""Where everything goes when two to four runs stand side by side, in the units of `layout`.

Panes in a row, each with what it lost below it; in several rows what it lost is beside its title, and in low
panes both are beside its stage. One timeline for all, and one caption under it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from visualizer.scene.film_layout import MARGIN
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.primitives import Box

_GAP = 12.0
_BETWEEN = 28.0
_OUTCOME = 74.0
_CAPTION = 46.0
_TITLE = 71.0
_INSET = 24.0
_CLIENTS = 56.0
_LOW = 300.0
"""A pane in several rows that is lower has its words beside its stage."""
_LEAST_CARD = 84.0
_LEAST_GAP = 42.0
_LEAST_PANE = 160.0


@dataclass(frozen=True, slots=True)
class Panes:
    """`whole`: header, timeline, caption and hints of the picture. `frames[k]`: the panel of run k,
    `titles[k]` where it says which design it is, `outcomes[k]` what it lost; `rooms[k]`: the layout of its
    stage.
    """

    whole: Layout
    frames: tuple[Box, ...]
    titles: tuple[Box, ...]
    outcomes: tuple[Box, ...]
    rooms: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """How the panes are arranged, and how large one is."""

    columns: int
    rows: int
    width: float
    height: float

    @property
    def beside(self) -> float:
        """How wide the words beside a low pane's stage are; 0 where they are above it."""
        return clamp(0.24 * self.width, 186, 250) if self.rows > 1 and self.height < _LOW else 0.0


@lru_cache(maxsize=16)
def panes(base: Layout, count: int, tiers: int, *, framed: bool) -> Panes:
    """The rooms for `count` runs (2 to 4) of so many tiers; `base` is the layout of one of them alone."""
    whole = _whole(base)
    y = base.stage.y + 4
    room = Box(MARGIN - 7, y, base.width - 2 * MARGIN + 14, whole.timeline.y - _GAP - y)
    grid = _grid(room, count, tiers, portrait=base.portrait)
    frames = tuple(
        Box(
            room.x + number % grid.columns * (grid.width + _BETWEEN),
            room.y + number // grid.columns * (grid.height + _GAP),
            grid.width,
            grid.height,
        )
        for number in range(count)
    )
    places = [_words(frame, grid) for frame in frames]
    return Panes(
        whole=whole,
        frames=frames,
        titles=tuple(title for title, _, _ in places),
        outcomes=tuple(outcome for _, outcome, _ in places),
        rooms=tuple(
            pane(whole, frame, stage, tiers, framed=framed)
            for frame, (_, _, stage) in zip(frames, places, strict=True)
        ),
    )


def _whole(base: Layout) -> Layout:
    """The rooms that all runs share, over the full width."""
    width = base.width - 2 * MARGIN
    foot = base.ledger if base.portrait else base.timeline
    bottom = foot.y + foot.height
    said = max(base.caption.height, 0.0) if base.film else _CAPTION
    caption = Box(MARGIN, bottom - said, width, said)
    height = clamp(0.19 * base.height, 158, 220)
    timeline = Box(MARGIN - 7, caption.y - (4 if said else 0) - height, width + 14, height)
    return replace(
        base,
        header=replace(base.header, width=width),
        stage=replace(base.stage, width=width, height=timeline.y - _GAP - base.stage.y),
        timeline=timeline,
        caption=caption,
        hints=replace(base.hints, width=width),
    )


def _grid(room: Box, count: int, tiers: int, *, portrait: bool) -> _Grid:
    """All in a row, or four as two rows of two; in fewer columns where the cards would get too narrow."""
    most = 1 if portrait else 2 if count == 4 else count
    grids = [_of_columns(room, count, columns) for columns in range(most, 0, -1)]
    high = [grid for grid in grids if grid.height >= _LEAST_PANE] or grids[:1]
    wide = [grid for grid in high if _card_width(grid, tiers) >= _LEAST_CARD]
    return wide[0] if wide else max(high, key=lambda grid: _card_width(grid, tiers))


def _of_columns(room: Box, count: int, columns: int) -> _Grid:
    rows = -(-count // columns)
    width = (room.width - (columns - 1) * _BETWEEN) / columns
    height = (room.height - (rows - 1) * _GAP) / rows
    return _Grid(columns, rows, width, height - (_OUTCOME if rows == 1 else 0))


def _card_width(grid: _Grid, tiers: int) -> float:
    return _across(grid.width - 2 * _INSET - grid.beside, tiers)[2]


def _words(frame: Box, grid: _Grid) -> tuple[Box, Box, Box]:
    """Title, outcome and stage of a pane."""
    x, inner = frame.x + _INSET + 2, frame.width - 2 * _INSET
    if grid.beside:
        title = Box(x, frame.y + 4, grid.beside - 16, 76 if frame.height >= 200 else 56)
        outcome = Box(x, title.y + title.height, title.width, frame.height - title.height - 12)
        left = frame.x + _INSET + grid.beside
        return title, outcome, Box(left, frame.y + 6, inner - grid.beside, frame.height - 12)
    stage = Box(frame.x + _INSET, frame.y + _TITLE, inner, frame.height - _TITLE - 10)
    if grid.rows == 1:
        below = Box(x, frame.y + frame.height + 4, frame.width - _INSET - 2, _OUTCOME - 4)
        return Box(x, frame.y + 8, inner, _TITLE - 8), below, stage
    width = max(0.4 * frame.width, 290) - _INSET
    outcome = Box(x + width, frame.y + 8, frame.width - width - _INSET - 14, _TITLE - 14)
    return Box(x, frame.y + 8, width - 12, _TITLE - 8), outcome, stage


def pane(whole: Layout, frame: Box, stage: Box, tiers: int, *, framed: bool) -> Layout:
    """The layout of one run's stage within its panel; its other rooms are those of the whole picture."""
    top, card_height, between = _rows(stage, framed=framed)
    lead, pitch, card_width = _across(stage.width, tiers)
    used = _CLIENTS + lead + (tiers - 1) * pitch + card_width
    left = stage.x + max(0.0, (stage.width - used) / 2)
    first = left + _CLIENTS + lead
    middle = top + card_height + between / 2
    clients = min(2 * card_height + between - 44, 170.0)
    return replace(
        whole,
        header=Box(stage.x, frame.y + 27, stage.width, 0),
        stage=stage,
        caption=Box(stage.x, frame.y + frame.height + 6, stage.width, 0),
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
    label = clamp(0.09 * stage.height, 22, 32) + (18 if framed else 0)
    least = clamp(stage.height / 2 - label - _LEAST_GAP / 2, 56, 76)
    card = clamp(0.25 * stage.height, least, 130)
    if stage.height - 2 * card - 2 * label < 36:
        label = 4.0
    between = min(stage.height - 2 * card - 2 * label, 300)
    spare = stage.height - 2 * card - 2 * label - between
    return stage.y + label + spare / 2, card, between
