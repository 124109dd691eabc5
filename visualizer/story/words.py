"""Names, counts and times as a sentence has them."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.language import decimal, marked, say, say_as, say_many, spoken, thousands, translated
from visualizer.language.speaking import ENGLISH
from visualizer.sim.setup import US_PER_S, Setup

_MINUTE_US = 60 * US_PER_S
_MINUTES_FROM_US = 10 * _MINUTE_US
"""From here on times are told in minutes, as the labels of the picture do."""

_NUMBERS = (
    marked("two"),
    marked("three"),
    marked("four"),
    marked("five"),
    marked("six"),
    marked("seven"),
    marked("eight"),
    marked("nine"),
    marked("ten"),
)


def unit(setup: Setup, tier: int, index: int) -> str:
    """ "the primary"; with several tiers "the primary load balancer"."""
    if len(setup.tiers) == 1:
        return say("the secondary") if index else say("the primary")
    name = pair(setup, tier)
    return say("the secondary {tier}", tier=name) if index else say("the primary {tier}", tier=name)


def pair(setup: Setup, tier: int) -> str:
    """A tier's title inside a sentence; a name like "ASA" keeps its capitals."""
    title = translated(setup.tiers[tier].title)
    return small(title) if title[1:].islower() else title


def named(title: str) -> str:
    """The title of a site or a feed inside a sentence; other languages put it in quotes."""
    return say_as("a site or a feed, inside a sentence", "{title}", title=translated(title))


def listed(names: Sequence[str]) -> str:
    """ "firewall, proxy and database"."""
    *most, last = names
    return say("{names} and {last}", names=", ".join(most), last=last) if most else last


def number(count: int) -> str:
    """ "two", "14"."""
    return translated(_NUMBERS[count - 2]) if 0 <= count - 2 < len(_NUMBERS) else str(count)


def ordinal(count: int) -> str:
    """ "third", "14th"."""
    if count <= len(words := _ordinals()):
        return words[count - 1]
    ending = count % 10 if count // 10 % 10 != 1 else 0
    match ending:
        case 1:
            return say("{n}st", n=count)
        case 2:
            return say("{n}nd", n=count)
        case 3:
            return say("{n}rd", n=count)
        case _:
            return say("{n}th", n=count)


def _ordinals() -> tuple[str, ...]:
    return (
        say_as("one of several", "first"),
        say_as("one of several", "second"),
        say_as("one of several", "third"),
        say_as("one of several", "fourth"),
        say_as("one of several", "fifth"),
        say_as("one of several", "sixth"),
        say_as("one of several", "seventh"),
        say_as("one of several", "eighth"),
        say_as("one of several", "ninth"),
        say_as("one of several", "tenth"),
    )


def sessions(count: int) -> str:
    """ "1 session", "1 204 sessions"."""
    return say_many("{n} session", "{n} sessions", count, n=thousands(count))


def requests(count: int) -> str:
    """ "1 request", "1 204 requests"."""
    return say_many("{n} request", "{n} requests", count, n=thousands(count))


def instant(at_us: int) -> str:
    """ "9.0 s", "9.25 s": as many decimals as it takes, one to three; late ones as "36 min 14 s"."""
    if at_us >= _MINUTES_FROM_US:
        return _minutes(at_us, 3)
    text = f"{at_us / US_PER_S:.3f}".rstrip("0")
    return decimal(f"{text}0 s" if text.endswith(".") else f"{text} s")


def length(time_us: int) -> str:
    """ "3 s", "250 ms", "10 min"."""
    if time_us >= 2 * _MINUTE_US and time_us % _MINUTE_US == 0:
        return f"{time_us // _MINUTE_US} min"
    if time_us >= US_PER_S or not time_us:
        return decimal(f"{time_us / US_PER_S:g} s")
    return decimal(f"{time_us / 1000:g} ms")


def every(time_us: int) -> str:
    """ "every second", "every 3 s"."""
    return say("every second") if time_us == US_PER_S else say("every {time}", time=length(time_us))


def about(time_us: int) -> str:
    """A measured time, to a hundredth: "3.21 s"; a long one to a second: "183 min 3 s"."""
    if time_us >= _MINUTES_FROM_US:
        return _minutes(time_us, 0)
    return decimal(f"{(time_us + 5_000) // 10_000 / 100:g} s") if time_us >= US_PER_S else length(time_us)


def _minutes(time_us: int, digits: int) -> str:
    minutes, rest_us = divmod(round(time_us, digits - 6), _MINUTE_US)
    return f"{minutes} min {decimal(f'{rest_us / US_PER_S:g}')} s" if rest_us else f"{minutes} min"


def sentence(text: str) -> str:
    """With a capital at its start."""
    return text[0].upper() + text[1:]


def small(text: str) -> str:
    """With a small letter at its start, where it comes inside a sentence: that is an English habit."""
    return text[0].lower() + text[1:] if spoken().code == ENGLISH else text


_WORDS_PER_10_S = 26
"""Subtitles are written for 150 to 180 words a minute; this is somewhat slower, as there is a picture too."""


def reading_us(text: str) -> int:
    """How long it takes to find a text and to read it; 0 for none."""
    words = len(text.split())
    return US_PER_S + words * 10 * US_PER_S // _WORDS_PER_10_S if words else 0
