"""What goes down with a unit, and why nobody else had it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visualizer.script.script import Region, Spot
from visualizer.sim import event as events
from visualizer.sim.event import LossCause, StateLost
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.story.tale import Point, Remark, Tale
from visualizer.story.words import instant, length, sentence, sessions, thousands

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
        name = "the whole site"
    if lost:
        words = f"{name} {fault.past}: {gone(lost)}."
        more = tuple(reasons(lost, tale))
    elif whole or alone:
        words = f"{name} {fault.past}. Nobody is left to take over."
    elif (event.tier, event.unit) in tale.passive:
        words = f"{name} {fault.past} while it only waits. Nobody notices; {other} is alone."
    else:
        words = f"{name} {fault.past}. {sentence(other)} has every session that was acknowledged."
        more = tuple(_saved(event, tale))
    yield Point(event.at_us, 0, fault.title, sentence(words), more=more, fact=f"{name} {fault.past}")


def gone(lost: Sequence[StateLost]) -> str:
    """ "19 sessions that exist nowhere else go with it"; both units may have had what nobody has any more."""
    count = sum(each.sessions for each in lost)
    if all(each.cause is LossCause.NO_SURVIVOR for each in lost):
        return f"{sessions(count)} {'goes' if count == 1 else 'go'} with it"
    verbs = "exists nowhere else goes" if count == 1 else "exist nowhere else go"
    return f"{sessions(count)} that {verbs} with it"


def _saved(event: events.UnitStruck, tale: Tale) -> Iterator[Remark]:
    """Why nothing was lost: by the way of copying, or by chance."""
    policy = POLICIES[tale.setup.tiers[event.tier].sync.policy]
    if policy.waits:
        yield Remark("No answer was given before its copy was there. So nothing that was promised is lost.")
    elif policy.streams:
        yield Remark("Each change had left at once, and none is missing.")


def reasons(lost: Sequence[StateLost], tale: Tale) -> Iterator[Remark]:
    """The chief reason, and what it holds for."""
    whole = sum(each.sessions for each in lost)
    causes: dict[LossCause, int] = {}
    for each in lost:
        causes[each.cause] = causes.get(each.cause, 0) + each.sessions
    cause = LossCause.CASCADE if LossCause.CASCADE in causes else max(causes, key=lambda one: causes[one])
    count = causes[cause]
    chief = max((each for each in lost if each.cause is cause), key=lambda each: each.sessions)
    they = "They" if count == whole else f"{thousands(count)} of these"
    if count == 1:
        they = "It" if whole == 1 else "One of them"
    yield from _reason(chief, they, "was" if count == 1 else "were", tale)


def _reason(lost: StateLost, they: str, were: str, tale: Tale) -> Iterator[Remark]:
    tier = tale.setup.tiers[lost.tier]
    policy = POLICIES[tier.sync.policy]
    since = f" at {instant(lost.safe_us)}" if lost.safe_us else ""
    match lost.cause:
        case LossCause.UNSYNCED:
            yield Remark(f"{they} {were} opened since the last copy{since}.", _LINE)
        case LossCause.IN_FLIGHT:
            where = "on the cable" if policy.streams else "in the batch that never arrived"
            yield Remark(f"{they} {were} {where}.")
        case LossCause.BACKLOG if (lost.tier, tier.sync.link) in tale.cut:
            yield Remark(f"{they} could not be copied: the cable is cut.", _LINE)
        case LossCause.BACKLOG:
            yield Remark(f"{they} {were} waiting for the cable, which is too slow for all of them.", _LINE)
        case LossCause.NEVER_SYNCED if tier.sync.pickup_us:
            yield Remark(f"{they} {were} younger than {length(tier.sync.pickup_us)}: too young to be copied.")
        case LossCause.NEVER_SYNCED if policy.copies:
            yield Remark(f"{they} {were} of a kind that is never copied.")
        case LossCause.NEVER_SYNCED:
            yield Remark("Here nothing is ever copied.")
        case LossCause.STALE_SNAPSHOT:
            last = (
                f"The last whole copy was made at {instant(lost.safe_us)}"
                if lost.safe_us
                else "No copy is whole yet"
            )
            yield Remark(f"{last}. What came later is on no other unit.", _LINE)
        case LossCause.CASCADE:
            yield Remark(f"{they} {were} in healthy units: the whole column has to move.")
        case LossCause.NO_SURVIVOR:
            yield Remark("No unit is left that had them.")
        case _:
            return
