"""A table as a file: CSV, JSON or Parquet, by its ending. To add a kind: its line in `WRITERS`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from visualizer.files import write_beside
from visualizer.language import say
from visualizer.study.error import StudyError
from visualizer.study.table import Column, Table


def csv_bytes(table: Table) -> bytes:
    """RFC 4180 with a header, which pandas, polars and spreadsheets read without options; empty for NaN.
    There is no place for `about` in it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.keys())
    writer.writerows(zip(*(_cells(column) for column in table.columns.values()), strict=True))
    return out.getvalue().encode()


def json_bytes(table: Table) -> bytes:
    """`{"about": {...}, "columns": {name: [...]}}`, a line a column; null for NaN."""
    columns = (f"  {json.dumps(name)}: {_json(column)}" for name, column in table.columns.items())
    about = json.dumps(dict(table.about), ensure_ascii=False, indent=1)
    return ('{"about": ' + about + ',\n"columns": {\n' + ",\n".join(columns) + "\n}}\n").encode()


def parquet_bytes(table: Table) -> bytes:
    """`about` is the metadata of its schema; NaN stays NaN. ImportError without pyarrow."""
    arrow = table.arrow()
    from pyarrow import parquet  # noqa: PLC0415 - only who asks for it needs it

    out = io.BytesIO()
    parquet.write_table(arrow, out)
    return out.getvalue()


WRITERS: dict[str, Callable[[Table], bytes]] = {
    ".csv": csv_bytes,
    ".json": json_bytes,
    ".parquet": parquet_bytes,
}


def write_table(table: Table, path: Path) -> None:
    """Write it, beside the file of that name and then in its place. The same table gives the same bytes.

    Raises StudyError for an ending that is none of `WRITERS` or needs what is not installed; OSError.
    """
    kind = path.suffix.lower()
    if kind not in WRITERS:
        what = say(
            "`{kind}` is no kind of table; the kinds are: {kinds}", kind=kind, kinds=", ".join(WRITERS)
        )
        raise StudyError(f"{path}: {what}")
    try:
        content = WRITERS[kind](table)
    except ImportError:
        what = say(
            "Parquet needs the package pyarrow; install it with: pip install 'failover-visualizer[parquet]', "
            "or say .csv or .json"
        )
        raise StudyError(f"{path}: {what}") from None
    write_beside(path, content)


def _cells(column: Column) -> list[object]:
    """Shortest exact decimals, as Python writes them."""
    return ["" if value != value else value for value in column.tolist()]  # noqa: PLR0124 - NaN


def _json(column: Column) -> str:
    values = [None if value != value else value for value in column.tolist()]  # noqa: PLR0124 - NaN
    return json.dumps(values, ensure_ascii=False, allow_nan=False)
