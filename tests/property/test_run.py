"""Whatever a person does with the controls, the run is that of a fresh start with the same acts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import straight, teeth, with_acts
from property.worlds import DURATION_US, INSTANTS, Story, commands_at, histories, setups, stories

from visualizer.ledger import summarise
from visualizer.sim import Setup, trace_sha256
from visualizer.sim.command import Command, Strike, UnitTarget
from visualizer.timeline import Run

Acts = tuple[Command, ...]


@dataclass
class Person:
    """What a person expects of the controls: acts, and what undo and redo bring back."""

    acts: Acts = ()
    undo: list[Acts] = field(default_factory=list)
    redo: list[Acts] = field(default_factory=list)

    def act(self, act: Command) -> None:
        self.undo.append(self.acts)
        self.redo.clear()
        self.acts = (*(other for other in self.acts if other.at_us <= act.at_us), act)

    def step_back(self) -> bool:
        return self._swap(self.undo, self.redo)

    def step_forth(self) -> bool:
        return self._swap(self.redo, self.undo)

    def _swap(self, source: list[Acts], target: list[Acts]) -> bool:
        if source:
            target.append(self.acts)
            self.acts = source.pop()
            return True
        return False


def assert_as_if_fresh(run: Run, setup: Setup, acts: Acts) -> None:
    """The playhead, the whole run and its events are those of a scenario with these acts."""
    assert run.acts == acts
    fresh = with_acts(setup, sorted((*setup.commands, *acts), key=lambda act: act.at_us))
    here, seen = straight(fresh, run.now_us)
    assert trace_sha256(run.state) == trace_sha256(here)
    assert summarise(run.state.copy()) == summarise(here)
    assert teeth(run.state) == teeth(here)
    assert run.events_between(0, run.now_us + 1) == seen
    end, events = straight(fresh)
    assert run.trace_sha256() == trace_sha256(end)
    assert run.events == events


@st.composite
def sessions(draw: st.DrawFn) -> tuple[Setup, list[tuple[str, object]]]:
    """A scenario with events of its own, and what somebody does at its controls."""
    setup = draw(setups())
    setup = replace(setup, commands=draw(histories(setup, 3)))
    where = st.one_of(INSTANTS, st.sampled_from([0, 1_000_000, DURATION_US]))
    deed = st.one_of(
        st.tuples(st.just("act"), commands_at(setup, where)),
        st.tuples(st.just("act"), commands_at(setup, where)),
        st.tuples(st.just("seek"), st.one_of(where, st.integers(-5, 2 * DURATION_US))),
        st.tuples(st.just("step"), st.sampled_from([1, -1, 20, -37])),
        st.tuples(st.sampled_from(["undo", "redo", "undo", "fork", "finish"]), st.none()),
    )
    return setup, draw(st.lists(deed, min_size=3, max_size=12))


@examples(100)
@given(sessions())
def test_a_run_is_what_a_fresh_run_with_its_acts_is(story: tuple[Setup, list[tuple[str, object]]]) -> None:
    setup, deeds = story
    run, person = Run(setup), Person()
    for name, what in deeds:
        now_us = run.now_us
        match name, what:
            case "act", command:
                run.act(command)
                person.act(command)
                assert run.now_us == command.at_us
            case "undo", _:
                assert run.undo() == person.step_back()
            case "redo", _:
                assert run.redo() == person.step_forth()
            case "seek", int(at_us):
                assert run.seek(at_us).now_us == min(max(at_us, 0), DURATION_US)
            case "step", int(ticks):
                assert run.step(ticks).now_us == min(max(now_us + ticks * setup.tick_us, 0), DURATION_US)
            case "fork", _:
                run, left = run.fork(), run
                person.undo, person.redo = [], []
                left.act(Strike(0, "lightning", UnitTarget(0, 0)))
                assert run.now_us == now_us
            case "finish", _:
                run.finish()
                assert run.now_us == now_us
        assert run.state.now_us == run.now_us
    assert_as_if_fresh(run, setup, person.acts)


@examples(40)
@given(stories(), st.lists(INSTANTS, min_size=2, max_size=6))
def test_scrubbing_shows_at_each_instant_what_a_straight_run_shows(story: Story, places: list[int]) -> None:
    run = Run(with_acts(*story))
    for at_us in places:
        run.seek(at_us)
        there, _ = straight(with_acts(*story), at_us)
        assert trace_sha256(run.state) == trace_sha256(there)
        assert summarise(run.state.copy()) == summarise(there)
        assert teeth(run.state) == teeth(there)
