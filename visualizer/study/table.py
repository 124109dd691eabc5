"""Columns with names: what is written to files, and what pandas and polars take as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64] | NDArray[np.float64] | NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """`columns`: name -> values, all of the same length, contiguous; NaN stands for what there is not.
    `about`: what was asked, for whoever finds the file: the program's version, scenario, seeds.
    """

    columns: Mapping[str, Column]
    about: Mapping[str, str]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))
