"""When a beat comes in a run, or in plain words why it does not."""

from __future__ import annotations

from visualizer.language import say
from visualizer.script.anchors import ORDERS
from visualizer.script.finding import Finder
from visualizer.script.script import Anchor
from visualizer.script.spots import parts
from visualizer.story.words import instant


class LeftOutError(ValueError):
    """This has no place in this run; says why."""


def instant_us(anchor: Anchor, finder: Finder, after_us: int) -> int:
    """The instant of a beat that follows one at `after_us`. LeftOutError."""
    at_us = finder.found(anchor, after_us)
    if at_us is None:
        raise LeftOutError(_missing(anchor, finder, after_us))
    if at_us < after_us:
        raise LeftOutError(
            say(
                "it would come at {instant}, and the beat before it at {before}",
                instant=instant(at_us),
                before=instant(after_us),
            )
        )
    return at_us


def _missing(anchor: Anchor, finder: Finder, after_us: int) -> str:
    if anchor.moment == "time":
        return say("the run ends at {instant}", instant=instant(finder.setup.duration_us))
    if anchor.other is not None and finder.found(anchor.other, after_us) is None:
        return _missing(anchor.other, finder, after_us)
    what = _in_words(anchor, finder)
    match anchor.relation:
        case "before":
            return say("no {moment} comes before that instant", moment=what)
        case "after":
            return say("no {moment} comes after that instant", moment=what)
    if anchor.which is None and finder.times(anchor):
        return say("no {moment} comes any more", moment=what)
    return say("no {moment} comes in this run", moment=what)


def _in_words(anchor: Anchor, finder: Finder) -> str:
    """The moment as the author has it: "third lightning of firewall"."""
    which = next((word for word, number in ORDERS.items() if number == anchor.which), "")
    of = next((name for name, part in parts(finder.setup).items() if part == anchor.of), "")
    said = [which if anchor.which is not None and anchor.which > 1 else "", anchor.moment]
    return " ".join(filter(None, [*said, *(("of", of) if of else ())]))
