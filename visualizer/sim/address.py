"""The address that moves: gratuitous ARP, heard or lost, and caches that age."""

from __future__ import annotations

from visualizer.sim.agenda import AddressDue, AnnounceDue, Order
from visualizer.sim.cable import LANES
from visualizer.sim.chance import Purpose, draw
from visualizer.sim.event import AddressLearned, AnnouncementLost
from visualizer.sim.office import refresh
from visualizer.sim.state import Role, State


def announce(state: State, tier: int, unit: int) -> None:
    """`unit` says that the address is its own now; of two announcers clients believe the last."""
    state.cancel(lambda due: isinstance(due, (AddressDue, AnnounceDue)) and due.tier == tier)
    train = state.tiers[tier].announced
    state.change_tier(tier, announced=train + 1)
    announce_due(state, AnnounceDue(tier, unit, 0, train))


def is_announcing(state: State, tier: int, unit: int) -> bool:
    """Whether clients are about to follow this unit."""
    return any(
        isinstance(due, (AddressDue, AnnounceDue)) and (due.tier, due.unit) == (tier, unit)
        for _, _, _, due in state.agenda
    )


def announce_due(state: State, due: AnnounceDue) -> None:
    """One announcement: heard, or lost and perhaps repeated."""
    tier, unit = due.tier, due.unit
    setup = state.tier_setup(tier)
    words = setup.announcement
    key = LANES * due.train + due.number
    lost = bool(words.loss) and _word(state, Purpose.ANNOUNCEMENT, key, tier) < words.loss.threshold
    if not lost:
        _follow_at(state, tier, unit, state.now_us + setup.convergence_us)
        return
    state.emit(AnnouncementLost(state.now_us, tier, unit, due.number + 1))
    if due.number + 1 < words.count:
        again = AnnounceDue(tier, unit, due.number + 1, due.train)
        state.push(state.now_us + words.spacing_us, Order.TIMER, again)
    else:
        _follow_at(state, tier, unit, _cache_end_us(state, tier, due.train))
    refresh(state, tier)


def _cache_end_us(state: State, tier: int, train: int) -> int:
    """When the clients' entry for the old address ages out, counted from the old unit's last answer."""
    words = state.tier_setup(tier).announcement
    span_us = words.cache_high_us - words.cache_low_us
    age_us = words.cache_low_us + (_word(state, Purpose.CACHE_AGE, train, tier) * span_us >> 32)
    number = state.tiers[tier].failover
    down_us = None if number is None else state.failovers[number].down_us
    last_answer_us = state.now_us if down_us is None else down_us
    return max(last_answer_us + age_us, state.now_us)


def _word(state: State, purpose: Purpose, index: int, tier: int) -> int:
    return draw(state.setup.seed, purpose, index, tier)


def _follow_at(state: State, tier: int, unit: int, at_us: int) -> None:
    if at_us > state.now_us:
        state.push(at_us, Order.TIMER, AddressDue(tier, unit))
        refresh(state, tier)
    else:
        address_learned(state, tier, unit)


def address_learned(state: State, tier: int, unit: int) -> None:
    """Those before the tier follow, unless the announcer has died meanwhile."""
    if state.tiers[tier].units[unit].role is not Role.ACTIVE:
        return
    state.emit(AddressLearned(state.now_us, tier, unit))
    state.change_tier(tier, directed=unit)
    refresh(state, tier)
