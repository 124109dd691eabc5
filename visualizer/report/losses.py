"""Why was each of them lost? All losses, event by event, each with its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from visualizer.ledger import Chain, LostChanges, chain, chain_of_transaction, lost_changes
from visualizer.report.material import Material
from visualizer.report.wording import several
from visualizer.sim import State
from visualizer.story.causes import LOST
from visualizer.story.why import Step, name_of, tell
from visualizer.story.words import instant, sentence, thousands

MOST_GROUPS = 12
MOST_IN_GROUP = 24
SHOWN_OF_MANY = 12
"""So many of a group that has more than the most."""


@dataclass(frozen=True, slots=True)
class Told:
    """One link of a chain: when ("never"), its label, and a sentence. `kind` as `story.why.Step`."""

    kind: str
    when: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """The chain of one loss, its instants as words."""

    name: str
    accepted: str
    safe: str
    fault: str
    lost: str
    takeover: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was lost at one instant for one reason. `example`: whose chain is told in full, in `steps`.

    `more`: what is said of those that have no row, "" when all have one.
    """

    title: str
    cause: str
    example: str
    steps: tuple[Told, ...]
    rows: tuple[Row, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Losses:
    """`total`: how many, in words, "" for none; `more`: what is said of groups that are not shown."""

    total: str
    groups: tuple[Group, ...]
    more: str


def losses(material: Material) -> Losses:
    """In order of time; of very many the first of each group, and how many more there are."""
    end, changes = material.end, lost_changes(material.end)
    grouped = [
        (number, list(places))
        for number, places in groupby(range(len(changes)), key=lambda place: int(changes.loss[place]))
    ]
    shown = tuple(_group(material, changes, number, places) for number, places in grouped[:MOST_GROUPS])
    left = grouped[MOST_GROUPS:]
    more = ""
    if left:
        count = sum(len(places) for _, places in left)
        since = instant(end.losses[left[0][0]].at_us)
        occasions = several(len(left), "occasion")
        more = f"{several(count, 'more loss', 'more losses')} on {occasions} from {since} on."
    return Losses(several(len(changes), "loss", "losses") if len(changes) else "", shown, more)


def _group(material: Material, changes: LostChanges, number: int, places: Sequence[int]) -> Group:
    end = material.end
    loss = end.losses[number]
    tier = f" ({end.setup.tiers[loss.tier].title})" if len(end.setup.tiers) > 1 else ""
    sessions = [place for place in places if not changes.is_transaction[place]]
    what = several(len(sessions), "session") if sessions else ""
    alone = len(places) - len(sessions)
    what += " and " if sessions and alone else ""
    what += several(alone, "transaction") if alone else ""
    example = _chain(end, changes, places[-1] if alone == len(places) else sessions[-1])
    shown = places if len(places) <= MOST_IN_GROUP else places[:SHOWN_OF_MANY]
    rows = tuple(_row(_chain(end, changes, place)) for place in shown)
    return Group(
        title=f"{what} lost at {instant(loss.at_us)}{tier}",
        cause=sentence(LOST[loss.cause]),
        example=_inside(name_of(example)),
        steps=tuple(_told(step) for step in tell(example, end, material.events)),
        rows=rows,
        more=_more(changes, places[len(shown) :]),
    )


def _more(changes: LostChanges, left: Sequence[int]) -> str:
    if not left:
        return ""
    times = sorted(int(changes.accepted_us[place]) for place in left)
    first, last = (_accepted(times[place]) for place in (0, -1))
    between = f"accepted from {first} to {last}" if first != last else f"accepted {first}"
    return f"{thousands(len(left))} more, {between}."


def _chain(end: State, changes: LostChanges, place: int) -> Chain:
    session = int(changes.session[place])
    if changes.is_transaction[place]:
        return chain_of_transaction(end, session, int(changes.accepted_us[place]))
    return chain(end, session)


def _inside(name: str) -> str:
    """A name inside a sentence."""
    return name[0].lower() + name[1:]


def _told(step: Step) -> Told:
    return Told(step.kind, "never" if step.at_us is None else instant(step.at_us), step.label, step.text)


def _row(found: Chain) -> Row:
    return Row(
        name=name_of(found),
        accepted=_accepted(found.accepted_us),
        safe="never" if found.safe_us is None else instant(max(found.safe_us, 0)),
        fault=instant(found.fault_us),
        lost=instant(found.lost_us),
        takeover="never" if found.takeover_us is None else instant(found.takeover_us),
    )


def _accepted(at_us: int) -> str:
    return "before the start" if at_us < 0 else instant(at_us)
