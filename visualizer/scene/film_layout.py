"""Where everything goes in a film, in logical units: larger than in a window, for it may be seen on a phone.

Three shapes: wide, with the ledger at the side; tall, with everything below each other; and about square,
with the ledger beside the timeline. Nobody touches a film, so there is no foot; what it does not need is not
there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from visualizer.scene.primitives import Box

Shape = Literal["wide", "square", "tall"]

MARGIN = 40.0
_WIDE, _TALL = 1.25, 0.8
"""Width by height: from here on, and below."""
_UNITS: dict[Shape, tuple[float, float]] = {"wide": (1440, 810), "square": (840, 840), "tall": (740, 1000)}
_OF_TWINS = (1600.0, 900.0)
"""So many units are at least across and down."""
_FEW = 3
_TIER = 84.0
"""In how many tiers fit into these, and how wide each one more is."""
_TOP, _HEADER = 27.0, 104.0
_GAP = 14.0


@dataclass(frozen=True, slots=True)
class FilmRooms:
    """The rooms, and how many columns the ledger has."""

    header: Box
    stage: Box
    caption: Box
    timeline: Box
    ledger: Box
    columns: int


def shape_of(width: float, height: float) -> Shape:
    """Which of the three a picture of these sides is."""
    if width >= _WIDE * height:
        return "wide"
    return "tall" if width < _TALL * height else "square"


def film_size(width_px: int, height_px: int, tiers: int, *, twin: bool) -> tuple[float, float]:
    """Width and height in units; there are more of them for many tiers side by side and for several runs."""
    shape = shape_of(width_px, height_px)
    across, down = _OF_TWINS if twin and shape == "wide" else _UNITS[shape]
    if shape != "wide":
        across += max(tiers - _FEW, 0) * _TIER
    scale = min(width_px / across, height_px / down)
    return width_px / scale, height_px / scale


def film_rooms(width: float, height: float, *, captions: bool) -> FilmRooms:
    """The rooms of a film of that size in units."""
    inner = width - 2 * MARGIN
    match shape_of(width, height):
        case "wide":
            ledger = Box(width - MARGIN - 344, _TOP, 344, height - 2 * _TOP)
            inner = ledger.x - 33 - MARGIN
            timeline = _above(height - _TOP, max(0.235 * height, 172), inner)
            caption = 68.0
        case "square":
            timeline = _above(height - _TOP, max(0.235 * height, 208), inner - 272 - _GAP)
            ledger = Box(timeline.x + timeline.width + _GAP, timeline.y, 272, timeline.height)
            caption = 84.0
        case "tall":
            ledger = _above(height - MARGIN, 216, inner)
            timeline = _above(ledger.y - _GAP, max(0.18 * height, 190), inner)
            caption = 126.0
    said = _above(timeline.y - _GAP, caption if captions else -_GAP, inner)
    return FilmRooms(
        header=Box(MARGIN, _TOP, inner, _HEADER - _TOP),
        stage=Box(MARGIN, _HEADER, inner, said.y - 12 - _HEADER),
        caption=said,
        timeline=timeline,
        ledger=ledger,
        columns=2 if shape_of(width, height) == "tall" else 1,
    )


def _above(bottom: float, height: float, width: float) -> Box:
    return Box(MARGIN, bottom - height, width, height)
