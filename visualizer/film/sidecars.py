"""What can be written beside a film: subtitles, chapters, a poster, what to read aloud.

To add one: its line in `SIDECARS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from visualizer.canvas.surface import offscreen, png
from visualizer.files import write_beside
from visualizer.film import words
from visualizer.film.errors import FilmError, refused
from visualizer.film.pictures import Pictures
from visualizer.language import say
from visualizer.story.subtitles import chapter_list, srt, vtt


@dataclass(frozen=True, slots=True)
class Sidecar:
    """`ending` takes the place of the film's own. `tells`: it is empty where a film tells nothing."""

    ending: str
    content: Callable[[Pictures], bytes]
    tells: bool = True


def _poster(pictures: Pictures) -> bytes:
    surface = offscreen(pictures.spec.size_px)
    pictures.paint_scene(pictures.telling_scene(), surface)
    return png(surface)


SIDECARS: dict[str, Sidecar] = {
    "srt": Sidecar(".srt", lambda pictures: srt(words.said(pictures)).encode()),
    "vtt": Sidecar(".vtt", lambda pictures: vtt(words.said(pictures)).encode()),
    "chapters": Sidecar(".chapters.txt", lambda pictures: chapter_list(words.marks(pictures)).encode()),
    "poster": Sidecar(".poster.png", _poster, tells=False),
    "script": Sidecar(".script.txt", lambda pictures: words.script(pictures).encode()),
}
"""By their names on the command line."""


def beside(path: Path, kind: str) -> Path:
    """Where a side-car of the film `path` is."""
    return path.with_name(path.stem + SIDECARS[kind].ending)


def check_sidecars(path: Path, kinds: Sequence[str], *, force: bool) -> None:
    """FilmError when one of them cannot be written."""
    for target in (beside(path, kind) for kind in kinds):
        if target.is_dir():
            raise FilmError(
                say("{path}: is a folder; move it away, or choose another name for the film", path=target)
            )
        if target.exists() and not force:
            raise FilmError(say("{path}: exists already; give --force to overwrite it", path=target))


def write_sidecars(pictures: Pictures, path: Path, kinds: Sequence[str]) -> tuple[Path, ...]:
    """Write them whole, over what is there; returns where they are. Raises FilmError."""
    targets = []
    for kind in kinds:
        target = beside(path, kind)
        try:
            write_beside(target, SIDECARS[kind].content(pictures))
        except OSError as error:
            raise refused(target, error, say("; {path} is finished", path=path)) from error
        targets.append(target)
    return tuple(targets)
