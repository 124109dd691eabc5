"""Every measured row against the engine."""

from __future__ import annotations

from functools import cache

import pytest

from tests.reality.families import family
from tests.reality.rows import Row, rows
from tests.reality.verdicts import Verdict, known, unanswered, verdicts

ROWS = {row.id: row for row in rows()}


@cache
def found(row_id: str) -> dict[str, Verdict]:
    """The verdicts of a row by quantity; its worlds are played once."""
    return {one.figure.name: one for one in verdicts(ROWS[row_id])}


def _cases() -> list[object]:
    """Each row with each quantity that was measured and that its family answers."""
    cases: list[object] = []
    for row in ROWS.values():
        for name in sorted(set(row.measured) - set(family(row).not_modelled)):
            why = known(row, name)
            marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
            cases.append(pytest.param(row.id, name, id=f"{row.id}-{name}", marks=marks))
    return cases


@pytest.mark.parametrize(("row_id", "name"), _cases())
def test_the_engine_does_as_the_product_did(row_id: str, name: str) -> None:
    """Means within three standard errors, and every measured value is possible."""
    assert name in found(row_id), f"nothing answers {name} of {row_id}"
    assert not found(row_id)[name].differs


def test_no_row_hides_another() -> None:
    assert len(ROWS) == len(rows()) > 0


@pytest.mark.parametrize("row", ROWS.values(), ids=str)
def test_nothing_that_was_measured_is_passed_over(row: Row) -> None:
    assert not unanswered(row, set(found(row.id)))
