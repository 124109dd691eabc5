"""The measured rows and runs, as they were written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Spread:
    """What was measured of one quantity: mean and extremes of `n` repetitions, standard deviation `sd`."""

    n: int
    mean: float
    low: float
    high: float
    sd: float


@dataclass(frozen=True)
class Row:
    """One setting of one product: how it was set (`parameters`) and what was measured."""

    id: str
    system: str
    parameters: Mapping[str, Any]
    measured: Mapping[str, Any]

    @property
    def words(self) -> frozenset[str]:
        """The parts of the id: `B1-drop-500-20` has `B1`, `drop`, `500` and `20`."""
        return frozenset(self.id.replace("_", "-").split("-"))

    @property
    def group(self) -> str:
        """The letter of the id: which kind of product and question."""
        return self.id[0]

    def spread(self, name: str) -> Spread | None:
        """A measured quantity; None where the row does not have it. A single number is one repetition."""
        found = self.measured.get(name)
        if isinstance(found, dict) and found.get("mean") is not None:
            return Spread(found["n"], found["mean"], found["min"], found["max"], found["sd"])
        if isinstance(found, int | float):
            return Spread(1, found, found, found, 0.0)
        return None

    def __str__(self) -> str:
        return self.id


def rows() -> list[Row]:
    """All rows of `measured.json`, in its order."""
    return [
        Row(one["id"], one["system"], one["parameters"], one["measured"]) for one in runs("measured.json")
    ]


def runs(name: str) -> list[dict[str, Any]]:
    """The single repetitions of a file."""
    found: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return found
