"""One chart of the panel: a cost over the instants of a run, its mean and its worst, and beside it how likely
each cost is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.lab.columns import NEVER_US
from visualizer.scene import lab_curve_spread as spread
from visualizer.scene.lab_curve import Costs
from visualizer.scene.lab_curve_lines import outline
from visualizer.scene.lab_curve_spread import Scale
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import fitting_size, text_width
from visualizer.scene.look import Look
from visualizer.scene.primitives import Area, Box, Disc, Path, Primitive, Rectangle, Role, Text

_TITLE = 15.5
_ENTRY = 14.0
_SAMPLE = 20.0
_BETWEEN = 18.0
_MEAN_DASH = (7.0, 5.0)
_NEVER = "not back before the end"


@dataclass(frozen=True, slots=True)
class Chart:
    """`costs` in `plot`, how likely they are in `side`. `say`: a value in words; `label`: the same on the
    axis. `worst`: the target of the entry that goes to the worst instant.
    """

    title: str
    costs: Costs
    duration_us: int
    plot: Box
    side: Box
    scale: Scale
    role: Role
    say: Callable[[float], str]
    label: Callable[[float], str]
    worst: str

    def still(self) -> list[Primitive]:
        """All that does not follow the pointer, but the bars."""
        return [*self._grid(), *self._curve(), *self._means()]

    def legend(self, look: Look) -> tuple[list[Primitive], dict[str, Box]]:
        """The title, and what the lines mean, in a row above the plot; as many entries as fit."""
        y, right = self.plot.y - 13, self.side.x + self.side.width
        size = fitting_size(self.title, _TITLE, SMALL, 0.4 * (right - self.plot.x), "semibold")
        items: list[Primitive] = [Text(self.plot.x, y, self.title, size, self.role, "semibold")]
        left = self.plot.x + text_width(self.title, size, "semibold") + _BETWEEN
        targets: dict[str, Box] = {}
        x = right
        for sample, label, value, name in self._entries():
            width = _SAMPLE + text_width(label, _ENTRY) + 5 + text_width(value, _ENTRY, "bold")
            if x - width < left:
                break
            x -= width
            if name:
                targets[name] = Box(x - 7, y - 16, width + 14, 23)
                if name in (look.hover, look.focus):
                    ring = name == look.focus
                    box = targets[name]
                    items.append(
                        Rectangle(box.x, box.y, box.width, box.height, "track",
                                  "focus" if ring else None, 2.5 if ring else 0, 8)
                    )  # fmt: skip
            items += [
                *sample(x, y - 4.5),
                Text(x + _SAMPLE, y, label, _ENTRY, "text_dim"),
                Text(x + width, y, value, _ENTRY, "text", "bold", "right"),
            ]
            x -= _BETWEEN
        return items, targets

    def bars(self, at_us: int | None) -> list[Primitive]:
        """How likely each cost is; that of the instant stands out."""
        value = None if at_us is None else self.costs.at(at_us)
        return spread.draw(self.costs, self.scale, self.side, self.role, value)

    def mark(self, at_us: int, *, large: bool = True) -> list[Primitive]:
        """A point of the curve, and its height at the bars."""
        value = self.costs.at(at_us)
        if value is None or value == NEVER_US:
            return []
        x, y = self.x(at_us), self.scale.y(value, self.plot)
        if not large:
            return [Disc(x, y, 5, None, "text", 1.6)]
        guide = Path(((x, y), (self.side.x, y)), "text", 1, (2, 4), 0.7)
        return [guide, Disc(x, y, 5.5, self.role, "text", 2)]

    def x(self, at_us: int) -> float:
        """Where an instant lies."""
        return self.plot.x + self.plot.width * at_us / max(self.duration_us, 1)

    def _grid(self) -> list[Primitive]:
        items: list[Primitive] = []
        plot, right = self.plot, self.side.x + self.side.width
        value = 0
        while value <= self.scale.top:
            y = self.scale.y(value, plot)
            end = right if value else plot.x + plot.width
            items += [
                Path(((plot.x, y), (end, y)), "panel_edge", 1),
                Text(plot.x - 9, y + 4.6, self.label(value), SMALL, "text_dim", anchor="right"),
            ]
            value += self.scale.step
        return items

    def _curve(self) -> list[Primitive]:
        drawn = outline(self.costs, self.plot, self.duration_us, self.scale.top)
        base = self.plot.y + self.plot.height
        areas: list[Primitive] = []
        lines: list[Primitive] = []
        for stretch in drawn.stretches:
            line = stretch.line
            areas.append(Area((*line, (line[-1][0], base), (line[0][0], base)), self.role, 0.34, fade=True))
            if stretch.low is None:
                lines.append(Path(line, self.role, 2.0))
                continue
            areas.append(Area((*line, *reversed(stretch.low)), self.role, 0.3))
            lines += [Path(line, self.role, 1.6), Path(stretch.low, self.role, 1, alpha=0.6)]
        for low, high in drawn.without:
            areas += _endless(low, high, self.plot, self.role)
        return [*areas, *lines]

    def _means(self) -> list[Primitive]:
        right = self.side.x + self.side.width
        items: list[Primitive] = []
        for value, dash in ((self.costs.mean, None), (self.costs.expected, _MEAN_DASH)):
            if value is not None and value <= self.scale.top:
                y = self.scale.y(value, self.plot)
                role: Role = "text" if dash is None else "announce"
                width = 1.2 if dash is None else 2.4
                items.append(Path(((self.plot.x, y), (right, y)), role, width, dash, 0.9))
        return items

    def _entries(self) -> list[tuple[Callable[[float, float], list[Primitive]], str, str, str]]:
        """(sample, label, value, target), from the right."""
        found: list[tuple[Callable[[float, float], list[Primitive]], str, str, str]] = []
        if not len(self.costs):
            return found
        found.append((self._peak, "worst", self.say(self.costs.worst), self.worst))
        if self.costs.mean is not None:
            found.append((_mean, "mean", self.say(self.costs.mean), ""))
        if self.costs.expected is not None:
            found.append((_closed_form, "closed form", self.say(self.costs.expected), ""))
        return found

    def _peak(self, x: float, y: float) -> list[Primitive]:
        return [Area(((x + 3, y + 5), (x + 8, y - 5), (x + 13, y + 5)), self.role)]


def _mean(x: float, y: float) -> list[Primitive]:
    return [Path(((x, y), (x + 14, y)), "text", 1.6)]


def _closed_form(x: float, y: float) -> list[Primitive]:
    return [Path(((x - 5, y), (x + 14, y)), "announce", 2.4, _MEAN_DASH)]


def _endless(low: float, high: float, plot: Box, role: Role) -> list[Primitive]:
    """Where service is not back: a hatched band at the top, and words if they fit."""
    height, step = 10.0, 9.0
    width = max(high - low, 2.0)
    items: list[Primitive] = [Rectangle(low, plot.y, width, height, role, alpha=0.22)]
    x = low
    while x + height < low + width:
        items.append(Path(((x, plot.y + height), (x + height, plot.y)), role, 1.2, alpha=0.55))
        x += step
    said = text_width(_NEVER, SMALL)
    if said + 8 < plot.width:
        left = min(max((low + high - said) / 2, plot.x + 4), plot.x + plot.width - said - 4)
        items.append(Text(left, plot.y + 26, _NEVER, SMALL, "text_dim"))
    return items
