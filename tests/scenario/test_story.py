"""The key `story`: what it compiles to, every mistake at once, and how it lives with the rest of a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from scenario.full import FULL

from visualizer.opening import open_scenario, save_run, with_overrides
from visualizer.scenario import ScenarioError, load, parse, schema_text, with_commands
from visualizer.scenario.reader import read
from visualizer.script.script import (
    Anchor,
    Ask,
    AskChoice,
    Beat,
    Region,
    Script,
    ScriptChapter,
    TierSpot,
)
from visualizer.sim.command import LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.timeline import Run

HEAD = """\
title: T
duration: 20s
tiers: {firewall: {}, data: {sync: {link: {}}, heartbeat: {link: {}}}}
events: [{at: 11s, fault: lightning, target: firewall.primary}]
"""
ASK = """
        ask:
          question: "How many of {open}?"
          answer: survivors
          until: takeover
          because: "{lost} are gone."
          choices: [{value: right, belief: some}, {value: 0, belief: none}]
"""
NESTED = HEAD + "story:\n  chapters:\n    - title: One\n      beats:\n      - at: 1s\n" + ASK.lstrip("\n")


def told(beat: str) -> str:
    """A scenario with one beat, whose keys are given in braces."""
    return f"{HEAD}story: {{chapters: [{{title: One, beats: [{beat}]}}]}}\n"


def script_of(text: str, *overrides: str) -> Script:
    script = parse(text, "f.yaml", overrides).script
    assert script is not None
    return script


def beat_of(beat: str) -> Beat:
    return script_of(told(beat)).chapters[0].beats[0]


def lines_of(text: str, *overrides: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "f.yaml", overrides)
    return str(caught.value).splitlines()


def marked(text: str) -> tuple[str, str]:
    """The text without its mark ¦, and the place of the mark as problems name it."""
    before, after = text.split("¦")
    return before + after, f"f.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


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


BEATS = {
    "{say: ¦x}": None,
    "{at: ¦first lightnin}": "at: there is no moment `lightnin`; did you mean `lightning`?",
    "{at: ¦11}": "at: `11` has no unit; say 11s or 11ms",
    "{at: ¦true}": "at: `True` is no instant; say it like 11s, start or first lightning",
    "{at: ¦[start]}": "at: `['start']` is no instant; say it like 11s, start or first lightning",
    "{at: ¦21s}": "at: 21s is after the end of the run, 20s; say an earlier time, or make the run longer",
    "{at: ¦loss before 21s}": (
        "at: 21s is after the end of the run, 20s; say an earlier time, or make the run longer"
    ),
    "{at: ¦takeover of firewal}": "at: there is no `firewal` here; did you mean `firewall`?",
    "{at: start, ¦tell: x}": "the key `tell` is unknown here; the keys are: at, say, speed, hold, focus, "
                             "zoom, highlight, labels, ask",
    "{at: start, ¦sey: x}": "the key `sey` is unknown here; did you mean `say`?",
    '{at: start, say: ¦"{los} gone"}': "say: there is no figure `los`; did you mean `lost`?",
    '{at: start, say: ¦"{sync interval}"}': (
        "say: `sync interval` is of one tier; say `sync interval of firewall`"
    ),
    '{at: start, say: ¦"a {b"}': "say: a `{` stands alone; write {{ or }} if you mean the sign itself",
    f"{{at: start, say: ¦{'x' * 201}}}": "say: the text has more than 200 characters; make it shorter",
    "{at: start, say: ¦12}": "say: `12` is not text; put it in quotes",
    "{at: start, speed: ¦0}": "speed: `0` is out of range; say 0.001 to 100",
    "{at: start, speed: ¦101x}": "speed: `101x` is out of range; say 0.001 to 100",
    "{at: start, speed: ¦0.0015}": "speed: `0.0015` is too finely divided; use fewer decimals",
    "{at: start, speed: ¦fast}": "speed: `fast` is not a speed; say it like 0.5, 1 or 2",
    "{at: start, speed: ¦-1}": "speed: `-1` is not a speed; say it like 0.5, 1 or 2",
    "{at: start, zoom: ¦0.5}": "zoom: `0.5` is out of range; say 1 to 4",
    "{at: start, zoom: ¦true}": "zoom: `True` is not a zoom; say it like 0.5, 1 or 2",
    "{at: start, hold: ¦61s}": "hold: `61s` is too long; say 1min or less",
    "{at: start, hold: ¦3}": "hold: `3` has no unit; say 3s or 3ms",
    "{at: start, focus: ¦firewall.third}": "focus: there is no `firewall.third` here; did you mean "
                                           "`firewall.link`?",
    "{at: start, focus: ¦moon}": (
        "focus: there is no `moon` here; there are: stage, clients, timeline, ledger, firewall, data, "
        "firewall.primary, firewall.secondary, data.primary, data.secondary, firewall.heartbeat, "
        "firewall.sync, data.heartbeat, data.sync, firewall.link"
    ),
    "{at: start, highlight: [stage, ¦stag]}": "highlight: there is no `stag` here; did you mean `stage`?",
    "{at: start, highlight: ¦stag}": "highlight: there is no `stag` here; did you mean `stage`?",
    "{at: start, highlight: ¦[]}": "highlight: there are 0 places here; name 1 to 8",
    "{at: start, highlight: ¦[stage, 3]}": "highlight: `3` is no place; say it like firewall.primary",
    "{at: start, labels: {¦stag: x}}": "labels.stag: there is no `stag` here; did you mean `stage`?",
    '{at: start, labels: {stage: ¦"{los}"}}': "labels.stage: there is no figure `los`; did you mean `lost`?",
    f"{{at: start, labels: {{stage: ¦{'x' * 41}}}}}": (
        "labels.stage: the text has more than 40 characters; make it shorter"
    ),
    "{at: start, ask: ¦surviver}": "ask: `surviver` is no question; did you mean `survivors`?",
    "{at: start, ask: ¦[]}": "`ask` is not a group of keys; put its keys on the lines below, indented",
}  # fmt: skip
"""The keys of a beat, with a mark at the place of the problem -> the problem."""


@pytest.mark.parametrize("beat", BEATS)
def test_each_mistake_is_told_at_its_place(beat: str) -> None:
    text, place = marked(told(beat))
    expected = BEATS[beat]
    if expected is None:
        place, expected = "f.yaml:5:41", "the key `at` is missing; add `at: first lightning - 500ms`"
    assert lines_of(text) == [f"{place}: {expected}"]


QUESTIONS = {
    ("answer: survivors", "answer: ¦surviors"): (
        "ask.answer: there is no figure `surviors`; did you mean `survivors`?"
    ),
    ("answer: survivors", "answer: ¦outage"): (
        "ask.answer: `outage` is no count; say one that counts, or `counted: false`"
    ),
    (
        "until: takeover",
        "until: ¦take over",
    ): "ask.until: there is no moment `take over`; did you mean `takeover`?",
    ("until: takeover", "until: takeover\n          most: ¦opne"): (
        "ask.most: there is no figure `opne`; did you mean `open`?"
    ),
    ("until: takeover", "until: takeover\n          thinking: ¦100ms"): (
        "ask.thinking: `100ms` is too short; say 1s or more"
    ),
    ("until: takeover", "until: takeover\n          counted: ¦1"): (
        "ask.counted: `1` is neither true nor false; say true or false"
    ),
    ("value: 0", "value: ¦right"): (
        "value: `right` is the answer of two choices; say another one, or take one of the two away"
    ),
    ("value: 0", "value: ¦-1"): "value: `-1` is negative; say 0 or more",
    ("value: 0", "value: ¦1.5"): "value: `1.5` is no answer; say it like 12, open or right",
    ("value: 0", "value: ¦rigth"): "value: there is no figure `rigth`; the figures are: ",
    ("belief: none", "belief: ¦'{}'"): (
        "belief: there is nothing between the braces; say a figure, like {lost}"
    ),
    (
        "belief: none}]",
        "belief: none}, {value: 1, belief: a}, {value: 2, belief: b}, {value: 3, belief: c}]",
    ): ("`ask.choices` is not a list of 2 to 4 choices; take some away"),
    (", {value: 0, belief: none}]", "]"): (
        "`ask.choices` is not a list of 2 to 4 choices; write at least two below it"
    ),
}


@pytest.mark.parametrize("change", QUESTIONS)
def test_each_mistake_of_a_question_is_told_at_its_place(change: tuple[str, str]) -> None:
    assert change[0] in NESTED
    text = NESTED.replace(*change, 1)
    place = None
    if "¦" in text:
        text, place = marked(text)
    [line] = lines_of(text)
    assert line.startswith(f"{place}: " if place else "f.yaml:")
    assert QUESTIONS[change] in line


def test_a_question_with_worded_answers_can_be_about_anything() -> None:
    text = NESTED.replace("answer: survivors", "answer: outage\n          counted: false")
    ask = script_of(text).chapters[0].beats[0].ask
    assert ask is not None
    assert (ask.answer, ask.counted) == ("outage", False)


def test_a_mistake_does_not_hide_another_one() -> None:
    """Wrong values, unknown words and what contradicts the rest, in the story and beside it, in one go."""
    text = NESTED.replace("duration", "duratoin").replace("takeover", "takover").replace("{lost}", "{lst}")
    text = text.replace("at: 1s", "at: 1s\n        zoom: 9\n        focus: firewal\n        hold: 99s")
    assert [line.split(": ", 1)[1] for line in lines_of(text)] == [
        "the key `duratoin` is unknown here; did you mean `duration`?",
        "zoom: `9` is out of range; say 1 to 4",
        "focus: there is no `firewal` here; did you mean `firewall`?",
        "hold: `99s` is too long; say 1min or less",
        "ask.until: there is no moment `takover`; did you mean `takeover`?",
        "ask.because: there is no figure `lst`; did you mean `lost`?",
    ]


def test_a_wrong_event_does_not_hide_a_wrong_beat() -> None:
    text = told("{at: frist lightning}").replace("lightning, target", "lightnin, target")
    assert len(lines_of(text)) == 2


@pytest.mark.parametrize(
    ("story", "message"),
    [
        ("story: ¦3", "`story` is not a group of keys; put its keys on the lines below, indented"),
        ("story: {¦chapter: []}", "the key `chapter` is unknown here; did you mean `chapters`?"),
        ("story: {chapters: ¦[]}", "`story.chapters` is not a list of 1 to 20 chapters; "
                                   "write at least one below it"),
        ("story: {chapters: ¦x}", "`story.chapters` is not a list; start each line below it with `- `"),
        ("story: {chapters: [{title: A, beats: ¦[]}]}", "`beats` is not a list of 1 to 100 beats; "
                                                        "write at least one below it"),
        ("story: {chapters: [¦3]}", "`the chapter` is not a group of keys; "
                                    "put its keys on the lines below, indented"),
        ("story: {chapters: [{title: ¦'', beats: [{at: start}]}]}", "title: the text is empty; "
                                                                    "write a few words"),
        (f"story: {{chapters: [{{title: ¦{'x' * 61}, beats: [{{at: start}}]}}]}}",
         "title: the text has more than 60 characters; make it shorter"),
        ("story: {compare: ¦The paths, chapters: [{title: A, beats: [{at: start}]}]}",
         "story.compare: `The paths` cannot be a comparison's name; "
         "use lower case letters, digits, _ and -, a letter first, 40 at most"),
        ("story: {chapters: [{title: A, beats: [{at: 3s}, {at: ¦2s}]}]}",
         "at: this is before a beat above it, at 3s; put the beats in order of time"),
        ("story: {chapters: [{title: A, beats: [{at: 3s}, {at: takeover}]}, {title: B, beats: [{at: ¦1s}]}]}",
         "at: this is before a beat above it, at 3s; put the beats in order of time"),
    ],
)  # fmt: skip
def test_mistakes_above_the_beats(story: str, message: str) -> None:
    text, place = marked(HEAD + story + "\n")
    assert lines_of(text) == [f"{place}: {message}"]


@pytest.mark.parametrize(
    ("chapters", "beats", "right"), [(20, 1, True), (21, 1, False), (1, 100, True), (1, 101, False)]
)
def test_how_much_there_can_be(chapters: int, beats: int, right: bool) -> None:
    chapter = f"{{title: A, beats: [{', '.join(['{at: end}'] * beats)}]}}"
    text = f"{HEAD}story: {{chapters: [{', '.join([chapter] * chapters)}]}}\n"
    if right:
        assert len(script_of(text).chapters) == chapters
    else:
        [line] = lines_of(text)
        assert line.endswith("take some away")


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
