"""The key `story`: what it compiles to, and how it lives with the rest of a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from scenario.full import FULL
from scenario.told import HEAD, NESTED, beat_of, lines_of, script_of, told

from visualizer.opening import open_scenario, save_run, with_overrides
from visualizer.scenario import load, parse, schema_text, with_commands
from visualizer.scenario.reader import read
from visualizer.script.script import (
    Anchor,
    Ask,
    AskChoice,
    Beat,
    Beside,
    Region,
    Script,
    ScriptChapter,
    TierSpot,
)
from visualizer.sim.command import LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.timeline import Run


def test_a_scenario_without_a_story_has_no_script() -> None:
    assert parse(HEAD, "f.yaml").script is None


def test_all_that_a_story_can_say() -> None:
    script = script_of(FULL)
    assert script.compare == "paths"
    assert [chapter.title for chapter in script.chapters] == ["All is well", "The strike"]
    assert script.chapters[0].beats == (
        Beat(
            Anchor("time"), "{open|session|sessions} of {{all}}.", speed=2000, focus=Region("stage"),
            place="f.yaml:68:11",
        ),
        Beat(
            Anchor("time", time_us=500_000), hold_us=0, highlight=(Region("clients"),), place="f.yaml:69:11"
        ),
    )  # fmt: skip
    strike, end = script.chapters[1].beats
    assert strike.at == Anchor("cut", 1, LinkTarget(1, 1), offset_us=-500_000)
    assert (strike.hold_us, strike.speed, strike.zoom, strike.focus) == (
        3_000_000,
        200,
        180,
        LinkTarget(1, 1),
    )
    assert strike.labels == ((UnitTarget(0, 0), "{lost} gone"), (TierSpot(2), "Here"))
    assert strike.highlight[0] == SiteTarget(0)
    assert strike.ask == Ask(
        question="Of {open} how many?",
        answer="survivors",
        until=Anchor("takeover", -1, TierSpot(0), "before", Anchor("end")),
        because="{lost} were new.",
        choices=(
            AskChoice("right", "some", ""),
            AskChoice("open", "all", "Not {open}."),
            AskChoice(0, "none", ""),
            AskChoice("lost of database", "others", ""),
        ),
        most="open when struck at next takeover",
        of_what="open then",
        thinking_us=6_000_000,
    )
    assert end.ask is not None
    assert end.ask.builtin == "survivors"


def test_what_is_left_out_is_left_to_the_telling() -> None:
    assert beat_of("{at: start}") == Beat(Anchor("start"), place="f.yaml:5:41")


@pytest.mark.parametrize(
    ("said", "speed"),
    [("1", 1000), ("0.2", 200), ("0.2x", 200), ("8×", 8000), ("0.001", 1), ("100 x", 100_000)],
)
def test_speeds(said: str, speed: int) -> None:
    assert beat_of(f"{{at: start, speed: {said}}}").speed == speed


@pytest.mark.parametrize(("said", "zoom"), [("1", 100), ("1.85", 185), ("4", 400), ("2x", 200)])
def test_zooms(said: str, zoom: int) -> None:
    assert beat_of(f"{{at: start, zoom: {said}}}").zoom == zoom


@pytest.mark.parametrize(
    ("said", "spot"),
    [
        ("stage", Region("stage")),
        ("ledger", Region("ledger")),
        ("firewall", TierSpot(0)),
        ("firewall.secondary", UnitTarget(0, 1)),
        # a cable is found by what it carries, whether it has a name of its own or not
        ("firewall.link", LinkTarget(0, 0)),
        ("firewall.sync", LinkTarget(0, 0)),
        ("data.heartbeat", LinkTarget(1, 0)),
        ("data.sync", LinkTarget(1, 1)),
    ],
)
def test_places(said: str, spot: object) -> None:
    beat = beat_of(f"{{at: start, focus: {said}, highlight: {said}, labels: {{{said}: Here}}}}")
    assert (beat.focus, beat.highlight, beat.labels) == (spot, (spot,), ((spot, "Here"),))


def test_many_runs_beside_this_one() -> None:
    assert beat_of("{at: end, beside: {measure: lost}}").beside == Beside("lost", 200)
    assert beat_of("{at: end, beside: {measure: met nobody, runs: 1000}}").beside == Beside(
        "met nobody", 1000
    )


@pytest.mark.parametrize("others", ["struck", "as written"])
def test_how_the_others_differ(others: str) -> None:
    beat = beat_of(f"{{at: end, beside: {{measure: lost, others: {others}}}}}")
    assert beat.beside == Beside("lost", others=others)


def test_where_no_unit_is_struck_the_others_cannot_be() -> None:
    text = told("{at: end, beside: {measure: lost, others: struck}}").replace("lightning", "repair")
    assert lines_of(text) == [
        "f.yaml:5:83: beside.others: the scenario strikes no unit, so no other run can be struck as it is; "
        "strike one, or say `others: as written`"
    ]


def test_many_runs_of_each_design_stand_beside_several() -> None:
    text = told("{at: end, beside: {measure: lost}}")
    script = script_of(text, "story.compare=policies")
    assert (script.compare, script.chapters[0].beats[0].beside) == ("policies", Beside("lost"))


def test_options_reach_into_a_story_and_take_it_away() -> None:
    text = told("{at: first lightning}")
    assert script_of(text, "story.compare=policies").compare == "policies"
    assert parse(text, "f.yaml", ["story=default"]).script is None
    assert lines_of(text, "story.compares=x") == [
        "--set story.compares=x: the key `compares` is unknown here; did you mean `compare`?"
    ]
    assert lines_of(told("{at: 15s}"), "duration=12s") == [
        "f.yaml:5:46: at: 15s is after the end of the run, 12s; say an earlier time, or make the run longer"
    ]


def test_a_story_keeps_its_places_when_the_cables_change() -> None:
    """An option gives the copies a cable of their own: the story of the one cable still fits."""
    text = told("{at: first sync of firewall.sync, focus: firewall.sync, highlight: firewall.heartbeat}")
    for sets, sync in (((), 0), (("tiers.firewall.sync.link.latency=1ms",), 1)):
        beat = script_of(text, *sets).chapters[0].beats[0]
        assert (beat.focus, beat.at.of) == (LinkTarget(0, sync), LinkTarget(0, sync))
        assert beat.highlight == (LinkTarget(0, 0),)


def test_a_story_follows_into_another_design(tmp_path: Path) -> None:
    path = tmp_path / "told.yaml"
    path.write_text(
        told("{at: start, focus: firewall.sync, say: '{latency of firewall.sync}'}"), encoding="utf-8"
    )
    opened = with_overrides(open_scenario(str(path)), ["tiers.firewall.sync.link.latency=1ms"])
    assert opened.script is not None
    assert opened.script.chapters[0].beats[0].focus == LinkTarget(0, 1)
    assert opened.setup.tiers[0].links[1].latency_us == 1_000


def test_a_tier_of_a_preset_can_be_told_of() -> None:
    text = told("{at: takeover of firewall, say: '{hold time of firewall}'}")
    text = text.replace("firewall: {}", "firewall: {preset: keepalived}")
    assert script_of(text).chapters[0].beats[0].at.of == TierSpot(0)


@pytest.mark.parametrize("text", [NESTED, told("{at: takeover}"), FULL])
def test_what_was_played_is_saved_beside_the_story(text: str) -> None:
    scenario = parse(text, "f.yaml")
    tier = scenario.setup.tiers[0].name
    act = Strike(17_000_000, "repair", UnitTarget(0, 0))
    saved = with_commands(text, scenario.setup, (*scenario.setup.commands, act))
    again = parse(saved, "f.yaml")
    assert f"{{at: 17s, fault: repair, target: {tier}.primary}}" in saved
    assert set(again.setup.commands) == {*scenario.setup.commands, act}
    assert placeless(again.script) == placeless(scenario.script)


def test_events_are_added_behind_a_story() -> None:
    text = NESTED.replace("events: [{at: 11s, fault: lightning, target: firewall.primary}]\n", "")
    scenario = parse(text, "f.yaml")
    act = Strike(17_000_000, "lightning", UnitTarget(0, 0))
    saved = with_commands(text, scenario.setup, (act,))
    assert saved.startswith(text)
    again = parse(saved, "f.yaml")
    assert (again.setup.commands, again.script) == ((act,), scenario.script)


def placeless(script: Script | None) -> Script:
    """Without the places in the file, which move when something is written above."""
    assert script is not None
    return replace(
        script,
        compare_place="",
        chapters=tuple(
            ScriptChapter(one.title, tuple(replace(beat, place="") for beat in one.beats))
            for one in script.chapters
        ),
    )


def test_a_saved_run_tells_its_story(tmp_path: Path) -> None:
    (tmp_path / "told.yaml").write_text(NESTED, encoding="utf-8")
    opened = open_scenario(str(tmp_path / "told.yaml"))
    run = Run(opened.setup)
    run.seek(opened.setup.duration_us)
    run_file = tmp_path / "told-run.yaml"
    save_run(opened, run, run_file)
    assert placeless(open_scenario(str(run_file)).script) == placeless(opened.script)


def test_the_file_on_disk_is_where_a_beat_is(tmp_path: Path) -> None:
    path = tmp_path / "told.yaml"
    path.write_text(NESTED, encoding="utf-8")
    script = load(path).script
    assert script is not None
    assert script.chapters[0].beats[0].place == f"{path}:9:9"


@pytest.mark.parametrize(
    ("story", "right"),
    [
        (told("{at: 0}"), True),
        (told("{at: first lightning - 500ms, speed: 0.2x, zoom: 1.8, hold: 0s, highlight: stage}"), True),
        (told("{at: start, ask: survivors}"), True),
        (NESTED, True),
        (told("{at: 5}"), False),
        (told("{say: x}"), False),
        (told("{at: start, speed: 0}"), False),
        (told("{at: start, zoom: 5}"), False),
        (told("{at: start, hold: 3}"), False),
        (told("{at: start, focus: fire.wall.x}"), False),
        (told("{at: start, labels: {Fire: x}}"), False),
        (told("{at: start, ask: surviver}"), False),
        (told("{at: start, tell: x}"), False),
        (NESTED.replace("value: 0", "value: -1"), False),
        (NESTED.replace(", {value: 0, belief: none}", ""), False),
        (HEAD + "story: {chapters: []}\n", False),
    ],
)  # fmt: skip
def test_editors_hear_the_same(story: str, right: bool) -> None:
    tree, problems = read(story, "f.yaml")
    assert not problems
    assert Draft202012Validator(json.loads(schema_text())).is_valid(tree.data) == right
    if right:
        assert parse(story, "f.yaml").script is not None
    else:
        assert lines_of(story)
