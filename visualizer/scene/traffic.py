"""What runs between the units of a pair: heartbeats, batches, streamed changes; and the gratuitous ARP."""

from __future__ import annotations

import numpy as np

from visualizer.scene.cables import Lanes, lanes
from visualizer.scene.frame import Frame
from visualizer.scene.history import SERVED
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import SHOWN_S, Point, dot_size, rounded_share, wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Primitive, Sprites
from visualizer.sim.event import (
    AddressLearned,
    AnnouncementLost,
    FrameLost,
    HeartbeatSent,
    SyncSent,
    Takeover,
)
from visualizer.sim.knowledge import open_streams

_ANNOUNCED_S = 0.7
"""Wall seconds that an announcement is on its way, at least."""
_LONGEST_US = 60_000_000
"""No frame is looked for further back than this."""
_MOST_CHANGES = 12


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """All frames and announcements on their way."""
    all_lanes = [lanes(setup, layout, tier) for tier, setup in enumerate(frame.setup.tiers)]
    items: list[Primitive] = []
    for tier, lane in enumerate(all_lanes):
        items += _stream(frame, look, layout, tier, lane)
    items += _batches(frame, look, all_lanes)
    items += _heartbeats(frame, look, all_lanes)
    return Part(moving=(*items, *_announcements(frame, look, layout)))


def share_of_way(sent_us: int, due_us: int, now_us: int, look: Look) -> float:
    """How far a frame has come, 0 to 1 and more; none is shown for less than `SHOWN_S`."""
    return (now_us - sent_us) / max(due_us - sent_us, wall_us(look, SHOWN_S))


def _since_us(frame: Frame, look: Look) -> int:
    """What was sent before this has arrived and been shown."""
    latency = max(link.latency_us for tier in frame.setup.tiers for link in tier.links)
    return frame.now_us - max(wall_us(look, SHOWN_S), min(latency, _LONGEST_US))


def _killed(frame: Frame, look: Look) -> set[tuple[int, str, int]]:
    """Frames that have died: (tier, kind, sent)."""
    since_us = _since_us(frame, look)
    lost = frame.history.events.between(FrameLost, since_us, frame.now_us + 1)
    return {(event.tier, event.frame, event.sent_us) for event in lost}


def _heartbeats(frame: Frame, look: Look, all_lanes: list[Lanes]) -> list[Primitive]:
    """Hearts; one that leaves on a cut cable comes as far as the cut."""
    dead = _killed(frame, look)
    points: list[Point] = []
    for event in frame.history.events.between(HeartbeatSent, _since_us(frame, look), frame.now_us + 1):
        due_us = event.at_us if event.due_us is None else event.due_us
        share = share_of_way(event.at_us, due_us, frame.now_us, look)
        end = 0.42 if event.due_us is None else 1.0
        if share < end and (event.tier, "heartbeat", event.at_us) not in dead:
            lane = all_lanes[event.tier]
            points.append((lane.heartbeat_x, lane.y(event.unit, share)))
    return [Sprites("heartbeat", tuple(points), 16, "heartbeat")] if points else []


def _batches(frame: Frame, look: Look, all_lanes: list[Lanes]) -> list[Primitive]:
    """One train for each batch; an empty one is small."""
    dead = _killed(frame, look)
    full: list[Point] = []
    empty: list[Point] = []
    for event in frame.history.events.between(SyncSent, _since_us(frame, look), frame.now_us + 1):
        share = share_of_way(event.at_us, event.due_us, frame.now_us, look)
        if share >= 1 or (event.tier, "sync", event.at_us) in dead:
            continue
        lane = all_lanes[event.tier]
        trains = full if event.sessions or event.transactions or event.full else empty
        trains.append((lane.sync_x, lane.y(event.unit, 0.1 + 0.8 * share)))
    sizes = ((full, 13.0), (empty, 7.0))
    return [Sprites("sync", tuple(points), size, "sync") for points, size in sizes if points]


def _stream(frame: Frame, look: Look, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """Changes that were sent at once, each on its way."""
    state, asked = frame.state, frame.history.requests
    here = state.tiers[tier]
    segments = [*state.streams[tier], *open_streams(state, tier)]
    if not segments:
        return []
    shown_us = max(wall_us(look, SHOWN_S), segments[-1].latency_us)
    first, last = np.searchsorted(asked.times_us, (frame.now_us - shown_us + 1, frame.now_us + 1))
    size = max(dot_size(frame, look, layout), rounded_share(float(last - first), _MOST_CHANGES))
    chosen = asked.every(size, int(first), int(last))
    times = asked.times_us[chosen][asked.status[chosen] == SERVED]
    sent = np.zeros(len(times), dtype=np.bool_)
    for segment in segments:
        alive = (times + segment.latency_us < segment.died_us) | (frame.now_us < segment.died_us)
        sent |= (times >= segment.from_us) & (times < segment.to_us) & alive
    sender = here.streams[-1].sender if here.streams else (here.serving or 0)
    shares = ((frame.now_us - times[sent]) / shown_us).tolist()
    points = tuple((lane.sync_x, lane.y(sender, share)) for share in shares)
    return [Sprites("request", points, 8, "sync")] if points else []


def _announcements(frame: Frame, look: Look, layout: Layout) -> list[Primitive]:
    """The new active tells those before it where to send; one that nobody hears comes half way."""
    events, least_us = frame.history.events, wall_us(look, _ANNOUNCED_S)
    points: list[Point] = []
    for learned in events.between(AddressLearned, frame.now_us - least_us + 1, frame.now_us + _LONGEST_US):
        sent_us = learned.at_us - frame.setup.tiers[learned.tier].convergence_us
        share = (frame.now_us - sent_us) / max(learned.at_us - sent_us, least_us)
        if 0 <= share < 1 and _was_heard(frame, learned):
            train = [share * 1.3 - 0.15 * number for number in range(3)]
            points += [_way(frame, layout, learned.tier, learned.unit, at) for at in train if 0 <= at <= 1]
    way_us = announced_us(look)
    for lost in events.between(AnnouncementLost, frame.now_us - way_us + 1, frame.now_us + 1):
        points.append(announced(frame, layout, lost.tier, lost.unit, (frame.now_us - lost.at_us) / way_us))
    return [Sprites("announce", tuple(points), 15, "announce")] if points else []


def _was_heard(frame: Frame, learned: AddressLearned) -> bool:
    """Whether clients follow since an announcement was heard, and not since their entry has aged out."""
    events, tier = frame.history.events, learned.tier
    takeovers = [e for e in events.between(Takeover, 0, learned.at_us + 1) if e.tier == tier]
    since_us = takeovers[-1].at_us if takeovers else 0
    lost = [e for e in events.between(AnnouncementLost, since_us, learned.at_us + 1) if e.tier == tier]
    return len(lost) < frame.setup.tiers[tier].announcement.count


def announced_us(look: Look) -> int:
    """How long an announcement that nobody hears is seen."""
    return wall_us(look, _ANNOUNCED_S / 2)


def announced(frame: Frame, layout: Layout, tier: int, unit: int, share: float) -> Point:
    """Where an announcement that nobody hears is, which ends half way."""
    return _way(frame, layout, tier, unit, 0.5 * share)


def _way(frame: Frame, layout: Layout, tier: int, unit: int, share: float) -> Point:
    """A place on the way back from a unit to whoever sends to it."""
    card = layout.cards[tier][unit]
    start, end = (card.x, card.y + card.height / 2), layout.apex
    if tier:
        box = layout.cards[tier - 1][frame.state.tiers[tier - 1].directed]
        end = (box.x + box.width, box.y + box.height / 2)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
