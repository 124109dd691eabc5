"""The table of all rows, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.reality.verdicts import Verdict

_HEAD = ("row", "quantity", "measured (min..max)", "closed form", "simulated (min..max)", "verdict")
_WIDTHS = (34, 25, 28, 11, 28, 7)


def table(found: Iterable[Verdict]) -> Iterator[str]:
    """Line by line; below a line that differs, why."""
    yield _line(*_HEAD)
    for one in found:
        measured, figure = one.measured, one.figure
        closed = "" if figure.closed_form is None else f"{figure.closed_form:.4g}"
        yield _line(
            one.row.id,
            figure.name,
            _spread(measured.mean, measured.low, measured.high),
            closed,
            _spread(figure.mean, figure.low, figure.high),
            one.word,
        )
        if one.differs:
            yield f"    {one.differs}. {one.known}"


def _spread(mean: float, low: float, high: float) -> str:
    return f"{mean:.5g} ({low:.5g}..{high:.5g})"


def _line(*cells: str) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()
