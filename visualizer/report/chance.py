"""This run beside many others of the same design: other clients, and other instants of the strike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.lab.executors import Executor
from visualizer.lab.many import measure as played
from visualizer.lab.measures import MEASURES, Measure, Reals
from visualizer.language import decimal, say, thousands, translated
from visualizer.report.material import Material
from visualizer.report.wording import mean_of, percent
from visualizer.sim.setup import US_PER_S
from visualizer.story.words import about
from visualizer.study.error import StudyError
from visualizer.study.plan import plan_of
from visualizer.study.sweep import Progress, Sweep, cells, sweep_of

MOST_SEEDS, FEWEST_SEEDS = 200, 20
_EVENTS = 200_000
"""So many events are simulated for it, about, where that leaves enough runs."""


@dataclass(frozen=True, slots=True)
class Row:
    """A measure: in this run, on average with its interval, the middle half and the ends of all runs, by the
    closed form, and in which part of the runs it was as much or more.
    """

    title: str
    this: str
    mean: str
    spread: str
    expected: str
    as_much: str


@dataclass(frozen=True, slots=True)
class Chance:
    """`said`: how the runs differ from this one. `alike`: whether all of them are the same."""

    runs: str
    said: tuple[str, ...]
    rows: tuple[Row, ...]
    alike: bool


def seeds_for(material: Material) -> range:
    """As many as take a bearable time, by the size of the run alone: the same page on every machine."""
    count = _EVENTS // max(len(material.events), 1)
    return range(min(max(count, FEWEST_SEEDS), MOST_SEEDS))


def sweep_for(
    material: Material, seeds: range, executor: Executor | None = None, progress: Progress | None = None
) -> Sweep | StudyError:
    """The runs; the reason where the scenario cannot be played so."""
    try:
        plan = plan_of(material.opened, (), seeds=seeds)
    except StudyError as error:
        return error
    return sweep_of(plan, executor, progress=progress)


def shown_measures(sweep: Sweep) -> tuple[Measure, ...]:
    """Those that say something of these runs: they happened, or were to be expected."""
    always, never = ("lost_sessions", "interrupted", "stateful"), ("lost_entries", "detection_s")
    found = (one for one in MEASURES.values() if one.key in always or np.nan_to_num(one.of(sweep.runs)).any())
    return tuple(one for one in found if one.key not in never)


def chance(material: Material, sweep: Sweep | StudyError) -> Chance:
    """The runs in figures, beside this one; no rows where there are no runs."""
    if isinstance(sweep, StudyError):
        return Chance("0", tuple(str(sweep).splitlines()), (), alike=False)
    own = played([material.setup])
    rows = tuple(_row(sweep, one, float(one.of(own)[0])) for one in shown_measures(sweep))
    columns = sweep.runs.as_dict()
    alike = all(len(np.unique(column)) == 1 for name, column in columns.items() if name != "seed")
    return Chance(thousands(len(sweep.runs)), sweep.plan.said, rows, alike)


def _row(sweep: Sweep, one: Measure, this: float) -> Row:
    found, values = cells(sweep, one), sweep.values(one)[0]
    mean, low, high = float(found.mean[0]), float(found.low[0]), float(found.high[0])
    return Row(
        title=translated(one.title),
        this=_value(one, this) if one.unit else (say("yes") if this else say("no")),
        mean=_value(one, mean, exact=False) + _reach(one, low, high),
        spread=_spread(one, found.least[0], found.lower[0], found.upper[0], found.most[0]),
        expected=_value(one, float(found.expected[0]), exact=False)
        if np.isfinite(found.expected[0])
        else "–",
        as_much=_as_much(values, this) if one.unit else "–",
    )


def _reach(one: Measure, low: float, high: float) -> str:
    """How far the interval goes: to both sides, or of a share, where it is uneven, from where to where."""
    reach = (high - low) / 2
    if not reach > 0:  # NaN: there is none
        return ""
    if not one.unit:
        return f" ({say('{low} to {high}', low=percent(low), high=percent(high))})"
    return f" ± {decimal(f'{reach:.2g}')} s" if one.unit == "s" else f" ± {mean_of(reach)}"


def _spread(one: Measure, least: float, lower: float, upper: float, most: float) -> str:
    if not one.unit or not np.isfinite(least):
        return "–"
    if least == most:
        return say("always {value}", value=_value(one, most))
    return say(
        "{least} to {most}, half of them {lower} to {upper}",
        least=_value(one, least),
        most=_value(one, most),
        lower=_value(one, lower),
        upper=_value(one, upper),
    )


def _as_much(values: Reals, this: float) -> str:
    """NaN is what never happened: in a time until service is back it is longer than any."""
    if not np.isfinite(this):
        return "–"
    return percent(float(np.mean(~(values < this))))


def _value(one: Measure, value: float, *, exact: bool = True) -> str:
    """With its unit where that is not in the title."""
    if not np.isfinite(value):
        return say("never")
    if one.unit == "s":
        return about(round(value * US_PER_S))
    if not one.unit:
        return percent(value)
    return thousands(round(value)) if exact and float(value).is_integer() else mean_of(value)
