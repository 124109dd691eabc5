"""How a living unit or a cable works, where it does not work as it should: the words and marks for it."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import marked
from visualizer.sim.state import Link, Unit


@dataclass(frozen=True, slots=True)
class Condition:
    """English texts, to be translated where they are shown: `word` fits after "is" in a sentence, `sign`
    stands on a card or a cable, `short` where there is little room. `icon` is its mark.
    """

    word: str
    sign: str
    icon: str
    short: str = ""


SLOW = Condition(marked("slow"), marked("SLOW"), "slow")
MUTE = Condition(marked("mute"), marked("MUTE"), "mute")
ISOLATED = Condition(marked("isolated"), marked("ISOLATED"), "isolated", marked("CUT OFF"))
SUSPENDED = {
    "lease": Condition(marked("without lease"), marked("NO LEASE"), "lease"),
    "quorum": Condition(marked("without quorum"), marked("NO QUORUM"), "quorum", marked("QUORUM?")),
    "handover": Condition(marked("handing over"), marked("HANDS OVER"), "swap", marked("HANDS OFF")),
}

SOUND_LINK = Condition(marked("whole"), "", "heal")
CUT = Condition(marked("cut"), marked("CUT"), "cut")
DEGRADED = Condition(marked("degraded"), marked("DEGRADED"), "degrade")
NO_HEARTBEATS = Condition(marked("without heartbeats"), marked("NO BEATS"), "no_heartbeat")


def of_unit(unit: Unit) -> tuple[Condition, ...]:
    """What is wrong with a living unit, the gravest first."""
    found = [SUSPENDED[unit.suspended]] if unit.suspended else []
    flags = ((unit.isolated, ISOLATED), (unit.slow, SLOW), (unit.mute, MUTE))
    return (*found, *(condition for is_so, condition in flags if is_so))


def all_of_link(link: Link) -> tuple[Condition, ...]:
    """What is wrong with a cable; a cut one is nothing else."""
    if not link.up:
        return (CUT,)
    flags = ((link.degraded, DEGRADED), (not link.beats, NO_HEARTBEATS))
    return tuple(condition for is_so, condition in flags if is_so)


def of_link(link: Link) -> Condition:
    """The gravest of it, or that it is whole."""
    return (*all_of_link(link), SOUND_LINK)[0]
