"""A script found in runs: beats at what happens, words with the run's numbers, what has no place left out."""

from __future__ import annotations

from functools import cache

import pytest

from visualizer.ledger import account
from visualizer.scenario import load
from visualizer.script.anchors import anchor_of
from visualizer.script.script import (
    Ask,
    AskChoice,
    Beat,
    Beside,
    Region,
    Script,
    ScriptChapter,
    TierSpot,
)
from visualizer.script.spots import parts
from visualizer.sim import exposure
from visualizer.sim.command import UnitTarget
from visualizer.story.screenplay import Screenplay, ThisRun, ToldBeat, screenplay
from visualizer.story.words import reading_us
from visualizer.timeline.run import Run

S = 1_000_000


@cache
def played(name: str, *overrides: str) -> Run:
    run = Run(load(name, overrides=overrides).setup)
    run.finish()
    return run


def told(run: Run, *chapters: tuple[str, list[Beat]]) -> Screenplay:
    script = Script(tuple(ScriptChapter(title, tuple(beats)) for title, beats in chapters))
    return screenplay(script, run.setup, run.events, run.state_at)


def beat(run: Run, at: str, say: str = "", **more: object) -> Beat:
    return Beat(anchor_of(at, parts(run.setup)), say, place=f"a.yaml:{at}", **more)  # type: ignore[arg-type]


def one(run: Run, at: str, say: str = "", **more: object) -> ToldBeat:
    """The only beat of a script."""
    found = told(run, ("Alone", [beat(run, at, say, **more)]))
    assert not found.left_out
    return found.beats[0]


@pytest.mark.parametrize(
    ("overrides", "strike_us", "takeover_us"),
    [((), 11 * S, 13 * S), (("tiers.firewall.heartbeat.misses=5",), 11 * S, 15 * S)],
)
def test_beats_stay_with_what_happens(overrides: tuple[str, ...], strike_us: int, takeover_us: int) -> None:
    run = played("article", *overrides)
    found = told(
        run,
        ("The pair", [beat(run, "start", "It works."), beat(run, "first lightning - 500ms")]),
        (
            "The strike",
            [beat(run, "lightning", "It strikes."), beat(run, "first takeover + 250ms", "It serves.")],
        ),
    )
    instants = [0, strike_us - 500_000, strike_us, takeover_us + 250_000]
    assert [each.at_us for each in found.beats] == instants
    assert [each.number for each in found.beats] == [1, 2, 3, 4]
    assert [each.chapter for each in found.beats] == [0, 0, 1, 1]
    assert [(each.at_us, each.title, each.sentence) for each in found.chapters] == [
        (0, "The pair", "It works."),
        (strike_us, "The strike", "It strikes."),
    ]


def test_words_have_the_numbers_of_their_instant() -> None:
    run = played("article")
    spot = UnitTarget(0, 0)
    found = one(
        run,
        "first lightning - 100ms",
        "{exposed|session|sessions} nowhere else, {lost at first lightning} gone soon.",
        labels=((spot, "{exposed} here only"),),
    )
    exposed = exposure(run.state_at(10_900_000)).worst
    assert 0 < exposed < 30
    assert found.sentence == f"{exposed} sessions nowhere else, 19 gone soon."
    assert found.labels == ((spot, f"{exposed} here only"),)
    assert account(run.state_at(11 * S)).lost.sessions == 19


def test_speed_and_camera_hold_until_another_beat_says_otherwise() -> None:
    run = played("article")
    tier = TierSpot(0)
    found = told(
        run,
        (
            "All",
            [
                beat(run, "start"),
                beat(run, "5s", speed=200, focus=tier),
                beat(run, "6s", zoom=220),
                beat(run, "7s", focus=UnitTarget(0, 1), highlight=(tier,)),
                beat(run, "8s", focus=Region("stage"), speed=1000),
                beat(run, "9s", focus=tier, zoom=100),
            ],
        ),
    )
    assert [(each.speed, each.focus, each.zoom, each.highlight) for each in found.beats] == [
        (1000, None, 100, ()),
        (200, tier, 140, ()),
        (200, tier, 220, ()),
        (200, UnitTarget(0, 1), 220, (tier,)),
        (1000, None, 100, ()),
        (1000, tier, 100, ()),
    ]


NINE = "One two three four five six seven eight nine."


def test_a_hold_is_what_reading_needs_beyond_what_is_played_meanwhile() -> None:
    run = played("article")
    found = told(
        run,
        (
            "All",
            [
                beat(run, "start", NINE),
                beat(run, "1s", NINE, speed=2000),
                beat(run, "10s", NINE),
                beat(run, "11s"),
                beat(run, "12s", NINE, hold_us=0),
            ],
        ),
    )
    reading = reading_us(NINE)
    assert reading == S + 9 * S * 10 // 26
    assert [each.hold_us for each in found.beats] == [reading - S, 600_000, reading - 500_000, 0, 0]


