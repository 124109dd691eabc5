"""How a unit stands: its role and what is wrong with it, in the words, marks and colours of the cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from visualizer.language import marked, thousands, translated
from visualizer.scene.frame import Frame
from visualizer.scene.primitives import Role as Colour
from visualizer.scene.wording import entries, sessions
from visualizer.sim.event import Farewell
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import WAITING, Role, State, Unit
from visualizer.story import condition

_TOOK_OVER_US = 3 * US_PER_S
"""How long the card of a new active says so, of simulated time."""
_ENDS: dict[str, tuple[str, Colour, str]] = {
    "power": (marked("NO POWER"), "struck", "power_off"),
    "fencing": (marked("FENCED"), "struck", "fence"),
}
_GONE = (Role.DOWN, Role.SET_ASIDE)
_TOOK_OVER = marked("TOOK OVER")
_TAKING_OVER = marked("TAKING OVER")
_SHORT = {_TAKING_OVER: marked("STARTS")}


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark on the card: `icon` of assets/icons."""

    icon: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Standing:
    """What a card says: a word (`short` in a narrow card), and marks for it.

    `missed` of `misses`: while it waits for heartbeats. `holds`: so many of what, and how many.
    """

    word: str
    short: str
    colour: Colour
    edge: Colour
    edge_width: float
    dead: bool
    badges: tuple[Badge, ...]
    missed: int
    misses: int
    lost: int
    holds: tuple[str, str]


def missed_heartbeats(state: State, tier: int, unit: int) -> int:
    """How many heartbeats a waiting unit has waited for in vain; 0 for any other, and for a preferred one,
    which heeds none while the other is active.
    """
    here, setup = state.tiers[tier].units[unit], state.setup.tiers[tier].heartbeat
    claims = state.setup.tiers[tier].preempt and unit == 0 and state.tiers[tier].units[1].role is Role.ACTIVE
    if here.role not in WAITING or claims:
        return 0
    return min(max((state.now_us - here.heard_us) // setup.interval_us, 0), setup.misses)


def standing(frame: Frame, tier: int, unit: int) -> Standing:
    """The words for one unit at this instant."""
    state = frame.state
    role = state.tiers[tier].units[unit].role
    missed = missed_heartbeats(state, tier, unit)
    word, colour, icon = _end(frame, tier, unit) if role is Role.DOWN else _word(state, tier, unit, missed)
    badges = [Badge(icon, colour)] if icon else []
    said, short = translated(word), translated(_SHORT.get(word, word))
    wrong = condition.of_unit(state.tiers[tier].units[unit])
    if wrong:
        more = f" +{len(wrong) - 1}" if len(wrong) > 1 else ""
        said, colour = translated(wrong[0].sign) + more, "suspect"  # the gravest says more than the role
        short = translated(wrong[0].short or wrong[0].sign)
        badges = [Badge(each.icon, "suspect") for each in wrong]
    lost, gone = _missing(state, tier, unit, word)
    edge, held = _edge(role), frame.held[tier][unit]
    return Standing(
        word=said,
        short=short,
        colour=colour,
        edge="suspect" if wrong else edge,
        edge_width=1.5 if edge == "standby" else 2.2,
        dead=role is Role.DOWN,
        badges=tuple(badges),
        missed=missed,
        misses=state.setup.tiers[tier].heartbeat.misses,
        lost=lost,
        holds=(f"−{gone}", f"−{thousands(lost)}") if lost else (sessions(held), thousands(held)),
    )


def _edge(role: Role) -> Colour:
    match role:
        case Role.DOWN:
            return "struck"
        case Role.ACTIVE | Role.STARTING:
            return "active"
        case Role.SET_ASIDE:
            return "suspect"
        case Role.STANDBY | Role.RESYNCING | Role.BOOTING:
            return "standby"
        case _:
            assert_never(role)


def _word(state: State, tier: int, unit: int, missed: int) -> tuple[str, Colour, str]:  # noqa: PLR0911
    """Word, colour and mark ("" for none) of a unit that is not down."""
    here = state.tiers[tier]
    at = here.units[unit]
    match at.role:
        case Role.ACTIVE if _serves(here.units[1 - unit]):
            return (marked("ACTIVE TOO"), "suspect", "")
        case Role.ACTIVE if at.term and state.now_us - at.since_us < _TOOK_OVER_US:
            return (_TOOK_OVER, "active", "")
        case Role.ACTIVE:
            return (marked("ACTIVE"), "active", "")
        case Role.STARTING:
            return (_TAKING_OVER, "active", "starting")
        case Role.BOOTING:
            return (marked("BOOTING"), "text_dim", "booting")
        case Role.SET_ASIDE:
            return (marked("SET ASIDE"), "suspect", "set_aside")
        case Role.RESYNCING | Role.STANDBY if missed:
            return (marked("SUSPECTS"), "suspect", "")
        case Role.RESYNCING:
            return (marked("RESYNCING"), "text_dim", "resync")
        case Role.STANDBY:
            return (marked("STANDBY"), "text_dim", "")
        case Role.DOWN:
            return (marked("DOWN"), "struck", "cross")
        case _:
            assert_never(at.role)


def _serves(unit: Unit) -> bool:
    return unit.role is Role.ACTIVE and not unit.suspended


def _end(frame: Frame, tier: int, unit: int) -> tuple[str, Colour, str]:
    """Word, colour and mark of a unit that is down: by whose hand. Power and fences are no faults."""
    here = frame.state.tiers[tier].units[unit]
    if here.fault in _ENDS:
        return _ENDS[here.fault]
    fault = FAULTS.get(here.fault)
    mark = fault.mark if fault else "cross"
    farewells = frame.history.events.between(Farewell, here.since_us, here.since_us + 1)
    if any((each.tier, each.unit) == (tier, unit) for each in farewells):
        return (marked("STOPPED"), "struck", mark)
    return (marked("STRUCK") if fault and fault.bolt else marked("FAILED"), "struck", mark)


def _missing(state: State, tier: int, unit: int, word: str) -> tuple[int, str]:
    """What went with a unit that died or was set aside, and in words. When that one stands by again, the unit
    that has just taken over says what it never got.
    """
    here, other = state.tiers[tier].units[unit], state.tiers[tier].units[1 - unit]
    if here.role in _GONE:
        return _lost_at(state, tier, here.since_us)
    if word != _TOOK_OVER or other.role in _GONE:
        return 0, ""
    faults = [failover.fault_us for failover in state.failovers if failover.tier == tier]
    return _lost_at(state, tier, faults[-1]) if faults else (0, "")


def _lost_at(state: State, tier: int, at_us: int) -> tuple[int, str]:
    """Where there are several tiers, the entries of this one's table."""
    losses = [loss for loss in state.losses if loss.tier == tier and loss.at_us == at_us]
    if len(state.tiers) == 1:
        lost = sum(len(loss.sessions) for loss in losses)
        return lost, sessions(lost)
    lost = sum(loss.entries for loss in losses)
    return lost, entries(lost)
