"""One parameter and the values that it takes: what `--vary` says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from visualizer.language import commas, say, say_as
from visualizer.scenario import keys_beside, quoted, suggestion
from visualizer.script.wrong import WrongValueError
from visualizer.study.error import StudyError
from visualizer.study.parameters import title_of, words_of
from visualizer.study.quantity import PLAIN, Quantity, quantity_of, suffix_of
from visualizer.study.special import SPECIALS

MOST_VALUES = 1_000

_SAID = re.compile(r"([^=\s]+?)\s*=\s*(.*)", re.DOTALL)
_COMMA = re.compile(r",(?![^\[]*\])")
_UNIT_OF = re.compile(r"^[-+0-9.eE]+ ?")
_ANY_TIER = ("tiers", "any")


@dataclass(frozen=True, slots=True)
class Axis:
    """`path`: the key that is varied, as `--set` takes it ("tier." at its beginning: in every tier, "cable.":
    every cable), or the name of a `study.special` parameter. `values`: as `--set` takes them, in order, no
    two equal. `numbers`: the same as numbers for charts (seconds, bits a second, sessions a second, counts),
    None for words. `unit`: of the numbers. `logarithmic`: whether equal ratios are equally far apart.
    """

    path: str
    values: tuple[str, ...]
    numbers: tuple[float, ...] | None
    unit: str
    logarithmic: bool = False

    @property
    def title(self) -> str:
        """The path, as people read it: "firewall sync interval"."""
        return title_of(self.path)

    @property
    def column(self) -> str:
        """The name of its column in tables: "firewall_sync_interval_s"."""
        name = words_of(self.path).replace(" ", "_")
        return name + (suffix_of(self.unit) if self.numbers else "")


def axis_of(text: str) -> Axis:
    """What `PATH=VALUES` says. VALUES: `0.5s..10s:20` (so many, evenly spaced, both ends among them),
    `100ms..10s:9:log` (equal ratios, rounded to three digits), `1..8` (whole numbers), `1s,2s,5s` or words.
    A path that only a tier knows, like `sync.interval`, means every tier.

    Raises StudyError, one line.
    """
    match = _SAID.fullmatch(text.strip())
    try:
        if match is None:
            raise WrongValueError(
                say("this is not PATH=VALUES"), say("say it like sync.interval=0.5s..10s:20")
            )
        return _axis(_path(match[1]), match[2].strip())
    except WrongValueError as error:
        raise StudyError(f"--vary {text}: {error.what}; {error.todo}") from None


def _path(said: str) -> str:
    """With "tier." before what only tiers know; WrongValueError for what nobody knows."""
    first = said.partition(".")[0]
    root, tier = keys_beside(("",)), keys_beside((*_ANY_TIER, ""))
    if first in root or first in SPECIALS or first in ("tier", "cable"):
        return said
    if first in tier:
        return f"tier.{said}"
    known = (*root, *tier, *SPECIALS, "tier", "cable")
    if whole := [
        f"{group}.{first}"
        for above, groups in (((), root), (_ANY_TIER, tier))
        for group in groups
        if first in keys_beside((*above, group, ""))
    ]:
        what = say("the key {key} is unknown here", key=quoted(first))
        listed = f" {say_as('between two keys', 'or')} ".join(whole)
        raise WrongValueError(what, say("did you mean {keys}?", keys=listed))
    raise WrongValueError(say("the key {key} is unknown", key=quoted(first)), suggestion(first, known, "key"))


def _axis(path: str, said: str) -> Axis:
    parts = [part.strip() for part in _COMMA.split(said)]
    if not all(parts):
        what = say("there is no value") if parts == [""] else say("a value is missing between two commas")
        raise WrongValueError(what, say("say some, like 1s,2s,5s or 0.5s..10s:20"))
    if len(parts) > 1 and any(".." in part for part in parts):
        raise WrongValueError(say("a range stands in a list"), say("say one range, or a list of values"))
    if ".." in parts[0]:
        return _of_range(path, parts[0])
    if len(parts) > MOST_VALUES:
        raise WrongValueError(
            say("{n} values", n=commas(len(parts))), say("say {most} or fewer", most=commas(MOST_VALUES))
        )
    return _of_list(path, parts)


def _of_list(path: str, values: Sequence[str]) -> Axis:
    found = [quantity_of(value) for value in values]
    kinds = {one[0] for one in found if one and not _is_zero(*one)}
    if None in found or len(kinds) > 1:
        _refuse_twins(values, values)
        return Axis(path, tuple(values), None, "")
    quantity = next(iter(kinds), PLAIN)
    exact = [one[1] for one in found if one]
    _refuse_twins(exact, values)
    return Axis(path, tuple(values), tuple(quantity.number(value) for value in exact), quantity.unit)


def _of_range(path: str, said: str) -> Axis:
    ends, *counted = said.split(":")
    quantity, first, last = _ends(*(end.strip() for end in ends.split("..", 1)))
    if len(counted) > 1 and counted[1] != "log":
        raise WrongValueError(
            say("{word} is not known here", word=quoted(counted[1])), say("say `log` for equal ratios")
        )
    if len(counted) > 2:
        raise WrongValueError(
            say("{words} says too much", words=quoted(said)), say("say it like 100ms..10s:9:log")
        )
    logarithmic = len(counted) > 1
    if logarithmic and first <= 0:
        raise WrongValueError(
            say("equal ratios cannot begin at zero"), say("begin above it, or leave `:log` out")
        )
    count = _count(counted, quantity, first, last, said)
    exact = _ratios(quantity, first, last, count) if logarithmic else _evenly(first, last, count)
    values = tuple(quantity.write(value) for value in exact)
    _refuse_twins(values, values)
    numbers = tuple(quantity.number(_again(value, quantity)) for value in values)
    return Axis(path, values, numbers, quantity.unit, logarithmic)


def _ends(first: str, last: str) -> tuple[Quantity, Fraction, Fraction]:
    """Both ends, in the unit that one of them may leave out only where it is zero."""
    (kind, low), (other_kind, high) = _end(first, last), _end(last, first)
    if kind is not other_kind:
        if _is_zero(kind, low):
            kind = other_kind
        elif PLAIN in (kind, other_kind) and not _is_zero(other_kind, high):
            bare, full = (first, last) if kind is PLAIN else (last, first)
            raise WrongValueError(
                say("{value} has no unit", value=quoted(bare)),
                say("say {value}", value=bare + _UNIT_OF.sub("", full)),
            )
        elif not _is_zero(other_kind, high):
            raise WrongValueError(
                say("{first} and {last} are of two kinds", first=quoted(first), last=quoted(last)),
                say("say one kind"),
            )
    if low == high:
        raise WrongValueError(
            say("the range begins where it ends"), say("say {end} alone, or another end", end=first)
        )
    if low > high:
        raise WrongValueError(
            say("the range ends before it begins"), say("say {value}", value=f"{last}..{first}")
        )
    return kind, low, high


def _end(text: str, other: str) -> tuple[Quantity, Fraction]:
    found = quantity_of(text)
    if found is not None:
        return found
    there = quantity_of(other)
    what = say("{text} is no number", text=quoted(text)) if text else say("a range has two ends")
    raise WrongValueError(what, say("say it like {example}", example=_example(there[0] if there else None)))


def _is_zero(kind: Quantity, value: Fraction) -> bool:
    """A zero needs no unit."""
    return kind is PLAIN and not value


def _example(quantity: Quantity | None) -> str:
    examples = {"s": "0.5s..10s:20", "/s": "5/s..50/s:10", "bit/s": "1Mbit/s..10Mbit/s:10"}
    return examples.get(quantity.unit if quantity else "s", "1..8")


def _count(counted: Sequence[str], quantity: Quantity, first: Fraction, last: Fraction, said: str) -> int:
    if not counted:
        if quantity is not PLAIN or first.denominator != 1 or last.denominator != 1:
            raise WrongValueError(
                say("how many values is not said"), say("say it like {range}:10", range=said)
            )
        count = int(last - first) + 1
    elif not counted[0].isascii() or not counted[0].isdigit() or len(counted[0]) > 18:
        raise WrongValueError(
            say("{count} is no number of values", count=quoted(counted[0])), say("say it like 0.5s..10s:20")
        )
    else:
        count = int(counted[0])
    if count < 2:
        raise WrongValueError(say("a range has two values or more"), say("say one value without `..`"))
    if count > MOST_VALUES:
        raise WrongValueError(
            say("{n} values", n=commas(count)), say("say {most} or fewer", most=commas(MOST_VALUES))
        )
    return count


def _evenly(first: Fraction, last: Fraction, count: int) -> list[Fraction]:
    return [first + (last - first) * place / (count - 1) for place in range(count)]


def _ratios(quantity: Quantity, first: Fraction, last: Fraction, count: int) -> list[Fraction]:
    """Whole numbers between whole ends without unit: such are counts."""
    whole = quantity is PLAIN and first.denominator == last.denominator == 1
    ratio = float(last / first) ** (1 / (count - 1))
    between = [_three_digits(float(first) * ratio**place) for place in range(1, count - 1)]
    return [first, *(Fraction(round(value)) if whole else value for value in between), last]


def _three_digits(value: float) -> Fraction:
    return Fraction(f"{value:.2e}")


def _again(text: str, quantity: Quantity) -> Fraction:
    """A value as it was written, that is as the scenario will take it."""
    found = quantity_of(text)
    assert found is not None, text
    return found[1] if found[0] is quantity else found[1] / 100  # a ratio without unit reads as a share


def _refuse_twins(values: Sequence[object], texts: Sequence[str]) -> None:
    before: dict[object, str] = {}
    for value, text in zip(values, texts, strict=True):
        if value in before:
            what = (
                say("{value} stands there twice", value=quoted(text))
                if before[value] == text
                else say("{value} is {other} again", value=quoted(text), other=before[value])
            )
            raise WrongValueError(what, say("say each value once, or fewer of them"))
        before[value] = text
