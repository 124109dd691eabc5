"""The lines: data paths from the clients through the tiers, and the cables between the units of a pair."""

from __future__ import annotations

from visualizer.scene import wording
from visualizer.scene.cables import SHARED, Lanes, lanes
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Ring, Role, Sprites, Text
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import TierSetup


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Paths, cables with their targets, and how far each sync period has run."""
    still: list[Primitive] = [*_paths(frame, layout)]
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    for tier, setup in enumerate(frame.setup.tiers):
        lane = lanes(setup, layout, tier)
        for link, box in _boxes(setup, lane).items():
            name = f"link:{tier}:{link}"
            targets[name] = box
            still += _cable(frame, setup, lane, tier, link)
            if name in (look.hover, look.focus):
                role: Role = "focus" if name == look.focus else "text_dim"
                still.append(Rectangle(box.x, box.y, box.width, box.height, None, role, 1.5, 8))
        still += _labels(frame, layout, tier, lane)
        moving += _ring(frame, layout, tier, lane)
    return Part(tuple(still), tuple(moving), targets)


def _paths(frame: Frame, layout: Layout) -> list[Primitive]:
    """From the clients to the first pair, and from each unit to both of the next; the path in use on top."""
    dim: list[Primitive] = []
    bright: list[Primitive] = []
    before = [(layout.apex, True)]
    for tier, here in enumerate(frame.state.tiers):
        after = []
        for unit, card in enumerate(layout.cards[tier]):
            used_here = unit == here.directed
            entry = (card.x, card.y + card.height / 2)
            for start, used_before in before:
                if used_here and used_before:
                    bright.append(Path((start, entry), "link", 2.5))
                else:
                    dim.append(Path((start, entry), "link_dim", 2))
            after.append(((card.x + card.width, entry[1]), used_here))
        before = after
    return [*dim, *bright]


def _boxes(setup: TierSetup, lane: Lanes) -> dict[int, Box]:
    """Link index -> generous hit box."""
    height = lane.bottom - lane.top
    if lane.shared:
        x = (lane.heartbeat_x + lane.sync_x) / 2
        return {setup.sync.link: Box(x - 26, lane.top, 52, height)}
    return {
        setup.heartbeat.link: Box(lane.heartbeat_x - 16, lane.top, 32, height),
        setup.sync.link: Box(lane.sync_x - 16, lane.top, 32, height),
    }


def _cable(frame: Frame, setup: TierSetup, lane: Lanes, tier: int, link: int) -> list[Primitive]:
    """The lanes on one cable; a cut one has a hole in the middle and says so."""
    up = frame.state.links[tier][link].up
    pieces = [(lane.top, lane.bottom)] if up else _halves(lane)
    items: list[Primitive] = []
    if lane.shared:
        x = (lane.heartbeat_x + lane.sync_x) / 2 - 2 * SHARED
        items += [Rectangle(x, a, 4 * SHARED, b - a, "track", alpha=0.35, radius=4) for a, b in pieces]
    for low, high in pieces:
        if link == setup.heartbeat.link:
            at = lane.heartbeat_x
            items.append(Path(((at, low), (at, high)), "link_dim" if up else "struck", 2.5, (4, 6)))
        if link == setup.sync.link:
            at = lane.sync_x
            items.append(Path(((at, low), (at, high)), "link_dim", 5))
    return items if up else [*items, *_break(lane, setup, link)]


def _halves(lane: Lanes) -> list[tuple[float, float]]:
    return [(lane.top, lane.middle - 15), (lane.middle + 15, lane.bottom)]


def _break(lane: Lanes, setup: TierSetup, link: int) -> list[Primitive]:
    """Torn ends, and the word."""
    x = lane.heartbeat_x if link == setup.heartbeat.link else lane.sync_x
    half = 10.0
    if lane.shared:
        x, half = (lane.heartbeat_x + lane.sync_x) / 2, 2 * SHARED
    torn: list[Primitive] = []
    for y in (lane.middle - 15, lane.middle + 15):
        points = tuple((x - half + half * step / 2, y + (3.5 if step % 2 else -3.5)) for step in range(5))
        torn.append(Path(points, "struck", 2))
    return [*torn, Text(x, lane.middle + 4.5, "CUT", 12, "struck", "bold", "centre")]


def _labels(frame: Frame, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """What runs on the cable and how often: beside the first pair, and wherever it differs from that."""
    setup, first = frame.setup.tiers[tier], frame.setup.tiers[0]
    if layout.compact:
        return _legend(frame, layout) if tier == 0 else []
    items: list[Primitive] = []
    heartbeat, sync = heartbeat_label(setup), sync_label(setup)
    if tier == 0:
        x = lane.heartbeat_x - (24 if lane.shared else 15)
        room = x - layout.apex[0] - 40
        items.append(Text(x, lane.middle + 5, heartbeat, 14.5, "heartbeat", anchor="right", max_width=room))
    if tier == 0 or any(sync_label(other) != sync_label(first) for other in frame.setup.tiers):
        items.append(_sync_text(layout, tier, lane, sync))
    return items


def _sync_text(layout: Layout, tier: int, lane: Lanes, content: str) -> Text:
    """Right of a shared cable, else inside, left of the sync lane."""
    card = layout.cards[tier][0]
    if lane.shared:
        x = lane.sync_x + 54
        room = card.x + card.width + 29 - x if len(layout.cards) > 1 else 160
        return Text(x, lane.middle + 5, content, 14.5, "sync", max_width=room)
    x = lane.sync_x - 12
    return Text(
        x, lane.middle + 27, content, 14.5, "sync", anchor="right", max_width=x - lane.heartbeat_x - 12
    )


def _ring(frame: Frame, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """How far the sync period has run, where there is one."""
    setup = frame.setup.tiers[tier]
    if not POLICIES[setup.sync.policy].ticks:
        return []
    left_us = frame.state.tiers[tier].sync_us - frame.now_us
    share = 1 - min(max(left_us / setup.sync.interval_us, 0.0), 1.0)
    radius = 8.0 if layout.compact else 13.0
    x = lane.sync_x + 34 if lane.shared else lane.sync_x - 14 - radius
    idle = frame.state.tiers[tier].channel is None
    return [
        Ring(x, lane.middle, radius, radius * 0.32, 1, "track"),
        Ring(x, lane.middle, radius, radius * 0.32, round(share, 3), "sync", 0.3 if idle else 1.0),
    ]


def _legend(frame: Frame, layout: Layout) -> list[Primitive]:
    """Where the cards stand too close for labels: one line under the rows."""
    setup = frame.setup.tiers[0]
    label = " / ".join(dict.fromkeys(sync_label(tier).removeprefix("sync ") for tier in frame.setup.tiers))
    label = f"sync {label}"
    card = layout.cards[-1][1]
    right, y = card.x + card.width, card.y + card.height + 20
    return [
        Sprites("heartbeat", ((right - 268, y - 5),), 13, "heartbeat"),
        Text(right - 258, y, heartbeat_label(setup), SMALL, "heartbeat", max_width=126),
        Sprites("sync", ((right - 118, y - 5),), 5, "sync"),
        Text(right - 108, y, label, SMALL, "sync", max_width=108),
    ]


def heartbeat_label(setup: TierSetup) -> str:
    """The heartbeat's period in words."""
    return f"heartbeat {wording.duration(setup.heartbeat.interval_us)}"


def sync_label(setup: TierSetup) -> str:
    """How state is copied, in words."""
    policy = POLICIES[setup.sync.policy]
    if policy.ticks:
        return f"sync {wording.duration(setup.sync.interval_us)}"
    return "sync at once" if policy.streams else "no sync"
