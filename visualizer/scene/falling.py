"""What is lost falls: sessions from the unit that held them, frames from the cable that they were on."""

from __future__ import annotations

from visualizer.scene.cables import lanes
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.losses import target_of_loss
from visualizer.scene.motion import FALL_S, Point, noise, rounded_share, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Primitive, Sprites
from visualizer.scene.traffic import announced, announced_us, share_of_way
from visualizer.sim.event import AnnouncementLost, Demoted, FrameLost, SetAside, UnitStruck
from visualizer.sim.state import Loss

_MOST_CROSSES = 30
_FADES = 8
_LYING = 0.3
_REACH = 9.0
"""Half the side of what a click on a cross hits."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Crosses that fall for some seconds; the card says how many sessions they stand for."""
    events = frame.history.events
    fall_us = wall_us(look, FALL_S)
    items: list[Primitive] = []
    targets: dict[str, Box] = {}
    for number, loss in enumerate(frame.state.losses):
        share = (frame.now_us - loss.at_us) / fall_us
        if share >= 1:
            continue
        names = _names(loss)
        falling = _falling(_rooms(frame, layout, loss), len(names), _shown(share, look), loss.at_us + number)
        items += _crosses(falling)
        for name, (point, fade) in zip(names, falling, strict=True):
            if name and fade < _FADES:
                targets[name] = Box(point[0] - _REACH, point[1] - _REACH, 2 * _REACH, 2 * _REACH)
    items += [_ring(targets[name]) for name in {look.hover, look.focus} & targets.keys() if name]
    for frame_lost in events.between(FrameLost, frame.now_us - fall_us + 1, frame.now_us + 1):
        items += _fallen_frame(frame, look, layout, frame_lost)
    for unheard in _unheard(frame, look):
        share = (frame.now_us - announced_us(look) - unheard.at_us) / fall_us
        place = announced(frame, layout, unheard.tier, unheard.unit, 1.0)
        items += _fallen_announcement(place, share, layout)
    return Part(moving=tuple(items), targets=targets)


def _unheard(frame: Frame, look: Look) -> list[AnnouncementLost]:
    """Announcements that have come as far as they do, and fall."""
    until_us = frame.now_us - announced_us(look)
    return frame.history.events.between(AnnouncementLost, until_us - wall_us(look, FALL_S) + 1, until_us + 1)


def _shown(share: float, look: Look) -> float:
    """How far the fall is drawn; with less motion what is lost lies where it was, then it is gone."""
    return _LYING if look.reduced_motion else share


def _names(loss: Loss) -> list[str]:
    """The targets of the crosses: each is drawn for one lost session, or stands for some more after it."""
    whole = loss.sessions
    if not len(whole) and not len(loss.transaction_us):
        whole = loss.entry_sessions  # another tier has lost the same sessions at this instant
    if len(whole):
        each = rounded_share(len(whole), _MOST_CROSSES)
        return [target_of_loss(session) for session in whole[::each].tolist()]
    each = rounded_share(len(loss.transaction_us), _MOST_CROSSES)
    of, times = loss.transaction_session[::each], loss.transaction_us[::each]
    return [target_of_loss(*pair) for pair in zip(of.tolist(), times.tolist(), strict=True)]


def _ring(box: Box) -> Primitive:
    """Around a cross that can be asked why."""
    return Disc(box.x + _REACH, box.y + _REACH, _REACH + 1, None, "focus", 2)


def _rooms(frame: Frame, layout: Layout, lost: Loss) -> list[Box]:
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


def _falling(rooms: list[Box], count: int, share: float, seed: int) -> list[tuple[Point, int]]:
    """Where each cross is, and how far it has faded, of `_FADES`."""
    found: list[tuple[Point, int]] = []
    for number in range(count):
        room = rooms[number % len(rooms)]
        delay = 0.22 * noise(seed, number, 1)
        own = min(max((share - delay) / (1 - delay), 0.0), 1.0)
        x = room.x + room.width * (0.04 + 0.92 * noise(seed, number, 2))
        reach = 0.35 + 0.65 * noise(seed, number, 3)
        y = room.y + room.height * (0.14 * noise(seed, number, 4) + 0.86 * reach * own**1.3)
        drift = 18 * (noise(seed, number, 5) - 0.5) * own
        found.append(((x + drift, y), round(_FADES * own**1.6)))
    return found


def _crosses(falling: list[tuple[Point, int]]) -> list[Primitive]:
    by_fade: dict[int, list[Point]] = {}
    for point, fade in falling:
        by_fade.setdefault(fade, []).append(point)
    return [
        Sprites("lost", tuple(points), 10.5, "lost", 1 - fade / _FADES)
        for fade, points in sorted(by_fade.items())
        if fade < _FADES
    ]


def _fallen_frame(frame: Frame, look: Look, layout: Layout, lost: FrameLost) -> list[Primitive]:
    """A heartbeat or batch drops from where it was when its cable died."""
    lane = lanes(frame.setup.tiers[lost.tier], layout, lost.tier)
    share = _shown((frame.now_us - lost.at_us) / wall_us(look, FALL_S), look)
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
