"""The moments that a beat can be tied to: each is a name, what it means, and how to find it in the events.

To add one: its line in `MOMENTS`. Every fault is one by its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from visualizer.language import marked
from visualizer.script.derived import (
    missed_heartbeats,
    outages,
    service_again,
    split_brains,
    split_brains_over,
    suspicions,
)
from visualizer.script.happening import Happening, happening
from visualizer.script.script import TierSpot
from visualizer.sim import event as events
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, Target, UnitTarget
from visualizer.sim.event import Event
from visualizer.sim.faults import FAULTS, Fault
from visualizer.sim.setup import Setup

Told = Sequence[Event]
Find = Callable[[Told, Setup], Iterator[Happening]]
Where = Literal["unit", "link", "message", "tier", "feed", "site", "run", "any"]

_PARTS: dict[Where, tuple[tuple[type, ...], str]] = {
    "unit": ((TierSpot, UnitTarget, SiteTarget), marked("a tier, a unit or a site")),
    "link": ((TierSpot, LinkTarget), marked("a tier or a cable")),
    "message": (
        (TierSpot, UnitTarget, LinkTarget, SiteTarget),
        marked("a tier, a cable, or the unit (or its site) that sent it"),
    ),
    "tier": ((TierSpot,), marked("a tier")),
    "feed": ((FeedTarget, SiteTarget), marked("a feed or a site")),
    "site": ((SiteTarget, TierSpot, UnitTarget), marked("a site, a tier or a unit")),
    "any": (
        (TierSpot, UnitTarget, LinkTarget, SiteTarget, FeedTarget),
        marked("a tier, a unit, a cable, a site or a feed"),
    ),
    "run": ((), ""),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """`summary` finishes the sentence "the moment when ...". `find` yields each time it comes, in order.
    `where`: what kind of part it happens to.
    """

    summary: str
    find: Find
    where: Where = "unit"

    @property
    def parts(self) -> str:
        """What may stand behind `of`, in plain words; "" for nothing."""
        return _PARTS[self.where][1]


def fits(moment: Moment, part: Target | TierSpot) -> bool:
    """Whether it can happen to such a part."""
    return isinstance(part, _PARTS[moment.where][0])


def each(is_it: Callable[[Event], bool]) -> Find:
    """Every event that is one."""

    def find(told: Told, setup: Setup) -> Iterator[Happening]:
        return (happening(number, event, setup) for number, event in enumerate(told) if is_it(event))

    return find


def _kind(*kinds: type[Event]) -> Find:
    return each(lambda event: isinstance(event, kinds))


def _of_fault(name: str) -> Callable[[Event], bool]:
    """Whether an event is this fault (or repair) at work."""

    def is_it(event: Event) -> bool:
        match event:
            case events.FeedChanged():
                return (name, event.condition) in (("utility", "failed"), ("restore", "restored"))
            case events.Repaired():
                return name == "repair"
            case events.TakeoverBegun():
                return (name, event.why) == ("switchover", "handover")
            case _:
                return getattr(event, "fault", None) == name

    return is_it


def _failbacks(told: Told, setup: Setup) -> Iterator[Happening]:
    """A takeover whose other unit gives up at that very instant."""
    demoted = {
        (event.at_us, event.tier, 1 - event.unit) for event in told if isinstance(event, events.Demoted)
    }
    return each(
        lambda event: isinstance(event, events.Takeover) and (event.at_us, event.tier, event.unit) in demoted
    )(told, setup)


_BREAKS = frozenset(
    name
    for name, fault in FAULTS.items()
    if not fault.mends and name not in ("stop", "switchover", "failback")
)


def _is_break(event: Event) -> bool:
    if isinstance(event, events.FeedChanged):
        return event.condition == "failed"
    return getattr(event, "fault", None) in _BREAKS


def _fault(name: str, fault: Fault) -> Moment:
    a = "a cable" if fault.target == "link" else f"a {fault.target}"
    find = _failbacks if name == "failback" else each(_of_fault(name))
    return Moment(f"{a} {fault.past}", find, fault.target)


def _feed(*conditions: str) -> Find:
    return each(lambda event: isinstance(event, events.FeedChanged) and event.condition in conditions)


MOMENTS: dict[str, Moment] = {
    **{name: _fault(name, fault) for name, fault in FAULTS.items()},
    "fault": Moment("anything breaks, whatever it is", each(_is_break), "any"),
    "loss": Moment(
        "state is lost",
        each(
            lambda event: isinstance(event, events.StateLost) and bool(event.sessions or event.transactions)
        ),
        "tier",
    ),
    "in doubt": Moment(
        "requests are left without an answer by a unit that died", _kind(events.InDoubt), "tier"
    ),
    "heartbeat": Moment("a heartbeat arrives", _kind(events.HeartbeatReceived), "message"),
    "heartbeat sent": Moment("a heartbeat leaves", _kind(events.HeartbeatSent), "message"),
    "missed heartbeat": Moment("a heartbeat is due and does not come", missed_heartbeats),
    "suspicion": Moment("the first of several heartbeats does not come", suspicions),
    "sync": Moment("a copy arrives at the standby", _kind(events.SyncReceived), "message"),
    "sync sent": Moment("a copy leaves", _kind(events.SyncSent), "message"),
    "full copy": Moment(
        "a whole copy for a newcomer leaves",
        each(lambda event: isinstance(event, events.SyncSent) and event.full),
        "message",
    ),
    "stream opens": Moment("from now on each change is sent at once", _kind(events.StreamOpened), "message"),
    "stream closes": Moment("no more changes leave", _kind(events.StreamClosed), "message"),
    "frame lost": Moment("a heartbeat or a copy dies on the cable", _kind(events.FrameLost), "message"),
    "farewell": Moment("a unit says that it stops", _kind(events.Farewell), "message"),
    "takeover begins": Moment("the standby has decided to take over", _kind(events.TakeoverBegun)),
    "takeover": Moment("the standby becomes active", _kind(events.Takeover)),
    "clients follow": Moment("requests go to the new active unit", _kind(events.AddressLearned)),
    "announcement lost": Moment("nobody hears a gratuitous ARP", _kind(events.AnnouncementLost)),
    "refused": Moment("a unit must not take over", _kind(events.TakeoverRefused)),
    "fenced": Moment("a unit is switched off by the other one, to be sure", _kind(events.Fenced)),
    "split brain": Moment("both units of a pair are active", split_brains),
    "split brain ends": Moment("only one unit of the pair is active again", split_brains_over),
    "step down": Moment("a unit that was active gives up", _kind(events.Demoted)),
    "stops serving": Moment("an active unit stops by itself, to be safe", _kind(events.ServiceSuspended)),
    "serves again": Moment("a unit that had stopped by itself goes on", _kind(events.ServiceResumed)),
    "set aside": Moment(
        "a healthy unit is left out, as another of its column failed", _kind(events.SetAside)
    ),
    "booted": Moment("a unit runs again, with empty memory", _kind(events.Booted)),
    "rejoin": Moment("a unit has its full copy: the pair is redundant again", _kind(events.Rejoined)),
    "outage": Moment("nobody is served any more", outages, "run"),
    "service again": Moment("requests are served again", service_again, "run"),
    "retry": Moment("requests that met nobody try again", _kind(events.RequestsRetried), "run"),
    "answers wait": Moment(
        "the standby cannot be reached, and answers wait for it", _kind(events.AcknowledgementsHeld), "tier"
    ),
    "answers come": Moment("the standby answers again", _kind(events.AcknowledgementsBack), "tier"),
    "gives up waiting": Moment(
        "a unit waits for its standby no longer and goes on alone", _kind(events.FellBack), "tier"
    ),
    "generator": Moment("the generator carries", _feed("generator"), "feed"),
    "no generator": Moment("the generator does not start", _feed("no_generator"), "feed"),
    "dark": Moment("the batteries are empty", _feed("dark"), "feed"),
    "power again": Moment("power is back", _feed("generator", "restored"), "feed"),
    "change": Moment("a parameter is changed while the run goes on", _kind(events.ParameterSet), "tier"),
}
"""By the name in a script, in the order in which they are listed for people."""
