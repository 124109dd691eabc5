"""Sweeps with runs of our own making, so that a chart meets any numbers; and places of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from visualizer.lab.columns import NEVER_US, Columns
from visualizer.lab.trials import Blow, Family
from visualizer.opening import open_scenario
from visualizer.study.axis import Axis, axis_of
from visualizer.study.plan import Plan, Point
from visualizer.study.sweep import Sweep

SAID = ("In each run firewall.primary is struck at an instant of its own (lightning).",)
SYNC = axis_of("tiers.firewall.sync.interval=0.5s..10s:20")
MISSES = axis_of("tiers.firewall.heartbeat.misses=1..5")
PATHS = axis_of("path=parallel,cross-connected")
ARTICLE = open_scenario("article")


def sweep(
    axes: Sequence[Axis],
    lost: Callable[..., float] = lambda *_: 10.0,
    outage_s: Callable[..., float] = lambda *_: 2.5,
    seeds: int = 40,
    said: tuple[str, ...] = SAID,
) -> Sweep:
    """`lost` and `outage_s`: means at each point, of its numbers (or places of words); NaN: it never ends."""
    numbers = [axis.numbers or range(len(axis.values)) for axis in axes]
    spread = np.linspace(0, 2, seeds)
    rows = [_rows(lost(*at), outage_s(*at), spread) for at in product(*numbers)]
    family = Family(ARTICLE.setup, tuple(range(seeds)), Blow((4_000_000, 10_000_000)))
    values = list(product(*(axis.values for axis in axes)))
    points = tuple(Point(one, (), ARTICLE, family) for one in values)
    remarks = tuple(lambda one=one: one for one in said)
    plan = Plan(ARTICLE, tuple(axes), tuple(range(seeds)), True, points, remarks)
    return Sweep(plan, Columns.of_rows(np.concatenate(rows)))


def _rows(lost: float, outage_s: float, spread: np.ndarray) -> np.ndarray:
    runs = len(spread)
    found = {name: np.zeros(runs) for name in Columns.__dataclass_fields__}
    found["seed"] = np.arange(runs)
    found["strike_us"] = np.full(runs, 5e6)
    found["lost_sessions"] = np.round(lost * spread)
    ends = 5e6 + 1e6 * outage_s * (0.8 + 0.2 * spread)
    found["takeover_us"] = found["restored_us"] = np.where(np.isnan(ends), NEVER_US, np.nan_to_num(ends))
    return np.stack(list(found.values()), axis=1).astype(np.int64)


def texts(figure: Figure) -> list[Text]:
    """Everything written that is seen, drawn at its place."""
    figure.draw_without_rendering()
    unseen = set(_beyond(figure))
    found = (text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip())
    return [text for text in found if text not in unseen]


def _beyond(figure: Figure) -> Iterator[Text]:
    """Numbers that matplotlib keeps for values off the axis, and does not draw."""
    for axes in figure.axes:
        for ruler in (axes.xaxis, axes.yaxis):
            low, high = sorted(ruler.get_view_interval())
            air = (high - low) * 1e-9
            for tick in ruler.get_major_ticks():
                if not low - air <= tick.get_loc() <= high + air:
                    yield from (tick.label1, tick.label2)


def words(figure: Figure) -> set[str]:
    return {text.get_text() for text in texts(figure)}


def clashes(figure: Figure) -> Iterator[tuple[str, str]]:
    """Pairs of texts that lie over each other."""
    boxes = [(text, text.get_window_extent().padded(-1)) for text in texts(figure)]
    for (one, its), (other, box) in combinations(boxes, 2):
        if its.overlaps(box):
            yield one.get_text(), other.get_text()


def outside(figure: Figure) -> list[str]:
    """Texts that do not lie within the picture."""
    width, height = figure.get_size_inches() * figure.dpi
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    return [name for name, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]
