"""Which mark an event leaves on the timeline. One row for each kind: a new event is a row here.

`tests/scene/test_readings.py` holds that no kind is missing and that every mark has its icon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from visualizer.scene.primitives import Role
from visualizer.sim import event as events
from visualizer.sim.faults import FAULTS


@dataclass(frozen=True, slots=True)
class Mark:
    """An icon of assets/icons in a colour. `rank`: where marks would cover each other the lowest is drawn.
    `repeats`: it comes again and again, and once in a while is enough.
    """

    icon: str
    role: Role
    rank: int
    repeats: bool = False


def _struck(event: events.UnitStruck) -> Mark:
    fault = FAULTS.get(event.fault)
    return Mark(fault.mark if fault else "cross", "bolt_glow" if fault and fault.bolt else "struck", 0)


def _changed(event: events.LinkChanged | events.UnitChanged) -> Mark:
    fault = FAULTS.get(event.fault)
    mends = fault is not None and fault.mends
    return Mark(fault.mark if fault else "cross", "active" if mends else "struck", 1)


def _repaired(event: events.Repaired) -> Mark:
    mark = next(fault.mark for fault in FAULTS.values() if fault.mends and fault.target == "unit")
    return Mark(mark, "active", 2)


_POWER = {
    "failed": Mark("power_off", "struck", 1),
    "dark": Mark("power_off", "struck", 1),
    "no_generator": Mark("generator", "struck", 2),
    "generator": Mark("generator", "active", 2),
    "restored": Mark("power", "active", 2),
}


def _power(event: events.FeedChanged) -> Mark:
    return _POWER[event.condition]


def _suspended(event: events.ServiceSuspended) -> Mark:
    return Mark(event.why, "suspect", 3)


def _always(icon: str, role: Role, rank: int, *, repeats: bool = False) -> Callable[[Any], Mark]:
    return lambda event: Mark(icon, role, rank, repeats)


Reading = Callable[[Any], Mark]

READINGS: dict[type, Reading | None] = {
    events.UnitStruck: _struck,
    events.LinkChanged: _changed,
    events.UnitChanged: _changed,
    events.Repaired: _repaired,
    events.FeedChanged: _power,
    events.Fenced: _always("fence", "struck", 1),
    events.Demoted: _always("split", "suspect", 3),
    events.ServiceSuspended: _suspended,
    events.ServiceResumed: _always("caught_up", "active", 4),
    events.TakeoverRefused: _always("refused", "suspect", 4, repeats=True),
    events.SetAside: _always("set_aside", "suspect", 4),
    events.AcknowledgementsHeld: _always("waits", "suspect", 4),
    events.FellBack: _always("fell_back", "struck", 3),
    events.AcknowledgementsBack: _always("caught_up", "active", 4),
    events.Farewell: _always("stop", "suspect", 3),
    events.AnnouncementLost: _always("unheard", "suspect", 5, repeats=True),
    events.RequestsRetried: _always("retry", "active", 5),
    events.Rejoined: _always("resync", "active", 5),
    events.InDoubt: _always("help", "suspect", 5),
    # what the curve, the hearts, the dashed lines and the line of the takeover show already, or nobody misses
    events.HeartbeatSent: None,
    events.HeartbeatReceived: None,
    events.SyncSent: None,
    events.SyncReceived: None,
    events.StreamOpened: None,
    events.StreamClosed: None,
    events.FrameLost: None,
    events.ParameterSet: None,
    events.TakeoverBegun: None,
    events.Takeover: None,
    events.AddressLearned: None,
    events.Booted: None,
    events.StateLost: None,
    events.ServiceChanged: None,
}
