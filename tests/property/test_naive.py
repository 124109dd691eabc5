"""The engine against a model that was written without it: same losses, same causes, same exposure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from property.compare import books, naive_books
from property.naive import Naive
from property.profile import examples
from property.straight import with_acts
from property.worlds import DURATION_US, INSTANTS, Story, stories

from visualizer.sim import advance, exposure, finish, start


@examples(200)
@given(stories(16), st.lists(INSTANTS, min_size=1, max_size=3))
def test_the_engine_agrees_with_the_naive_model(story: Story, looks: list[int]) -> None:
    """At random instants: the exposure before, and all books after what happens then."""
    setup = with_acts(*story)
    state, naive = start(setup), Naive(setup)
    events = []
    for at_us in sorted({*looks, DURATION_US}):
        events += advance(state, at_us - 1)
        naive.advance(at_us - 1)
        before = state.copy()
        before.now_us = at_us
        assert exposure(before).by_tier == tuple(naive.exposed(tier) for tier in range(len(setup.tiers)))
        events += advance(state, at_us)
        naive.advance(at_us)
        finish(state)
        assert books(state, events) == naive_books(naive)
