"""The ledger: what was lost and why, what was interrupted, the clocks, the knobs. Never added together."""

from __future__ import annotations

from visualizer.language import translated
from visualizer.scene import beat, knobs
from visualizer.scene import ledger_rows as rows
from visualizer.scene.beat_tries import tries_rows
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, clamp
from visualizer.scene.ledger_clocks import clock_rows, setting_rows, unserved_rows
from visualizer.scene.ledger_lines import Row
from visualizer.scene.look import BeatLook, Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle

_INSET = 26.0
_COLUMN_GAP, _COLUMN_GAP_IN_FILM = 44.0, 20.0
_LEAST, _MOST = 0.66, 1.22
"""How much rows are squeezed and stretched."""

_LOW = 300.0
"""A film's ledger with less height shows less."""
_ROOMY = 0.88
"""Knobs with a wide track are squeezed no more than this; then they have one line each."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """One column at the side, or three below the stage."""
    if look.losses or look.locked or (look.room and look.covered):
        return Part()  # that stands in its place
    room = layout.ledger
    count = layout.ledger_columns
    available = room.height - 2 * _INSET + 6
    columns = _columns(frame, look, count, low=False)
    if look.film:
        columns = _of_film(frame, count, low=available < _LOW)
    elif _natural(columns) * _ROOMY > available:
        columns = _columns(frame, look, count, low=True)
    gap = _COLUMN_GAP_IN_FILM if look.film else _COLUMN_GAP
    width = (room.width - 2 * _INSET - (count - 1) * gap) / count
    stretch = clamp(available / _natural(columns), _LEAST, _MOST)
    items: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "panel_edge", 1, 16)
    ]
    targets: dict[str, Box] = {}
    for number, column in enumerate(columns):
        x, y = room.x + _INSET + number * (width + gap), room.y + _INSET - 6
        for row in column:
            height = row.height * stretch
            if y + height > room.y + room.height - _INSET / 2:
                break  # a window this low shows the first rows, which matter most
            if row.target and row.place:
                targets[row.target] = row.place(x, y, width, height)
            elif row.target:
                targets[row.target] = Box(x - 10, y + 2, width + 20, height)
                items += _pointed(row.target, targets[row.target], look)
            items += row.draw(x, y, width, height)
            y += height
    return Part(moving=tuple(items[1:]), still=(items[0],), targets=targets)


def _pointed(name: str, box: Box, look: Look) -> list[Primitive]:
    """A row that can be clicked, under the pointer or with the focus."""
    if name == look.focus:
        return [Rectangle(box.x, box.y, box.width, box.height, None, "focus", 2.5, 9)]
    return [Rectangle(box.x, box.y, box.width, box.height, "track", radius=9)] if name == look.hover else []


def _against(shown: BeatLook, below: list[Row], look: Look, count: int, *, low: bool) -> list[list[Row]]:
    """Somebody tries to beat it: what all instants say, in the place of what this run says."""
    goal, found = beat.goal_rows(shown, look), beat.found_rows(shown, look, low=low)
    tries, below = tries_rows(shown, low=low), [] if look.room else below
    return [[*goal, *tries], found, below] if count == 3 else [[*goal, *found, *tries, *below]]


def _natural(columns: list[list[Row]]) -> float:
    return max(sum(row.height for row in column) for column in columns)


def _of_film(frame: Frame, count: int, *, low: bool) -> list[list[Row]]:
    """What happened, and no settings; in a low place what was lost, and where there are two columns why."""
    lost = [*rows.lost_rows(frame), *rows.verdict_rows(frame)]
    causes = rows.cause_rows(frame)
    if count > 1:
        return [lost, [*causes, *unserved_rows(frame)]]
    if low:
        return [lost]
    return [
        [
            *lost,
            *causes,
            *rows.interruption_rows(frame),
            *rows.doubt_rows(frame),
            *clock_rows(frame, frame.tier),
        ]
    ]


def _columns(frame: Frame, look: Look, count: int, *, low: bool) -> list[list[Row]]:
    turned = look.knobs if look.hands_on else None
    tier = frame.tier if turned is None else turned.tier
    lost = [*rows.lost_rows(frame), *rows.verdict_rows(frame)]
    causes = [*rows.cause_rows(frame), *rows.interruption_rows(frame), *rows.doubt_rows(frame)]
    clocks = clock_rows(frame, tier)
    settings = setting_rows(frame)
    if turned is not None:
        title = translated(frame.setup.tiers[tier].title) if len(frame.setup.tiers) > 1 else None
        settings = knobs.rows(look, title, low=low or look.beat is not None)
    if look.beat:
        return _against(look.beat, settings, look, count, low=low)
    if look.room:  # what a class is to remember, and no more
        short = rows.cause_rows(frame)
        return [lost, short, []] if count == 3 else [[*lost, *short]]
    if count == 3:
        return [[*lost, *clocks], causes, settings]
    return [[*lost, *causes, *clocks, *settings]]
