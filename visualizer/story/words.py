"""Names, counts and times as a sentence has them."""

from __future__ import annotations

from visualizer.sim.setup import UNIT_NAMES, US_PER_S, Setup

_MINUTE_US = 60 * US_PER_S
_MINUTES_FROM_US = 10 * _MINUTE_US
"""From here on times are told in minutes, as the labels of the picture do."""

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def unit(setup: Setup, tier: int, index: int) -> str:
    """ "the primary"; with several tiers "the primary load balancer"."""
    if len(setup.tiers) == 1:
        return f"the {UNIT_NAMES[index]}"
    return f"the {UNIT_NAMES[index]} {pair(setup, tier)}"


def pair(setup: Setup, tier: int) -> str:
    """A tier's title inside a sentence; a name like "ASA" keeps its capitals."""
    title = setup.tiers[tier].title
    return title[0].lower() + title[1:] if title[1:].islower() else title


def number(count: int) -> str:
    """ "Two", "14"."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def ordinal(count: int) -> str:
    """ "third", "14th"."""
    if count < len(_ORDINALS):
        return _ORDINALS[count]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th") if count // 10 % 10 != 1 else "th"
    return f"{count}{ending}"


def thousands(count: int) -> str:
    """ "204", "1 204" (with a thin space)."""
    return f"{count:,}".replace(",", "\u2009")


def sessions(count: int) -> str:
    """ "1 session", "1 204 sessions"."""
    return thousands(count) + (" session" if count == 1 else " sessions")


def requests(count: int) -> str:
    """ "1 request", "1 204 requests"."""
    return thousands(count) + (" request" if count == 1 else " requests")


def are(count: int) -> str:
    """ "it is" or "they are"."""
    return "it is" if count == 1 else "they are"


def instant(at_us: int) -> str:
    """ "9.0 s", "9.25 s": as many decimals as it takes, one to three; late ones as "36 min 14 s"."""
    if at_us >= _MINUTES_FROM_US:
        return _minutes(at_us, 3)
    text = f"{at_us / US_PER_S:.3f}".rstrip("0")
    return f"{text}0 s" if text.endswith(".") else f"{text} s"


def length(time_us: int) -> str:
    """ "3 s", "250 ms", "10 min"."""
    if time_us >= 2 * _MINUTE_US and time_us % _MINUTE_US == 0:
        return f"{time_us // _MINUTE_US} min"
    if time_us >= US_PER_S or not time_us:
        return f"{time_us / US_PER_S:g} s"
    return f"{time_us / 1000:g} ms"


def every(time_us: int) -> str:
    """ "every second", "every 3 s"."""
    return "every second" if time_us == US_PER_S else f"every {length(time_us)}"


def about(time_us: int) -> str:
    """A measured time, to a hundredth: "3.21 s"; a long one to a second: "183 min 3 s"."""
    if time_us >= _MINUTES_FROM_US:
        return _minutes(time_us, 0)
    return f"{round(time_us, -4) / US_PER_S:g} s" if time_us >= US_PER_S else length(time_us)


def _minutes(time_us: int, digits: int) -> str:
    minutes, rest_us = divmod(round(time_us, digits - 6), _MINUTE_US)
    return f"{minutes} min {rest_us / US_PER_S:g} s" if rest_us else f"{minutes} min"


def sentence(text: str) -> str:
    """With a capital at its start."""
    return text[0].upper() + text[1:]


_WORDS_PER_10_S = 26
"""Subtitles are written for 150 to 180 words a minute; this is somewhat slower, as there is a picture too."""


def reading_us(text: str) -> int:
    """How long it takes to find a text and to read it; 0 for none."""
    words = len(text.split())
    return US_PER_S + words * 10 * US_PER_S // _WORDS_PER_10_S if words else 0
