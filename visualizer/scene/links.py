"""The cables between the units of a pair: what they carry, how well, and how often."""

from __future__ import annotations

from visualizer.language import say, say_as, translated
from visualizer.scene import wording
from visualizer.scene.cables import SHARED, Lanes, cable, healed, lanes, signs
from visualizer.scene.frame import Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL, Layout
from visualizer.scene.lettering import box_of, fitting, text_width
from visualizer.scene.look import Look
from visualizer.scene.motion import wall_us
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Ring, Role, Sprites, Text
from visualizer.sim.event import LinkChanged
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Setup, TierSetup
from visualizer.sim.state import RUNNING
from visualizer.story import condition

_PLAIN = "periodic"
_HEART = 18.0
_HEALED_S = 2.0
"""Wall seconds that a cable says that it is whole again."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Cables with their targets, and how far each sync period has run."""
    still: list[Primitive] = []
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    for tier, setup in enumerate(frame.setup.tiers):
        lane = lanes(setup, layout, tier)
        for link, box in boxes(frame.setup, layout, tier).items():
            name = f"link:{tier}:{link}"
            targets[name] = box
            still += cable(frame.state.links[tier][link], setup, lane, link)
            moving += signs(frame.state.links[tier][link], setup, lane, link, compact=layout.compact)
            if _just_healed(frame, look, tier, link):
                moving += healed(setup, lane, link, compact=layout.compact)
            if name in (look.hover, look.focus):
                role: Role = "focus" if name == look.focus else "text_dim"
                width = 2.5 if name == look.focus else 1.5
                still.append(Rectangle(box.x, box.y, box.width, box.height, None, role, width, 8))
        still += _labels(frame, layout, tier, lane)
        moving += _ring(frame, layout, tier, lane)
    return Part(tuple(still), tuple(moving), targets)


def _just_healed(frame: Frame, look: Look, tier: int, link: int) -> bool:
    since_us = frame.now_us - wall_us(look, _HEALED_S) + 1
    changes = frame.history.events.between(LinkChanged, since_us, frame.now_us + 1)
    mine = [change for change in changes if (change.tier, change.link) == (tier, link)]
    return bool(mine) and mine[-1].up and not condition.all_of_link(frame.state.links[tier][link])


def boxes(whole: Setup, layout: Layout, tier: int) -> dict[int, Box]:
    """Link index of a tier -> generous hit box."""
    setup = whole.tiers[tier]
    lane = lanes(setup, layout, tier)
    height = lane.bottom - lane.top
    if lane.shared:
        x = (lane.heartbeat_x + lane.sync_x) / 2
        return {setup.sync.link: Box(x - 26, lane.top, 52, height)}
    return {
        setup.heartbeat.link: Box(lane.heartbeat_x - 16, lane.top, 32, height),
        setup.sync.link: Box(lane.sync_x - 16, lane.top, 32, height),
    }


