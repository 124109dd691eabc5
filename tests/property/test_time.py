"""However a run is cut, copied, gridded or gone back in, it is the same run."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import straight, teeth, with_acts
from property.worlds import DURATION_US, INSTANTS, Story, stories

from visualizer.ledger import account, summarise
from visualizer.sim import advance, command, finish, start, trace_sha256
from visualizer.sim.command import Strike, UnitTarget


@examples(60)
@given(stories(), st.lists(INSTANTS, max_size=12), st.sampled_from([1_000, 10_000, 50_000, 777_777]))
def test_any_cut_and_any_tick_give_the_same_run(story: Story, cuts: list[int], tick_us: int) -> None:
    setup = with_acts(*story)
    whole, all_events = straight(setup)
    state = start(replace(setup, tick_us=tick_us))
    events = []
    for at_us in [*sorted(cuts), DURATION_US]:
        events += advance(state, at_us)
    finish(state)
    assert events == all_events
    assert [event.at_us for event in events] == sorted(event.at_us for event in events)
    assert trace_sha256(state) == trace_sha256(whole)
    assert account(state) == account(whole)


@examples(30)
@given(stories(), st.sampled_from([250_000, 400_000]))
def test_a_copy_before_every_tick_changes_nothing(story: Story, step_us: int) -> None:
    """Each tick is played on a copy that is then struck and thrown away, and only then for good."""
    setup = with_acts(*story)
    whole, all_events = straight(setup)
    state = start(setup)
    events = []
    for at_us in range(0, DURATION_US + 1, step_us):
        doomed = state.copy()
        command(doomed, Strike(at_us, "lightning", UnitTarget(0, 0)))
        advance(doomed, at_us)
        kept = state.copy()
        advance(state, at_us)
        state = kept
        events += advance(state, at_us)
    events += advance(state, DURATION_US)
    assert events == all_events
    assert trace_sha256(state) == trace_sha256(whole)
    assert summarise(state) == summarise(whole)
    assert teeth(state) == teeth(whole)


@examples(40)
@given(stories(), INSTANTS)
def test_going_on_from_a_copy_is_going_on(story: Story, at_us: int) -> None:
    setup = with_acts(*story)
    whole, all_events = straight(setup)
    state = start(setup)
    events = advance(state, at_us)
    twin = state.copy()
    assert trace_sha256(twin) == trace_sha256(state)
    events += advance(twin, DURATION_US)
    assert events == all_events
    assert summarise(twin) == summarise(whole)
    assert teeth(twin) == teeth(whole)


@examples(60)
@given(stories(6), INSTANTS, st.integers(0, 3), st.integers(0, 1), st.sampled_from(["lightning", "host"]))
def test_a_later_strike_never_changes_what_was_before(
    story: Story, at_us: int, tier: int, unit: int, fault: str
) -> None:
    """Neither what happened, nor who came, nor who comes."""
    setup, acts = story
    strike = Strike(at_us, fault, UnitTarget(tier % len(setup.tiers), unit))
    later = tuple(sorted((*acts, strike), key=lambda act: act.at_us))
    runs = [start(with_acts(setup, some)) for some in (acts, later)]
    events = [advance(state, at_us - 1) for state in runs]
    assert events[0] == events[1]
    assert trace_sha256(runs[0]) == trace_sha256(runs[1])
    for state in runs:
        advance(state, DURATION_US)
    assert runs[0].traffic is runs[1].traffic
