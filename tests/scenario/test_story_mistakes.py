"""What is wrong in a story: all of it at once, each mistake at its place in plain words."""

import pytest
from scenario.told import HEAD, NESTED, lines_of, marked, script_of, told

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
                             "zoom, highlight, labels, claim, beside, ask",
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
    "{at: start, claim: ¦los = 0}": "claim: there is no figure `los`; did you mean `lost`?",
    "{at: start, claim: [lost = 0, ¦lost]}": (
        "claim: `lost` is no claim; say it like lost = 0, rto < 3s or lost > lost at first takeover"
    ),
    "{at: start, claim: ¦[]}": "claim: there are 0 claims here; make 1 to 4",
    "{at: start, beside: {measure: ¦loss}}": "beside.measure: `loss` is no measure; did you mean `lost`?",
    "{at: start, beside: {measure: lost, runs: ¦19}}": "beside.runs: `19` is out of range; say 20 to 1000",
    "{at: start, beside: {measure: lost, others: ¦stuck}}": (
        "beside.others: `stuck` does not say how they differ; did you mean `struck`?"
    ),
    "{at: start, beside: ¦[]}": "`beside` is not a group of keys; put its keys on the lines below, indented",
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
