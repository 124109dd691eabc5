"""Single words of the command line, read: sizes, rates, speeds. What is wrong with one is said in a line."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Sequence
from fractions import Fraction

from visualizer.language import marked, say, translated

SIZES = {
    "720p": (1280, 720),
    "1080p": (1920, 1080),
    "4k": (3840, 2160),
    "vertical": (1080, 1920),
    "square": (1080, 1080),
}
"""The sizes that have a name, in pixels."""

_SIZE = re.compile(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")
_LARGEST_SIDE_PX = 16_384
_SPEED = re.compile(r"([0-9]+(?:\.[0-9]+)?|[0-9]+/[0-9]+)x?")
_MOST_SPEED = 100_000


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels, by name or as 1920x1080."""
    if text.lower() in SIZES:
        return SIZES[text.lower()]
    match = _SIZE.fullmatch(text)
    if match is None or max(int(side) for side in match.groups()) > _LARGEST_SIDE_PX:
        wrong = say(
            "{text!r} is no size; say {names}, or 1920x1080, at most {most} a side",
            text=text, names=", ".join(SIZES), most=_LARGEST_SIDE_PX,
        )  # fmt: skip
        raise ArgumentTypeError(wrong)
    return int(match[1]), int(match[2])


def _whole(least: int, most: int, wrong: str) -> Callable[[str], int]:
    """A whole number within limits; `wrong`: what is said of any other text, with blanks for all three."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
            raise ArgumentTypeError(translated(wrong).format(text=text, least=least, most=most))
        return int(text)

    return read


def runs(least: int, most: int) -> Callable[[str], int]:
    """How many runs."""
    return _whole(least, most, marked("{text!r} runs; say a whole number from {least} to {most}"))


def jobs(most: int) -> Callable[[str], int]:
    """How many processes."""
    return _whole(1, most, marked("{text!r} jobs; say a whole number from {least} to {most}"))


frames_a_second = _whole(1, 60, marked("{text!r} frames a second; say a whole number from {least} to {most}"))


def seed(text: str) -> int:
    """What all chance is made from."""
    if not text.isdecimal() or int(text) >= 1 << 63:
        raise ArgumentTypeError(say("{text!r} is no seed; say a whole number from 0 to 2^63 - 1", text=text))
    return int(text)


def speed(text: str) -> int:
    """Thousandths of simulated time by time of the film: `2`, `0.25`, `1/4`, `2x`."""
    match = _SPEED.fullmatch(text)
    exact = None
    if match and not match[1].endswith("/0"):
        exact = Fraction(match[1]) * 1000
    if exact is None or exact.denominator != 1 or not 1 <= exact <= _MOST_SPEED:
        raise ArgumentTypeError(
            say("{text!r} is no speed; say a number from 0.001 to 100, like 0.25 or 2", text=text)
        )
    return exact.numerator


def some_of(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Some of the known words with commas between them, each once, in the order of `known`; or `all`."""

    def read(text: str) -> tuple[str, ...]:
        words = {word.strip() for word in text.split(",")}
        if unknown := sorted(words - {*known, "all"}):
            wrong = say(
                "{word!r} is not known; say some of {listed}, with commas between",
                word=unknown[0], listed=", ".join((*known, "all")),
            )  # fmt: skip
            raise ArgumentTypeError(wrong)
        return tuple(word for word in known if word in words or "all" in words)

    return read