def test_where_a_chapter_begins_its_title_is_seen_as_well() -> None:
    run = played("article")
    found = told(
        run, ("One", [beat(run, "end", NINE), beat(run, "end", NINE)]), ("Two", [beat(run, "end", NINE)])
    )
    reading = reading_us(NINE)
    assert [each.hold_us for each in found.beats] == [reading + 1_500_000, reading, reading + 1_500_000]


def test_who_asks_lets_the_sentence_be_read_first() -> None:
    run = played("article")
    found = one(run, "10s", NINE, ask=asking(run))
    assert found.hold_us == reading_us(NINE)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        ("25s", "the run ends at 20.0 s"),
        ("second takeover", "no second takeover comes in this run"),
        ("split brain", "no split brain comes in this run"),
        ("sync of firewall after first lightning", "no sync of firewall comes after that instant"),
        ("last sync before first cut", "no cut comes in this run"),
        ("next lightning", "no lightning comes any more"),
        ("first lightning", "it would come at 11.0 s, and the beat before it at 12.0 s"),
    ],
)
def test_a_beat_that_has_no_place_is_left_out_and_says_why(at: str, reason: str) -> None:
    run = played("article")
    found = told(
        run,
        ("The pair", [beat(run, "12s", "Here.")]),
        ("Gone", [beat(run, at, "Never said.")]),
        ("Still here", [beat(run, "13s", "There.")]),
    )
    assert found.left_out == (f"a.yaml:{at}: left out: {reason}",)
    assert [each.title for each in found.chapters] == ["The pair", "Still here"]
    assert [(each.number, each.chapter, each.sentence) for each in found.beats] == [
        (1, 0, "Here."),
        (2, 1, "There."),
    ]


COPIED = AskChoice("right", "all {survivors at first takeover} that had been copied", "")
ALL = AskChoice("open", "all: the standby has a copy", "It has {survivors}.")
NONE = AskChoice(0, "none", "Some live.")


def asking(run: Run, *choices: AskChoice, until: str = "first takeover", **more: object) -> Ask:
    return Ask(
        "Of {open}, how many will live?",
        "survivors",
        anchor_of(until, parts(run.setup)),
        "{lost|session|sessions} had opened since the last sync.",
        choices or (COPIED, NONE, ALL),
        **{"most": "open", "of_what": "open when it struck", **more},  # type: ignore[arg-type]
    )


def test_a_question_has_the_numbers_of_this_run() -> None:
    run = played("article")
    found = one(run, "first lightning", ask=asking(run))
    question = found.question
    assert question is not None
    assert found.at_us == 11 * S - 1  # just before it strikes: the picture tells nothing yet
    assert question.text == "Of 110, how many will live?"
    assert [(choice.value, choice.belief, choice.reply) for choice in question.choices] == [
        (110, "all: the standby has a copy", "It has 91."),
        (91, "all 91 that had been copied", ""),
        (0, "none", "Some live."),
    ]
    assert (question.most, question.of_what, question.until_us) == (110, "open when it struck", 13 * S)
    state = run.state_at(question.until_us)
    assert question.result(state) == 110 - account(state).lost.sessions == 91
    assert question.because(state) == "19 sessions had opened since the last sync."
    assert found.answer == "91 of 110 open when it struck. 19 sessions had opened since the last sync."
    assert found.answer_us == reading_us(found.answer)
    assert found.thinking_us == 4 * S + reading_us(
        "Of 110, how many will live? all: the standby has a copy all 91 that had been copied none"
    )


def test_a_film_waits_a_quarter_of_a_minute_at_most() -> None:
    run = played("article")
    long = AskChoice(0, "no session at all, as everything that was there is gone with it for ever", "")
    assert one(run, "10s", ask=asking(run, COPIED, ALL, long)).thinking_us == 15 * S


def test_the_author_may_say_how_long_one_thinks() -> None:
    run = played("article")
    assert one(run, "10s", ask=asking(run, thinking_us=2 * S)).thinking_us == 2 * S


def test_what_is_right_stays_when_two_choices_come_to_the_same() -> None:
    run = played("lan-sync")
    question = one(run, "first host", ask=asking(run, ALL, NONE, COPIED)).question
    assert question is not None
    assert [choice.belief for choice in question.choices] == [
        "all 1\u2009200 that had been copied",
        "none",
    ]


