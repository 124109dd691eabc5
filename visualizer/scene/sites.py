"""Where the units stand and what powers them: labelled frames, and the bands of parallel columns."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Icon, Primitive, Rectangle, Role, Text
from visualizer.scene.wording import duration
from visualizer.sim.setup import US_PER_S, Setup

_ABOVE, _BELOW, _ROOM = 32.0, 35.0, 8.0
"""From the cards to the frame: where the label is, at the foot, and between the two rows."""
_ICON = 16.0

_Label = tuple[str, str, str, Role]
"""(target, icon, words, colour)."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Units of one site side by side: tiers `first` to `last` in one row (0, 1) or in both (None)."""

    site: int
    row: int | None
    first: int
    last: int


def framed(setup: Setup) -> bool:
    """Whether any unit stands in a site, so that the layout needs room for frames."""
    return any(site is not None for tier in setup.tiers for site in tier.sites)


def stands(setup: Setup) -> list[Stand]:
    """Neighbours of one site in one frame; what lies the same way in both rows in one high frame."""
    rows = [_runs(setup, row) for row in (0, 1)]
    both = [stand for stand in rows[0] if any(_same(stand, other) for other in rows[1])]
    high = [Stand(stand.site, None, stand.first, stand.last) for stand in both]
    single = [stand for row in rows for stand in row if not any(_same(stand, other) for other in both)]
    return sorted([*high, *single], key=lambda stand: (stand.site, stand.first, stand.row or 0))


def _same(one: Stand, other: Stand) -> bool:
    return (one.site, one.first, one.last) == (other.site, other.first, other.last)


def _runs(setup: Setup, row: int) -> list[Stand]:
    found: list[Stand] = []
    for tier, here in enumerate(setup.tiers):
        site = here.sites[row]
        if site is None:
            continue
        before = found[-1] if found else None
        if before and before.site == site and before.last == tier - 1:
            found[-1] = Stand(site, row, before.first, tier)
        else:
            found.append(Stand(site, row, tier, tier))
    return found


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Bands of columns, frames, labels; the label of a site and of its feed can be pointed at."""
    items: list[Primitive] = [*_bands(frame, layout)]
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    drawn: dict[str, int] = {}
    for stand in stands(frame.setup):
        box = _box(stand, layout)
        feed = frame.setup.sites[stand.site].feed
        power = None if feed is None else feed_standing(frame, feed)
        dark = power is not None and power.dark
        edge: Role = "struck" if dark else "link"
        items.append(Rectangle(box.x, box.y, box.width, box.height, "panel", radius=15, alpha=0.55))
        items.append(Rectangle(box.x, box.y, box.width, box.height, None, edge, 1.5, 15))
        line = box.y if stand.row in (0, None) else box.y + box.height
        named: list[_Label] = [
            (f"site:{stand.site}", "site", frame.setup.sites[stand.site].title, "text_dim")
        ]
        if power is not None:
            named.append((f"feed:{feed}", power.icon, power.words, power.role))
        for name, place, parts in _placed(box, line, named, both=stand.row is None):
            again = drawn.get(name, 0)
            drawn[name] = again + 1
            name = f"{name}:{again}" if again else name  # noqa: PLW2901 - drawn again, so called again
            targets[name] = place
            items += _plate(place, name, look)
            moving += parts
    return Part(tuple(items), tuple(moving), targets)


def _bands(frame: Frame, layout: Layout) -> list[Primitive]:
    """Parallel columns: a band along each row says that it stands or falls as one."""
    if frame.setup.path != "parallel" or len(layout.cards) == 1:
        return []
    items: list[Primitive] = []
    for row in (0, 1):
        first, last = layout.cards[0][row], layout.cards[-1][row]
        x, y = first.x - 4, first.y + 0.2 * first.height
        width = last.x + last.width + 4 - x
        items.append(Rectangle(x, y, width, 0.6 * first.height, "track", radius=10, alpha=0.55))
    return items


def _box(stand: Stand, layout: Layout) -> Box:
    side = min(10.0, _between(layout) / 2 - 2)
    first = layout.cards[stand.first][stand.row or 0]
    last = layout.cards[stand.last][1 if stand.row is None else stand.row]
    top = first.y - (_ROOM if stand.row == 1 else _ABOVE)
    bottom = last.y + last.height + (_ROOM if stand.row == 0 else _BELOW)
    return Box(first.x - side, top, last.x + last.width - first.x + 2 * side, bottom - top)


def _between(layout: Layout) -> float:
    if len(layout.cards) == 1:
        return 24.0
    one, other = layout.cards[0][0], layout.cards[1][0]
    return other.x - one.x - one.width


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """What a feed's label says. `dark`: its sites have no power."""

    words: str
    icon: str
    role: Role
    dark: bool