def _labels(frame: Frame, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """What runs on the cable and how often: beside the first pair, and wherever it differs from that."""
    setup, first = frame.setup.tiers[tier], frame.setup.tiers[0]
    if layout.compact:
        return _legend(frame, layout) if tier == 0 and layout.labelled else []
    items: list[Primitive] = []
    held = waiting(frame, tier)
    if tier == 0:
        items += _heartbeat_text(frame, layout, tier, lane)
    if tier == 0 or held or any(sync_forms(other) != sync_forms(first) for other in frame.setup.tiers):
        forms = held or sync_forms(setup)
        items += _sync_text(frame, layout, tier, forms, "struck" if held else "sync")
    return items


def written(frame: Frame, layout: Layout, tier: int) -> list[Box]:
    """Where the words beside the cables of a tier stand, with the heart before them."""
    if layout.compact:
        return []
    lane = lanes(frame.setup.tiers[tier], layout, tier)
    found = [box_of(item) for item in _labels(frame, layout, tier, lane) if isinstance(item, Text)]
    return [Box(box.x - _HEART, box.y, box.width + _HEART, box.height) for box in found]


def _heartbeat_text(frame: Frame, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """A heart and its period, left of the lane; below it what kind of cable that is."""
    setup = frame.setup.tiers[tier]
    x = lane.heartbeat_x - (24 + _aside(frame, tier) if lane.shared else 15)
    room = x - layout.apex[0] - 40
    said, size = fitting(heartbeat_forms(setup), _size(layout), 12.5, room - 20)
    items: list[Primitive] = [
        Text(x, lane.middle + 5, said, size, "heartbeat", anchor="right"),
        Sprites("heartbeat", ((x - text_width(said, size) - 8, lane.middle),), 13, "heartbeat"),
    ]
    kind = setup.links[setup.heartbeat.link].kind
    words = kind_of_cable(kind, both=lane.shared)
    if (_high(layout) or kind == "serial") and text_width(words, SMALL) <= room:
        items.append(Text(x, lane.middle + 25, words, SMALL, "text_dim", anchor="right"))
    return items


def _sync_text(
    frame: Frame, layout: Layout, tier: int, forms: tuple[str, ...], role: Role
) -> list[Primitive]:
    """Right of a shared cable, else inside, left of the sync lane."""
    setup = frame.setup.tiers[tier]
    lane = lanes(setup, layout, tier)
    ring = POLICIES[setup.sync.policy].ticks
    if lane.shared:
        x = lane.sync_x + (54 if ring else 24) + _aside(frame, tier)
        half = layout.cards[0][0].width / 2  # the lane of a shared cable is in the middle of its card
        room = lane.sync_x - SHARED + half + 29 - x if len(layout.cards) > 1 else 160
        said, size = fitting(forms, _size(layout), 12.5, room)
        return [Text(x, lane.middle + 5, said, size, role)] if text_width(said, size) <= room else []
    aside = max(14.0, _half_of_cut())
    x, y = lane.sync_x - aside, lane.middle + (28 if ring else 5)
    if lane.bottom - y < 8:  # not under the ring: left of it
        x, y = x - 36, lane.middle + 5
    said, size = fitting(forms, _size(layout), 12.5, x - lane.heartbeat_x - 12)
    items: list[Primitive] = [Text(x, y, said, size, role, anchor="right")]
    if _high(layout):
        kind = kind_of_cable(setup.links[setup.sync.link].kind)
        items.append(Text(x, y + 20, kind, SMALL, "text_dim", anchor="right"))
    return items


def _aside(frame: Frame, tier: int) -> float:
    """How far what stands beside a shared cable makes way for the word of a cut."""
    cable = frame.state.links[tier][frame.setup.tiers[tier].sync.link]
    cut = condition.CUT in condition.all_of_link(cable)
    return max(_half_of_cut() - SHARED - 21, 0.0) if cut else 0.0


def _half_of_cut() -> float:
    """From the middle of a cable to what stands beside the word of a cut."""
    return text_width(translated(condition.CUT.sign), 12.5, "bold") / 2 + 5


def _high(layout: Layout) -> bool:
    """Whether there is room between the rows for the kinds of the cables."""
    top, bottom = layout.gap
    return layout.roomy and bottom - top >= 124


def _size(layout: Layout) -> float:
    return 17.0 if layout.roomy else 14.5


def _ring(frame: Frame, layout: Layout, tier: int, lane: Lanes) -> list[Primitive]:
    """How far the sync period has run, where there is one."""
    setup = frame.setup.tiers[tier]
    up = frame.state.links[tier][setup.sync.link].up
    if not POLICIES[setup.sync.policy].ticks or not (up or lane.shared):
        return []
    left_us = frame.state.tiers[tier].sync_us - frame.now_us
    share = 1 - min(max(left_us / setup.sync.interval_us, 0.0), 1.0)
    radius = 8.0 if layout.compact else 13.0
    x = lane.sync_x + 34 + _aside(frame, tier) if lane.shared else lane.sync_x - 14 - radius
    idle = frame.state.tiers[tier].channel is None
    return [
        Ring(x, lane.middle, radius, radius * 0.32, 1, "track"),
        Ring(x, lane.middle, radius, radius * 0.32, round(share, 3), "sync", 0.3 if idle else 1.0),
    ]


def _legend(frame: Frame, layout: Layout) -> list[Primitive]:
    """Where the cards stand too close for labels: one line under the rows, right of the row's name."""
    setup = frame.setup.tiers[0]
    (first, _), *others = dict.fromkeys((sync_forms(t), t.sync.policy == _PLAIN) for t in frame.setup.tiers)
    label = " / ".join([first[0], *(forms[-1 if plain else 0] for forms, plain in others)])
    beats = heartbeat_forms(setup)[0]
    if any(setup.links[setup.heartbeat.link].kind == "serial" for setup in frame.setup.tiers):
        beats = say("{heartbeat}, serial", heartbeat=beats)
    short = " / ".join(dict.fromkeys(forms[-1] for forms, _ in ((first, True), *others)))
    name = text_width(say("SECONDARY"), SMALL, letter_spacing=HEADING_SPACING)
    card = layout.cards[-1][1]
    right, y = card.x + card.width, card.y + card.height + 20
    room = (right - layout.cards[0][1].x - max(140, name + 60)) / 2
    label, size = fitting((label, short), SMALL, 11.0, room)
    beats, of_beats = fitting((beats, heartbeat_forms(setup)[-1]), SMALL, 11.0, room)
    width = min(text_width(label, size), room)
    end = right - width - 10
    beats_width = min(text_width(beats, of_beats), room)
    left = end - 28 - beats_width
    return [
        Sprites("heartbeat", ((left - 10, y - 5),), 13, "heartbeat"),
        Text(left, y, beats, of_beats, "heartbeat", max_width=beats_width),
        Sprites("sync", ((end, y - 5),), 5, "sync"),
        Text(right - width, y, label, size, "sync", max_width=width),
    ]


def kind_of_cable(kind: str, *, both: bool = False) -> str:
    """What a cable is, and whether heartbeats and copies share it."""
    if kind == "serial":
        return say("serial cable for both") if both else say("serial cable")
    return say("network cable for both") if both else say("network cable")


def heartbeat_forms(setup: TierSetup) -> tuple[str, str]:
    """The heartbeat's period in words, and shorter."""
    every = wording.duration(setup.heartbeat.interval_us)
    return say("heartbeat {every}", every=every), every


def sync_forms(setup: TierSetup) -> tuple[str, ...]:
    """How state is copied: the name of the policy, for the plain one its period; and shorter."""
    name = setup.sync.policy
    policy = POLICIES[name]
    if not policy.copies:
        return (say("no sync"),)
    said, every = translated(name), wording.duration(setup.sync.interval_us)
    if not policy.ticks:
        return (said,)
    if name == _PLAIN:
        return say("sync {every}", every=every), every
    return say("{policy} {every}", policy=said, every=every), every


def waiting(frame: Frame, tier: int) -> tuple[str, ...]:
    """What has become of a policy that waits for the standby, and shorter; () while all is well."""
    here = frame.state.tiers[tier]
    if not POLICIES[frame.setup.tiers[tier].sync.policy].waits or here.serving is None:
        return ()
    if here.requests_wait:
        return () if here.channel else (say("requests wait"), say_as("requests", "wait"))
    if all(unit.role in RUNNING for unit in here.units):
        return say("fell back"), say_as("fell back", "back")
    return say("runs alone"), say_as("runs alone", "alone")
