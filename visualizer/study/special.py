"""Parameters that no key of a scenario file has. To add one: its entry in `SPECIALS`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from visualizer.language import marked, say
from visualizer.opening import Opened, open_text
from visualizer.scenario import column_text, quoted, suggestion
from visualizer.script.wrong import WrongValueError
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import SyncSetup

MOST_TIERS = 8
MOST_SEED = 2**62


class Draft(NamedTuple):
    """A point in the making. `tier`: the one that is struck, or would be. `fault`: what strikes it, None when
    nothing does.
    """

    opened: Opened
    tier: int
    fault: str | None
    seeds: Sequence[int]


@dataclass(frozen=True, slots=True)
class Special:
    """`apply` sets it to a value: from a draft to a draft; WrongValueError for a value that makes no sense,
    ScenarioError when it does not fit the scenario. `summary` is `translated` where it is shown.
    """

    name: str
    summary: str
    apply: Callable[[Draft, str], Draft]


def _tiers(draft: Draft, value: str) -> Draft:
    """As many tiers like the struck one, their copies sent one after the other at even distances: units that
    tick independently are as rarely in step.
    """
    count = _whole(value, 1, MOST_TIERS)
    opened = draft.opened
    like = opened.setup.tiers[draft.tier]
    text = column_text(
        opened.text,
        opened.name,
        like.name,
        _staggered(like.sync, count),
        overrides=opened.overrides,
        faults=opened.faults,
    )
    return _with_opened(draft, open_text(text, None, (), (), opened.name), 0)


def _staggered(sync: SyncSetup, count: int) -> list[int | None]:
    """When each of so many tiers sends its first copy."""
    if not POLICIES[sync.policy].ticks:
        return [None] * count
    interval_us = sync.interval_us
    phases_us = ((sync.phase_us + place * interval_us // count) % interval_us for place in range(1, count))
    return [None, *(phase_us or interval_us for phase_us in phases_us)]


def _with_opened(draft: Draft, opened: Opened, tier: int) -> Draft:
    """The draft with another scenario, under the same name."""
    named = replace(opened, setup=replace(opened.setup, name=draft.opened.setup.name))
    return draft._replace(opened=named, tier=tier)


def _seed(draft: Draft, value: str) -> Draft:
    """Other clients and other instants: as many seeds, none of which another value takes."""
    first = _whole(value, 0, MOST_SEED // len(draft.seeds)) * len(draft.seeds)
    return draft._replace(seeds=range(first, first + len(draft.seeds)))


def _fault(draft: Draft, value: str) -> Draft:
    """Another blow on the same unit."""
    known = [name for name, fault in FAULTS.items() if fault.target == "unit" and not fault.mends]
    if value not in known:
        raise WrongValueError(
            say("{value} is no fault of a unit", value=quoted(value)), suggestion(value, known, "fault")
        )
    if draft.fault is None:
        todo = say("write an event that strikes one, or say --strike with an instant")
        raise WrongValueError(say("nothing strikes a unit here"), todo)
    return draft._replace(fault=value)


def _whole(value: str, least: int, most: int) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 19 or not least <= int(value) <= most:
        raise WrongValueError(
            say(
                "{value} is no whole number from {least} to {most}",
                value=quoted(value),
                least=least,
                most=most,
            ),
            say("say {value}", value=least),
        )
    return int(value)


SPECIALS: dict[str, Special] = {
    one.name: one
    for one in (
        Special("tiers", marked("so many tiers like the struck one, their copies evenly staggered"), _tiers),
        Special("fault", marked("what strikes the unit that the scenario strikes"), _fault),
        Special("seed", marked("other clients and instants: so many seeds from this number on"), _seed),
    )
}
"""By name, as `--vary` takes it."""
