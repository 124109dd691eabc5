"""What is lost falls: sessions from the unit that held them, frames from the cable that they were on."""

from __future__ import annotations

from visualizer.scene.cables import lanes
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import FALL_S, Point, noise, rounded_share, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Sprites
from visualizer.scene.traffic import share_of_way
from visualizer.sim.event import Demoted, FrameLost, StateLost, UnitStruck

_MOST_CROSSES = 30
_FADES = 8


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Crosses that fall for some seconds; the card says how many sessions they stand for."""
    events = frame.history.events
    fall_us = wall_us(look, FALL_S)
    items: list[Primitive] = []
    for lost in events.between(StateLost, frame.now_us - fall_us + 1, frame.now_us + 1):
        share = (frame.now_us - lost.at_us) / fall_us
        room = _room(frame, layout, lost)
        count = lost.sessions or lost.transactions
        items += _crosses(room, -(-count // rounded_share(count, _MOST_CROSSES)), share, lost.at_us)
    for frame_lost in events.between(FrameLost, frame.now_us - fall_us + 1, frame.now_us + 1):
        items += _fallen_frame(frame, look, layout, frame_lost)
    return Part(moving=tuple(items))


def _room(frame: Frame, layout: Layout, lost: StateLost) -> Box:
    """Where the crosses fall: under the unit that died or stepped down, or about the cable that broke."""
    events = frame.history.events
    at_us = lost.at_us
    gone = [e.unit for e in events.between(UnitStruck, at_us, at_us + 1) if e.tier == lost.tier]
    gone += [e.unit for e in events.between(Demoted, at_us, at_us + 1) if e.tier == lost.tier]
    top, bottom = layout.gap
    card = layout.cards[lost.tier][gone[-1] if gone else 0]
    if gone and gone[-1] == 1:
        start = card.y + 0.6 * card.height
        return Box(card.x, start, card.width, layout.caption.y - 14 - start)
    if not gone:
        top = (top + bottom) / 2
    return Box(card.x, top + 8, card.width, (bottom - top) * 0.82)


def _crosses(room: Box, count: int, share: float, seed: int) -> list[Primitive]:
    by_fade: dict[int, list[Point]] = {}
    for number in range(count):
        delay = 0.3 * noise(seed, number, 1)
        own = min(max((share - delay) / (1 - delay), 0.0), 1.0)
        x = room.x + room.width * (0.04 + 0.92 * noise(seed, number, 2))
        reach = 0.35 + 0.65 * noise(seed, number, 3)
        y = room.y + room.height * (0.12 * noise(seed, number, 4) + 0.88 * reach * own**1.5)
        drift = 18 * (noise(seed, number, 5) - 0.5) * own
        by_fade.setdefault(round(_FADES * own**1.6), []).append((x + drift, y))
    return [
        Sprites("lost", tuple(points), 10.5, "lost", 1 - fade / _FADES)
        for fade, points in sorted(by_fade.items())
        if fade < _FADES
    ]


def _fallen_frame(frame: Frame, look: Look, layout: Layout, lost: FrameLost) -> list[Primitive]:
    """A heartbeat or batch drops from where it was when its cable died."""
    lane = lanes(frame.setup.tiers[lost.tier], layout, lost.tier)
    share = (frame.now_us - lost.at_us) / wall_us(look, FALL_S)
    way = min(share_of_way(lost.sent_us, lost.due_us, lost.at_us, look), 1.0)
    x = lane.heartbeat_x if lost.frame == "heartbeat" else lane.sync_x
    y = lane.y(lost.unit, way)
    fallen = y + (lane.bottom - 6 - y) * share**1.6
    alpha = round((1 - share) * _FADES) / _FADES
    return [Sprites("lost", ((x + 16 * share, fallen),), 15, "lost", alpha)]
