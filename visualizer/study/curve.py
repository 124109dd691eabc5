"""The curve of all strike instants beside what theory expects of it and what runs prove of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from visualizer import __version__
from visualizer.lab import Curve, Proof, curving, proving, undisturbed
from visualizer.lab.beat_trial import Steps
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control import at_once
from visualizer.lab.curve_proof import SAMPLES
from visualizer.language import Spoken, say, say_many, speaking
from visualizer.opening import Opened
from visualizer.scenario import quoted, suggestion
from visualizer.sim.setup import UNIT_NAMES, US_PER_S, Setup
from visualizer.study.error import StudyError
from visualizer.study.remarks import length
from visualizer.study.table import Table
from visualizer.theory import Expectation, expectation


@dataclass(frozen=True, slots=True, eq=False)
class Striking:
    """`expected`: means over a random instant, None where no closed form fits."""

    opened: Opened
    curve: Curve
    expected: Expectation | None
    proof: Proof

    @property
    def said(self) -> tuple[str, ...]:
        """What the person should know of the curve, a sentence each."""
        return tuple(_said(self.opened.setup, self.curve))

    @property
    def proof_said(self) -> str:
        """What was proved, in one line."""
        count, wrong = len(self.proof), self.proof.unequal
        if wrong:
            return say("checked by re-running at {n} instants: {wrong} not equal", n=count, wrong=wrong)
        return say("checked by re-running at {n} instants: all equal", n=count)


def strike_everywhere(opened: Opened, tier: int = 0, samples: int = SAMPLES) -> Striking:
    """`striking_everywhere` at once."""
    return at_once(striking_everywhere(opened, tier, samples))


def striking_everywhere(opened: Opened, tier: int = 0, samples: int = SAMPLES) -> Steps[Striking]:
    """Lightning on the active unit of a tier at every tick of a run, in steps of some milliseconds; proved at
    so many instants.
    """
    curve = yield from curving(opened.setup, tier)
    proof = yield from proving(opened.setup, curve, samples)
    return Striking(opened, curve, expected_of(opened.setup, curve), proof)


def expected_of(setup: Setup, curve: Curve) -> Expectation | None:
    """What the closed forms expect of a strike at a random instant; None where something befalls the run
    beside the strike (theory leaves that aside), or the window has no whole periods.
    """
    if undisturbed(setup).commands or not curve.whole_periods:
        return None
    return expectation(setup, tier=curve.tier)


def tier_named(setup: Setup, name: str | None) -> int:
    """The index of a tier, the first without a name; StudyError when there is none of that name."""
    names = [tier.name for tier in setup.tiers]
    if name is None:
        return 0
    if name not in names:
        todo = suggestion(name, names, "tier")
        what = say("there is no tier {tier}", tier=quoted(name))
        raise StudyError(f"{setup.name}: {what}; {todo}")
    return names.index(name)


def curve_table(striking: Striking) -> Table:
    """A row an instant: when, who is struck, what is lost, for how long nobody is served (NaN: for ever)."""
    curve = striking.curve
    outage_s = np.where(curve.outage_us == NEVER_US, np.nan, curve.outage_us / US_PER_S)
    columns = {
        "strike_us": curve.strike_us,
        "struck": np.array([*UNIT_NAMES, "nobody"])[curve.unit],
        "lost_sessions": curve.lost_sessions,
        "outage_s": outage_s,
    }
    return Table(columns, _about(striking))


def _about(striking: Striking) -> dict[str, str]:
    opened, setup = striking.opened, striking.opened.setup
    with speaking(Spoken()):  # a file is the same for everybody
        proof, said = striking.proof_said, striking.said
    return {
        "program": f"failover-visualizer {__version__}",
        "scenario": opened.name,
        "title": setup.title,
        **({"set": ", ".join(opened.overrides)} if opened.overrides else {}),
        "tier": setup.tiers[striking.curve.tier].name,
        "seed": str(setup.seed),
        "proof": proof,
        **({"said": " ".join(said)} if said else {}),
    }


def _said(setup: Setup, curve: Curve) -> Iterator[str]:
    if not curve.whole_periods:
        yield say("The run is too short for whole periods: means are over all of it.")
    if undisturbed(setup).commands:
        yield say("More befalls this run than the strike, so no closed form fits it.")
    if curve.lost_otherwise:
        yield say_many(
            "{n} session is lost without a strike, too; the curve leaves them out.",
            "{n} sessions are lost without a strike, too; the curve leaves them out.",
            curve.lost_otherwise,
            n=curve.lost_otherwise,
        )
    if curve.outage.never:
        share = f"{100 * curve.outage.never:.0f} %"
        yield say("After a strike at {share} of the instants service does not come back.", share=share)
    if curve.lost_every_us:
        every = length(curve.lost_every_us)
        yield say("What is lost was tried every {duration}.", duration=every)
    if curve.outage_every_us:
        every = length(curve.outage_every_us)
        yield say("How long service is gone was tried every {duration}.", duration=every)
