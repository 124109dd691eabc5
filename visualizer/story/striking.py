"""What goes down with a unit, and why nobody else had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visualizer.language import say, say_many, thousands, translated
from visualizer.script.script import Region, Spot
from visualizer.sim import event as events
from visualizer.sim.event import LossCause, StateLost
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.story.tale import Point, Remark, Tale
from visualizer.story.words import instant, length, sentence

_LINE: tuple[Spot, ...] = (Region("timeline"),)


def struck(event: events.UnitStruck, tale: Tale) -> Iterator[Point]:
    """A fault takes a unit down."""
    fault = FAULTS.get(event.fault)
    if fault is None:
        return  # power and fences have chapters of their own
    name, other = tale.unit(event), tale.unit(event, other=True)
    lost = tale.losses(event.at_us)
    more: tuple[Remark, ...] = ()
    alone = (event.tier, 1 - event.unit) in tale.down
    whole = fault.target == "site"
    if whole:
        name = say("the whole site")
    happens = translated(fault.past)
    fact = sentence(say("{unit} {happens}.", unit=name, happens=happens))
    if lost:
        words = sentence(say("{unit} {happens}: {cost}.", unit=name, happens=happens, cost=gone(lost)))
        more = tuple(reasons(lost, tale))
    elif whole or alone:
        words = f"{fact} {say('Nobody is left to take over.')}"
    elif (event.tier, event.unit) in tale.passive:
        words = _waited(name, happens, other)
    else:
        has = say("{unit} has every session that was acknowledged.", unit=other)
        words = f"{fact} {sentence(has)}"
        more = tuple(_saved(event, tale))
    yield Point(event.at_us, 0, translated(fault.title), words, more=more, fact=fact)


def _waited(name: str, happens: str, other: str) -> str:
    """A standby goes down."""
    return sentence(
        say(
            "{unit} {happens} while it only waits. Nobody notices; {other} is alone.",
            unit=name,
            happens=happens,
            other=other,
        )
    )


def gone(lost: Sequence[StateLost]) -> str:
    """ "19 sessions that exist nowhere else go with it"; both units may have had what nobody has any more."""
    count = sum(each.sessions for each in lost)
    n = thousands(count)
    if all(each.cause is LossCause.NO_SURVIVOR for each in lost):
        return say_many("{n} session goes with it", "{n} sessions go with it", count, n=n)
    return say_many(
        "{n} session that exists nowhere else goes with it",
        "{n} sessions that exist nowhere else go with it",
        count,
        n=n,
    )


def _saved(event: events.UnitStruck, tale: Tale) -> Iterator[Remark]:
    """Why nothing was lost: by the way of copying, or by chance."""
    policy = POLICIES[tale.setup.tiers[event.tier].sync.policy]
    if policy.waits:
        yield Remark(
            say("No answer was given before its copy was there. So nothing that was promised is lost.")
        )
    elif policy.streams:
        yield Remark(say("Each change had left at once, and none is missing."))


def reasons(lost: Sequence[StateLost], tale: Tale) -> Iterator[Remark]:
    """The chief reason, and what it holds for."""
    whole = sum(each.sessions for each in lost)
    causes: dict[LossCause, int] = {}
    for each in lost:
        causes[each.cause] = causes.get(each.cause, 0) + each.sessions
    cause = LossCause.CASCADE if LossCause.CASCADE in causes else max(causes, key=lambda one: causes[one])
    count = causes[cause]
    chief = max((each for each in lost if each.cause is cause), key=lambda each: each.sessions)
    yield from _reason(chief, count, whole, tale)


def _they_were(count: int, whole: int) -> str:
    """Who a reason holds for."""
    if count == whole:
        return say_many("It was", "They were", count)
    return say_many("One of them was", "{n} of these were", count, n=thousands(count))


def _reason(lost: StateLost, count: int, whole: int, tale: Tale) -> Iterator[Remark]:
    they_were = _they_were(count, whole)
    tier = tale.setup.tiers[lost.tier]
    policy = POLICIES[tier.sync.policy]
    match lost.cause:
        case LossCause.UNSYNCED:
            yield Remark(_since(lost.safe_us, they_were), _LINE)
        case LossCause.IN_FLIGHT if policy.streams:
            yield Remark(say("{they_were} on the cable.", they_were=they_were))
        case LossCause.IN_FLIGHT:
            yield Remark(say("{they_were} in the batch that never arrived.", they_were=they_were))
        case LossCause.BACKLOG if (lost.tier, tier.sync.link) in tale.cut:
            yield Remark(_cut(count, whole), _LINE)
        case LossCause.BACKLOG:
            words = say(
                "{they_were} waiting for the cable, which is too slow for all of them.", they_were=they_were
            )
            yield Remark(words, _LINE)
        case LossCause.NEVER_SYNCED if tier.sync.pickup_us:
            words = say(
                "{they_were} younger than {time}: too young to be copied.",
                they_were=they_were,
                time=length(tier.sync.pickup_us),
            )
            yield Remark(words)
        case LossCause.NEVER_SYNCED if policy.copies:
            yield Remark(say("{they_were} of a kind that is never copied.", they_were=they_were))
        case LossCause.NEVER_SYNCED:
            yield Remark(say("Here nothing is ever copied."))
        case LossCause.STALE_SNAPSHOT:
            yield Remark(_last_whole(lost.safe_us), _LINE)
        case LossCause.CASCADE:
            words = say("{they_were} in healthy units: the whole column has to move.", they_were=they_were)
            yield Remark(words)
        case LossCause.NO_SURVIVOR:
            yield Remark(say("No unit is left that had them."))
        case _:
            return


def _cut(count: int, whole: int) -> str:
    if count == whole:
        return say_many(
            "It could not be copied: the cable is cut.", "They could not be copied: the cable is cut.", count
        )
    return say_many(
        "One of them could not be copied: the cable is cut.",
        "{n} of these could not be copied: the cable is cut.",
        count,
        n=thousands(count),
    )


def _since(safe_us: int | None, they_were: str) -> str:
    if not safe_us:
        return say("{they_were} opened since the last copy.", they_were=they_were)
    return say(
        "{they_were} opened since the last copy at {instant}.", they_were=they_were, instant=instant(safe_us)
    )


def _last_whole(safe_us: int | None) -> str:
    if not safe_us:
        return say("No copy is whole yet. What came later is on no other unit.")
    return say(
        "The last whole copy was made at {instant}. What came later is on no other unit.",
        instant=instant(safe_us),
    )
