"""Exposure is not a formula: it is what a bolt at this instant really costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import with_acts
from property.worlds import INSTANTS, Story, stories

from visualizer.ledger import account, sawtooth
from visualizer.sim import State, advance, exposure_series, start
from visualizer.sim.event import StateLost, SyncReceived, SyncSent, Takeover
from visualizer.sim.exposure import exposed_sessions
from visualizer.sim.faults import FAULTS
from visualizer.sim.knowledge import holder


def cost(before: State, tier: int, at_us: int) -> tuple[int, list[int]]:
    """How many sessions, and which, lightning on the holder of a tier costs; `before` is just before it.

    The bolt alone: what else is due at that instant comes after it and has costs of its own.
    """
    unit = holder(before, tier)
    twin = replace(before.copy(), now_us=at_us)
    if unit is None:
        return 0, []
    losses = len(twin.losses)
    FAULTS["lightning"].apply(twin, tier, unit)
    gone = [session for loss in twin.losses[losses:] for session in loss.sessions.tolist()]
    return account(twin).lost.sessions - account(before).lost.sessions, sorted(gone)


@examples(120)
@given(stories(12), st.lists(INSTANTS, max_size=2), st.data())
def test_exposure_is_what_a_bolt_costs(story: Story, looks: list[int], data: st.DataObject) -> None:
    """At any instants, and at those of copies sent and received, takeovers and losses."""
    setup = with_acts(*story)
    events = advance(start(setup), setup.duration_us)
    corners = [e.at_us for e in events if isinstance(e, (SyncSent, SyncReceived, Takeover, StateLost))]
    if corners:
        looks = looks + data.draw(st.lists(st.sampled_from(corners), max_size=2))
    state = start(setup)
    for at_us in sorted(set(looks)):
        advance(state, at_us - 1)
        for tier in range(len(setup.tiers)):
            count, sessions = cost(state, tier, at_us)
            now = replace(state.copy(), now_us=at_us)
            assert exposure_series(now, tier, np.array([at_us])).tolist() == [count]
            assert sorted(exposed_sessions(now, tier).tolist()) == sessions


@examples(60)
@given(stories(12), INSTANTS)
def test_looking_back_shows_what_was_exposed_then(story: Story, at_us: int) -> None:
    """The series of a finished run has at each instant what the run itself had."""
    setup = with_acts(*story)
    state = start(setup)
    advance(state, at_us - 1)
    then = replace(state.copy(), now_us=at_us)
    advance(state, setup.duration_us)
    times = np.array([at_us], dtype=np.int64)
    for tier in range(len(setup.tiers)):
        assert exposure_series(state, tier, times).tolist() == exposure_series(then, tier, times).tolist()


@examples(40)
@given(stories(12), st.sampled_from([10_000, 333_333, 1_000_000]))
def test_the_sawtooth_is_the_exposure_at_each_of_its_times(story: Story, step_us: int) -> None:
    """Whatever is looked at together gives what each instant gives alone."""
    setup = with_acts(*story)
    state = start(setup)
    advance(state, setup.duration_us)
    teeth = sawtooth(state, step_us)
    some = np.unique(np.linspace(0, len(teeth.times_us) - 1, 12).astype(np.int64))
    for tier in range(len(setup.tiers)):
        for place in some:
            alone = exposure_series(state, tier, teeth.times_us[place : place + 1])
            assert teeth.by_tier[tier, place] == alone[0]
