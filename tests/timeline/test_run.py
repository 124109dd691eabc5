"""Playing, going back, acting, taking back: the small cases (the random ones are in `property`)."""

from __future__ import annotations

import pytest
from sim.small import change, cut, heal, pair, played, repair, strike, us, world

from visualizer.ledger import account
from visualizer.sim import exposure, trace_sha256
from visualizer.sim.event import Takeover, UnitStruck
from visualizer.sim.setup import Rate, Setup
from visualizer.timeline import Run


def fresh_hash(setup: Setup) -> str:
    return trace_sha256(played(setup)[0])


def test_a_run_begins_at_its_beginning() -> None:
    run = Run(world())
    assert (run.now_us, run.played_us, run.acts) == (0, 0, ())


@pytest.mark.parametrize(("asked_s", "reached_s"), [(-3, 0), (0, 0), (7.5, 7.5), (20, 20), (99, 20)])
def test_seeking_stays_within_the_scenario(asked_s: float, reached_s: float) -> None:
    run = Run(world())
    assert run.seek(us(asked_s)).now_us == us(reached_s)


def test_seeking_back_does_not_forget_what_has_been_computed() -> None:
    run = Run(world(commands=[strike(11)]))
    run.seek(us(15))
    run.seek(us(4.2))
    assert run.played_us == us(15)
    assert len(run.events_between(0, us(20))) == len(run.events)
    assert [event.at_us for event in run.events if isinstance(event, Takeover)] == [us(13)]


def test_steps_go_both_ways_and_stop_at_the_ends() -> None:
    run = Run(world())
    assert run.step(3).now_us == 30_000
    assert run.step(-1).now_us == 20_000
    assert run.step(-5).now_us == 0


@pytest.mark.parametrize("at_s", [0, 0.5, 11, 19.999, 20])
def test_an_act_is_an_event_of_the_scenario(at_s: float) -> None:
    """The first and the last instant of the run included."""
    run = Run(world())
    run.act(strike(at_s))
    assert run.now_us == us(at_s)
    assert run.trace_sha256() == fresh_hash(world(commands=[strike(at_s)]))


def test_an_act_takes_effect_before_all_else_at_its_instant() -> None:
    """Also where the playhead stands: the copy of 9 s had been sent, now it never leaves."""
    run = Run(world())
    run.seek(us(9))
    run.act(strike(9))
    assert account(run.state).lost.sessions == 29


def test_acting_in_the_past_drops_what_came_after_and_undo_brings_it_back() -> None:
    run = Run(world())
    run.act(strike(11))
    run.act(repair(15))
    run.seek(us(20))
    run.act(strike(5, unit=1))
    assert run.acts == (strike(5, unit=1),)
    assert run.abandoned == (strike(11), repair(15))
    assert not [event for event in run.events if isinstance(event, UnitStruck) and event.unit == 0]
    assert run.undo()
    assert run.acts == (strike(11), repair(15))
    assert run.now_us == us(20)
    assert run.abandoned is None
    assert run.trace_sha256() == fresh_hash(world(commands=[strike(11), repair(15)]))


def test_undo_returns_to_where_the_playhead_was_and_redo_to_the_act() -> None:
    run = Run(world())
    run.seek(us(14))
    run.act(strike(11))
    run.seek(us(12.5))
    assert run.undo()
    assert (run.now_us, run.acts) == (us(14), ())
    assert run.redo()
    assert (run.now_us, run.acts) == (us(12.5), (strike(11),))


def test_there_may_be_nothing_to_undo_or_redo() -> None:
    run = Run(world())
    assert not run.undo()
    assert not run.redo()
    run.act(strike(11))
    assert not run.redo()
    assert run.undo()
    assert not run.undo()
    assert run.redo()


def test_a_new_act_forgets_what_could_have_been_redone() -> None:
    run = Run(world())
    run.act(strike(11))
    run.undo()
    run.act(strike(12))
    assert not run.redo()


def test_a_fork_goes_its_own_way() -> None:
    run = Run(world(commands=[strike(11)]))
    run.act(repair(15))
    run.seek(us(16))
    twin = run.fork()
    assert (twin.now_us, twin.acts) == (us(16), run.acts)
    twin.act(strike(17, unit=1))
    run.seek(us(20))
    assert account(run.finish()).lost.sessions == 19
    assert account(twin.finish()).lost.sessions > 19


def test_acts_of_one_instant_keep_their_order_and_come_after_the_scenario_s_own() -> None:
    """Repair means something only after the strike."""
    run = Run(world(commands=[strike(11)]))
    run.act(repair(11))
    run.act(strike(11, "host"))
    struck = [(event.fault, event.at_us) for event in run.events if isinstance(event, UnitStruck)]
    assert struck == [("lightning", us(11)), ("host", us(11))]
    assert run.trace_sha256() == fresh_hash(world(commands=[strike(11), repair(11), strike(11, "host")]))


def test_a_run_can_be_opened_with_acts() -> None:
    acts = (strike(11), repair(15))
    assert Run(world(), acts).trace_sha256() == fresh_hash(world(commands=acts))


def test_the_past_keeps_its_parameters_and_its_traffic() -> None:
    """A change at 10 s is not there at 9 s, however one gets there."""
    run = Run(world(law="poisson"))
    run.act(change(10, "sync.interval", us(1)))
    run.act(change(10, "traffic.rate", Rate(90), None))
    run.seek(us(20))
    assert run.state.setup.tiers[0].sync.interval_us == us(1)
    run.seek(us(9))
    assert run.state.setup.tiers[0].sync.interval_us == us(3)
    run.seek(us(15))
    assert run.state.setup.tiers[0].sync.interval_us == us(1)
    run.undo()
    run.undo()
    assert run.trace_sha256() == fresh_hash(world(law="poisson"))


def test_acting_after_a_keyframe_keeps_the_events_of_its_instant() -> None:
    """A stream goes on after the copy of 1 s, the very instant of a keyframe."""
    setup = world(pair(policy="streaming"), commands=[cut(0.5), heal(1)])
    run = Run(setup)
    run.seek(us(3))
    before = run.events_between(0, us(1.5))
    run.act(strike(1.5))
    assert run.events_between(0, us(1.5)) == before


def test_finishing_leaves_the_playhead_alone() -> None:
    run = Run(world(commands=[strike(11)]))
    run.seek(us(12))
    there = trace_sha256(run.state)
    run.finish()
    assert run.now_us == us(12)
    assert trace_sha256(run.state) == there
    assert exposure(run.seek(us(12))).by_tier == exposure(run.state).by_tier


def test_events_between_are_those_from_the_first_up_to_but_not_the_second() -> None:
    run = Run(world(pair(heartbeat_s=1), commands=[strike(11)]))
    run.finish()
    events = run.events_between(us(11), us(13))
    assert {event.at_us for event in events} <= set(range(us(11), us(13)))
    assert [type(event).__name__ for event in events] == ["UnitStruck", "ServiceChanged", "StateLost"]
    assert run.events_between(us(13), us(13)) == []
