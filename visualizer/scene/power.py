"""How a power feed stands: utility, batteries, generator, dark; in the words and colours of the labels."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import say, translated
from visualizer.scene.frame import Frame
from visualizer.scene.primitives import Role
from visualizer.scene.wording import duration
from visualizer.sim.setup import US_PER_S


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """What a feed's label says, `short` where there is no room. `dark`: its sites have no power. `left`: how
    much of its batteries is left, while they carry the sites.
    """

    words: str
    short: str
    icon: str
    role: Role
    dark: bool
    left: float | None = None


def feed_standing(frame: Frame, feed: int) -> FeedStanding:
    """How a feed stands at the playhead."""
    setup = frame.setup.feeds[feed]
    shared = sum(site.feed == feed for site in frame.setup.sites) > 1
    short = translated(setup.title)
    title = say("{feed}, shared", feed=short) if shared else short
    state = frame.state.feeds[feed]
    match state.condition:
        case "ok":
            return FeedStanding(title, short, "power", "text_dim", dark=False)
        case "generator":
            words = say("{feed}: generator", feed=title)
            return FeedStanding(words, say("generator"), "generator", "active", dark=False)
        case "failed":
            left_us = max(state.since_us + setup.ups_us - frame.now_us, 0)
            seconds = duration(-(-left_us // US_PER_S) * US_PER_S)
            share = left_us / max(setup.ups_us, 1)
            words = say("{feed}: batteries {time}", feed=title, time=seconds)
            return FeedStanding(words, seconds, "battery", "suspect", dark=False, left=share)
        case _:
            words = say("{feed}: no power", feed=title)
            return FeedStanding(words, say("no power"), "power_off", "struck", dark=True)
