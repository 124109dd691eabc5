"""From names of targets to acts: what a click does, whether it would change anything, how to say it."""

from __future__ import annotations

from typing import assert_never

from visualizer.sim.command import LinkTarget, Strike, Target, UnitTarget
from visualizer.sim.setup import UNIT_NAMES, US_PER_S, Setup
from visualizer.sim.state import Role, State


def target_of(name: str | None) -> Target | None:
    """`unit:T:U` or `link:T:N` as a target; None for anything else."""
    match (name or "").split(":"):
        case ["unit", tier, unit]:
            return UnitTarget(int(tier), int(unit))
        case ["link", tier, link]:
            return LinkTarget(int(tier), int(link))
        case _:
            return None


def fault_of_click(state: State, target: Target) -> str:
    """Pointing breaks what works and mends what is broken."""
    match target:
        case UnitTarget():
            return "repair" if _role(state, target) is Role.DOWN else "lightning"
        case LinkTarget():
            return "cut" if _up(state, target) else "heal"
        case _:
            assert_never(target)


def active_unit(state: State) -> UnitTarget | None:
    """The first active unit, tier by tier."""
    for tier, here in enumerate(state.tiers):
        for unit in (here.directed, 1 - here.directed):
            if here.units[unit].role is Role.ACTIVE:
                return UnitTarget(tier, unit)
    return None


def broken(state: State) -> Target | None:
    """The first dead unit, else the first cut cable."""
    for tier, here in enumerate(state.tiers):
        for unit in (0, 1):
            if here.units[unit].role is Role.DOWN:
                return UnitTarget(tier, unit)
    for tier, links in enumerate(state.links):
        for number, link in enumerate(links):
            if not link.up:
                return LinkTarget(tier, number)
    return None


def refusal(state: State, fault: str, target: Target) -> str | None:
    """Why this would change nothing, in plain words; None when it would."""
    match target:
        case UnitTarget():
            role, name = _role(state, target), name_of(state.setup, target)
            if fault == "repair" and role is Role.BOOTING:
                return f"{name} is starting already."
            if fault == "repair" and role is not Role.DOWN:
                return f"{name} is not broken."
            if fault != "repair" and role is Role.DOWN:
                return f"{name} is down already. R repairs it."
        case LinkTarget():
            if (fault == "heal") == _up(state, target):
                return f"{name_of(state.setup, target)} is {'whole' if fault == 'heal' else 'cut'} already."
        case _:
            assert_never(target)
    return None


def sentence(setup: Setup, act: Strike) -> str:
    """What was done, in one plain line."""
    name, when = name_of(setup, act.target), seconds_text(act.at_us)
    match act.fault:
        case "lightning":
            return f"Lightning strikes {name} at {when}."
        case "host":
            return f"{name} fails at {when}."
        case "repair":
            return f"{name} is switched on again at {when}."
        case "cut":
            return f"{name} is cut at {when}."
        case "heal":
            return f"{name} is whole again at {when}."
        case _:
            return f"{act.fault.capitalize()} at {name}, {when}."


def name_of(setup: Setup, target: Target) -> str:
    """A target as people call it: "Firewall primary", "Firewall sync cable"."""
    tier = setup.tiers[target.tier]
    match target:
        case UnitTarget(_, unit):
            return f"{tier.title} {UNIT_NAMES[unit]}"
        case LinkTarget(_, link):
            name = tier.links[link].name
            return f"{tier.title} cable" if name == "link" else f"{tier.title} {name} cable"
        case _:
            assert_never(target)


def seconds_text(time_us: int) -> str:
    """Seconds with two decimals, more where they say something: "9.20 s", "9.204567 s"."""
    whole, part = divmod(time_us, US_PER_S)
    return f"{whole}.{f'{part:06}'.rstrip('0').ljust(2, '0')} s"


def _role(state: State, target: UnitTarget) -> Role:
    return state.tiers[target.tier].units[target.unit].role


def _up(state: State, target: LinkTarget) -> bool:
    return state.links[target.tier][target.link].up
