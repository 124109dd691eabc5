"""Requests: dots from the clients along the path in use; each is at the first tier at its true instant."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

from visualizer.scene.easing import eased
from visualizer.scene.frame import Frame
from visualizer.scene.history import SERVED, Small
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import (
    TRAVEL_S,
    Point,
    dot_size,
    places_of_clients,
    wall_us,
)
from visualizer.scene.part import Part
from visualizer.scene.primitives import Primitive, Role, Sprites
from visualizer.sim.chance import Integers
from visualizer.sim.event import Status
from visualizer.sim.service import STATUSES

Floats = NDArray[np.float64]

_HUNG = STATUSES.index(Status.HUNG)
_REFUSED = STATUSES.index(Status.REFUSED)
_GATHER = 0.18
"""Share of the way that a request needs from its client to the common line."""
_HOP = 14.0
"""Length that passing through a unit counts for."""
_BOUNCE = 110.0
"""How far a refused request is thrown back."""
_SWING_S = 0.3
"""Wall seconds in which the requests under way turn to a new active."""
_FADES = 5


@dataclass(frozen=True, slots=True)
class Route:
    """The way through the tiers. `ends[k]` is the left edge of the k-th unit, `exits[k]` its right edge."""

    apex: Point
    ends: tuple[Point, ...]
    exits: tuple[Point, ...]

    def legs(self) -> list[tuple[float, float, Point, Point]]:
        """(from, to) distance beyond the first tier, and the ends of the line, for each later tier."""
        legs, reached = [], 0.0
        for start, end in zip(self.exits, self.ends[1:], strict=False):
            length = hypot(end[0] - start[0], end[1] - start[1])
            legs.append((reached + _HOP, reached + _HOP + length, start, end))
            reached += _HOP + length
        return legs


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """All dots at this instant: on their way in, on their way through, thrown back."""
    asked = frame.history.requests
    travel_us = wall_us(look, TRAVEL_S)
    pace = _pace(layout)
    last_us = travel_us * (_longest(layout) + _BOUNCE) / pace
    first, last = np.searchsorted(asked.times_us, (frame.now_us - int(last_us), frame.now_us + travel_us))
    size = dot_size(frame, look, layout)
    chosen = asked.every(size, int(first), int(last))
    behind = (frame.now_us - asked.times_us[chosen]) / travel_us
    coming = chosen[behind <= 0]
    points = [_inbound(frame, look, layout, coming, behind[behind <= 0])]
    passed: list[Primitive] = []
    for units, some in _by_route(frame, chosen[behind > 0]):
        gone = (frame.now_us - asked.times_us[some]) / travel_us * pace
        here, thrown = _beyond(_route(layout, units), asked.status[some], asked.fails_at[some], gone)
        points.append(here)
        passed += thrown
    places = tuple(map(tuple, np.concatenate(points).tolist()))
    dots = [Sprites("request", places, 12.5, "request")] if places else []
    return Part(moving=(*dots, *passed))


def _pace(layout: Layout) -> float:
    """Length units that a request covers in its travel time."""
    card = layout.cards[0][0]
    return hypot(card.x - layout.apex[0], card.y + card.height / 2 - layout.apex[1]) / (1 - _GATHER)


def _longest(layout: Layout) -> float:
    legs = _route(layout, [number % 2 for number in range(len(layout.cards))]).legs()
    return legs[-1][1] if legs else 0.0


def _route(layout: Layout, units: list[int]) -> Route:
    boxes = [pair[unit] for pair, unit in zip(layout.cards, units, strict=True)]
    return Route(
        layout.apex,
        tuple((box.x, box.y + box.height / 2) for box in boxes),
        tuple((box.x + box.width, box.y + box.height / 2) for box in boxes),
    )


def _inbound(frame: Frame, look: Look, layout: Layout, chosen: Integers, behind: Floats) -> Floats:
    """From each dot's client to the common line and along it; after a change of address they swing over."""
    places = np.zeros((len(chosen), 2))
    groups = frame.history.requests.group[chosen]
    for group in sorted(set(groups.tolist())):
        of = groups == group
        places[of] = _swinging(frame, look, layout, group, chosen=chosen[of], share=1 + behind[of])
    return places


def _swinging(
    frame: Frame, look: Look, layout: Layout, group: int, *, chosen: Integers, share: Floats
) -> Floats:
    since_us, unit = frame.history.directions.last(group, 0, frame.now_us)
    places = _towards(layout, unit, chosen, share)
    turned = (frame.now_us - since_us) / wall_us(look, _SWING_S)
    before = frame.history.directions.before(group, 0, frame.now_us)
    if turned < 1 and before != unit:
        old = _towards(layout, before, chosen, share)
        places = old + (places - old) * eased(turned)
    return places


