"""What many runs gave, as tables on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from math import isfinite

import numpy as np
from rich.console import Console
from rich.table import Table

from visualizer.lab.columns import NEVER_US
from visualizer.lab.curve_spread import Spread
from visualizer.lab.measures import Measure, Reals
from visualizer.language import commas, decimal, marked, say, say_as, say_many, spoken, translated
from visualizer.language.numbers import THIN_SPACE
from visualizer.scene.quantities import Unit, alike, unit_for
from visualizer.script.durations import duration_text
from visualizer.sim.setup import US_PER_S
from visualizer.study.comparison import Compared
from visualizer.study.curve import Striking
from visualizer.study.plan import Plan
from visualizer.study.sweep import Sweep, cells

_NOISE = 1e-9
"""Seconds are not exact in binary: what is the same in all runs may differ by so little."""
_MOST_ROWS, _MOST_COLUMNS = 60, 10
_SURE = marked("± is the interval that holds the true mean with 95 %; of a share it stands in brackets.")
_UNEVEN = 1e-3


def print_sweep(sweep: Sweep, measures: Sequence[Measure]) -> None:
    """A row a point: the mean of each measure; of a single one its spread and its closed form too. One
    measure over two parameters is a grid, if it is not too wide.
    """
    plan, console = sweep.plan, _console()
    if len(plan.axes) == 2 and len(measures) == 1 and len(plan.axes[1].values) <= _MOST_COLUMNS:
        _print_grid(console, sweep, measures[0])
        return
    table = _table(console, _asked(plan))
    for axis in plan.axes:
        table.add_column(translated(axis.title), justify="right" if axis.numbers is not None else "left")
    columns = [
        column for measure in measures for column in _of_points(sweep, measure, alone=len(measures) == 1)
    ]
    for title, _ in columns:
        table.add_column(title, justify="right")
    rows = zip(product(*(axis.values for axis in plan.axes)), *(texts for _, texts in columns), strict=True)
    for values, *texts in islice(rows, _MOST_ROWS):
        table.add_row(*values, *texts)
    console.print(table)
    if (more := len(plan.points) - _MOST_ROWS) > 0:
        console.print(say("... and {count} more points: -o FILE.csv has all of them", count=commas(more)))
    _print_notes(console, (*plan.said, translated(_SURE)))


def _print_grid(console: Console, sweep: Sweep, measure: Measure) -> None:
    """The first parameter downward, the second to the right."""
    plan, found = sweep.plan, cells(sweep, measure)
    unit = unit_for(measure.unit, found.mean)
    down, across = plan.axes
    title = say(
        "{asked}. {measure} ({unit}), to the right: {parameter}",
        asked=_asked(plan),
        measure=translated(measure.title),
        unit=translated(unit.words),
        parameter=translated(across.title),
    )
    table = _table(console, title)
    table.add_column(translated(down.title), justify="right")
    for value in across.values:
        table.add_column(value, justify="right")
    means = iter([_mean(unit, *one) for one in zip(found.mean, found.low, found.high, strict=True)])
    for value in down.values:
        table.add_row(value, *islice(means, len(across.values)))
    console.print(table)
    _print_notes(console, (*plan.said, translated(_SURE)))


def _asked(plan: Plan) -> str:
    title, count = translated(plan.opened.setup.title), len(plan.seeds)
    return say_many(
        "{title}: {n} run a point", "{title}: {n} runs a point", count, title=title, n=commas(count)
    )


def _of_points(sweep: Sweep, measure: Measure, *, alone: bool) -> list[tuple[str, list[str]]]:
    """(heading, a text for each point)."""
    found = cells(sweep, measure)
    unit = unit_for(measure.unit, np.concatenate([found.mean, found.most]))
    mean = [_mean(unit, *one) for one in zip(found.mean, found.low, found.high, strict=True)]
    columns = [(f"{translated(measure.title)}\n{translated(unit.words)}", mean)]
    if alone and measure.unit:
        columns += [(say("least"), _each(unit, found.least)), (say("median"), _each(unit, found.median))]
        columns += [(say("most"), _each(unit, found.most))]
    if alone and np.isfinite(found.expected).any():
        columns.append((say("closed form"), _each(unit, found.expected)))
    if (found.runs < len(sweep.plan.seeds)).any():
        columns.append((say("of runs"), [commas(int(count)) for count in found.runs]))
    return columns


def _each(unit: Unit, values: Reals) -> list[str]:
    return alike(values * unit.times)


def _mean(unit: Unit, mean: float, low: float, high: float) -> str:
    """ "12.3 ± 0.4": both to two digits of the doubt. "100 (93 to 100)" where the interval is uneven: that of
    a share ends at none and at all.
    """
    half = max(high - mean, mean - low) * unit.times
    if not isfinite(mean):
        return "–"
    if not isfinite(half) or half <= _NOISE * abs(mean):
        return _number(mean * unit.times)
    decimals = max(0, 1 - _magnitude(half))
    if abs(high + low - 2 * mean) * unit.times > _UNEVEN * half:
        said = [_written(value * unit.times, max(0, decimals - 1)) for value in (mean, low, high)]
        return say("{mean} ({low} to {high})", mean=said[0], low=said[1], high=said[2])
    return f"{_written(mean * unit.times, decimals)} ± {_written(half, decimals)}".replace("-", "−")


def _magnitude(value: float) -> int:
    return int(f"{value:.1e}".partition("e")[2])


def _number(value: float) -> str:
    """Up to four digits, whole numbers whole."""
    if not isfinite(value):
        return "–"
    decimals = 0 if value == round(value) else min(max(0, 3 - _magnitude(value)), 6)
    return _written(value, decimals).replace("-", "−")


def _written(value: float, decimals: int) -> str:
    """ "1,204.5", or "1 204,5" where the comma is the decimal mark."""
    text = f"{value:,.{decimals}f}"
    return text if spoken().decimal_mark == "." else decimal(text.replace(",", THIN_SPACE))


def print_compared(found: Compared, measures: Sequence[Measure]) -> None:
    """A row a measure, a column a design: its mean, and below by how much it differs from the first."""
    designs, console = found.designs, _console()
    count = commas(len(designs.seeds))
    table = _table(console, say("{count} runs of each design, in pairs with the same seed", count=count))
    table.add_column("")
    for name in designs.names:
        table.add_column(name, justify="right")
    for measure in measures:
        table.add_row(*_measured(found, measure), end_section=True)
    console.print(table)
    below = say("Below each mean: how much more than {first}.", first=designs.names[0])
    _print_notes(console, (*designs.said, f"{below} {translated(_SURE)}"))


def _measured(found: Compared, measure: Measure) -> Iterable[str]:
    mine, apart = found.cells(measure), found.differences(measure)
    unit = unit_for(measure.unit, mine.mean)
    yield f"{translated(measure.title)}\n{translated(unit.words)}"
    means = [_mean(unit, *one) for one in zip(mine.mean, mine.low, mine.high, strict=True)]
    more = [_difference(unit, *one) for one in zip(apart.mean, apart.low, apart.high, strict=True)]
    yield f"{means[0]}\n"
    yield from (f"{mean}\n{one}" for mean, one in zip(means[1:], more[1:], strict=True))


def _difference(unit: Unit, mean: float, low: float, high: float) -> str:
    if isfinite(mean) and mean == low == high == 0:
        return say("the same in every run")
    text = _mean(unit, mean, low, high)
    return f"+{text}" if mean > 0 else text


def print_curve(striking: Striking) -> None:
    """Mean, worst and closed form of loss and outage over all strike instants."""
    opened, curve, console = striking.opened, striking.curve, _console()
    title = say(
        "{title}: lightning on the {tier} at each of {count} instants",
        title=translated(opened.setup.title),
        tier=translated(opened.setup.tiers[curve.tier].title),
        count=commas(len(curve.strike_us)),
    )
    table = _table(console, title)
    for heading in ("", say("mean"), say("closed form"), say("worst"), say_as("the instant", "at")):
        table.add_column(heading, justify="right" if heading else "left")
    expected = striking.expected
    lost = None if expected is None else expected.lost_sessions
    gone_s = None if expected is None else expected.outage_s
    table.add_row(say("Sessions lost"), *_costs(curve.loss, lost, 1, ""))
    table.add_row(say("Without service"), *_costs(curve.outage, gone_s, US_PER_S, " s"))
    console.print(table)
    _print_notes(console, (*striking.said, f"{striking.proof_said[0].upper()}{striking.proof_said[1:]}."))


def _costs(spread: Spread, expected: float | None, grain: int, unit: str) -> tuple[str, str, str, str]:
    mean = "–" if spread.mean is None else _number(spread.mean / grain) + unit
    form = "–" if expected is None else _number(expected) + unit
    worst = say("for ever") if spread.worst == NEVER_US else _number(spread.worst / grain) + unit
    return mean, form, worst, duration_text(spread.worst_us) if spread.worst else "–"


def _console() -> Console:
    """What is piped is as wide as it is."""
    console = Console(highlight=False, soft_wrap=False)
    return console if console.is_terminal else Console(highlight=False, width=200)


def _table(console: Console, title: str) -> Table:
    """Under its title, which may be wider."""
    console.print(title, style="bold", markup=False)
    return Table()


def _print_notes(console: Console, notes: Iterable[str]) -> None:
    for note in notes:
        console.print(note, markup=False)
