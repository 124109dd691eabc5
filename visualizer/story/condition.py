"""How a living unit or a cable works, where it does not work as it should: the words and marks for it."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.state import Link, Unit


@dataclass(frozen=True, slots=True)
class Condition:
    """`word` fits after "is" in a sentence, `sign` stands on a card or a cable, `short` where there is little
    room; `icon` is its mark.
    """

    word: str
    sign: str
    icon: str
    short: str = ""


SLOW = Condition("slow", "SLOW", "slow")
MUTE = Condition("mute", "MUTE", "mute")
ISOLATED = Condition("isolated", "ISOLATED", "isolated", "CUT OFF")
SUSPENDED = {
    "lease": Condition("without lease", "NO LEASE", "lease"),
    "quorum": Condition("without quorum", "NO QUORUM", "quorum", "QUORUM?"),
}

SOUND_LINK = Condition("whole", "", "heal")
CUT = Condition("cut", "CUT", "cut")
DEGRADED = Condition("degraded", "DEGRADED", "degrade")
NO_HEARTBEATS = Condition("without heartbeats", "NO BEATS", "no_heartbeat")


def of_unit(unit: Unit) -> tuple[Condition, ...]:
    """What is wrong with a living unit, the gravest first."""
    found: list[Condition] = []
    suspended = str(_field(unit, "suspended"))
    if suspended:
        found.append(SUSPENDED[suspended])
    for name, condition in (("isolated", ISOLATED), ("slow", SLOW), ("mute", MUTE)):
        if _field(unit, name):
            found.append(condition)
    return tuple(found)


def all_of_link(link: Link) -> tuple[Condition, ...]:
    """What is wrong with a cable; a cut one is nothing else."""
    if not link.up:
        return (CUT,)
    found: list[Condition] = []
    if _field(link, "degraded"):
        found.append(DEGRADED)
    if not _field(link, "beats", default=True):
        found.append(NO_HEARTBEATS)
    return tuple(found)


def of_link(link: Link) -> Condition:
    """The gravest of it, or that it is whole."""
    return (*all_of_link(link), SOUND_LINK)[0]


def _field(thing: Unit | Link, name: str, *, default: object = "") -> object:
    """A field that the engine may not have yet."""
    return getattr(thing, name, default)
