"""What must hold in every world of the whole model, whatever mechanisms it has and whatever happens to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from property.mechanisms import MECHANISMS
from property.profile import examples
from property.stories import playable, story
from property.straight import straight, teeth
from property.worlds import DURATION_US, INSTANTS

from visualizer.ledger import account, summarise
from visualizer.sim import Setup, advance, command, finish, start, trace_sha256
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.event import Takeover
from visualizer.sim.setup import US_PER_S
from visualizer.timeline import Run

CHANCE = ("loss", "jitter", "datagram", "degraded")


@st.composite
def mechanical(draw: st.DrawFn, without: Sequence[str] = ()) -> Setup:
    """A world with up to three mechanisms, and troubles."""
    names = st.sampled_from([name for name in MECHANISMS if name not in without])
    chosen = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    setup = story(lambda options: draw(st.sampled_from(options)), chosen)
    return setup if playable(setup) else replace(setup, commands=())


@examples(60)
@given(mechanical(), st.lists(INSTANTS, min_size=1, max_size=6))
def test_every_request_is_booked_once(setup: Setup, looks: list[int]) -> None:
    """Offered = acknowledged + pending + failed + waiting, at any instant; the engine audits too."""
    state = start(setup)
    for at_us in sorted({*looks, DURATION_US}):
        advance(state, at_us)
        finish(state)
        page = account(state)
        offered = page.offered_sessions + page.offered_transactions
        answered = page.acknowledged_sessions + page.acknowledged_transactions
        assert offered == answered + page.pending + page.interruption.failed + page.interruption.waiting
        assert 0 <= page.lost.sessions <= page.acknowledged_sessions
        assert 0 <= page.lost.transactions <= page.acknowledged_transactions


@examples(40)
@given(mechanical(), st.sampled_from([1_000, 10_000, 50_000]), st.lists(INSTANTS, max_size=6))
def test_any_tick_and_any_cut_give_the_same_run(setup: Setup, tick_us: int, cuts: list[int]) -> None:
    whole, all_events = straight(setup)
    state = start(replace(setup, tick_us=tick_us))
    events = []
    for at_us in [*sorted(cuts), DURATION_US]:
        events += advance(state, at_us)
    finish(state)
    assert events == all_events
    assert trace_sha256(state) == trace_sha256(whole)
    assert account(state) == account(whole)


@examples(30)
@given(mechanical())
def test_a_copy_before_every_step_changes_nothing(setup: Setup) -> None:
    """Each step is played on a copy that is then struck and thrown away, and only then for good."""
    whole, all_events = straight(setup)
    state = start(setup)
    events = []
    for at_us in range(0, DURATION_US + 1, 400_000):
        doomed = state.copy()
        command(doomed, Strike(at_us, "lightning", UnitTarget(0, 0)))
        advance(doomed, at_us)
        kept = state.copy()
        advance(state, at_us)
        state = kept
        events += advance(state, at_us)
    assert events == all_events
    assert trace_sha256(state) == trace_sha256(whole)
    assert summarise(state) == summarise(whole)
    assert teeth(state) == teeth(whole)


@examples(30)
@given(mechanical(), st.lists(INSTANTS, min_size=2, max_size=5))
def test_a_seek_shows_what_a_straight_run_shows(setup: Setup, places: list[int]) -> None:
    run = Run(setup)
    for at_us in places:
        run.seek(at_us)
        there, _ = straight(setup, at_us)
        assert trace_sha256(run.state) == trace_sha256(there)
        assert summarise(run.state.copy()) == summarise(there)


@examples(60)
@given(mechanical(without=CHANCE))
def test_no_strike_no_loss(setup: Setup) -> None:
    """Without chance on the cables nobody takes over, nobody is turned away, nothing is lost."""
    state, events = straight(replace(setup, commands=()))
    page = account(state)
    assert page.stateful
    assert page.interrupted == {}
    assert page.in_doubt == 0
    assert not [event for event in events if isinstance(event, Takeover)]


SETTLED_US = 4 * US_PER_S
"""Longer than any hold time, fence, start and way of these worlds."""

SINGLE = ("host", "lightning", "process", "stop", "daemon", "isolate", "slow", "cut")


@examples(80)
@given(mechanical(without=(*CHANCE, "pickup", "never", "priority", "preempt")), INSTANTS, st.data())
def test_synchronous_copying_loses_nothing_acknowledged(
    setup: Setup, at_us: int, data: st.DataObject
) -> None:
    """By one failure, ever, also when it is mended: what was not safe was not acknowledged.

    Mended at the earliest when the other unit has settled it. One that is back sooner, on a cable slower
    than its patience, cannot hear that it has a successor, and that is a second failure.
    """
    tiers = tuple(
        replace(tier, sync=replace(tier.sync, policy="synchronous", timeout_us=None, pickup_us=0))
        for tier in setup.tiers
    )
    fault, tier = data.draw(st.sampled_from(SINGLE)), data.draw(st.integers(0, len(tiers) - 1))
    unit = UnitTarget(tier, data.draw(st.integers(0, 1)))
    target = LinkTarget(tier, len(tiers[tier].links) - 1) if fault == "cut" else unit
    mend = "heal" if fault == "cut" else "repair"
    mends = data.draw(st.integers(at_us + SETTLED_US, DURATION_US + SETTLED_US))
    acts = (Strike(at_us, fault, target), Strike(mends, mend, target))
    struck = replace(setup, tiers=tiers, path="cross", commands=acts)
    state, _ = straight(struck)
    assert account(state).lost.sessions == 0
    assert account(state).lost.transactions == 0
