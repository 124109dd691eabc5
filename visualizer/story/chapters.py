"""The chapters of a run: where to stop, what to call it, what to say there.

`chapters` reads them from the events of a whole run: each begins a moment before something that matters, so
that one sees it happen. `turning.points` knows what matters; here the gravest are chosen, between how all is
well and what it cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.sim import event as events
from visualizer.sim.event import Event, Status
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.tale import Point
from visualizer.story.turning import points
from visualizer.story.words import about, length, sentence, sessions, unit

MOST = 9
"""As many chapters as one can keep in mind, and count on one's fingers."""

_APART_US = 200_000
_LEAD_US = 500_000
_LINGER_US = 1_500_000
"""How long what happened last is looked at before its cost is told."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of a run that makes one point: from `at_us` to where the next one begins.

    `title` is a few words, `sentence` one plain sentence.
    """

    at_us: int
    title: str
    sentence: str


def chapters(told: Sequence[Event], setup: Setup) -> tuple[Chapter, ...]:
    """At most `MOST` chapters in order of time, the first at 0; `told`: all events of the run."""
    return tuple(chapter for chapter, _ in turns(told, setup))


def turns(told: Sequence[Event], setup: Setup) -> tuple[tuple[Chapter, Point], ...]:
    """The chapters, each with what happens in it."""
    kept: list[Point] = []
    first = _opening(setup)
    found = sorted(points(told, setup), key=lambda point: (point.rank, point.at_us))
    for point in found:
        if len(kept) == MOST - 2:
            break
        if all(abs(point.at_us - other.at_us) >= _APART_US for other in kept):
            kept.append(point)
    kept.sort(key=lambda point: point.at_us)
    if not kept:
        return ((Chapter(0, first.title, first.sentence), first),)
    if kept[0].at_us >= _APART_US:
        kept.insert(0, first)
    end_us = min(kept[-1].at_us + _LINGER_US, setup.duration_us - _LEAD_US)
    if end_us - kept[-1].at_us >= _APART_US:
        kept.append(_cost(told, end_us))
    return tuple(
        (Chapter(_begin_us(point, before), point.title, point.sentence), point)
        for point, before in zip(kept, (None, *kept), strict=False)
    )


def number_at(found: Sequence[Chapter], at_us: int) -> int:
    """The index of the chapter that an instant lies in."""
    return max((number for number, chapter in enumerate(found) if chapter.at_us <= at_us), default=0)


def _begin_us(point: Point, before: Point | None) -> int:
    """A moment before what happens, but later than what happened before that."""
    if before is None or not point.sudden:
        return 0 if before is None else point.at_us
    return point.at_us - min(_LEAD_US, (point.at_us - before.at_us) // 4)


def _opening(setup: Setup) -> Point:
    """All is well."""
    first, second = unit(setup, 0, 0), unit(setup, 0, 1)
    policy = POLICIES[setup.tiers[0].sync.policy]
    every = f" every {length(setup.tiers[0].sync.interval_us)}" if policy.ticks else ""
    copied = f"copies what it knows to {second}{every}" if policy.copies else f"{second} gets no copy"
    title = "A working pair" if len(setup.tiers) == 1 else "Working pairs"
    return Point(0, 0, title, sentence(f"{first} serves and {copied}."), sudden=False)


def _cost(told: Sequence[Event], at_us: int) -> Point:
    """What has been lost, and for how long nobody was served, by an instant."""
    lost = sum(e.sessions for e in told if isinstance(e, events.StateLost) and e.at_us <= at_us)
    lost_words = f"{sessions(lost)} {'is' if lost == 1 else 'are'} lost" if lost else "No session is lost"
    dark_us = _unserved_us(told, at_us)
    served = f"nobody was served for {_span(dark_us)}" if dark_us else "somebody always served"
    return Point(at_us, 0, "What it cost", f"{lost_words}, and {served}.", sudden=False)


def _span(time_us: int) -> str:
    return about(time_us) if time_us < 600 * US_PER_S else f"{time_us // (60 * US_PER_S)} minutes"


def _unserved_us(told: Sequence[Event], at_us: int) -> int:
    total, since_us = 0, None
    for event in told:
        if not isinstance(event, events.ServiceChanged) or event.clients == "stay" or event.at_us > at_us:
            continue
        if since_us is not None:
            total += event.at_us - since_us
        hung = event.status is Status.HUNG and event.tier is None
        since_us = None if event.status is Status.SERVED or hung else event.at_us
    return total + (at_us - since_us if since_us is not None else 0)
