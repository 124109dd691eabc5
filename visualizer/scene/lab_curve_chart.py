"""One chart of the panel: a cost over the instants of a run, its mean and its worst, and beside it how likely
each cost is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.lab.columns import NEVER_US
from visualizer.language import marked, say, translated
from visualizer.scene import lab_curve_legend, lab_curve_spread
from visualizer.scene.lab_curve import Costs, Known
from visualizer.scene.lab_curve_legend import CLOSED_FORM_DASH, Entry, peak
from visualizer.scene.lab_curve_lines import outline
from visualizer.scene.lab_curve_spread import Scale
from visualizer.scene.layout import SMALL
from visualizer.scene.lettering import text_width
from visualizer.scene.look import Look
from visualizer.scene.primitives import Area, Box, Disc, Path, Primitive, Rectangle, Role, Text

_NEVER = marked("never back")


@dataclass(frozen=True, slots=True)
class Chart:
    """`costs` in `plot`, and how likely they are in `side`; the legend stands `above` the plot.

    `say`: a value in words; `label`: the same on an axis with one every so many. `worst`: the target of the
    entry that goes to the worst instant. `before`: of the design that this one is compared with.
    """

    title: str
    known: Known
    costs: Costs
    plot: Box
    side: Box
    scale: Scale
    role: Role
    say: Callable[[float], str]
    label: Callable[[float, int], str]
    worst: str
    above: float = 13.0
    before: Costs | None = None
    label_before: str = ""

    def x(self, at_us: float) -> float:
        """Where an instant lies."""
        share = min(max(at_us / max(self.known.duration_us, 1), 0.0), 1.0)
        return self.plot.x + self.plot.width * share

    def still(self) -> list[Primitive]:
        """All that does not follow the pointer, but the bars."""
        return [
            *self._grid(),
            *self._before(),
            *self._curve(),
            *self._outside(),
            *self._means(),
            *self._worst(),
            *self._coming(),
        ]

    def legend(self, look: Look) -> tuple[list[Primitive], dict[str, Box]]:
        """The title, and what the lines mean, in a row above the plot."""
        y = self.plot.y - self.above
        room = Box(self.plot.x, y, self.side.x + self.side.width - self.plot.x, 0)
        return lab_curve_legend.row(self.title, self._entries(), room, self.role, look)

    def bars(self, at_us: int | None) -> list[Primitive]:
        """How likely each cost is; that of the instant stands out."""
        if self.costs.spread is None:
            return []
        value = None if at_us is None else self.costs.at(at_us)
        return lab_curve_spread.bars(self.costs.spread, self.scale, self.side, self.role, value)

    def upright(self, at_us: int, role: Role, width: float, dash: tuple[float, float] | None) -> Path:
        """A line through the plot at an instant."""
        x, plot = self.x(at_us), self.plot
        return Path(((x, plot.y - 4), (x, plot.y + plot.height)), role, width, dash)

    def mark(self, at_us: int) -> list[Primitive]:
        """The point of the curve at an instant, and its height at the bars."""
        value = self.costs.at(at_us)
        if value is None or value == NEVER_US:
            return []
        x, y = self.x(at_us), self.scale.y(value, self.plot)
        guide = Path(((x, y), (self.side.x, y)), "text", 1, alpha=0.4)
        return [guide, Disc(x, y, 5.5, self.role, "text", 2)]

    def ring(self, at_us: int) -> list[Primitive]:
        """The same of a run that was opened, or is on show."""
        value = self.costs.at(at_us)
        if value is None or value == NEVER_US:
            return []
        return [Disc(self.x(at_us), self.scale.y(value, self.plot), 5, "panel", "text", 1.8)]

    def level(self, at_us: int) -> list[Primitive]:
        """How high the cost at an instant is among the bars."""
        value = self.costs.at(at_us)
        if value is None or value == NEVER_US:
            return []
        y, x = self.scale.y(value, self.plot), self.side.x
        return [Area(((x - 9, y - 5), (x - 1, y), (x - 9, y + 5)), "bolt_glow")]

    def _grid(self) -> list[Primitive]:
        items: list[Primitive] = []
        plot, right = self.plot, self.side.x + self.side.width
        if not len(self.costs):
            return items
        for value in range(0, int(self.scale.top) + 1, self.scale.step):
            y = self.scale.y(value, plot)
            end = right if value else plot.x + plot.width
            items += [
                Path(((plot.x, y), (end, y)), "panel_edge", 1),
                Text(
                    plot.x - 9, y + 4.6, self.label(value, self.scale.step), SMALL, "text_dim", anchor="right"
                ),
            ]
        return items

    def _curve(self) -> list[Primitive]:
        drawn = outline(self.costs, self.plot, self.known.duration_us, self.scale.top)
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

    def _before(self) -> list[Primitive]:
        """The curve of the other design, faint: where its teeth are a band, tips and feet."""
        if self.before is None:
            return []
        drawn = outline(self.before, self.plot, self.known.duration_us, self.scale.top)
        lines = [line for one in drawn.stretches for line in (one.line, one.low) if line]
        return [Path(line, "text_dim", 1.4, alpha=0.8) for line in lines]

    def _outside(self) -> list[Primitive]:
        """What is not counted in mean and bars is fainter."""
        window = self.known.window_us
        if window is None or not self.known.fair:
            return []
        low, high, plot = self.x(window[0]), self.x(window[1]), self.plot
        ends = ((plot.x, low), (high, plot.x + plot.width))
        return [
            Rectangle(a - 1, plot.y - 1, b - a + 2, plot.height, "panel", alpha=0.55)
            for a, b in ends
            if b - a > 1
        ]

    def _means(self) -> list[Primitive]:
        window = self.known.window_us
        if window is None or self.costs.spread is None:
            return []
        left, right = self.x(window[0]), self.side.x + self.side.width
        items: list[Primitive] = []
        if self.costs.spread.mean is not None:
            y = self.scale.y(self.costs.spread.mean, self.plot)
            items.append(Path(((left, y), (right, y)), "text", 1.4))
        if self.costs.expected is not None:
            y = self.scale.y(self.costs.expected, self.plot)
            items.append(Path(((left, y), (right, y)), "announce", 2.6, CLOSED_FORM_DASH))
        return items

    def _worst(self) -> list[Primitive]:
        """A mark at the worst instant; at the top where it is off the scale: so for moments between ticks."""
        spread = self.costs.spread
        if spread is None or not spread.worst:
            return []
        value = self.scale.top if spread.worst == NEVER_US else spread.worst
        return peak(self.x(spread.worst_us), self.scale.y(value, self.plot) - 7, self.role)

    def _coming(self) -> list[Primitive]:
        """Words where nothing is known yet."""
        plot = self.plot
        known_x = self.x(self.costs.at_us[-1]) if len(self.costs) else plot.x
        right = plot.x + plot.width
        words = say("being found out …")
        if right - known_x < text_width(words, SMALL) + 20:
            return []
        middle = (known_x + right) / 2
        return [Text(middle, plot.y + plot.height / 2, words, SMALL, "text_dim", anchor="centre")]

    def _entries(self) -> list[Entry]:
        """From the right."""
        spread = self.costs.spread
        if spread is None:
            return []
        worst = translated(_NEVER) if spread.worst == NEVER_US else self.say(spread.worst)
        found = [Entry("worst", say("worst"), worst, self.worst)]
        if spread.mean is not None:
            found.append(Entry("mean", say("mean"), self.say(spread.mean)))
        elif spread.never:
            found.append(Entry("mean", translated(_NEVER), lab_curve_spread.percent(spread.never)))
        expected = "–" if self.costs.expected is None else self.say(self.costs.expected)
        found.append(Entry("closed form", say("closed form"), expected))
        then = None if self.before is None else self.before.spread
        if then and then.mean is not None:
            found.append(Entry("before", say("{run}, mean", run=self.label_before), self.say(then.mean)))
        return found


def _endless(low: float, high: float, plot: Box, role: Role) -> list[Primitive]:
    """Where service is not back: a hatched band at the top, and words if they fit."""
    height, step = 10.0, 9.0
    width = max(high - low, 2.0)
    items: list[Primitive] = [Rectangle(low, plot.y, width, height, role, alpha=0.22)]
    x = low
    while x + height < low + width:
        items.append(Path(((x, plot.y + height), (x + height, plot.y)), role, 1.2, alpha=0.55))
        x += step
    words = translated(_NEVER)
    said = text_width(words, SMALL)
    if said + 8 < width:
        left = (low + high - said) / 2
        items.append(Rectangle(left - 4, plot.y + 14, said + 8, 16, "panel", radius=5))
        items.append(Text(left, plot.y + 26, words, SMALL, "text_dim"))
    return items
