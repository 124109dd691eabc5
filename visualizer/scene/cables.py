"""The lanes of heartbeats and copies between two units, and the cable under them: its kind, its condition."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import say, translated
from visualizer.scene.layout import Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.motion import Point
from visualizer.scene.primitives import Icon, Path, Primitive, Rectangle, Role, Text
from visualizer.sim.setup import TierSetup
from visualizer.sim.state import Link
from visualizer.story import condition

SHARED = 9.0
"""How far the lanes of one shared cable lie from its middle."""

_TORN = 15.0
_SIGN = 12.5


@dataclass(frozen=True, slots=True)
class Lanes:
    """x of both lanes, and y from the primary down to the secondary."""

    heartbeat_x: float
    sync_x: float
    top: float
    bottom: float
    shared: bool

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    def y(self, sender: int, share: float) -> float:
        """Where something is that has gone `share` (0 to 1) of its way from unit `sender` to the other."""
        down = share if sender == 0 else 1 - share
        inset = 8.0
        return self.top + inset + down * (self.bottom - self.top - 2 * inset)


def lanes(setup: TierSetup, layout: Layout, tier: int) -> Lanes:
    """The lanes of a tier; close together when one cable carries both."""
    card = layout.cards[tier][0]
    top, bottom = layout.gap
    shared = setup.heartbeat.link == setup.sync.link
    if shared:
        middle = card.x + card.width / 2
        return Lanes(middle - SHARED, middle + SHARED, top, bottom, shared)
    return Lanes(card.x + 0.2 * card.width, card.x + 0.8 * card.width, top, bottom, shared)


def middle_x(setup: TierSetup, lane: Lanes, link: int) -> float:
    """The middle of a cable."""
    if lane.shared:
        return (lane.heartbeat_x + lane.sync_x) / 2
    return lane.heartbeat_x if link == setup.heartbeat.link else lane.sync_x


def cable(state: Link, setup: TierSetup, lane: Lanes, link: int) -> list[Primitive]:
    """The lanes on one cable: a serial one has plugs, a degraded one is frayed, a cut one has a hole."""
    wrong = condition.all_of_link(state)
    pieces = [(lane.top, lane.bottom)]
    if condition.CUT in wrong:
        pieces = [(lane.top, lane.middle - _TORN), (lane.middle + _TORN, lane.bottom)]
    serial = setup.links[link].kind == "serial"
    items: list[Primitive] = []
    for low, high in pieces:
        items += _band(lane, low, high, serial=serial) if lane.shared else []
        if link == setup.heartbeat.link:
            role: Role = "struck" if condition.CUT in wrong else "link_dim"
            if condition.NO_HEARTBEATS in wrong or condition.DEGRADED in wrong:
                role = "suspect"
            items += _line(lane.heartbeat_x, low, high, role, wrong, serial=serial, dash=(4, 6))
        if link == setup.sync.link:
            role = "suspect" if condition.DEGRADED in wrong else "link_dim"
            items += _line(lane.sync_x, low, high, role, wrong, serial=serial, dash=None)
    if serial:
        items += _plugs(setup, lane, link)
    return [*items, *_break(lane, setup, link)] if condition.CUT in wrong else items


def _band(lane: Lanes, low: float, high: float, *, serial: bool) -> list[Primitive]:
    x = (lane.heartbeat_x + lane.sync_x) / 2 - 2 * SHARED
    edge: Role | None = "link" if serial else None
    band = Rectangle(x, low, 4 * SHARED, high - low, "track", radius=4, alpha=0.35)
    if edge is None:
        return [band]
    sides = (x, x + 4 * SHARED)
    return [band, *(Path(((at, low), (at, high)), edge, 1.4) for at in sides)]


def _line(
    x: float,
    low: float,
    high: float,
    role: Role,
    wrong: tuple[condition.Condition, ...],
    *,
    serial: bool,
    dash: tuple[float, float] | None,
) -> list[Primitive]:
    """Heartbeats dashed, copies solid; two wires when serial; frayed when degraded."""
    if condition.DEGRADED in wrong:
        return [Path(_frayed(x, low, high), role, 2 if dash else 2.6, dash)]
    if serial:
        tone: Role = "link" if role == "link_dim" else role
        return [Path(((x + off, low), (x + off, high)), tone, 1.4, dash) for off in (-2.5, 2.5)]
    return [Path(((x, low), (x, high)), role, 2.5 if dash else 5, dash)]


def _frayed(x: float, low: float, high: float) -> tuple[Point, ...]:
    steps = max(2, round((high - low) / 7))
    step = (high - low) / steps
    inner = [(x + (4.0 if number % 2 else -4.0), low + number * step) for number in range(1, steps)]
    return ((x, low), *inner, (x, high))


def _plugs(setup: TierSetup, lane: Lanes, link: int) -> list[Primitive]:
    """A plug at either end."""
    x, half = middle_x(setup, lane, link), 2 * SHARED + 3 if lane.shared else 9.0
    ends = (lane.top, lane.bottom - 7)
    return [Rectangle(x - half, y, 2 * half, 7, "link", "standby", 1, 2.5) for y in ends]


def _break(lane: Lanes, setup: TierSetup, link: int) -> list[Primitive]:
    """Torn ends, and the word."""
    x, half = middle_x(setup, lane, link), 2 * SHARED if lane.shared else 10.0
    torn: list[Primitive] = []
    for y in (lane.middle - _TORN, lane.middle + _TORN):
        points = tuple((x - half + half * step / 2, y + (3.5 if step % 2 else -3.5)) for step in range(5))
        torn.append(Path(points, "struck", 2))
    return [
        *torn,
        Text(x, lane.middle + 4.5, translated(condition.CUT.sign), 12.5, "struck", "bold", "centre"),
    ]


def signs(state: Link, setup: TierSetup, lane: Lanes, link: int, *, compact: bool) -> list[Primitive]:
    """On a cable that is up and not well: a mark and a word above its middle, in a narrow place the mark."""
    wrong = [each for each in condition.all_of_link(state) if each is not condition.CUT]
    if not wrong:
        return []
    words = "" if compact and not lane.shared else translated(wrong[0].sign)
    return _pill(setup, lane, link, (tuple(each.icon for each in wrong), words), "suspect")


def healed(setup: TierSetup, lane: Lanes, link: int, *, compact: bool) -> list[Primitive]:
    """The cable was broken, and has just been made whole."""
    return _pill(setup, lane, link, (("heal",), "" if compact else say("HEALED")), "active")


def _pill(
    setup: TierSetup, lane: Lanes, link: int, says: tuple[tuple[str, ...], str], role: Role
) -> list[Primitive]:
    """Marks and a word on a plate."""
    icons, words = says
    width = 17.0 * len(icons) + 7 + (text_width(words, _SIGN, "semibold") + 5 if words else 0)
    x = middle_x(setup, lane, link) - width / 2
    y = lane.middle - max(21.0, 0.27 * (lane.bottom - lane.top))
    items: list[Primitive] = [Rectangle(x, y - 9.5, width, 19, "card", role, 1.2, 9.5)]
    for number, icon in enumerate(icons):
        items.append(Icon(x + 12 + 17 * number, y, icon, 14, role))
    if words:
        items.append(Text(x + 17 * len(icons) + 5, y + 4.5, words, _SIGN, role, "semibold"))
    return items