def test_answers_in_words_stay_in_the_order_of_the_author() -> None:
    run = played("article")
    yes, no = AskChoice(0, "Yes, it will", "No."), AskChoice(1, "No, never", "Yes.")
    ask = asking(run, yes, AskChoice("right", "Only some", ""), no, counted=False)
    found = one(run, "10s", ask=ask)
    assert found.question is not None
    assert [choice.belief for choice in found.question.choices] == ["Yes, it will", "Only some", "No, never"]
    assert found.answer == "Only some. 19 sessions had opened since the last sync."


@pytest.mark.parametrize(
    ("scenario", "at", "ask", "reason"),
    [
        ("article", "10s", {"choices": (NONE, ALL)}, "none of its choices is right: the answer is 91"),
        ("article", "10s", {"until": "first cut"}, "what would answer it does not come in this run"),
        ("article", "10s", {"until": "5s"}, "what would answer it comes before it"),
        ("article", "4s", {"until": "5s"}, "there is no number of `survivors` when it is answered"),
        ("lan-sync", "first host", {"choices": (ALL, COPIED)}, "there is only one answer to choose"),
    ],
)
def test_a_question_that_means_nothing_is_left_out_and_its_beat_is_told(
    scenario: str, at: str, ask: dict[str, object], reason: str
) -> None:
    run = played(scenario)
    more = {key: value for key, value in ask.items() if key != "choices"}
    question = asking(run, *ask.get("choices", ()), **more)  # type: ignore[misc, arg-type]
    found = told(run, ("One", [beat(run, at, "Now.", ask=question)]))
    assert found.left_out == (f"a.yaml:{at}: the question is left out: {reason}",)
    assert found.beats[0].question is None
    assert found.beats[0].sentence == "Now."


def survivors(run: Run) -> Ask:
    return Ask("", "", anchor_of("end", {}), "", (), builtin="survivors")


def test_the_question_of_the_strike_needs_no_words_of_an_author() -> None:
    run = played("article")
    found = one(run, "first lightning", ask=survivors(run))
    question = found.question
    assert question is not None
    assert question.text.startswith("Lightning strikes the primary now. 110 sessions are open.")
    assert question.until_us == 13 * S
    assert question.result(run.state_at(13 * S)) == 91
    assert 91 in [choice.value for choice in question.choices]
    assert found.answer.startswith("91 of 110 open when it struck. 19 sessions lost: ")


def test_asked_early_it_says_when_it_will_strike() -> None:
    run = played("cross-connected")
    question = one(run, "first host - 500ms", ask=survivors(run)).question
    assert question is not None
    assert question.text.startswith("The primary load balancer fails in 500 ms. ")
    assert " sessions will be open. " in question.text


def test_without_a_strike_on_who_serves_there_is_nothing_to_ask() -> None:
    run = played("article")
    found = told(run, ("One", [beat(run, "12s", ask=survivors(run))]))
    assert found.left_out == ("a.yaml:12s: the question is left out: no unit that serves is struck after it",)


def test_what_is_not_true_of_a_run_is_not_said() -> None:
    """The same beats in a run that is struck, and in one that is not."""
    for name, claims_that_fail in (
        ("article", ["lost = 0 (19 = 0)"]),
        ("price-of-sync", ["lost > 0 (0 > 0)"]),
    ):
        run = played(name)
        found = told(
            run,
            ("Alone", [beat(run, "end", claim, claims=(claim,)) for claim in ("lost = 0", "lost > 0")]),
        )
        assert [one.sentence for one in found.beats] != []
        assert [line.partition("does not hold: ")[2] for line in found.left_out] == claims_that_fail


@pytest.mark.parametrize(
    ("measure", "at", "value"),
    [("lost", "end", 19), ("lost", "10s", 0), ("outage", "end", 2 * S), ("outage", "12s", S)],
)
def test_this_run_beside_others_has_the_figure_of_the_beat(measure: str, at: str, value: int) -> None:
    """The article: struck at 11 s, 19 sessions after the last copy; the standby serves at 13 s."""
    found = one(played("article"), at, beside=Beside(measure, 30)).beside
    assert found == ThisRun(Beside(measure, 30), value)


def test_this_run_beside_others_meets_nobody_as_the_books_say() -> None:
    run = played("article")
    found = one(run, "end", beside=Beside("met nobody")).beside
    assert found is not None
    assert found.value == account(run.state_at(run.setup.duration_us)).requests_interrupted > 0


@pytest.mark.parametrize("hold_us", [None, 0, 2 * S, 60 * S])
def test_a_chart_of_many_runs_is_held_until_it_is_read(hold_us: int | None) -> None:
    found = one(played("article"), "5s", NINE, hold_us=hold_us, beside=Beside("lost"))
    assert found.hold_us == max(hold_us or 0, reading_us(NINE) + 8 * S)
