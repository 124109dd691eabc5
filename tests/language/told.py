"""All that the story says of a run, of designs side by side, and of "beat it", in any language: in the same
order in each, so that it can be compared sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from visualizer.language import Spoken, say, speaking
from visualizer.ledger import account, chain, lost_changes
from visualizer.opening import Opened, in_designs, open_scenario
from visualizer.sim import exposure
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.story.beat import (
    TITLES,
    alarms_sentence,
    answers_sentence,
    done_sentence,
    gap_sentence,
    loss_sentence,
    tries_sentence,
)
from visualizer.story.caption import RECENT_US, caption, invitation
from visualizer.story.chapters import chapters
from visualizer.story.difference import Side, difference
from visualizer.story.question import LONGEST_US, how_many_survive
from visualizer.story.screenplay import Screenplay, automatic, automatic_of, screenplay
from visualizer.story.side_by_side import Design
from visualizer.story.why import name_of, tell
from visualizer.timeline.run import Run


@cache
def opened(name: str) -> Opened:
    return open_scenario(name)


@cache
def played(name: str) -> Run:
    run = Run(opened(name).setup)
    run.finish()
    return run


def captions(run: Run) -> Iterator[str]:
    """Every half second, and when something happens (not every heartbeat of a long run)."""
    end_us = run.setup.duration_us
    events = run.events
    sampled = {event.at_us + later for event in events[:: len(events) // 200 + 1] for later in (0, 1)}
    yield invitation(run.state_at(0))
    for at_us in sorted({*range(0, end_us, max(US_PER_S // 2, end_us // 100)), *sampled}):
        if at_us <= end_us:
            recent = run.events_between(max(at_us - RECENT_US, 0), at_us + 1)
            yield caption(run.state_at(at_us), recent, run.setup)


def reasons(run: Run) -> Iterator[str]:
    """Why the first of each loss was lost."""
    state = run.state_at(run.setup.duration_us)
    lost = lost_changes(state)
    firsts = {int(loss): place for place, loss in reversed(list(enumerate(lost.loss)))}
    for place in firsts.values():
        if not lost.is_transaction[place]:
            found = chain(state, int(lost.session[place]))
            yield name_of(found)
            for step in tell(found, state, run.events):
                yield from (step.label, step.text)


def questions(run: Run) -> Iterator[str]:
    """Of a bolt, and of a process that dies soon, in the middle of the run."""
    at_us, target = run.setup.duration_us // 2, UnitTarget(0, 0)
    before = run.state_at(at_us - 1)
    for fault, early_us in (("lightning", 0), ("process", US_PER_S // 2)):
        strike = Strike(at_us, fault, target)
        other = run.fork()
        other.act(strike)
        after = other.seek(min(at_us + LONGEST_US, run.setup.duration_us))
        question = how_many_survive(before, after, strike, target, early_us)
        yield from (question.text, question.of_what, question.because(after))
        for choice in sorted(question.choices, key=lambda choice: choice.value):
            yield from (choice.belief, choice.reply)


def of_screenplay(told: Screenplay) -> Iterator[str]:
    for chapter in told.chapters:
        yield from (chapter.title, chapter.sentence)
    for beat in told.beats:
        yield from (beat.sentence, beat.answer, *(text for _, text in beat.labels))
        if beat.question:
            yield from (beat.question.text, beat.question.of_what)
            for choice in beat.question.choices:
                yield from (choice.belief, choice.reply)


def everything(name: str, spoken: Spoken) -> list[str]:
    """All that is said of a run without a script, in the same order in every language."""
    run = played(name)
    with speaking(spoken):
        told = chapters(run.events, run.setup)
        return [
            *captions(run),
            *(text for chapter in told for text in (chapter.title, chapter.sentence)),
            *of_screenplay(automatic(run.setup, run.events)),
            *reasons(run),
            *questions(run),
        ]


def everything_of_designs(name: str, key: str, spoken: Spoken) -> list[str]:
    """The same of a comparison, and what differs each second."""
    with speaking(spoken):
        found = in_designs(opened(name), key)
        runs = [Run(each.setup) for each in found.opened]
        for run in runs:
            run.finish()
        phrases = [variant.phrase for variant in found.comparison.variants]
        designs = [Design(phrase, run.setup, run.events) for phrase, run in zip(phrases, runs, strict=True)]
        said = list(of_screenplay(automatic_of(designs)))
        for at_us in range(0, runs[0].setup.duration_us, runs[0].setup.duration_us // 40):
            states = [run.state_at(at_us) for run in runs]
            said.append(
                difference(
                    [
                        Side(
                            phrase,
                            state,
                            exposure(state).by_tier[0],
                            "",
                            account(state).no_service_us,
                            say("x"),
                        )
                        for phrase, state in zip(phrases, states, strict=True)
                    ]
                )
            )
        return said


def beaten(spoken: Spoken) -> list[str]:
    """All sentences of "beat it"."""
    gaps = ("detection", "fence", "start", "address", "retries", "latency", "cut cable")
    shared = ("one site", "shared power", "fence")
    losses = [name for name in TITLES if name not in ("second failure", "answers", "false alarms", *gaps)]
    with speaking(spoken):
        return [
            *(
                loss_sentence(name, 1204, 2000, noun)
                for name in losses
                for noun in ("session", "transaction")
            ),
            *(gap_sentence(name, 1_250_000, 3_500_000) for name in gaps),
            *(gap_sentence(name, None, None) for name in shared),
            answers_sentence(1_500, 1_200),
            *(alarms_sentence(seldom_s, 3600) for seldom_s in (90, 5400, 200_000, 9.5e7)),
            *(done_sentence(1204, noun, limits=True) for noun in ("session", "transaction")),
            *(tries_sentence(tries, 1204, gap_us) for tries in (1, 7) for gap_us in (None, 2_500_000)),
        ]


def scripted(name: str, spoken: Spoken) -> list[str]:
    """What an author tells."""
    script, run = opened(name).script, played(name)
    assert script is not None
    with speaking(spoken):
        return list(of_screenplay(screenplay(script, run.setup, run.events, run.state_at)))
