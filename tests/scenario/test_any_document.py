"""Whatever the format can say is read exactly, and what was played on it is written back exactly."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from property.written import text_of
from scenario.documents import setups, strikes

from visualizer.scenario import parse, with_commands
from visualizer.sim.setup import Setup


@given(setups())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_setup_is_read_as_it_was_written(setup: Setup) -> None:
    assert parse(text_of(setup), "world.yaml").setup == setup


@given(st.data(), setups())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_strike_is_saved_and_read_again(data: st.DataObject, setup: Setup) -> None:
    acts = data.draw(st.lists(strikes(setup), max_size=5))
    text = text_of(setup)
    saved = with_commands(text, setup, acts)
    assert parse(saved, "world.yaml").setup.commands == tuple(sorted(acts, key=lambda act: act.at_us))
    assert saved.startswith(text)
    assert with_commands(saved, parse(saved, "world.yaml").setup, acts) == saved
