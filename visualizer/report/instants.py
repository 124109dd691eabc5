"""What lightning would have cost at any other instant of the run: the curve, its spread, its closed form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from visualizer.lab.columns import NEVER_US
from visualizer.lab.curve_spread import Spread
from visualizer.language import decimal, say, translated
from visualizer.report.material import Material
from visualizer.report.wording import mean_of
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.story.words import about, instant, sessions
from visualizer.study.curve import Striking, strike_everywhere

MANY_SAMPLES, FEW_SAMPLES = 12, 3
_MANY_EVENTS = 2_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: of the loss, and of the time without service."""

    title: str
    loss: str
    outage: str


@dataclass(frozen=True, slots=True)
class Instants:
    """`tier`: which pair is struck, "" where there is only one. `said`: what one should know of the curve.
    `proof`: how it was checked, in a sentence.
    """

    tier: str
    figures: tuple[Figure, ...]
    said: tuple[str, ...]
    proof: str


def struck_tier(material: Material) -> int:
    """The tier whose unit the scenario strikes first; the first tier where it strikes none."""
    for act in material.setup.commands:
        if isinstance(act, Strike) and isinstance(act.target, UnitTarget):
            return act.target.tier
    return 0


def striking_of(material: Material) -> Striking:
    """The curve of the tier that the scenario strikes, proved at some instants, of a large run at few."""
    samples = MANY_SAMPLES if len(material.events) < _MANY_EVENTS else FEW_SAMPLES
    return strike_everywhere(material.opened, struck_tier(material), samples)


def instants(material: Material, striking: Striking) -> Instants:
    """The curve in figures."""
    setup = material.setup
    return Instants(
        tier=translated(setup.tiers[striking.curve.tier].title) if len(setup.tiers) > 1 else "",
        figures=tuple(_figures(striking)),
        said=striking.said,
        proof=_proof(striking),
    )


def _proof(striking: Striking) -> str:
    count, wrong = len(striking.proof), striking.proof.unequal
    if wrong:
        return say(
            "The curve was checked by re-running at {n} instants: {wrong} not equal.", n=count, wrong=wrong
        )
    return say("The curve was checked by re-running at {n} instants: all equal.", n=count)


def _figures(striking: Striking) -> Iterator[Figure]:
    curve, expected = striking.curve, striking.expected
    loss, outage = curve.loss, curve.outage
    yield Figure(say("On average"), _mean(loss.mean), _mean_time(outage))
    yield Figure(say("Closed form"), *_expected(striking) if expected else ("–", "–"))
    worst = sessions(loss.worst)
    if loss.worst:
        worst = say("{worst}, at {instant}", worst=worst, instant=instant(loss.worst_us))
    yield Figure(say("At worst"), worst, _worst_time(outage))
    yield Figure(say("Nothing lost"), _lossless(_share_of_zero(striking)), "–")


def _lossless(part: float) -> str:
    if np.isclose(part, 0):
        return say("at none")
    return say("at {share} of the instants", share=_share(part))


def _mean(mean: float | None) -> str:
    return "–" if mean is None else say("{mean} sessions", mean=mean_of(mean))


def _mean_time(spread: Spread) -> str:
    if spread.mean is None:
        return say("for ever at {share} of the instants", share=_share(spread.never))
    return about(round(spread.mean))


def _share(part: float) -> str:
    return decimal(f"{100 * part:.3g} %")


def _worst_time(spread: Spread) -> str:
    when = instant(spread.worst_us)
    if spread.worst == NEVER_US:
        return say("for ever, at {instant}", instant=when)
    return say("{worst}, at {instant}", worst=about(spread.worst), instant=when)


def _expected(striking: Striking) -> tuple[str, str]:
    found = striking.expected
    assert found is not None
    outage = "–" if found.outage_s is None else about(round(found.outage_s * US_PER_S))
    return _mean(found.lost_sessions), outage


def _share_of_zero(striking: Striking) -> float:
    """At which part of the instants of the window a strike takes no session."""
    curve = striking.curve
    low_us, high_us = curve.window_us
    until_us = np.append(curve.saw.from_us[1:], striking.opened.setup.duration_us)
    first, last = np.maximum(curve.saw.from_us + 1, low_us), np.minimum(until_us, high_us - 1)
    free = np.maximum(last - first + 1, 0)[curve.saw.value == 0].sum()
    return float(free) / (high_us - low_us)
