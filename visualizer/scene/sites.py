"""Where the units stand and what powers them: labelled frames, and the bands of parallel columns."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import say, translated
from visualizer.scene.frame import Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL, Layout
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.power import feed_standing
from visualizer.scene.primitives import Box, Primitive, Rectangle, Role, Text
from visualizer.scene.site_labels import Label, placed, plate
from visualizer.sim.setup import Setup
from visualizer.sim.state import Role as UnitRole

_ABOVE, _BELOW, _ROOM = 41.0, 44.0, 8.0
"""From the cards to the frame: where the label is, at the foot, and between the two rows."""


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
    """Bands of columns, frames, names of rows, labels: those of a site and of its feed can be pointed at."""
    items: list[Primitive] = [*_bands(frame, layout)]
    names = _row_names(frame, layout)
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    drawn: dict[str, int] = {}
    for stand in stands(frame.setup):
        box = frame_of(stand, layout)
        feed = frame.setup.sites[stand.site].feed
        power = None if feed is None else feed_standing(frame, feed)
        dark = power is not None and power.dark
        edge: Role = "struck" if dark else "link"
        items.append(Rectangle(box.x, box.y, box.width, box.height, "panel", radius=15, alpha=0.55))
        items.append(Rectangle(box.x, box.y, box.width, box.height, None, edge, 1.5, 15))
        line = box.y if stand.row in (0, None) else box.y + box.height
        title = translated(frame.setup.sites[stand.site].title)
        named = [Label(f"site:{stand.site}", "site", (title,), "text_dim")]
        if power is not None:
            named.append(
                Label(f"feed:{feed}", power.icon, (power.words, power.short), power.role, power.left)
            )
        for name, place, parts in placed(box, line, named, both=stand.row is None):
            again = drawn.get(name, 0)
            drawn[name] = again + 1
            name = f"{name}:{again}" if again else name  # noqa: PLW2901 - drawn again, so called again
            targets[name] = place
            items += plate(place, hover=look.hover == name, focus=look.focus == name)
            moving += parts
    return Part((*items, *names), tuple(moving), targets)


def _row_names(frame: Frame, layout: Layout) -> list[Primitive]:
    """The names of the two rows; in parallel paths they are columns."""
    if not layout.labelled:
        return []
    primary, secondary = layout.cards[0]
    column = frame.setup.path == "parallel" and len(layout.cards) > 1 and not layout.compact
    x = primary.x + (2.0 if framed(frame.setup) else -8.0)
    names = (say("PRIMARY"), say("SECONDARY"))
    if column:
        names = (say("PRIMARY COLUMN"), say("SECONDARY COLUMN"))
    rows = zip(names, (primary.y - 11, secondary.y + secondary.height + 20), strict=True)
    return [Text(x, y, name, SMALL, "text_dim", letter_spacing=HEADING_SPACING) for name, y in rows]


def _bands(frame: Frame, layout: Layout) -> list[Primitive]:
    """Parallel columns: a band along each row says that it stands or falls as one, and how it stands."""
    if frame.setup.path != "parallel" or len(layout.cards) == 1:
        return []
    items: list[Primitive] = []
    for row in (0, 1):
        first, last = layout.cards[0][row], layout.cards[-1][row]
        x, y = first.x - 9, first.y + 0.14 * first.height
        width, height = last.x + last.width + 9 - x, 0.72 * first.height
        fill, alpha = _band_colour(frame, row)
        items.append(Rectangle(x, y, width, height, fill, radius=12, alpha=alpha))
        items.append(Rectangle(x, y, width, height, None, fill, 1.2, 12, alpha=min(2.2 * alpha, 1)))
    return items


def _band_colour(frame: Frame, row: int) -> tuple[Role, float]:
    """In office, out of use because one of its units failed, or waiting."""
    roles = [here.units[row].role for here in frame.state.tiers]
    if UnitRole.SET_ASIDE in roles or UnitRole.DOWN in roles:
        return "struck", 0.16
    if all(role is UnitRole.ACTIVE for role in roles):
        return "active", 0.16
    return "track", 0.55


def frame_of(stand: Stand, layout: Layout) -> Box:
    """The frame of units that stand together."""
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
