"""What was played goes back into the text: the events change, every other byte stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualizer.scenario import load, parse, shipped_names, with_commands
from visualizer.sim.command import Command, LinkTarget, SetParameter, Strike, UnitTarget
from visualizer.sim.setup import Rate

HEAD = "# a comment\ntitle: T   # and one here\nduration: 20s\ntiers:\n  a: {}\n"
FIRST = Strike(11_000_000, "host", UnitTarget(0, 0))
LATER = Strike(12_250_000, "cut", LinkTarget(0, 0))
SETS = SetParameter(12_000_001, "traffic.rate", None, Rate(1, 2_000_000))
FIRST_LINE = "{at: 11s, fault: host, target: a.primary}"
NEW_LINES = ("{at: 12.000001s, set: traffic.rate, value: 0.5/s}", "{at: 12.25s, fault: cut, target: a.link}")


def saved(text: str, *commands: Command) -> str:
    """The text with the commands, after checking that it replays them."""
    result = with_commands(text, parse(text, "t.yaml").setup, commands)
    assert parse(result, "t.yaml").setup.commands == tuple(sorted(commands, key=lambda one: one.at_us))
    return result


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # nothing there
            HEAD,
            HEAD + f"events:\n  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n",
        ),
        (  # no line end at the end
            HEAD.rstrip("\n"),
            HEAD + f"events:\n  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n",
        ),
        (  # comments at the end, and the end mark
            HEAD + "# the end\n...\n",
            HEAD + f"# the end\nevents:\n  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n...\n",
        ),
        (  # CRLF
            HEAD.replace("\n", "\r\n"),
            (HEAD + f"events:\n  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n").replace("\n", "\r\n"),
        ),
        (  # indented root
            " title: T\n duration: 20s\n tiers: {a: {}}\n",
            " title: T\n duration: 20s\n tiers: {a: {}}\n"
            f" events:\n   - {NEW_LINES[0]}\n   - {NEW_LINES[1]}\n",
        ),
        (  # a root in braces
            "{title: T, duration: 20s, tiers: {a: {}}}\n",
            "{events: [" + ", ".join(NEW_LINES) + "], title: T, duration: 20s, tiers: {a: {}}}\n",
        ),
        (  # an empty list
            "events: []   # none yet\n" + HEAD,
            f"events:\n  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}   # none yet\n" + HEAD,
        ),
    ],
)
def test_events_where_there_were_none(before: str, after: str) -> None:
    assert saved(before, LATER, SETS) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # block style, something behind it
            f"events:\n  - {FIRST_LINE}  # the bolt\n  # more\n" + HEAD,
            f"events:\n  - {FIRST_LINE}  # the bolt\n"
            f"  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n  # more\n" + HEAD,
        ),
        (  # dashes below the key, keys on lines of their own, no line end
            HEAD + "events:\n- at: 11s\n  fault: host\n  target: a.primary",
            HEAD + "events:\n- at: 11s\n  fault: host\n  target: a.primary\n"
            f"- {NEW_LINES[0]}\n- {NEW_LINES[1]}",
        ),
        (  # a literal text last
            HEAD + "events:\n  - at: 11s\n    fault: host\n    target: |\n      a.primary\n",
            HEAD + "events:\n  - at: 11s\n    fault: host\n    target: |\n      a.primary\n"
            f"  - {NEW_LINES[0]}\n  - {NEW_LINES[1]}\n",
        ),
        (  # in brackets, over lines, with a comma behind the last
            HEAD + f"events: [\n  {FIRST_LINE},  # the bolt\n]\n",
            HEAD + f"events: [\n  {FIRST_LINE}, {NEW_LINES[0]}, {NEW_LINES[1]},  # the bolt\n]\n",
        ),
    ],
)  # fmt: skip
def test_new_events_follow_those_that_are_there(before: str, after: str) -> None:
    assert saved(before, FIRST, LATER, SETS) == after
    assert saved(before, FIRST) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f"events:  # played\n  - {FIRST_LINE}\n  - {FIRST_LINE}\n" + HEAD,
            f"events:\n  - {NEW_LINES[1]}\n" + HEAD,
        ),
        (HEAD + f"events: [{FIRST_LINE}]\n", HEAD + f"events:\n  - {NEW_LINES[1]}\n"),
        (
            f"{{title: T, duration: 20s, tiers: {{a: {{}}}}, events: [{FIRST_LINE}]}}",
            f"{{title: T, duration: 20s, tiers: {{a: {{}}}}, events: [{NEW_LINES[1]}]}}",
        ),
    ],
)
def test_events_that_did_not_happen_go(before: str, after: str) -> None:
    assert saved(before, LATER) == after
    assert "fault" not in saved(before)


def test_a_byte_order_mark_stays() -> None:
    assert saved("\ufeff" + HEAD, LATER).startswith("\ufeff# a comment\ntitle")


SHORTEST_US = min(load(name).setup.duration_us for name in shipped_names())
"""Whatever is played until then is within every run."""


@given(
    st.sampled_from(shipped_names()),
    st.lists(
        st.one_of(
            st.builds(
                Strike, st.integers(0, SHORTEST_US), st.sampled_from(["host", "lightning", "repair"]),
                st.builds(UnitTarget, st.just(0), st.integers(0, 1)),
            ),
            st.builds(
                SetParameter, st.integers(0, SHORTEST_US), st.just("sync.interval"), st.just(0),
                st.integers(100_000, 10**9),
            ),
        ),
        max_size=8,
    ),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_run_of_a_shipped_scenario_is_saved_exactly(
    name: str, played: list[Command], own_too: bool
) -> None:
    scenario = load(name)
    commands = [*(scenario.setup.commands if own_too else ()), *played]
    result = saved(scenario.text, *commands)
    head, _, _ = scenario.text.partition("events:")
    assert result.startswith(head)
