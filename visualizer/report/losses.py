"""Why was each of them lost? All losses, event by event, each with its chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from visualizer.language import say, say_many, thousands, translated
from visualizer.ledger import Chain, LostChanges, chain, chain_of_transaction, lost_changes
from visualizer.report.material import Material
from visualizer.sim import State
from visualizer.story.causes import LOST
from visualizer.story.why import Step, name_of, tell
from visualizer.story.words import instant, sentence, small

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
    """`total`: how many, and what is told of each, "" for none; `more`: what is said of groups that are not
    shown.
    """

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
        more = _more_groups(sum(len(places) for _, places in left), len(left), end.losses[left[0][0]].at_us)
    return Losses(_total(len(changes)) if len(changes) else "", shown, more)


def _total(count: int) -> str:
    return say_many(
        "{n} loss in all. Each has a chain: when somebody began to rely on it, how far the copy went, what "
        "struck, and who took over without it.",
        "{n} losses in all. Each has a chain: when somebody began to rely on it, how far the copy went, what "
        "struck, and who took over without it.",
        count,
        n=thousands(count),
    )


def _more_groups(count: int, groups: int, since_us: int) -> str:
    n, since = thousands(count), instant(since_us)
    if groups == 1:
        return say_many(
            "And {n} more loss on 1 occasion from {since} on.",
            "And {n} more losses on 1 occasion from {since} on.",
            count,
            n=n,
            since=since,
        )
    return say(
        "And {n} more losses on {occasions} occasions from {since} on.",
        n=n,
        occasions=thousands(groups),
        since=since,
    )


def _group(material: Material, changes: LostChanges, number: int, places: Sequence[int]) -> Group:
    end = material.end
    loss = end.losses[number]
    tier = f" ({translated(end.setup.tiers[loss.tier].title)})" if len(end.setup.tiers) > 1 else ""
    sessions = [place for place in places if not changes.is_transaction[place]]
    alone = len(places) - len(sessions)
    what = _what(len(sessions), alone)
    example = _chain(end, changes, places[-1] if alone == len(places) else sessions[-1])
    shown = places if len(places) <= MOST_IN_GROUP else places[:SHOWN_OF_MANY]
    rows = tuple(_row(_chain(end, changes, place)) for place in shown)
    return Group(
        title=say("{what} lost at {instant}", what=what, instant=instant(loss.at_us)) + tier,
        cause=sentence(translated(LOST[loss.cause])),
        example=small(name_of(example)),
        steps=tuple(_told(step) for step in tell(example, end, material.events)),
        rows=rows,
        more=_more(changes, places[len(shown) :]),
    )


def _what(sessions: int, transactions: int) -> str:
    """ "204 sessions and 1 transaction"; none of one kind is not said."""
    first = say_many("{n} session", "{n} sessions", sessions, n=thousands(sessions))
    second = say_many("{n} transaction", "{n} transactions", transactions, n=thousands(transactions))
    if sessions and transactions:
        return say("{sessions} and {transactions}", sessions=first, transactions=second)
    return first if sessions else second


def _more(changes: LostChanges, left: Sequence[int]) -> str:
    if not left:
        return ""
    times = sorted(int(changes.accepted_us[place]) for place in left)
    first, last = (_accepted(times[place]) for place in (0, -1))
    n = thousands(len(left))
    if first == last:
        return say("And {n} more, accepted {when}.", n=n, when=first)
    return say("And {n} more, accepted from {first} to {last}.", n=n, first=first, last=last)


def _chain(end: State, changes: LostChanges, place: int) -> Chain:
    session = int(changes.session[place])
    if changes.is_transaction[place]:
        return chain_of_transaction(end, session, int(changes.accepted_us[place]))
    return chain(end, session)


def _told(step: Step) -> Told:
    return Told(step.kind, _or_never(step.at_us), step.label, step.text)


def _row(found: Chain) -> Row:
    return Row(
        name=name_of(found),
        accepted=_accepted(found.accepted_us),
        safe=_or_never(None if found.safe_us is None else max(found.safe_us, 0)),
        fault=instant(found.fault_us),
        lost=instant(found.lost_us),
        takeover=_or_never(found.takeover_us),
    )


def _or_never(at_us: int | None) -> str:
    return say("never") if at_us is None else instant(at_us)


def _accepted(at_us: int) -> str:
    return say("before the start") if at_us < 0 else instant(at_us)
