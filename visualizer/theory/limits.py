"""What every formula refuses: figures outside its meaning (ValueError, in one plain line)."""

from __future__ import annotations

from math import isfinite

from visualizer.language import say


def not_negative(**values: float) -> None:
    """Each is a finite number of at least 0."""
    for name, value in values.items():
        if not (isfinite(value) and value >= 0):
            raise ValueError(
                say("{name} is {value}; it must be a number of at least 0", name=name, value=value)
            )


def positive(**values: float) -> None:
    """Each is a finite number above 0."""
    for name, value in values.items():
        if not (isfinite(value) and value > 0):
            raise ValueError(say("{name} is {value}; it must be a number above 0", name=name, value=value))


def probability(**values: float) -> None:
    """Each is from 0 to 1."""
    for name, value in values.items():
        if not 0 <= value <= 1:
            raise ValueError(
                say("{name} is {value}; a share or chance is from 0 to 1", name=name, value=value)
            )


def count(**values: int) -> None:
    """Each is a whole number of at least 1."""
    for name, value in values.items():
        if value != int(value) or value < 1:
            raise ValueError(
                say("{name} is {value}; it must be a whole number of at least 1", name=name, value=value)
            )
