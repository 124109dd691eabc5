"""A figure in an author's words, and its number as people read it.

    QUANTITY = FIGURE ["of" PART] ["at" AT]

`AT` is an instant as in `anchors`; without it the figure is that of the instant at which it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.language import decimal, marked, say, say_as, thousands, translated
from visualizer.script.anchors import Parts, anchor_of
from visualizer.script.figures import FIGURES, Figure, Unit
from visualizer.script.finding import Finder
from visualizer.script.script import Anchor, TierSpot
from visualizer.script.spots import named
from visualizer.script.wrong import WrongValueError, quoted, suggestion
from visualizer.sim import State
from visualizer.sim.command import LinkTarget, Target, UnitTarget
from visualizer.sim.setup import US_PER_S

_PART_NAMES: dict[type, str] = {
    TierSpot: marked("a tier"),
    UnitTarget: marked("a unit"),
    LinkTarget: marked("a cable"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`of`: of this part alone; `at`: as it is then."""

    figure: str
    of: Target | TierSpot | None = None
    at: Anchor | None = None

    @property
    def unit(self) -> Unit:
        """What its number counts."""
        return FIGURES[self.figure].unit


@dataclass(frozen=True, slots=True)
class Telling:
    """A run that is told: where its moments are, and its state at any instant."""

    finder: Finder
    state_at: Callable[[int], State]

    def amount(self, quantity: Quantity, at_us: int) -> int | None:
        """The number of a quantity that is asked for at an instant; None when there is none."""
        when_us = at_us if quantity.at is None else self.finder.found(quantity.at, at_us)
        if when_us is None:
            return None
        return FIGURES[quantity.figure].value(self.state_at(when_us), quantity.of)


def quantity_of(said: str, parts: Parts) -> Quantity:
    """What an author means; `parts`: what there is in the setup, by name. WrongValueError when it is not
    clear.
    """
    text = " ".join(said.split())
    figure = max((name for name in FIGURES if _begins(text, name)), key=len, default=None)
    if figure is None:
        name = text.partition(" of ")[0].partition(" at ")[0]
        raise WrongValueError(
            say("there is no figure {name}", name=quoted(name)), suggestion(name, FIGURES, "figure")
        )
    rest, at_sign, at = f"{text[len(figure) :]} ".partition(" at ")
    part = _part(figure, rest.strip(), parts)
    if at_sign and not at.strip():
        raise WrongValueError(say("nothing stands behind `at`"), say("say an instant there"))
    return Quantity(figure, part, anchor_of(at, parts) if at_sign else None)


def _begins(text: str, name: str) -> bool:
    return text == name or text.startswith(f"{name} ")


def part_names(figure: Figure) -> str:
    """What a figure can be of, in plain words; "" for the whole alone."""
    one, *other = (translated(_PART_NAMES[kind]) for kind in figure.parts) if figure.parts else ("",)
    return say("{one} or {other}", one=one, other=other[0]) if other else one


def _part(name: str, said: str, parts: Parts) -> Target | TierSpot | None:
    """Of what; a figure of parts needs one unless there is only one tier, others can have none."""
    figure = FIGURES[name]
    there = part_names(figure)
    of, _, part_name = said.partition(" ")
    if not of:
        tiers = [tier for tier, one in parts.items() if isinstance(one, TierSpot)]
        if figure.of is None and len(tiers) > 1:
            example = quoted(f"{name} of {tiers[0]}")
            raise WrongValueError(
                say("{name} is of one tier", name=quoted(name)), say("say {example}", example=example)
            )
        return None
    if of != "of":
        raise WrongValueError(
            say("{said} cannot stand behind {name}", said=quoted(said), name=quoted(name)),
            say("say `of` or `at` there"),
        )
    todo = say("say {parts} there", parts=there) if there else say("take it away")
    if not part_name:
        raise WrongValueError(say("nothing stands behind `of`"), todo)
    part = named(part_name, parts)
    if not isinstance(part, figure.parts):
        raise WrongValueError(say("{name} cannot be had {said}", name=quoted(name), said=quoted(said)), todo)
    return part


def text_of(amount: int | None, unit: Unit) -> str:
    """A number as people read it: "1 204" (with a thin space), "1.9 s", "250 ms", "36 min 14 s"; "none" where
    there is no such number: no RPO before the first failover.
    """
    if amount is None:
        return say_as("no such number", "none")
    match unit:
        case "count":
            return thousands(amount)
        case "time":
            return decimal(_time(amount))
        case "instant":
            return decimal(_instant(amount))


def _time(time_us: int) -> str:
    """As short as it can be said: three digits, or a hundredth of a second."""
    for least_us, grain_us in ((US_PER_S, 10_000), (100_000, 1_000), (10_000, 100), (1_000, 10)):
        if time_us >= least_us:
            time_us = _rounded(time_us, grain_us)
            break
    if time_us >= 600 * US_PER_S:
        return _minutes(time_us)
    if time_us >= US_PER_S or time_us == 0:
        return f"{time_us / US_PER_S:.2f}".rstrip("0").rstrip(".") + " s"
    if time_us >= 1_000:
        return f"{time_us / 1_000:.2f}".rstrip("0").rstrip(".") + " ms"
    return f"{time_us} µs"


def _instant(at_us: int) -> str:
    """ "9.0 s", "9.25 s": at least one decimal and at most three."""
    if at_us >= 600 * US_PER_S:
        return _minutes(at_us)
    text = f"{_rounded(at_us, 1_000) / US_PER_S:.3f}".rstrip("0")
    return f"{text}0 s" if text.endswith(".") else f"{text} s"


def _minutes(time_us: int) -> str:
    minutes, seconds = divmod(time_us // US_PER_S, 60)
    return f"{minutes} min {seconds:02d} s" if seconds else f"{minutes} min"


def _rounded(time_us: int, grain_us: int) -> int:
    return (time_us + grain_us // 2) // grain_us * grain_us
