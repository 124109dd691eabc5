"""From what is pointed at to acts: which fault a key or a click means, why not, and how to say it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visualizer.language import decimal, say, translated
from visualizer.scene.targets import applies, everything, kind_of, offers, standing_of, title_of
from visualizer.scene.wording import within
from visualizer.sim.command import Strike, Target, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.sim.state import Role, State

Aim = tuple[str, Target]
"""A fault, and what it is done to."""


def keys_of_faults() -> tuple[str, ...]:
    """Every hot key of a fault, in the order of the registry, each once."""
    return tuple(dict.fromkeys(fault.key for fault in FAULTS.values() if fault.key))


def faults_of_key(key: str) -> tuple[str, ...]:
    """What a hot key may mean."""
    return tuple(name for name, fault in FAULTS.items() if fault.key == key)


def aim(state: State, names: Sequence[str], pointed: Target | None) -> Aim | None:
    """Which of these faults to do to what: to what is pointed at, else to the first thing that it changes.

    A repair mends whatever is pointed at. None: there is nothing to do that to.
    """
    if all(FAULTS[name].mends for name in names):
        names = [*names, *(name for name, fault in FAULTS.items() if fault.mends and name not in names)]
    fitting = [name for name in names if pointed and FAULTS[name].target == kind_of(pointed)]
    if pointed and fitting:
        return next((name for name in fitting if applies(state, FAULTS[name], pointed)), fitting[0]), pointed
    return next(_found(state, names), None)


def _found(state: State, names: Sequence[str]) -> Iterator[Aim]:
    for kind in dict.fromkeys(FAULTS[name].target for name in names):
        for target in everything(state, kind):
            for name in names:
                if applies(state, FAULTS[name], target) and (FAULTS[name].mends or _serves(state, target)):
                    yield name, target


def _serves(state: State, target: Target) -> bool:
    """Whether somebody serves there: a key pressed twice must not strike the last standby as well."""
    if not isinstance(target, UnitTarget):
        return True
    return any(unit.role is Role.ACTIVE for unit in state.tiers[target.tier].units)


def refusal(state: State, fault: str, target: Target) -> str | None:
    """Why this would change nothing, in plain words; None when it would."""
    if applies(state, FAULTS[fault], target):
        return None
    is_now, title = standing_of(state, target), translated(FAULTS[fault].title)
    text = say("{fault}: nothing to do, nothing would change.", fault=title)
    if is_now:
        name = title_of(state.setup, target)
        text = say("{fault}: nothing to do, {what} is {standing}.", fault=title, what=name, standing=is_now)
    mends = [FAULTS[name] for name in offers(state, target) if FAULTS[name].mends]
    if mends and mends[0].key and not FAULTS[fault].mends:
        text += f" {mends[0].key.upper()}: {within(translated(mends[0].title))}."
    return text


def sentence(setup: Setup, act: Strike) -> str:
    """What was done, in one plain line."""
    return say(
        "{what} {past} at {at}.",
        what=title_of(setup, act.target),
        past=translated(FAULTS[act.fault].past),
        at=seconds_text(act.at_us),
    )


def seconds_text(time_us: int) -> str:
    """Seconds with two decimals, more where they say something: "9.20 s", "9.204567 s"."""
    whole, part = divmod(time_us, US_PER_S)
    return decimal(f"{whole}.{f'{part:06}'.rstrip('0').ljust(2, '0')} s")
