"""The judge of "beat it": how close a design comes to a goal, what that costs, and which term still binds.

Everything is measured by the engine: the loss at every instant from one undisturbed run, the gap by strikes
at the heartbeats' best and worst phases, and each term by the same runs without it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from visualizer.lab.beat_costs import Costs, costs_of
from visualizer.lab.beat_gap import gap_terms, worst_gap
from visualizer.lab.beat_goals import Goal, in_world
from visualizer.lab.beat_ideal import Term, largest
from visualizer.lab.beat_loss import counts_transactions, loss_terms, undisturbed_trial, worst_of
from visualizer.lab.beat_shared import lost_of, second_failure, shared_terms, worst_cut
from visualizer.lab.beat_trial import Steps, Trial, design
from visualizer.sim.setup import US_PER_S, Setup

Seldom = Callable[[Setup], float | None]
"""How far apart the false failovers of a design are on average, in seconds; None: there are none."""

CUT_US = 10 * US_PER_S
"""How long the sync cable is cut to see who waits."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`worst_lost`: what the worst single failure takes, at `at_us` in `tier`, of `together` that both units
    at once would take; `transactions`: these are counted, not sessions. `mean_lost`: over all instants (None:
    not known). `gap_us` (None: for ever) and `interrupted` requests likewise; `shortest_gap_us` at the
    luckiest instant. `loss_terms` and `gap_terms` add up to the loss and the gap. `binding`: what still
    stands in the way; when nothing of the goal is left, what takes everything all the same. `setup` is the
    design in the world of the goal.
    """

    goal: Goal
    setup: Setup
    tier: int
    at_us: int
    worst_lost: int
    mean_lost: float | None
    together: int
    transactions: bool
    gap_us: int | None
    shortest_gap_us: int | None
    interrupted: int
    loss_terms: tuple[Term, ...]
    gap_terms: tuple[Term, ...]
    costs: Costs
    binding: Term

    @property
    def loss_met(self) -> bool:
        """Whether no more is lost than the goal allows."""
        return self.goal.lost is None or self.worst_lost <= self.goal.lost

    @property
    def gap_met(self) -> bool:
        """Whether the gap is shorter than the goal's."""
        return self.goal.gap_us is None or (self.gap_us is not None and self.gap_us < self.goal.gap_us)

    @property
    def budget_met(self) -> bool:
        """Whether it costs no more than the goal allows."""
        return self.answers_met and self.alarms_met

    @property
    def answers_met(self) -> bool:
        """Whether every answer comes in time."""
        return self.goal.answer_us is None or self.costs.answer_us <= self.goal.answer_us

    @property
    def alarms_met(self) -> bool:
        """Whether false failovers are seldom enough."""
        goal, seldom_s = self.goal, self.costs.seldom_s
        return goal.seldom_s is None or seldom_s is None or seldom_s >= goal.seldom_s

    @property
    def met(self) -> bool:
        """Whether the goal is reached, for one failure."""
        return self.loss_met and self.gap_met and self.budget_met and self.binding.name != "nervous"


def judge(setup: Setup, goal: Goal, seldom: Seldom) -> Judgement:
    """Judge the design of a setup at once; what befalls it in the scenario is left aside."""
    steps = judging(setup, goal, seldom)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Judgement = end.value
            return result


def judging(setup: Setup, goal: Goal, seldom: Seldom) -> Steps[Judgement]:
    """The same in steps of some milliseconds."""
    here = design(in_world(setup, goal))
    trial = yield from undisturbed_trial(here)
    worst = yield from worst_of(trial)
    losses = yield from loss_terms(here, worst)
    gap = yield from worst_gap(here)
    gaps = yield from gap_terms(here, gap)
    cut = yield from worst_cut(here, goal.cut_us or CUT_US, struck=bool(goal.cut_us))
    shared = yield from shared_terms(here, worst.lost)
    together = second_failure(trial, worst.tier)
    if goal.cut_us:
        losses, gaps = _with_cut(losses, cut.lost), _with_cut(gaps, cut.silent_us)
    longest_us = None if shared else gap.longest_us
    result = Judgement(
        goal=goal,
        setup=here,
        tier=worst.tier,
        at_us=worst.at_us,
        worst_lost=_total(losses + shared) or 0,
        mean_lost=worst.mean,
        together=max(together, worst.lost),
        transactions=counts_transactions(here),
        gap_us=longest_us if longest_us is None else _total(gaps),
        shortest_gap_us=gap.shortest_us,
        interrupted=gap.interrupted,
        loss_terms=losses + shared,
        gap_terms=gaps + tuple(Term(term.name, None) for term in shared),
        costs=costs_of(trial, seldom(here), cut.silent),
        binding=Term("second failure", together),
    )
    return replace(result, binding=_binding(result, trial))


def _with_cut(terms: tuple[Term, ...], amount: int) -> tuple[Term, ...]:
    """With what a cut cable adds to the worst that a bolt does."""
    whole = _total(terms)
    return terms if whole is None or amount <= whole else (*terms, Term("cut cable", amount - whole))


def _total(terms: tuple[Term, ...]) -> int | None:
    amounts = [term.amount for term in terms]
    return None if None in amounts else sum(amount for amount in amounts if amount is not None)


def _binding(found: Judgement, trial: Trial) -> Term:
    """The largest term of what is not met: the loss, then the gap, then the budget."""
    if trial.state.failovers:
        return Term("nervous", lost_of(trial.state))
    if not found.loss_met:
        return largest(found.loss_terms)
    if not found.gap_met:
        return largest(found.gap_terms)
    if not found.answers_met:
        return Term("answers", found.costs.answer_us)
    if not found.alarms_met:
        return Term("false alarms", round((found.costs.seldom_s or 0) * US_PER_S))
    return found.binding