def _towards(layout: Layout, unit: int, chosen: Integers, share: Floats) -> Floats:
    """Where dots are that have gone `share` of their way to a unit of the first tier; shape (n, 2)."""
    clients = np.array(places_of_clients(layout))[chosen * 5 % 9]
    card = layout.cards[0][unit]
    apex, end = np.array(layout.apex), np.array((card.x, card.y + card.height / 2))
    gather = (share / _GATHER)[:, None]
    along = ((share - _GATHER) / (1 - _GATHER))[:, None]
    result: Floats = np.where(gather < 1, clients + (apex - clients) * gather, apex + (end - apex) * along)
    return result


def _by_route(frame: Frame, chosen: Integers) -> list[tuple[list[int], Integers]]:
    """Dots that arrived, by the units that the path led through at that instant."""
    asked, turns = frame.history.requests, frame.history.directions
    epochs = np.searchsorted(np.array(turns.times_us, dtype=np.int64), asked.times_us[chosen], side="right")
    keys = epochs * 2 + asked.group[chosen]
    found = []
    for key in sorted(set(keys.tolist())):
        at_us = turns.times_us[key // 2 - 1] if key >= 2 else 0
        units = [turns.unit(key % 2, tier, at_us) for tier in range(len(frame.exposed))]
        found.append((units, chosen[keys == key]))
    return found


def _beyond(route: Route, status: Small, fails_at: Small, gone: Floats) -> tuple[Floats, list[Primitive]]:
    """Dots between later tiers, and those that a dead unit threw back."""
    legs = [(0.0, 0.0, route.ends[0], route.ends[0]), *route.legs()]
    failed = (status != SERVED) & (fails_at >= 0)  # what hung on a dying unit passed all of them
    places = [np.zeros((0, 2))]
    thrown: list[Primitive] = []
    for tier, (low, high, start, end) in enumerate(legs):
        here = (gone >= low) & (gone < high) & ~(failed & (fails_at < tier))
        share = ((gone[here] - low) / max(high - low, 1.0))[:, None]
        places.append(np.array(start) + (np.array(end) - np.array(start)) * share)
        ended = failed & (fails_at == tier) & (gone >= high)
        reach = min(62.0, 0.7 * hypot(end[0] - start[0], end[1] - start[1]) or 62.0)
        for role, mask in _fates(status):
            if role == "request":
                thrown += _swallowed(end, gone[ended & mask] - high)
            else:
                above = (start if tier else route.apex)[1] < end[1]
                side = 1.0 if above else -1.0  # away from the line that they came on
                thrown += _thrown_back(end, gone[ended & mask] - high, (reach, side), role)
    return np.concatenate(places), thrown


def _fates(status: Small) -> list[tuple[Role, NDArray[np.bool_]]]:
    """What becomes of requests that are not served: no answer, refused on purpose, or nobody there."""
    hung, refused = status == _HUNG, status == _REFUSED
    return [("request", hung), ("suspect", refused), ("lost", ~hung & ~refused)]


def _swallowed(end: Point, distance: Floats) -> list[Primitive]:
    """At the unit that does not answer they wait, pale rings one behind the other, and fade."""
    share = distance / _BOUNCE
    items: list[Primitive] = []
    for step in range(_FADES):
        some = share[(share * _FADES).astype(np.int64) == step]
        if len(some):
            points = tuple((float(end[0] - 7 - 30 * one), float(end[1] - 15)) for one in some.tolist())
            items.append(Sprites("acknowledgement", points, 11, "request", 1 - step / _FADES))
    return items


def _thrown_back(end: Point, distance: Floats, reach: tuple[float, float], role: Role) -> list[Primitive]:
    """Back to the left, and up (-1) or down (1), fading; `reach`: how far left, and which of the two."""
    (left, side), share = reach, distance / _BOUNCE
    items: list[Primitive] = []
    for step in range(_FADES):
        some = share[(share * _FADES).astype(np.int64) == step]
        if len(some):
            x = end[0] - 9 - left * some * (1.6 - some * 0.6)
            y = end[1] + side * (9 + 48 * some * (1.5 - 0.5 * some))
            points = tuple(map(tuple, np.stack([x, y], axis=1).tolist()))
            items.append(Sprites("refused", points, 12.5, role, 1 - step / _FADES))
    return items
