"""When a beat comes in a run, or in plain words why it does not."""

from __future__ import annotations

from visualizer.script.finding import Finder
from visualizer.script.script import Anchor
from visualizer.script.spots import parts
from visualizer.story.words import instant, ordinal


class LeftOutError(ValueError):
    """This has no place in this run; says why."""


def instant_us(anchor: Anchor, finder: Finder, after_us: int) -> int:
    """The instant of a beat that follows one at `after_us`. LeftOutError."""
    at_us = finder.found(anchor, after_us)
    if at_us is None:
        raise LeftOutError(_missing(anchor, finder, after_us))
    if at_us < after_us:
        raise LeftOutError(
            f"it would come at {instant(at_us)}, and the beat before it at {instant(after_us)}"
        )
    return at_us


def _missing(anchor: Anchor, finder: Finder, after_us: int) -> str:
    if anchor.moment == "time":
        return f"the run ends at {instant(finder.setup.duration_us)}"
    if anchor.other is not None and finder.found(anchor.other, after_us) is None:
        return _missing(anchor.other, finder, after_us)
    which = f"{ordinal(anchor.which)} " if anchor.which is not None and anchor.which > 1 else ""
    what = f"no {which}{anchor.moment}{_of(anchor, finder)} comes"
    if anchor.relation is not None:
        return f"{what} {anchor.relation} that instant"
    over = anchor.which is None and finder.times(anchor)
    return f"{what} any more" if over else f"{what} in this run"


def _of(anchor: Anchor, finder: Finder) -> str:
    return next((f" of {name}" for name, part in parts(finder.setup).items() if part == anchor.of), "")
