"""What is heard of what happens: which sound an event makes, and which of the sounds are let through.

Window and film follow the same rule: names of assets/sounds come out, whoever plays them.
"""

from __future__ import annotations

from visualizer.sim.event import Event, HeartbeatReceived, StateLost, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS

THUNDER, HEARTBEAT, TAKEOVER, LOSS = "thunder", "heartbeat", "takeover", "loss"

APART_US = 250_000
"""The same sound begins at most so often, in the time of who listens."""

AT_ONCE = 3
"""So many sounds begin within `APART_US`, and no more."""

HEARTBEATS_UP_TO = 4000
"""In thousandths of simulated time by time of who listens: faster than this hearts are not heard."""


def cue(event: Event) -> str | None:
    """Lightning thunders; a heartbeat that is heard beats; state that is gone falls, whatever took it."""
    match event:
        case UnitStruck() if event.fault in FAULTS and FAULTS[event.fault].bolt:
            return THUNDER
        case HeartbeatReceived():
            return HEARTBEAT
        case Takeover():
            return TAKEOVER
        case StateLost() if event.sessions or event.transactions:
            return LOSS
        case _:
            return None


class Ear:
    """Hears events one after the other and lets few of them through: what happened first goes before."""

    def __init__(self) -> None:
        self._begun_us: dict[str, int] = {}

    def hears(self, event: Event, at_us: int, speed: int) -> str | None:
        """The sound that begins with this event, if any. `at_us` is an instant of who listens (a clock on the
        wall, or the film), never before that of the call before; `speed` in thousandths.
        """
        name = cue(event)
        if name is None or (name == HEARTBEAT and speed > HEARTBEATS_UP_TO):
            return None
        fresh = [other for other, begun_us in self._begun_us.items() if at_us - begun_us < APART_US]
        if name in fresh or len(fresh) >= AT_ONCE:
            return None
        self._begun_us[name] = at_us
        return name
