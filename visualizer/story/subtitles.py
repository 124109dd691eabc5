"""What is said in a film, and when: subtitles, chapter marks, and what people paste and read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from visualizer.language import decimal, say
from visualizer.sim.setup import US_PER_S
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.story.tempo import Stretch, Tempo

_MS = 1000
_MARKS_APART_US = US_PER_S
"""Players and lists show whole seconds: two marks in the same one cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Subtitle:
    """`text` is said from one instant of the film to another."""

    from_us: int
    to_us: int
    text: str


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter of the film begins."""

    film_us: int
    title: str


def subtitles(told: Screenplay, tempo: Tempo, start_us: int = 0) -> tuple[Subtitle, ...]:
    """Sentences, questions and answers while they are in the picture, in order of time, none over another.

    `start_us`: where in the film this telling begins.
    """
    found = []
    for text, stretches in groupby(tempo.stretches, lambda stretch: _said(told, stretch)):
        span = list(stretches)
        if text:
            found.append(Subtitle(start_us + span[0].film_us, start_us + span[-1].end_us, text))
    return tuple(found)


def _said(told: Screenplay, stretch: Stretch) -> str:
    if stretch.beat is None:
        return ""
    beat = told.beats[stretch.beat]
    match stretch.kind:
        case "question":
            return beat.question.text if beat.question else ""
        case "answer":
            return beat.answer
        case _:
            return beat.sentence


def chapter_marks(told: Screenplay, tempo: Tempo, start_us: int = 0) -> tuple[ChapterMark, ...]:
    """Where the chapters begin that are told, the first at `start_us`. One within a second after another has
    no mark of its own.
    """
    found: list[ChapterMark] = []
    seen: set[int] = set()
    for stretch in tempo.stretches:
        if stretch.beat is None or stretch.kind == "answer":
            continue
        chapter = told.beats[stretch.beat].chapter
        at_us = start_us + (stretch.film_us if seen else 0)
        if chapter not in seen and (not found or at_us - found[-1].film_us >= _MARKS_APART_US):
            found.append(ChapterMark(at_us, told.chapters[chapter].title))
        seen.add(chapter)
    return tuple(found)


def srt(said: Sequence[Subtitle]) -> str:
    """The text of a SubRip file."""
    return "\n".join(
        f"{number}\n{_clock(from_ms, ',')} --> {_clock(to_ms, ',')}\n{text}\n"
        for number, (from_ms, to_ms, text) in enumerate(_in_ms(said), 1)
    )


def vtt(said: Sequence[Subtitle]) -> str:
    """The text of a WebVTT file (https://www.w3.org/TR/webvtt1/)."""
    cues = [
        f"\n{_clock(from_ms, '.')} --> {_clock(to_ms, '.')}\n{_escaped(text)}\n"
        for from_ms, to_ms, text in _in_ms(said)
    ]
    return "".join(["WEBVTT\n", *cues])


def chapter_list(marks: Sequence[ChapterMark]) -> str:
    """A line for each chapter, ready to be pasted under a video: "0:00 A working pair"."""
    hours = any(mark.film_us >= 3600 * US_PER_S for mark in marks)
    return "".join(f"{_seconds(mark.film_us, hours=hours)} {mark.title}\n" for mark in marks)


def narration_script(parts: Sequence[tuple[Screenplay, Tempo]]) -> str:
    """What to read aloud: for each beat its number, which is the name of its recording, when it comes in the
    film, how much time there is, and the words. `parts` follow each other, their beats numbered through all.
    """
    notes = (
        say("Record one file for each beat and name it by the number: 01.wav, 02.mp3 and so on."),
        say("Behind the number: when the beat begins, and how long it is told."),
        say("A recording that is longer gets more time."),
    )
    lines = ["".join(f"# {note}\n" for note in notes)]
    start_us = 0
    for told, tempo in parts:
        lines += _spoken(told, tempo, start_us)
        start_us += tempo.length_us
    return "\n".join(lines)


def _spoken(told: Screenplay, tempo: Tempo, start_us: int) -> Iterator[str]:
    chapter, before = None, ""
    for beat, film_us, length_us in told_spans(told, tempo):
        goes_on, before = beat.sentence == before, beat.sentence
        said = "" if goes_on else beat.sentence
        words = [text for text in (said, beat.question.text if beat.question else "") if text]
        if not words:
            continue
        if beat.chapter != chapter:
            chapter = beat.chapter
            yield f"## {told.chapters[chapter].title}\n"
        tenths = length_us * 10 // US_PER_S
        yield (
            f"{beat.number:02}  {_seconds(start_us + film_us)}  "
            f"{decimal(f'{tenths // 10}.{tenths % 10}')} s\n" + "".join(f"{text}\n" for text in words)
        )


def told_spans(told: Screenplay, tempo: Tempo) -> Iterator[tuple[ToldBeat, int, int]]:
    """Each beat that is told from its beginning, when in the film that is, and for how long, answers not
    counted.
    """
    for index, beat in enumerate(told.beats):
        own = [each for each in tempo.stretches if each.beat == index and each.kind != "answer"]
        if own and own[0].at_us == beat.at_us:
            yield beat, own[0].film_us, sum(each.length_us for each in own)


def _in_ms(said: Sequence[Subtitle]) -> Iterator[tuple[int, int, str]]:
    """Within what was meant, to the millisecond; what has no room there is left out."""
    for each in said:
        from_ms, to_ms = -(-each.from_us // _MS), each.to_us // _MS
        if from_ms < to_ms:
            yield from_ms, to_ms, each.text


def _clock(time_ms: int, point: str) -> str:
    """ "00:01:02,345"."""
    minutes, ms = divmod(time_ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}{point}{ms % 1000:03}"


def _seconds(time_us: int, *, hours: bool = False) -> str:
    """ "0:07", "12:30"; with hours "1:02:03"."""
    minutes, seconds = divmod(time_us // US_PER_S, 60)
    if hours or minutes >= 60:
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
