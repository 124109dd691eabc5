"""What can stand on the agenda: frames under way, timers and acts; `engine` says what each does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from visualizer.sim.command import Command
from visualizer.sim.setup import NONE, Share


class Order(IntEnum):
    """What goes first at equal times; then the serial number decides."""

    FAULT = 0
    DELIVERY = 1
    TIMER = 2
    ARRIVAL = 3
    SEND = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """State on the cable, whole or not at all: all that was ready before `bound_us`.

    `left_us`: its last bit has left. `full`: it makes a newcomer whole. `in_pieces`: what has come of it
    counts before it is complete (the tier's last `Bulk`). `refresh`: the number of a refresh, whose changes
    were lost on their own with chance `loss`. `lost`: it will not get through.
    """

    tier: int
    sender: int
    receiver: int
    link: int
    cut_us: int
    bound_us: int
    sent_us: int
    left_us: int
    due_us: int
    full: bool = False
    refresh: int | None = None
    loss: Share = NONE
    lost: bool = False
    in_pieces: bool = False


@dataclass(frozen=True, slots=True)
class Beat:
    """A heartbeat on the cable; `farewell`: its sender stops."""

    tier: int
    sender: int
    receiver: int
    link: int
    term: int
    sent_us: int
    due_us: int
    lost: bool = False
    farewell: bool = False


@dataclass(frozen=True, slots=True)
class CommandDue:
    """Somebody acts."""

    command: Command


@dataclass(frozen=True, slots=True)
class HeartbeatDue:
    """Active units of the tier send their heartbeat."""

    tier: int


@dataclass(frozen=True, slots=True)
class SyncDue:
    """The tier's sync tick."""

    tier: int


@dataclass(frozen=True, slots=True)
class RefreshDue:
    """The stream's refresh."""

    tier: int


@dataclass(frozen=True, slots=True)
class CopyDue:
    """All that the receiver lacks leaves at once: after a rejoin or a heal."""

    tier: int


@dataclass(frozen=True, slots=True)
class StreamDrained:
    """The last change of a stream whose sender died has arrived."""

    tier: int


@dataclass(frozen=True, slots=True)
class DetectDue:
    """A waiting unit's hold time may be over."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class DecideDue:
    """A waiting unit has a reason other than silence to take over."""

    tier: int
    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class FenceDue:
    """Fencing is over: the other unit is off, or it failed."""

    tier: int
    unit: int
    works: bool
    why: str


@dataclass(frozen=True, slots=True)
class StartDue:
    """A unit that was starting is ready to be active."""

    tier: int
    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class AnnounceDue:
    """One gratuitous ARP of a train."""

    tier: int
    unit: int
    number: int
    train: int


@dataclass(frozen=True, slots=True)
class AddressDue:
    """Those before the tier follow the gratuitous ARP of `unit`."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class BootDone:
    """A repaired unit runs again."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class DemoteDue:
    """A deposed active steps down."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class LeaseDue:
    """An active unit has been without contact for as long as it may."""

    tier: int
    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class WaitDue:
    """The first request that waits for the standby may have waited long enough."""

    tier: int


@dataclass(frozen=True, slots=True)
class CaughtUpDue:
    """All that was ready when requests stopped waiting for the standby has arrived there."""

    tier: int


@dataclass(frozen=True, slots=True)
class UnblockDue:
    """An active unit whose standby serves itself stops waiting for it."""

    tier: int
    unit: int


@dataclass(frozen=True, slots=True)
class HandoverDue:
    """What the active unit sent at its switchover has arrived: all that was ready before `bound_us`."""

    tier: int
    unit: int
    bound_us: int


@dataclass(frozen=True, slots=True)
class GeneratorDue:
    """The generator of a feed starts, or does not."""

    feed: int
    works: bool


@dataclass(frozen=True, slots=True)
class UpsDue:
    """The UPS of a feed is empty."""

    feed: int


@dataclass(frozen=True, slots=True)
class PowerDue:
    """Somebody brings power back by hand."""

    feed: int


Due = (
    CommandDue
    | Beat
    | Batch
    | StreamDrained
    | DetectDue
    | DecideDue
    | FenceDue
    | StartDue
    | AnnounceDue
    | AddressDue
    | BootDone
    | DemoteDue
    | LeaseDue
    | WaitDue
    | CaughtUpDue
    | UnblockDue
    | HandoverDue
    | GeneratorDue
    | UpsDue
    | PowerDue
    | HeartbeatDue
    | SyncDue
    | RefreshDue
    | CopyDue
)
"""Closed: the engine names every kind."""
