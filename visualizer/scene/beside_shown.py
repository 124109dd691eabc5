"""What is shown of this run beside many others, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lab.beside import Others


@dataclass(frozen=True, slots=True)
class BesideLook:
    """`value` of this run, a count or microseconds, beside those of `runs` others; `measure`: a key of
    `script.BESIDE`. `others` is None while they are counted, `known` of them so far.
    """

    measure: str
    value: int
    runs: int
    others: Others | None = None
    known: int = 0
