"""What was played, saved and read again is the same run, to the last event."""

from __future__ import annotations

from hypothesis import given
from property.profile import examples
from property.straight import straight, with_acts
from property.worlds import DURATION_US, INSTANTS, Story, stories
from property.written import text_of

from visualizer.scenario import parse, with_commands
from visualizer.sim import advance, trace_sha256
from visualizer.timeline import Run, run_file


@examples(40)
@given(stories(), INSTANTS)
def test_save_load_step_is_step(story: Story, saved_us: int) -> None:
    """Acts until an instant, a file, and the rest of the acts on what was read from it."""
    setup, acts = story
    text = text_of(setup)
    read = parse(text, "world.yaml").setup
    assert read == setup
    played = Run(read)
    for act in acts:
        if act.at_us <= saved_us:
            played.act(act)
    played.seek(saved_us)
    saved = run_file.RunFile(
        with_commands(text, read, played.acts), (), played.now_us, trace_sha256(played.state)
    )
    loaded = run_file.parse(run_file.dump(saved, "1.2.3"), "run.yaml", "1.2.3")
    again = Run(parse(loaded.scenario_text, "world.yaml").setup)
    again.seek(loaded.until_us)
    run_file.demand_same_trace(loaded, trace_sha256(again.state), "run.yaml")
    for act in acts:
        if act.at_us > saved_us:
            played.act(act)
            again.act(act)
    assert again.trace_sha256() == played.trace_sha256()
    assert again.events == played.events


@examples(40)
@given(stories())
def test_what_was_played_is_a_scenario_that_plays_the_same(story: Story) -> None:
    setup, acts = story
    text = with_commands(text_of(setup), setup, acts)
    read = parse(text, "world.yaml").setup
    assert read == with_acts(setup, acts)
    assert with_commands(text, read, acts) == text
    state, events = straight(read)
    other, same = straight(with_acts(setup, acts))
    assert events == same
    assert trace_sha256(state) == trace_sha256(other)
    assert advance(state, DURATION_US) == []
