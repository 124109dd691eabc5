"""The moments that a beat can be tied to: each is a name, what it means, and how to tell it from events.

To add one: its line in `MOMENTS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.sim.event import AddressLearned, Event, StateLost, Takeover


@dataclass(frozen=True, slots=True)
class Moment:
    """`summary` finishes the sentence "the moment when ..."; `is_it` says whether an event is one."""

    summary: str
    is_it: Callable[[Event], bool]


MOMENTS: dict[str, Moment] = {
    "loss": Moment(
        "state is lost",
        lambda event: isinstance(event, StateLost) and bool(event.sessions or event.transactions),
    ),
    "takeover": Moment("the standby becomes active", lambda event: isinstance(event, Takeover)),
    "clients follow": Moment(
        "requests go to the new active unit", lambda event: isinstance(event, AddressLearned)
    ),
}
"""By the name in a script, in the order in which they are listed for people."""
