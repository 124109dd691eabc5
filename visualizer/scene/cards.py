"""The units: a card each, with its role in words and colour, what it holds, and what only it holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.language import say, thousands, translated
from visualizer.scene.frame import Frame
from visualizer.scene.layout import SMALL, Layout, clamp
from visualizer.scene.lettering import fitting, fitting_size, text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Disc, Icon, Primitive, Rectangle, Ring, Text, Weight
from visualizer.scene.primitives import Role as Colour
from visualizer.scene.progress import progress
from visualizer.scene.targets import fault_of_click
from visualizer.scene.units import Badge, Standing, standing
from visualizer.scene.wording import within
from visualizer.sim.command import UnitTarget
from visualizer.sim.faults import FAULTS

_LEAST, _LEAST_IN_FILM = 13.4, 11.0
"""What is set smaller would be enlarged in a class room."""
_SMALL_ICON = 16.0
"""In a narrow card."""
_HIGH = 105.0
"""A card with room for a title on two lines."""
_LOW = 76.0
_LOW_LINES = ((0, 26, 44, 67, 73, 87, 110), (0, 0.25, 0.475, 0.68, 0.76, 0.84, 1))
"""Below this height: lines of the design's card, and at which share of the height they are."""


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """All cards."""
    still: list[Primitive] = []
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    for tier, pair in enumerate(layout.cards):
        for unit, box in enumerate(pair):
            name = f"unit:{tier}:{unit}"
            targets[name] = box
            card = _Card(frame, layout, tier, unit, box, standing(frame, tier, unit), look.locked)
            still += card.fixed(hover=look.hover == name, focus=look.focus == name)
            if look.hover == name and not look.locked:
                still += card.invitation()
            moving += card.changing()
            if card.standing.lost and not look.locked:
                targets[f"losses:{name}"] = card.place_of_lost()
    return Part(tuple(still), tuple(moving), targets)


