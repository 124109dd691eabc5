"""Which sound an event makes, if any: names of assets/sounds."""

from __future__ import annotations

from visualizer.sim.event import Event, HeartbeatReceived, StateLost, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS

THUNDER, HEARTBEAT, TAKEOVER, LOSS = "thunder", "heartbeat", "takeover", "loss"


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
