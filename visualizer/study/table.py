"""Columns with names: what is written to files, and what pandas and polars take as it is."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64] | NDArray[np.float64] | NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`columns`: name -> values, all of the same length, contiguous; NaN stands for what there is not.
    `about`: what was asked, for whoever finds the file: the program's version, scenario, seeds.

    `pandas.DataFrame(dict(table), copy=False)` and `polars.DataFrame(dict(table))` take the numbers where
    they lie, without a copy; with pyarrow so does `polars.DataFrame(table)`.
    """

    columns: Mapping[str, Column]
    about: Mapping[str, str]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Column:
        """One column; KeyError when there is none of that name."""
        return self.columns[name]

    def keys(self) -> KeysView[str]:
        """The names of the columns; with `[]` it makes `dict(table)` work."""
        return self.columns.keys()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The Arrow PyCapsule protocol, for polars, DuckDB and whoever speaks it; ImportError without
        pyarrow.
        """
        return self.arrow().__arrow_c_stream__(requested_schema)

    def arrow(self) -> Any:
        """As a `pyarrow.Table` over the same memory, `about` as its metadata; ImportError without pyarrow."""
        import pyarrow  # noqa: PLC0415 - only who asks for it needs it

        arrays = {name: pyarrow.array(column) for name, column in self.columns.items()}
        return pyarrow.table(arrays).replace_schema_metadata(dict(self.about))
