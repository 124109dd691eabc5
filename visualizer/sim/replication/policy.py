"""What a way of copying state tells the engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """`copies`: a standby gets state at all. `ticks`: a batch on every sync tick. `streams`: each change at
    once. `whole`: a tick copies all state, not before the last copy is complete. `waits`: a request is
    acknowledged only when the standby has it, for as long as the setup's time-out allows. `summary` is one
    plain line for menus and errors.
    """

    summary: str
    copies: bool
    ticks: bool = False
    streams: bool = False
    whole: bool = False
    waits: bool = False
