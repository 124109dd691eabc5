"""What a strike costs at every instant of a run: the loss above, the outage below, beside them how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from visualizer.canvas.theme import Theme
from visualizer.charts.axes import rightward, upward
from visualizer.charts.lettering import shortened
from visualizer.charts.outline import corners, outline_of
from visualizer.charts.sheet import SIZE_PX, Sheet, sheet_for
from visualizer.charts.style import CLOSED_FORM, DASH
from visualizer.lab.columns import NEVER_US, Integers
from visualizer.lab.curve_spread import Spread
from visualizer.lab.measures import Reals
from visualizer.language import say, translated
from visualizer.scene.primitives import Role
from visualizer.scene.quantities import Unit, unit_for
from visualizer.scene.wording import instant
from visualizer.sim.setup import US_PER_S
from visualizer.study.curve import Striking

_WIDTHS = (6, 1)
_GAP = 0.1
"""Inches between the title of a plot and its legend."""


@dataclass(frozen=True, slots=True, eq=False)
class _Cost:
    """`at` (s) and `values`, shape (points,): the line, NaN for what never ends. `grain`: how much one count
    of `spread` is.
    """

    title: str
    unit: Unit
    role: Role
    at: Reals
    values: Reals
    spread: Spread
    grain: float
    expected: float | None

    @property
    def mean(self) -> float | None:
        """In the unit of `values`, as is `worst`."""
        return None if self.spread.mean is None else self.spread.mean * self.grain

    @property
    def worst(self) -> float | None:
        """None: it never ends."""
        return None if self.spread.worst == NEVER_US else self.spread.worst * self.grain


def curve(striking: Striking, theme: Theme, size_px: tuple[int, int] = SIZE_PX) -> Figure:
    """The curve of a tier, with mean, worst and closed form."""
    setup = striking.opened.setup
    title = say("What lightning costs at every instant: {scenario}", scenario=translated(setup.title))
    end_s = setup.duration_us / US_PER_S
    with sheet_for(title, _notes(striking), theme, size_px) as sheet:
        grid = sheet.figure.add_gridspec(2, 2, width_ratios=_WIDTHS, wspace=0.02)
        above = sheet.figure.add_subplot(grid[0, 0])
        below = sheet.figure.add_subplot(grid[1, 0], sharex=above)
        for axes, row, cost in ((above, 0, _loss(striking)), (below, 1, _outage(striking))):
            _draw(sheet, axes, cost, end_s)
            _often(sheet, sheet.figure.add_subplot(grid[row, 1], sharey=axes), cost)
        rightward(below, end_s, say("The strike comes at"))
        above.tick_params(labelbottom=False)
    return sheet.figure


def _notes(striking: Striking) -> list[str]:
    setup, found = striking.opened.setup, striking.curve
    tier = setup.tiers[found.tier].name
    notes = [
        say(
            "Lightning on the active unit of {tier}, whenever it comes; seed {seed}.",
            tier=tier,
            seed=setup.seed,
        )
    ]
    if found.whole_periods:
        low, high = (instant(edge_us) for edge_us in found.window_us)
        notes.append(say("Mean and how often: over whole periods, from {low} to {high}.", low=low, high=high))
    proof = striking.proof_said
    return [*notes, *striking.said, f"{proof[:1].upper()}{proof[1:]}."]


def _loss(striking: Striking) -> _Cost:
    found, end_us = striking.curve, striking.opened.setup.duration_us
    from_us = np.maximum(found.saw.from_us, 0)
    at, values = corners(from_us / US_PER_S, found.saw.value.astype(np.float64), end_us / US_PER_S)
    expected = striking.expected.lost_sessions if striking.expected else None
    unit = unit_for("sessions", values)
    return _Cost(say("Sessions lost"), unit, "sync", at, values, found.loss, 1.0, expected)


def _outage(striking: Striking) -> _Cost:
    found = striking.curve
    values = _seconds(found.outage_us)
    expected = striking.expected.outage_s if striking.expected else None
    unit = unit_for("s", values)
    title = say("From the strike until service again")
    return _Cost(
        title, unit, "heartbeat", found.strike_us / US_PER_S, values, found.outage, 1 / US_PER_S, expected
    )


def _seconds(times_us: Integers) -> Reals:
    return np.where(times_us == NEVER_US, np.nan, times_us / US_PER_S)


def _draw(sheet: Sheet, axes: Axes, cost: _Cost, end_s: float) -> None:
    """The line over its area, and where there is no end."""
    drawn = outline_of(cost.at, cost.values)
    known = [np.array([one]) for one in (cost.mean, cost.worst, cost.expected) if one is not None]
    axes.fill_between(drawn.at, 0, drawn.low, color=sheet.ink(cost.role, 0.22), lw=0)
    if drawn.exact:
        axes.plot(drawn.at, drawn.high, color=sheet.ink(cost.role), lw=1.6, solid_joinstyle="miter")
    else:
        axes.fill_between(drawn.at, drawn.low, drawn.high, color=sheet.ink(cost.role), lw=1.6)
    upward(axes, cost.unit, [cost.values, *known], whole=cost.grain == 1)
    axes.set_xlim(0, end_s)
    axes.set_title(
        f"{cost.title} ({cost.unit.words})" if cost.unit.name else cost.title, color=sheet.ink("text")
    )
    never = bool(np.isnan(cost.values).any())
    if never:
        axes.fill_between(
            cost.at, 0, 1, where=np.isnan(cost.values), transform=axes.get_xaxis_transform(), step="mid",
            facecolor="none", edgecolor=sheet.ink("link"), hatch="///", lw=0,
        )  # fmt: skip
    _mark(sheet, axes, cost, never=never)


def _mark(sheet: Sheet, axes: Axes, cost: _Cost, *, never: bool) -> None:
    """Mean, closed form and worst, each with its value above the plot."""
    entries: list[tuple[Line2D | Patch, str]] = []
    if cost.mean is not None:
        line = axes.axhline(cost.mean, color=sheet.ink("text"), lw=1.4, zorder=4)
        entries.append((line, say("mean {value}", value=cost.unit.say(cost.mean))))
    if cost.expected is not None:
        line = axes.axhline(cost.expected, color=sheet.ink(CLOSED_FORM), lw=2, ls=DASH, zorder=5)
        entries.append((line, say("closed form {value}", value=cost.unit.say(cost.expected))))
    if cost.worst is not None:
        at = cost.spread.worst_us / US_PER_S
        (top,) = axes.plot([at], [cost.worst], "^", color=sheet.ink(cost.role), ms=10, zorder=6)
        top.set(markeredgecolor=sheet.ink("text"), clip_on=False)
        sample = Line2D([], [], lw=0, marker="^", ms=9, color=top.get_color(), mec=sheet.ink("text"))
        worst, when = cost.unit.say(cost.worst), instant(cost.spread.worst_us)
        entries.append((sample, say("worst {value}, at {instant}", value=worst, instant=when)))
    if never:
        hatched = Patch(facecolor="none", edgecolor=sheet.ink("link"), hatch="///", lw=1)
        entries.append((hatched, say("service never comes back")))
    if entries:
        _label(sheet, axes, entries)


def _label(sheet: Sheet, axes: Axes, entries: Sequence[tuple[Line2D | Patch, str]]) -> None:
    """At the right above the plot; the title at the left keeps to the room that is left."""
    samples, words = zip(*entries, strict=True)
    legend = axes.legend(
        samples, words, ncols=len(words), loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2,
        borderpad=0, handlelength=1.6, handletextpad=0.5, columnspacing=1.6,
    )  # fmt: skip

    def fit() -> None:
        figure = sheet.figure
        across = (legend.get_window_extent().x0 - axes.get_window_extent().x0) / figure.dpi
        title = axes.set_title(shortened(figure, axes.get_title(loc="left"), across - _GAP))
        title.set_color(sheet.ink("text"))

    sheet.later.append(fit)


def _often(sheet: Sheet, axes: Axes, cost: _Cost) -> None:
    """A bar for each range of values: how much of the time a strike costs so much."""
    edges = cost.spread.edges * cost.grain - (
        0.5 if cost.grain == 1 else 0
    )  # bars stand around whole numbers
    axes.barh(
        edges[:-1], cost.spread.shares, np.diff(edges), align="edge", color=sheet.ink(cost.role, 0.75), lw=0
    )
    for value, role, style in ((cost.mean, "text", "-"), (cost.expected, CLOSED_FORM, DASH)):
        if value is not None:
            axes.axhline(value, color=sheet.ink(role), lw=1.6, ls=style, zorder=4)  # type: ignore[arg-type]
    axes.tick_params(labelleft=False, labelbottom=False, length=0)
    axes.set_xlim(0, float(cost.spread.shares.max(initial=0.0)) * 1.1 or 1.0)
    axes.spines["bottom"].set_visible(False)
    axes.set_title(say("how often"))
