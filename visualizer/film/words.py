"""What a whole film says: the subtitles, chapters and sentences of all its reels, one behind the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from visualizer.film.pictures import Pictures
from visualizer.film.reel import Reel
from visualizer.language import translated
from visualizer.story.screenplay import Screenplay
from visualizer.story.subtitles import ChapterMark, Subtitle, chapter_marks, narration_script, subtitles


def title_of(pictures: Pictures) -> str:
    """What the film is called: by its scenarios."""
    return ", ".join(dict.fromkeys(translated(reel.run.setup.title) for reel in pictures.reels))


def said(pictures: Pictures) -> tuple[Subtitle, ...]:
    """All that is said, in film time."""
    return tuple(
        one for reel, told in told_reels(pictures) for one in subtitles(told, reel.tempo, reel.start_us)
    )


def marks(pictures: Pictures) -> tuple[ChapterMark, ...]:
    """Where the chapters begin. Where there are several reels, the first of each has the reel's title too."""
    found: list[ChapterMark] = []
    for reel in pictures.reels:
        title = translated(reel.run.setup.title)
        if reel.told is None:
            own: tuple[ChapterMark, ...] = (ChapterMark(reel.start_us, title),)
        else:
            own = chapter_marks(reel.told, reel.tempo, reel.start_us)
            if len(pictures.reels) > 1 and own:
                own = (replace(own[0], title=f"{title}: {own[0].title}"), *own[1:])
        found += own
    return tuple(found)


def sentences(pictures: Pictures) -> tuple[str, ...]:
    """What each beat of a whole film says, "" for nothing."""
    return tuple(beat.sentence for _, told in told_reels(pictures) for beat in told.beats)


def script(pictures: Pictures) -> str:
    """What is to be read aloud."""
    return narration_script([(told, reel.tempo) for reel, told in told_reels(pictures)])


def left_out(pictures: Pictures) -> tuple[str, ...]:
    """A line for each beat of a story that has no place in its run."""
    return tuple(line for _, told in told_reels(pictures) for line in told.left_out)


def told_reels(pictures: Pictures) -> Iterator[tuple[Reel, Screenplay]]:
    """The reels that tell something, and what."""
    return ((reel, reel.told) for reel in pictures.reels if reel.told is not None)
