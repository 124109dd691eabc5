"""How a unit stands: its role in the words and colours of the cards."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.frame import Frame
from visualizer.scene.primitives import Role as Colour
from visualizer.scene.wording import sessions
from visualizer.sim.event import UnitStruck
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import WAITING, Role, State

_TOOK_OVER_US = 3 * US_PER_S
"""How long the card of a new active says so, of simulated time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a card says. `missed` of `misses` heartbeats: only while the unit waits for them."""

    word: str
    colour: Colour
    edge: Colour
    edge_width: float
    dead: bool
    by_lightning: bool
    missed: int
    misses: int
    lost: int
    holds: str


def missed_heartbeats(state: State, tier: int, unit: int) -> int:
    """How many heartbeats a waiting unit has waited for in vain; 0 for any other."""
    here, setup = state.tiers[tier].units[unit], state.setup.tiers[tier].heartbeat
    if here.role not in WAITING:
        return 0
    return min(max((state.now_us - here.heard_us) // setup.interval_us, 0), setup.misses)


def standing(frame: Frame, tier: int, unit: int) -> Standing:
    """The words for one unit at this instant."""
    state = frame.state
    role = state.tiers[tier].units[unit].role
    missed = missed_heartbeats(state, tier, unit)
    word, colour = _word(state, tier, unit, missed)
    dead = role is Role.DOWN
    by_lightning = dead and _fault(frame, tier, unit) == "lightning"
    if dead and not by_lightning:
        word = "FAILED"
    lost = _lost_with(state, tier, unit) if dead else 0
    held = frame.held[tier][unit]
    return Standing(
        word=word,
        colour=colour,
        edge="struck" if dead else ("active" if role is Role.ACTIVE else "standby"),
        edge_width=2.2 if dead or role is Role.ACTIVE else 1.5,
        dead=dead,
        by_lightning=by_lightning,
        missed=missed,
        misses=state.setup.tiers[tier].heartbeat.misses,
        lost=lost,
        holds=f"−{sessions(lost)}" if lost else sessions(held),
    )


def _word(state: State, tier: int, unit: int, missed: int) -> tuple[str, Colour]:  # noqa: PLR0911
    here = state.tiers[tier]
    at = here.units[unit]
    match at.role:
        case Role.DOWN:
            return ("STRUCK", "struck")
        case Role.BOOTING:
            return ("BOOTING", "text_dim")
        case Role.ACTIVE if here.units[1 - unit].role is Role.ACTIVE:
            return ("ACTIVE TOO", "suspect")
        case Role.ACTIVE if at.term and state.now_us - at.since_us < _TOOK_OVER_US:
            return ("TOOK OVER", "active")
        case Role.ACTIVE:
            return ("ACTIVE", "active")
        case _ if missed:
            return ("SUSPECTS", "suspect")
        case Role.RESYNCING:
            return ("RESYNCING", "text_dim")
        case _:
            return ("STANDBY", "text_dim")


def _fault(frame: Frame, tier: int, unit: int) -> str:
    """What took the unit down last."""
    struck = frame.history.events.between(UnitStruck, 0, frame.now_us + 1)
    return next((e.fault for e in reversed(struck) if (e.tier, e.unit) == (tier, unit)), "")


def _lost_with(state: State, tier: int, unit: int) -> int:
    """Sessions that went down with a dead unit."""
    since_us = state.tiers[tier].units[unit].since_us
    return sum(len(x.sessions) for x in state.losses if x.tier == tier and x.at_us == since_us)
