"""Requests: dots from the clients along the path in use; each is at the first tier at its true instant."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np
from numpy.typing import NDArray

from visualizer.scene.frame import Frame
from visualizer.scene.history import SERVED
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.motion import (
    TRAVEL_S,
    Point,
    dot_size,
    eased,
    places_of_clients,
    wall_us,
)
from visualizer.scene.part import Part
from visualizer.scene.primitives import Primitive, Role, Sprites
from visualizer.sim.chance import Integers
from visualizer.sim.event import AddressLearned, Status
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
    size = dot_size(frame, look)
    chosen = np.arange(-(-first // size) * size, last, size)
    behind = (frame.now_us - asked.times_us[chosen]) / travel_us
    coming = chosen[behind <= 0]
    points = _inbound(frame, look, layout, coming, behind[behind <= 0])
    passed: list[Primitive] = []
    for units, group in _by_route(frame, chosen[behind > 0]):
        gone = (frame.now_us - asked.times_us[group]) / travel_us * pace
        here, thrown = _beyond(_route(layout, units), asked.status[group], asked.fails_at[group], gone)
        points = np.concatenate([points, here])
        passed += thrown
    places = tuple(map(tuple, points.tolist()))
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
        tuple((box.x, box.y + box.height / 2) for box in boxes),
        tuple((box.x + box.width, box.y + box.height / 2) for box in boxes),
    )


def _inbound(frame: Frame, look: Look, layout: Layout, chosen: Integers, behind: Floats) -> Floats:
    """From each dot's client to the common line and along it; after a change of address they swing over."""
    learned = [e for e in frame.history.events.between(AddressLearned, 0, frame.now_us + 1) if e.tier == 0]
    unit = learned[-1].unit if learned else 0
    places = _towards(layout, unit, chosen, 1 + behind)
    if learned:
        turned = (frame.now_us - learned[-1].at_us) / wall_us(look, _SWING_S)
        before = learned[-2].unit if len(learned) > 1 else 0
        if turned < 1 and before != unit:
            old = _towards(layout, before, chosen, 1 + behind)
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
    if not len(chosen):
        return []
    changes = np.array([e.at_us for e in frame.history.events.all(AddressLearned)], dtype=np.int64)
    epochs = np.searchsorted(changes, frame.history.requests.times_us[chosen], side="right")
    groups = []
    for epoch in sorted(set(epochs.tolist())):
        at_us = int(changes[epoch - 1]) if epoch else -1
        units = [frame.history.directed(tier, at_us) for tier in range(len(frame.exposed))]
        groups.append((units, chosen[epochs == epoch]))
    return groups


def _beyond(
    route: Route, status: Integers, fails_at: Integers, gone: Floats
) -> tuple[Floats, list[Primitive]]:
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
                thrown += _thrown_back(end, gone[ended & mask] - high, reach, role)
    return np.concatenate(places), thrown


def _fates(status: Integers) -> list[tuple[Role, NDArray[np.bool_]]]:
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


def _thrown_back(end: Point, distance: Floats, reach: float, role: Role) -> list[Primitive]:
    """Back to the left by `reach` and down, fading."""
    share = distance / _BOUNCE
    items: list[Primitive] = []
    for step in range(_FADES):
        some = share[(share * _FADES).astype(np.int64) == step]
        if len(some):
            x = end[0] - 8 - reach * some * (1.6 - some * 0.6)
            y = end[1] + 46 * some**2
            points = tuple(map(tuple, np.stack([x, y], axis=1).tolist()))
            items.append(Sprites("refused", points, 12.5, role, 1 - step / _FADES))
    return items
