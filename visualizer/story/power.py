"""Sentences for what takes many units at once: a utility feed, a whole site."""

from __future__ import annotations

from visualizer.language import say, say_many, translated
from visualizer.sim.event import FeedChanged, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import US_PER_S, FeedSetup, Setup
from visualizer.story.moment import Moment
from visualizer.story.words import instant, listed, named, number, sentence, sessions

_SHOWN_US = 4 * US_PER_S


def feed_changed(moment: Moment) -> str | None:
    """What became of the power, and what comes next."""
    event = _last(moment)
    if event is None:
        return None
    setup = moment.setup.feeds[event.feed]
    where, count = _sites(moment.setup, event.feed)
    match event.condition:
        case "failed" if setup.ups_us:
            return f"{_fails(setup)} {_for_a_while(where, count, event.at_us + setup.ups_us)}"
        case "failed" | "dark":
            return _dark(moment, event, say("The batteries are empty.") if setup.ups_us else _fails(setup))
        case "generator":
            return say(
                "The generator has started: it carries {sites} now, for as long as it takes.", sites=where
            )
        case "no_generator":
            return say_many(
                "The generator does not start. {sites} runs on batteries, and there is nothing after them.",
                "The generator does not start. {sites} run on batteries, and there is nothing after them.",
                count,
                sites=where,
            )
        case _:
            return say(
                "Power is back in {sites}. What went dark must be switched on again, with empty memory.",
                sites=where,
            )


def _fails(feed: FeedSetup) -> str:
    return say("{feed} fails.", feed=named(feed.title))


def _for_a_while(where: str, count: int, until_us: int) -> str:
    return say_many(
        "{sites} runs on batteries; they last until {instant}.",
        "{sites} run on batteries; they last until {instant}.",
        count,
        sites=where,
        instant=instant(until_us),
    )


def on_batteries(moment: Moment) -> str | None:
    """As long as nothing else carries a site."""
    for number_of, feed in enumerate(moment.state.feeds):
        setup = moment.setup.feeds[number_of]
        if feed.condition == "failed" and setup.ups_us:
            where, count = _sites(moment.setup, number_of)
            return say_many(
                "{sites} runs on batteries. They last until {instant}.",
                "{sites} run on batteries. They last until {instant}.",
                count,
                sites=where,
                instant=instant(feed.since_us + setup.ups_us),
            )
    return None


def _last(moment: Moment) -> FeedChanged | None:
    """The latest change of a feed; units that go down with it are no later news."""
    found = moment.last(FeedChanged, _SHOWN_US)
    struck = moment.last(UnitStruck, _SHOWN_US)
    together = moment.all_at(FeedChanged, struck.at_us) if struck else []
    return found or (together[-1] if together else None)


def _dark(moment: Moment, event: FeedChanged, reason: str) -> str:
    where, count = _sites(moment.setup, event.feed)
    down = len(moment.all_at(UnitStruck, event.at_us))
    units = say_many("one unit", "{n} units", down, n=number(down)) if down else say("all in it")
    lost = sum(len(loss.sessions) for loss in moment.state.losses if loss.at_us == event.at_us)
    if not lost:
        went = say_many(
            "{sites} goes dark and takes {units} down.",
            "{sites} go dark and take {units} down.",
            count,
            sites=where,
            units=units,
        )
    else:
        went = say_many(
            "{sites} goes dark and takes {units} down, and {sessions} that nobody else had.",
            "{sites} go dark and take {units} down, and {sessions} that nobody else had.",
            count,
            sites=where,
            units=units,
            sessions=sessions(lost),
        )
    return f"{reason} {went}"


def _sites(setup: Setup, feed: int) -> tuple[str, int]:
    """The sites of a feed, and how many they are, for a verb: "nothing" is one."""
    titles = [named(site.title) for site in setup.sites if site.feed == feed]
    return (listed(titles), len(titles)) if titles else (say("Nothing"), 1)


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
    where = say("One cause") if first is None else named(moment.setup.sites[first].title)
    units = number(len(struck))
    lost = sum(len(loss.sessions) for loss in moment.state.losses if loss.at_us == event.at_us)
    if first is not None and event.fault in FAULTS and FAULTS[event.fault].target == "site":
        happens = translated(FAULTS[event.fault].past)
        what = say("{site} {happens}: {number} units at once.", site=where, happens=happens, number=units)
        return f"{sentence(what)} {_went(lost)}"
    if lost:
        words = say(
            "{cause} takes {number} units at once; {sessions} went with them. What shares a cause is not "
            "redundant.",
            cause=where,
            number=units,
            sessions=sessions(lost),
        )
    else:
        words = say(
            "{cause} takes {number} units at once; nothing was lost with them. What shares a cause is not "
            "redundant.",
            cause=where,
            number=units,
        )
    return sentence(words)


def _went(lost: int) -> str:
    if not lost:
        return say("Nothing was lost with them.")
    return say("{sessions} went with them.", sessions=sessions(lost))
