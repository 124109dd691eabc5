"""What is lost falls: sessions from the unit that held them, frames from the cable that they were on."""

from __future__ import annotations

from visualizer.scene.cables import lanes
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import FALL_S, Point, noise, rounded_share, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Sprites
from visualizer.scene.traffic import announced, announced_us, share_of_way
from visualizer.sim.event import AnnouncementLost, Demoted, FrameLost, SetAside, StateLost, UnitStruck

_MOST_CROSSES = 30
_FADES = 8


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Crosses that fall for some seconds; the card says how many sessions they stand for."""
    events = frame.history.events
    fall_us = wall_us(look, FALL_S)
    items: list[Primitive] = []
    for lost in events.between(StateLost, frame.now_us - fall_us + 1, frame.now_us + 1):
        share = (frame.now_us - lost.at_us) / fall_us
        count = lost.sessions or lost.transactions or lost.entries
        rooms = _rooms(frame, layout, lost)
        marks = -(-count // rounded_share(count, _MOST_CROSSES))
        for number, room in enumerate(rooms):
            items += _crosses(room, -(-marks // len(rooms)), share, lost.at_us + number)
    for frame_lost in events.between(FrameLost, frame.now_us - fall_us + 1, frame.now_us + 1):
        items += _fallen_frame(frame, look, layout, frame_lost)
    way_us = announced_us(look)
    for unheard in events.between(
        AnnouncementLost, frame.now_us - fall_us - way_us + 1, frame.now_us - way_us + 1
    ):
        share = (frame.now_us - way_us - unheard.at_us) / fall_us
        items += _fallen_announcement(
            announced(frame, layout, unheard.tier, unheard.unit, 1.0), share, layout
        )
    return Part(moving=tuple(items))


def _rooms(frame: Frame, layout: Layout, lost: StateLost) -> list[Box]:
    """Where they fall: under each unit that died, stepped down or was set aside; or about the cable."""
    events = frame.history.events
    at_us = lost.at_us
    span = at_us, at_us + 1
    gone = {event.unit for event in events.between(UnitStruck, *span) if event.tier == lost.tier}
    gone |= {event.unit for event in events.between(Demoted, *span) if event.tier == lost.tier}
    gone |= {event.unit for event in events.between(SetAside, *span) if event.tier == lost.tier}
    top, bottom = layout.gap
    card = layout.cards[lost.tier][0]
    if not gone:
        middle = (top + bottom) / 2
        return [Box(card.x, middle + 8, card.width, (bottom - top) * 0.4)]
    foot = layout.cards[lost.tier][1].y + card.height
    above = Box(card.x, top + 8, card.width, (bottom - top) * 0.82)
    named = 0.42 * card.width if lost.tier == 0 else 0.0  # there is the name of the row
    below = Box(card.x + named, foot + 6, card.width - named, max(layout.caption.y - 8 - foot, 30.0))
    return [above if unit == 0 else below for unit in sorted(gone)]


def _crosses(room: Box, count: int, share: float, seed: int) -> list[Primitive]:
    by_fade: dict[int, list[Point]] = {}
    for number in range(count):
        delay = 0.22 * noise(seed, number, 1)
        own = min(max((share - delay) / (1 - delay), 0.0), 1.0)
        x = room.x + room.width * (0.04 + 0.92 * noise(seed, number, 2))
        reach = 0.35 + 0.65 * noise(seed, number, 3)
        y = room.y + room.height * (0.14 * noise(seed, number, 4) + 0.86 * reach * own**1.3)
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


def _fallen_announcement(place: Point, share: float, layout: Layout) -> list[Primitive]:
    """It drops from where nobody heard it."""
    x, y = place
    alpha = round((1 - share) * _FADES) / _FADES
    return [
        Sprites("lost", ((x - 12 * share, y + (layout.gap[1] - y) * 0.6 * share**1.6),), 15, "lost", alpha)
    ]
