"""What a way of copying state tells the engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """`copies`: a standby gets state at all. `ticks`: a batch on every sync tick. `streams`: each change at
    once. `summary` is one plain line for menus and errors.
    """

    summary: str
    copies: bool
    ticks: bool = False
    streams: bool = False
