"""Sentences for what takes many units at once: a utility feed, a whole site."""

from __future__ import annotations

from visualizer.sim.event import FeedChanged, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.story.moment import Moment
from visualizer.story.words import instant, number, sentence

_SHOWN_US = 4 * US_PER_S


def feed_changed(moment: Moment) -> str | None:
    """What became of the power, and what comes next."""
    event = _last(moment)
    if event is None:
        return None
    setup = moment.setup.feeds[event.feed]
    where, many = _sites(moment.setup, event.feed)
    verb = "run" if many else "runs"
    match event.condition:
        case "failed" if setup.ups_us:
            until = instant(event.at_us + setup.ups_us)
            return f"{setup.title} fails. {where} {verb} on batteries; they last until {until}."
        case "failed" | "dark":
            return _dark(
                moment, event, "The batteries are empty." if setup.ups_us else f"{setup.title} fails."
            )
        case "generator":
            return f"The generator has started: it carries {where} now, for as long as it takes."
        case "no_generator":
            return (
                f"The generator does not start. {where} {verb} on batteries, and there is nothing after them."
            )
        case _:
            return f"Power is back in {where}. What went dark must be switched on again, with empty memory."


def on_batteries(moment: Moment) -> str | None:
    """As long as nothing else carries a site."""
    for number_of, feed in enumerate(moment.state.feeds):
        setup = moment.setup.feeds[number_of]
        if feed.condition == "failed" and setup.ups_us:
            where, many = _sites(moment.setup, number_of)
            until = instant(feed.since_us + setup.ups_us)
            return f"{where} {'run' if many else 'runs'} on batteries. They last until {until}."
    return None


def _last(moment: Moment) -> FeedChanged | None:
    """The latest change of a feed; units that go down with it are no later news."""
    found = moment.last(FeedChanged, _SHOWN_US)
    struck = moment.last(UnitStruck, _SHOWN_US)
    together = moment.all_at(FeedChanged, struck.at_us) if struck else []
    return found or (together[-1] if together else None)


def _dark(moment: Moment, event: FeedChanged, reason: str) -> str:
    where, many = _sites(moment.setup, event.feed)
    count = len(moment.all_at(UnitStruck, event.at_us))
    lost = sum(len(loss.sessions) for loss in moment.state.losses if loss.at_us == event.at_us)
    took = f"{number(count).lower()} unit{'' if count == 1 else 's'}" if count else "all in it"
    cost = f", and {lost} sessions that nobody else had" if lost else ""
    goes, takes = ("go", "take") if many else ("goes", "takes")
    return f"{reason} {where} {goes} dark and {takes} {took} down{cost}."


def _sites(setup: Setup, feed: int) -> tuple[str, bool]:
    """The sites of a feed, and whether they are several."""
    titles = [site.title for site in setup.sites if site.feed == feed]
    if not titles:
        return "Nothing", False
    return f"{', '.join(titles[:-1])}{' and ' if len(titles) > 1 else ''}{titles[-1]}", len(titles) > 1


def together(moment: Moment) -> str | None:
    """Several units of one instant: one cause for what was meant to be redundant."""
    event = moment.last(UnitStruck, _SHOWN_US)
    if event is None:
        return None
    struck = moment.all_at(UnitStruck, event.at_us)
    if len(struck) < 2:
        return None
    places = {moment.setup.tiers[each.tier].sites[each.unit] for each in struck}
    first = places.pop() if len(places) == 1 else None
    where = "One cause" if first is None else moment.setup.sites[first].title
    count = number(len(struck)).lower()
    lost = sum(len(loss.sessions) for loss in moment.state.losses if loss.at_us == event.at_us)
    cost = f"{lost} sessions went with them" if lost else "nothing was lost with them"
    if first is not None and event.fault in FAULTS and FAULTS[event.fault].target == "site":
        return sentence(f"{where} {FAULTS[event.fault].past}: {count} units at once. {sentence(cost)}.")
    return sentence(f"{where} takes {count} units at once; {cost}. What shares a cause is not redundant.")
