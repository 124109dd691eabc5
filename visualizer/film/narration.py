"""A person's own recordings, one file a beat: found in a folder, given room, laid under the beats.

`03.wav`, `03-the-strike.mp3` and `03 take 2.flac` all belong to beat 3, as the narration script numbers the
beats: from 1 through the whole film.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from visualizer.canvas.sound import RATE_HZ
from visualizer.film.errors import FilmError
from visualizer.film.library import require
from visualizer.film.narration_file import Recording, measure
from visualizer.film.sound import Voice
from visualizer.language import say, say_as, say_many
from visualizer.sim.setup import US_PER_S
from visualizer.story.screenplay import Screenplay
from visualizer.story.subtitles import told_spans
from visualizer.story.tempo import Tempo

LEAD_US = 300_000
"""A beat is seen for so long before its voice begins."""

PAUSE_US = 400_000
"""So long it is quiet after a voice before the next beat begins."""


@dataclass(frozen=True, slots=True)
class Narration:
    """`recordings` by the number of the beat, from 1 through the whole film. `notes`: what the person should
    know, a line each.
    """

    recordings: Mapping[int, Recording]
    notes: tuple[str, ...] = ()

    def least_us(self) -> tuple[tuple[int, int], ...]:
        """(number of a beat, how long it must be told), as a `ReelSpec` takes it."""
        return tuple(
            (number, LEAD_US + _length_us(recording) + PAUSE_US)
            for number, recording in sorted(self.recordings.items())
        )

    def voices(self, told: Screenplay, tempo: Tempo, start_us: int = 0) -> tuple[Voice, ...]:
        """The recordings under the beats of a reel that begins at `start_us` in the film, in its order; none
        under a beat that the reel does not show from its beginning.
        """
        return tuple(
            Voice(start_us + film_us + LEAD_US, self.recordings[beat.number])
            for beat, film_us, _ in told_spans(told, tempo)
            if beat.number in self.recordings
        )


def read_narration(folder: Path, sentences: Sequence[str]) -> Narration:
    """The recordings in a folder. `sentences`: what each beat of the film says, "" for nothing.

    Raises FilmError with a line for each thing that is wrong.
    """
    require(())
    found, unnumbered = _numbered(_files(folder))
    problems = list(_misnumbered(folder, found, len(sentences)))
    recordings: dict[int, Recording] = {}
    for number, paths in sorted(found.items()):
        try:
            recordings[number] = measure(paths[0])
        except FilmError as error:
            problems.append(str(error))
    if not found:
        problems.append(
            say(
                "{folder}: no recording is in it; name each by the number of its beat, such as 01.wav",
                folder=folder,
            )
        )
    if problems:
        raise FilmError("\n".join(problems))
    return Narration(recordings, tuple(_notes(folder, sentences, recordings, unnumbered)))


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except FileNotFoundError:
        raise FilmError(
            say("{folder}: there is no such folder of recordings; check the path", folder=folder)
        ) from None
    except NotADirectoryError:
        raise FilmError(
            say("{folder}: this is no folder; name the folder that the recordings are in", folder=folder)
        ) from None
    except OSError as error:
        raise FilmError(
            say("{folder}: {why}; check the path and its rights", folder=folder, why=error.strerror or error)
        ) from None


def _numbered(files: Iterable[Path]) -> tuple[dict[int, list[Path]], list[Path]]:
    """Files by their number, and those without one."""
    found: dict[int, list[Path]] = {}
    unnumbered = []
    for path in files:
        number = re.match(r"[0-9]+", path.name)
        if number:
            found.setdefault(int(number[0]), []).append(path)
        else:
            unnumbered.append(path)
    return found, unnumbered


def _misnumbered(folder: Path, found: Mapping[int, list[Path]], beats: int) -> Iterator[str]:
    for number, paths in sorted(found.items()):
        names = say_as("files", " and ").join(path.name for path in paths)
        if not 1 <= number <= beats:
            blanks = {"folder": folder, "number": number, "files": names}
            if beats:
                yield say(
                    "{folder}: there is no beat {number} in this film for {files}; its beats are 1 to {last}",
                    **blanks, last=beats,
                )  # fmt: skip
            else:
                yield say(
                    "{folder}: there is no beat {number} in this film for {files}; nothing is told in it",
                    **blanks,
                )
        elif len(paths) > 1:
            yield say(
                "{folder}: {files} are for the same beat {number}; leave one of them there",
                folder=folder,
                files=names,
                number=number,
            )


def _notes(
    folder: Path, sentences: Sequence[str], recordings: Mapping[int, Recording], unnumbered: Sequence[Path]
) -> Iterator[str]:
    if unnumbered:
        names = ", ".join(path.name for path in unnumbered)
        yield say(
            "{folder}: left out, because no number of a beat is in front: {files}", folder=folder, files=names
        )
    silent = [number for number, text in enumerate(sentences, 1) if text and number not in recordings]
    if silent:
        yield say_many(
            "{folder}: no recording for beat {numbers}; only the caption is there",
            "{folder}: no recording for beats {numbers}; only the caption is there",
            len(silent), folder=folder, numbers=", ".join(map(str, silent)),
        )  # fmt: skip


def _length_us(recording: Recording) -> int:
    return -(-recording.samples * US_PER_S // RATE_HZ)