def feed_standing(frame: Frame, feed: int) -> FeedStanding:
    """How a feed stands at the playhead."""
    setup = frame.setup.feeds[feed]
    shared = sum(site.feed == feed for site in frame.setup.sites) > 1
    title = f"{setup.title}, shared" if shared else setup.title
    state = frame.state.feeds[feed]
    match state.condition:
        case "ok":
            return FeedStanding(title, "power", "text_dim", dark=False)
        case "generator":
            return FeedStanding(f"{title}: generator", "generator", "active", dark=False)
        case "failed":
            left_us = max(state.since_us + setup.ups_us - frame.now_us, 0)
            seconds = duration(-(-left_us // US_PER_S) * US_PER_S)
            return FeedStanding(f"{title}: batteries {seconds}", "battery", "suspect", dark=False)
        case _:
            return FeedStanding(f"{title}: no power", "power_off", "struck", dark=True)


def _placed(
    box: Box, line: float, named: list[_Label], *, both: bool
) -> list[tuple[str, Box, list[Primitive]]]:
    """All on one line; in a frame around both rows what does not fit there is on the other."""
    needed = sum(text_width(words, SMALL, "semibold") + _ICON + 20 for _, _, words, _ in named)
    if not both or needed <= box.width - 24:
        return _labels(box, line, named)
    return [*_labels(box, line, named[:1]), *_labels(box, box.y + box.height, named[1:])]


def _labels(box: Box, line: float, named: list[_Label]) -> list[tuple[str, Box, list[Primitive]]]:
    """(target, its plate, what stands on it) side by side on a line, as wide as there is room."""
    x, end = box.x + 14, box.x + box.width - 10
    if end - x < 60:
        x, end = box.x + 3, box.x + box.width - 3
    found: list[tuple[str, Box, list[Primitive]]] = []
    for number, (name, icon, words, role) in enumerate(named):
        left = end - x - (len(named) - number - 1) * (_ICON + 14)
        width = text_width(words, SMALL, "semibold")
        room = min(width + 1, left - _ICON - 14)
        parts: list[Primitive] = [Icon(x + 5 + _ICON / 2, line, icon, _ICON, role)]
        if room >= min(width, 24):
            text = Text(x + _ICON + 9, line + 4.5, words, SMALL, role, "semibold", max_width=room)
            parts.append(text)
        plate = Box(x, line - 11, _ICON + 14 + (room if len(parts) > 1 else -4), 22)
        found.append((name, plate, parts))
        x += plate.width + 4
    return found


def _plate(place: Box, name: str, look: Look) -> list[Primitive]:
    """What interrupts the frame's line, so that the label can be read."""
    focus, hover = look.focus == name, look.hover == name
    edge: Role | None = "focus" if focus else ("text_dim" if hover else None)
    width = 2.5 if focus else (1.0 if hover else 0.0)
    under = Rectangle(place.x, place.y, place.width, place.height, "background", radius=8)
    return [under, Rectangle(place.x, place.y, place.width, place.height, "card", edge, width, 8)]
