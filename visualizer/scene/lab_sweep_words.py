"""The answers of a sweep as people read them."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10

from visualizer.language import say, say_many, translated
from visualizer.language.numbers import THIN_SPACE
from visualizer.scene.chart import rounded, three_digits
from visualizer.scene.lab_sweep_shown import SweepCell, SweepLook
from visualizer.scene.wording import within


def reading(shown: SweepLook, number: int) -> str:
    """ "Sync every 2 s: 10.1 ± 0.6 sessions, closed form 10.0." """
    cell = shown.cells[number]
    return say("{where}: {found}.", where=_where(shown, number), found=_found(cell, shown.unit))


def readings(shown: SweepLook, number: int) -> tuple[str, ...]:
    """The same, and shorter: without the closed form, then without saying where."""
    bare = replace(shown.cells[number], expected=None)
    found, where = _found(bare, shown.unit), _where(shown, number)
    return reading(shown, number), say("{where}: {found}.", where=where, found=found), f"{found}."


def spread(shown: SweepLook, number: int) -> str:
    """ "Half of the runs: 5 to 15." ; "" where there is none."""
    cell = shown.cells[number]
    if cell.lower is None or cell.upper is None or cell.runs < 4 or not shown.unit:
        return ""
    low, high = in_short(cell.lower, ""), in_short(cell.upper, "")
    if shown.unit == "s":
        return say("Half of the runs: {low} to {high} s.", low=low, high=high)
    return say("Half of the runs: {low} to {high}.", low=low, high=high)


def progress(shown: SweepLook) -> str:
    """How much of it is known."""
    if shown.done:
        return say("{n} seeds each", n=shown.of)
    return say("{n} of {total} seeds", n=shown.seeds, total=shown.of)


def in_short(value: float, unit: str, shares: bool = False) -> str:
    """A number of at most three digits; a share in per cent."""
    if shares:
        return f"{rounded(100 * value, 0)}{THIN_SPACE}%"
    return three_digits(value) + (f" {unit}" if unit else "")


def with_error(value: float, half: float | None) -> str:
    """ "10.1 ± 0.6": as many decimals as the error deserves, one more where it begins with 1 or 2."""
    if not half:
        return three_digits(value)
    size = floor(log10(half) + 1e-9)
    decimals = min(max(-size + (half < 3 * 10**size), 0), 4)
    return f"{rounded(value, decimals)} ± {rounded(half, decimals)}"


def called(unit: str) -> str:
    """What stands behind a number."""
    return unit if unit == "s" else translated(unit)


def _where(shown: SweepLook, number: int) -> str:
    """Which values: "Sync every 2 s, misses 3"."""
    places = shown.places(number)
    said = [f"{axis.title} {axis.labels[place]}" for axis, place in zip(shown.axes, places, strict=True)]
    return ", ".join([said[0], *(within(one[:1]) + one[1:] for one in said[1:])])


def _found(cell: SweepCell, unit: str) -> str:
    if not cell.runs:
        return say("nothing is known yet")
    if cell.mean is None:
        return say_many("never in {n} run", "never in {n} runs", cell.runs, n=cell.runs)
    said = f"{with_error(cell.mean, _half(cell))} {called(unit)}" if unit else _share(cell, cell.mean)
    if cell.expected is None:
        return said
    expected = three_digits(cell.expected * (1 if unit else 100))
    return say("{found}, closed form {expected}", found=said, expected=expected)


def _half(cell: SweepCell) -> float | None:
    return None if cell.low is None or cell.high is None else (cell.high - cell.low) / 2


def _share(cell: SweepCell, mean: float) -> str:
    """ "30 % (26 to 35)": the interval of a share is uneven, and ends at none and at all."""
    said = f"{rounded(100 * mean, 0)} %"
    if cell.low is None or cell.high is None:
        return said
    ends = {"low": rounded(100 * cell.low, 0), "high": rounded(100 * cell.high, 0)}
    return say("{found} ({low} to {high})", found=said, **ends)
