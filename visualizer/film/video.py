"""A film into a file: made as `NAME.part`, whole under its name at the end.

What Ctrl-C, a crash or a full disk leaves is the part, which can be played; the file of that name is then as
it was before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from visualizer.film.claim import Claim
from visualizer.film.errors import FilmError, refused
from visualizer.film.formats import Format, Plan
from visualizer.film.library import require
from visualizer.film.spec import FilmSpec
from visualizer.language import say
from visualizer.story.subtitles import ChapterMark, Subtitle

if TYPE_CHECKING:
    from visualizer.film.chunks import Coded, Frames
    from visualizer.film.film_whole import Labels

Progress = Callable[[int, int], None]
"""Called with (steps done, steps in all): pictures that are in the part, and for an animation those in the
whole.
"""


def write_film(
    spec: FilmSpec,
    path: Path,
    *,
    pictures: Callable[[FilmSpec], Frames],
    format: Format,
    jobs: int = 1,
    force: bool = False,
    title: str = "",
    sound: Iterable[NDArray[np.int16]] | None = None,
    subtitles: Sequence[Subtitle] = (),
    chapters: Sequence[ChapterMark] = (),
    progress: Progress = lambda done, total: None,
) -> int:
    """Make the film, and return how many pictures it has. The number of `jobs` (processes) changes no byte.

    `pictures` makes the pictures of a spec; with several jobs every process calls it. `sound`: blocks of
    shape (n, 2) at 48 kHz; more than the film is long is left out, less is followed by silence. A format that
    carries no sound, subtitles, chapters or title goes without. Raises FilmError with one clear line, and
    whatever `pictures` and `sound` raise; KeyboardInterrupt leaves a part that can be played.
    """
    require(format.encoders)
    format.check(spec.size_px, spec.fps)
    from visualizer.film.film_whole import Labels  # noqa: PLC0415  (what follows needs PyAV)
    from visualizer.film.jobs import Work, encoded  # noqa: PLC0415

    with Claim(path, folder=format.kind == "folder", force=force) as claim:
        frames = pictures(spec)
        plan = Plan(format, spec.size_px, spec.fps, frames.count)
        if not plan.count:
            raise FilmError(say("{path}: there is nothing to film; let it end after it begins", path=path))
        with _playable(claim, plan, sound) as part:
            with closing(encoded(Work(spec, pictures, format), frames, jobs)) as packets:
                for packet in packets:
                    part.write(packet)
                    progress(part.written, plan.count * _rounds(format))
            part.end()
        _finish(claim, plan, Labels(title, subtitles, chapters), progress)
    return plan.count


def _rounds(kind: Format) -> int:
    """How often each picture is worked on."""
    return 2 if kind.kind == "animation" else 1


@contextmanager
def _playable(claim: Claim, plan: Plan, sound: Iterable[NDArray[np.int16]] | None) -> Iterator[Part]:
    """The part, which is closed in such a way that it can be played, whatever happens."""
    from av.error import FFmpegError  # noqa: PLC0415

    from visualizer.film.film_part import FilmPart  # noqa: PLC0415
    from visualizer.film.frames_folder import FramesPart  # noqa: PLC0415

    part = FramesPart(claim.part) if plan.kind.kind == "folder" else FilmPart(claim.part, plan, sound)
    try:
        yield part
        part.close()
    except BaseException as error:
        with suppress(OSError):
            part.close()
        if isinstance(error, (OSError, FFmpegError)):
            raise refused(claim.part, error, say("; what was written can be played")) from error
        raise


def _finish(claim: Claim, plan: Plan, labels: Labels, progress: Progress) -> None:
    """From the part to the whole."""
    from av.error import FFmpegError  # noqa: PLC0415

    from visualizer.film.animation import write_animation  # noqa: PLC0415
    from visualizer.film.film_whole import write_whole  # noqa: PLC0415

    whole = claim.path.with_name(claim.path.name + ".whole.part")
    try:
        match plan.kind.kind:
            case "film":
                write_whole(claim.part, whole, plan, labels)
            case "animation":
                count = plan.count
                write_animation(claim.part, whole, plan, lambda done: progress(count + done, 2 * count))
        claim.finished(whole)
    except (OSError, FFmpegError) as error:
        raise refused(claim.path, error, say("; {path} can be played", path=claim.part)) from error
    finally:
        whole.unlink(missing_ok=True)


class Part(Protocol):
    """What pictures are written to: `film_part.FilmPart`, `frames_folder.FramesPart`."""

    written: int

    def write(self, coded: Coded) -> None:
        """One more picture."""

    def end(self) -> None:
        """After the last picture."""

    def close(self) -> None:
        """So that what was written can be played."""


__all__ = ["FilmError", "write_film"]