@dataclass(frozen=True, slots=True)
class _Card:
    """One card while it is drawn; lengths are shares of the card's height, so that it grows with it."""

    frame: Frame
    layout: Layout
    tier: int
    unit: int
    box: Box
    standing: Standing
    locked: bool

    @property
    def _unit_height(self) -> float:
        """The design's card is 110 high."""
        return self.box.height / 110

    @property
    def _left(self) -> float:
        return self.box.x + (7 if self.layout.compact else 13)

    @property
    def _least(self) -> float:
        """The smallest letters of a title."""
        return _LEAST_IN_FILM if self.layout.film else _LEAST

    @property
    def _inner(self) -> float:
        return self.box.width - 2 * (self._left - self.box.x)

    def _y(self, of_110: float) -> float:
        """Where a line goes; in a low card the lines stay as far apart as their letters need."""
        if self.box.height >= _LOW:
            return self.box.y + of_110 * self._unit_height
        return self.box.y + float(np.interp(of_110, *_LOW_LINES)) * self.box.height

    def fixed(self, *, hover: bool, focus: bool) -> list[Primitive]:
        """Box, icon, title and role."""
        box, edge = self.box, self.standing.edge
        fill: Colour = "card_struck" if self.standing.dead else "card"
        items: list[Primitive] = []
        if hover:
            halo = Rectangle(
                box.x - 5, box.y - 5, box.width + 10, box.height + 10, None, "bolt_glow", 1.5, 15
            )
            items.append(halo)
        if focus:
            around = Rectangle(box.x - 6, box.y - 6, box.width + 12, box.height + 12, None, "focus", 2.5, 16)
            items.append(around)
        items.append(Rectangle(box.x, box.y, box.width, box.height, fill, edge, self.standing.edge_width, 11))
        return [*items, *self._head()]

    def invitation(self) -> list[Primitive]:
        """What a click does, and what it would cost here: beside the name of the row."""
        name = fault_of_click(self.frame.state, UnitTarget(self.tier, self.unit))
        hidden = not self.layout.labelled or (self.layout.compact and self.unit == 1)
        if name is None or self.standing.dead or hidden:
            return []
        fault = FAULTS[name]
        cost = f"−{thousands(self._exposed())}" if self._exposed() else say("no loss")
        what = within(translated(fault.title))
        words = say("{fault} here: {cost}", fault=what, cost=cost)
        if fault.mends:
            words, cost = say("{fault} here", fault=what), ""
        room = self.box.width - (120 if self.tier == 0 else 20)
        if text_width(words, SMALL) > room:
            words = cost if text_width(cost, SMALL) <= room else ""
        right = self.box.x + self.box.width
        y = self.box.y - 11 if self.unit == 0 else self.box.y + self.box.height + 20
        items: list[Primitive] = []
        if words:
            items.append(Text(right, y, words, SMALL, "text", anchor="right", max_width=max(room, 60)))
            right -= text_width(words, SMALL) + 5
        tone: Colour = "active" if fault.mends else "bolt_glow"
        return [Icon(right - 8, y - 4.5, fault.mark, 17, tone), *items]

    def _head(self) -> list[Primitive]:
        """Icon and title; narrow cards have the icon beside what they hold."""
        setup = self.frame.setup.tiers[self.tier]
        tone: Colour = "struck" if self.standing.dead else "text"
        size = clamp(16 * self._unit_height, 14, 22)
        if self.layout.compact:
            return [
                *self._narrow_title(size),
                Icon(self._left + _SMALL_ICON / 2, self._y(68), setup.icon, _SMALL_ICON, tone),
                *self._role(self._left, self._inner + 4, self._y(46)),
            ]
        icon = clamp(27 * self._unit_height, 22, 40)
        title = translated(setup.title)
        words = [text_width(word, self._least, "semibold") for word in title.split()]
        longest = max(*words, text_width(f"{self.standing.short} ", 12.5, "semibold", 0.5))
        wide = self._left + icon + 9 + longest > self.box.x + self.box.width - 7  # then there is no icon
        x = self._left + (0 if wide else icon + 9)
        width = self.box.x + self.box.width - (5 if wide else 7) - x
        named = self._title(x, size, width)
        picture = Icon(self._left + icon / 2, self._y(29), setup.icon, icon, tone)
        items: list[Primitive] = [*named] if wide else [picture, *named]
        for badge in () if self.standing.missed else self.standing.badges[:3]:
            width -= 22
            items += self._badge(badge, x + width + 10, self._y(40), 20)
        return [*items, *self._role(x, width, self._y(45 if len(named) == 1 else 46))]

    def _narrow_title(self, size: float) -> list[Text]:
        """On one line; on two where the card is high enough and they are needed."""
        title, width = translated(self.frame.setup.tiers[self.tier].title), self._inner + 4
        size = fitting_size(title, size, min(12.5, self._least), width, "semibold")
        fits = text_width(title, size, "semibold") <= width or self.box.height < _HIGH
        lines = (title,) if fits else wrapped(title, size, width, 2, "semibold")
        first = 26 if len(lines) == 1 else 15
        return [
            Text(self._left, self._y(first + 15 * n), line, size, weight="semibold", max_width=width + 2)
            for n, line in enumerate(lines)
        ]

    def _title(self, x: float, size: float, width: float) -> list[Text]:
        """On one line, or on two."""
        title = translated(self.frame.setup.tiers[self.tier].title)
        size = fitting_size(title, size, self._least, width, "semibold")
        if text_width(title, size, "semibold") <= width:
            return [Text(x, self._y(26), title, size, weight="semibold")]
        lines = wrapped(title, size, width, 2, "semibold")
        return [
            Text(x, self._y(13 + 16.5 * number), line, size, weight="semibold", max_width=width)
            for number, line in enumerate(lines)
        ]

    def _badge(self, badge: Badge, x: float, y: float, size: float) -> list[Primitive]:
        """A mark; while something runs its course, in a ring that closes."""
        share = progress(self.frame, self.tier, self.unit)
        if share is None:
            return [Icon(x, y, badge.icon, size, badge.colour)]
        return [
            Ring(x - 2, y, 0.58 * size, 2.6, 1, "track"),
            Ring(x - 2, y, 0.58 * size, 2.6, round(share, 3), badge.colour),
            Icon(x - 2, y, badge.icon, 0.62 * size, badge.colour),
        ]

    def _role(self, x: float, width: float, y: float) -> list[Primitive]:
        """The role's word, and one dot for each heartbeat that may be missed."""
        colour = self.standing.colour
        forms = (self.standing.word, self.standing.short)
        size, room = clamp(12.5 * self._unit_height, 12.5, 16), width - 0.5 * len(forms[0])
        word, size = fitting(forms, size, 11 if self.layout.compact else 12.5, room, "semibold")
        items: list[Primitive] = [Text(x, y, word, size, colour, "semibold", letter_spacing=0.5)]
        missed, misses = self.standing.missed, self.standing.misses
        if not missed:
            return items
        if self.layout.compact:
            left = _SMALL_ICON + 6
            return [
                *items,
                *self._misses(self._left + left, self._y(68), self._inner - left, missed, misses),
            ]
        after = text_width(word, size, "semibold", 0.5) + 6
        if width - after - 4 < min(2.6 * 2.9 * misses, 30):  # then under the icon
            return [*items, *self._misses(self._left, self._y(51), self._inner, missed, misses)]
        return [*items, *self._misses(x + after, y - size * 0.34, width - after - 4, missed, misses)]

    def _misses(self, x: float, y: float, width: float, missed: int, misses: int) -> list[Primitive]:
        radius = clamp(width / (2.6 * misses), 2.9, 5.6)
        step = 2.55 * radius
        if step * misses > width + radius:
            return [Text(x, y + 4.5, f"{missed}/{misses}", 13, "struck", "bold", max_width=max(width, 1))]
        return [
            Disc(x + radius + step * number, y, radius, "struck")
            if number < missed
            else Disc(x + radius + step * number, y, radius, None, "struck", 1.8)
            for number in range(misses)
        ]

    def changing(self) -> list[Primitive]:
        """What it holds, and how much of that exists nowhere else."""
        items: list[Primitive] = []
        if not (self.layout.compact and self.standing.missed):
            items += [self._held(), *self._small_badge()]
        y, height = self._y(87), 7.0
        items.append(Rectangle(self._left, y, self._inner, height, "track", radius=height / 2))
        exposed = 0 if self.locked else self._exposed()
        if exposed:
            width = max(height, self._inner * min(exposed / self.frame.scale, 1.0))
            items.append(Rectangle(self._left, y, width, height, "sync", radius=height / 2))
        return items

    def _small_badge(self) -> list[Primitive]:
        """In a narrow card the mark stands beside what it holds."""
        if not self.layout.compact or not self.standing.badges:
            return []
        return self._badge(self.standing.badges[0], self._left + self._inner - 8, self._y(68), 17)

    def _held(self) -> Text:
        (content, short), bold = self.standing.holds, self.standing.lost > 0
        if self.locked:
            content, short, bold = say("? sessions"), "?", False
        left = self._left + (_SMALL_ICON + 5 if self.layout.compact else 0)
        inner = self.box.x + self.box.width - 5 - left - (18 if self._small_badge() else 0)
        size = clamp(16 * self._unit_height, 14, 21)
        size = fitting_size(content, size, _LEAST, inner, "bold" if bold else "regular")
        if text_width(content, size, "bold" if bold else "regular") > inner:
            content = short
        role: Colour = "struck" if bold else ("text_dim" if self.standing.dead else "text")
        weight: Weight = "bold" if bold else "regular"
        return Text(left, self._y(73), content, size, role, weight, max_width=inner)

    def place_of_lost(self) -> Box:
        """Where it says how many went down with it: a click there asks why."""
        return Box(self._left, self._y(55), self._inner, self._y(82) - self._y(55))

    def _exposed(self) -> int:
        holder = self.frame.state.eras[self.tier][-1].holder
        return self.frame.exposed[self.tier] if holder == self.unit else 0
