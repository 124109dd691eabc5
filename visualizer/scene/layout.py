"""Where everything goes, in logical units: 1600 x 900 of them show as much as the design does.

One unit is never less than three quarters of a pixel: a small window gets fewer units, not smaller letters.
Below 960 x 540 pixels it is that picture, made smaller. Larger text is the same: fewer units, of which no
window has less than 1280 x 720, so that what does not fit is never cut off; it grows as far as there is room.
What a window has more than 16:9, in width or height, goes to the stage and the timeline.
For a class room everything is as large as it can be; caption and timeline have the whole width.
A film has rooms of its own, `film_layout`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from visualizer.scene.film_layout import MARGIN, film_rooms, film_size
from visualizer.scene.look import Look
from visualizer.scene.places import places
from visualizer.scene.primitives import Box

SMALL = 13.5
BODY = 16.0
HEADING_SPACING = 1.3
LEAST_IN_ROOM = 13.4
"""The smallest letters for a class room: 20 pixels where the window has 1920 x 1080."""

_LEAST_SCALE = 0.75
_LEAST_WIDTH, _LEAST_HEIGHT = 960 / _LEAST_SCALE, 540 / _LEAST_SCALE
_LARGEST = 2.0
_TOP = 27.0
_HEADER = 104.0
_GAP = 14.0
_CAPTION, _CAPTION_IN_ROOM = 54.0, 86.0
_HINTS = 44.0
_NOTICE = 34.0


def clamp(value: float, low: float, high: float) -> float:
    """`value`, but not below `low` nor above `high`."""
    return max(low, min(value, high))


@dataclass(frozen=True, slots=True)
class Layout:
    """The rooms of the picture; `cards[tier][unit]` are boxes, `apex` is where the requests set out from.
    `film`: whether they are those of a film.

    `portrait`: the picture is taller than wide, and the ledger lies below everything.
    """

    width: float
    height: float
    header: Box
    stage: Box
    caption: Box
    timeline: Box
    ledger: Box
    hints: Box
    portrait: bool
    ledger_columns: int
    film: bool
    clients: Box
    apex: tuple[float, float]
    cards: tuple[tuple[Box, Box], ...]

    @property
    def compact(self) -> bool:
        """Whether the cards are too narrow for icon and title side by side."""
        return self.cards[0][0].width < 146

    @property
    def roomy(self) -> bool:
        """Whether there is room for larger labels at the cables."""
        return self.cards[0][0].width >= 280

    @property
    def labelled(self) -> bool:
        """Whether there is room for words above and below the two rows."""
        return self.cards[0][0].y - self.stage.y >= 20

    @property
    def gap(self) -> tuple[float, float]:
        """Top and bottom of the room between the two rows."""
        primary, secondary = self.cards[0]
        return primary.y + primary.height, secondary.y

    @property
    def plot(self) -> Box:
        """Where the sawtooth is drawn: x is linear over the whole scenario."""
        room = self.timeline
        return Box(room.x + 30, room.y + 70, room.width - 54, room.height - 70 - 38)


@dataclass(frozen=True, slots=True)
class _Picture:
    """What kind of picture it is, how large, and how much room is below everything."""

    width: float
    height: float
    foot: float
    room: bool
    captions: bool


def layout(look: Look, tiers: int, *, framed: bool = False) -> Layout:
    """The layout for a window and a number of tiers (1 to 8); `framed`: with room for frames around them."""
    foot = _HINTS + 12 if look.chrome else (_NOTICE if look.room else _TOP)
    picture = _Picture(*size(look, tiers), foot, look.room, look.captions)
    return _of_film(picture, tiers, framed) if look.film else _layout(picture, tiers, framed)


def size(look: Look, tiers: int = 1) -> tuple[float, float]:
    """Width and height of the picture in logical units; both have the same number of pixels to one unit."""
    width_px, height_px = look.width_px, look.height_px
    if look.film:
        return film_size(width_px, height_px, tiers, twin=look.comparison is not None)
    text_scale = _LARGEST if look.room else look.text_scale
    scale = max(min(width_px / 1600, height_px / 900), _LEAST_SCALE) * text_scale
    scale = min(scale, width_px / _LEAST_WIDTH, height_px / _LEAST_HEIGHT)
    return width_px / scale, height_px / scale


@lru_cache(maxsize=16)
def _of_film(picture: _Picture, tiers: int, framed: bool) -> Layout:
    width, height = picture.width, picture.height
    rooms = film_rooms(width, height, captions=picture.captions)
    stand = places(rooms.stage, tiers, framed=framed)
    return Layout(
        width=width,
        height=height,
        header=rooms.header,
        stage=rooms.stage,
        caption=rooms.caption,
        timeline=rooms.timeline,
        ledger=rooms.ledger,
        hints=Box(MARGIN, height, rooms.stage.width, 0),
        portrait=rooms.columns > 1,
        ledger_columns=rooms.columns,
        film=True,
        clients=stand.clients,
        apex=stand.apex,
        cards=stand.cards,
    )


@lru_cache(maxsize=16)
def _layout(picture: _Picture, tiers: int, framed: bool) -> Layout:
    width, height, room = picture.width, picture.height, picture.room
    portrait = height > 1.1 * width
    ledger_width = clamp(0.24 * width, 344, 430)
    ledger_height = clamp(0.2 * height, 330, 380)
    bottom = height - picture.foot
    caption_height = (_CAPTION_IN_ROOM if room else _CAPTION) if picture.captions else -_GAP
    if portrait:
        ledger = Box(MARGIN, bottom - ledger_height, width - 2 * MARGIN, ledger_height)
        left_width, bottom = width - 2 * MARGIN, bottom - ledger_height - _GAP
    else:
        ledger = Box(width - MARGIN - ledger_width, _TOP, ledger_width, height - 2 * _TOP)
        left_width = ledger.x - 33 - MARGIN
    timeline_height = clamp(0.235 * height, 176, 300)
    below = width - 2 * MARGIN if room else left_width
    timeline = Box(MARGIN, bottom - timeline_height, below, timeline_height)
    caption = Box(MARGIN, timeline.y - _GAP - caption_height, below, caption_height)
    if room and not portrait:
        ledger = replace(ledger, height=caption.y - _GAP - _TOP)
    header = Box(MARGIN, _TOP, left_width, _HEADER - _TOP)
    stage = Box(MARGIN, _HEADER, left_width, caption.y - 12 - _HEADER)
    stand = places(stage, tiers, framed=framed)
    return Layout(
        width=width,
        height=height,
        header=header,
        stage=stage,
        caption=caption,
        timeline=timeline,
        ledger=ledger,
        hints=Box(
            MARGIN, height - _HINTS - 4, left_width if not portrait else width - 2 * MARGIN, _HINTS - 8
        ),
        portrait=portrait,
        ledger_columns=3 if portrait else 1,
        film=False,
        clients=stand.clients,
        apex=stand.apex,
        cards=stand.cards,
    )
