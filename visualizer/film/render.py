"""Stills and films: from the tick clock, without a display, the same pixels every time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from visualizer.canvas.sound import Samples
from visualizer.canvas.surface import offscreen, save_png
from visualizer.film import words
from visualizer.film.clips import Clip
from visualizer.film.errors import FilmError
from visualizer.film.formats import Format
from visualizer.film.narration import Narration, read_narration
from visualizer.film.pictures import Pictures
from visualizer.film.sidecars import check_sidecars, write_sidecars
from visualizer.film.sound import Heard, Voice, track
from visualizer.film.spec import FilmSpec
from visualizer.film.video import write_film
from visualizer.lab.executors import processors
from visualizer.language import say
from visualizer.scene.primitives import Scene
from visualizer.sim.setup import US_PER_S

_WORTH_A_JOB_US = 10 * US_PER_S

Progress = Callable[[int, int], None]
"""Called with (frames made, frames in all)."""


@dataclass(frozen=True, slots=True)
class Making:
    """How films are made: in which format, by how many processes (None: as many as pay), with what sound and
    what beside them.
    """

    format: Format
    jobs: int | None = None
    force: bool = False
    silent: bool = False
    narration: Narration | None = None
    sidecars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A film that is finished, and what was written beside it."""

    path: Path
    frames: int
    length_us: int
    size_bytes: int
    sidecars: tuple[Path, ...]


def still(pictures: Pictures, scene: Scene, path: Path, *, force: bool) -> None:
    """One of the pictures of a film as a PNG.

    Raises FileExistsError when `path` is there and `force` is not given, OSError, ThemeError.
    """
    surface = offscreen(pictures.spec.size_px)
    pictures.paint_scene(scene, surface)
    save_png(surface, path, force=force)


def spoken(spec: FilmSpec, folder: Path) -> tuple[FilmSpec, Narration]:
    """The film with room for somebody's recordings, and the recordings. Raises FilmError."""
    beats = words.sentences(Pictures(spec))
    narration = read_narration(folder, beats)
    room = narration.least_us()
    return replace(spec, reels=tuple(replace(reel, least_us=room) for reel in spec.reels)), narration


def check(clip: Clip, making: Making) -> None:
    """FilmError when it is plain before the first picture that this film cannot be made."""
    making.format.check(clip.spec.size_px, clip.spec.fps)
    check_sidecars(clip.path, making.sidecars, force=making.force)
    if clip.path.is_file() and not making.force:
        raise FilmError(say("{path}: exists already; give --force to overwrite it", path=clip.path))


def film(clip: Clip, making: Making, progress: Progress = lambda done, total: None) -> Made:
    """The film, and what is wanted beside it. Raises FilmError with one clear line, ThemeError."""
    check(clip, making)
    pictures = Pictures(clip.spec)
    frames = write_film(
        _counted(clip.spec, pictures),
        clip.path,
        pictures=Pictures,
        format=making.format,
        jobs=making.jobs or jobs_that_pay(pictures.length_us),
        force=making.force,
        title=clip.title,
        sound=None if making.silent else _sound(pictures, making.narration),
        subtitles=words.said(pictures),
        chapters=words.marks(pictures),
        progress=progress,
    )
    sidecars = write_sidecars(pictures, clip.path, making.sidecars)
    return Made(clip.path, frames, pictures.length_us, _size_bytes(clip.path), sidecars)


def _counted(spec: FilmSpec, pictures: Pictures) -> FilmSpec:
    """With all that its processes would otherwise each find out."""
    pairs = zip(spec.reels, pictures.reels, strict=True)
    return replace(spec, reels=tuple(replace(own, counted=reel.counted) for own, reel in pairs))


def jobs_that_pay(length_us: int) -> int:
    """How many processes make a film of that length soonest: each keeps about two processors busy, one with
    drawing and one with encoding, and takes as long to start as some seconds of film.
    """
    return max(1, min(processors() // 2, length_us // _WORTH_A_JOB_US))


def _sound(pictures: Pictures, narration: Narration | None) -> Iterable[Samples]:
    heard = [Heard(reel.events, reel.tempo, reel.start_us) for reel in pictures.reels]
    voices: Sequence[Voice] = ()
    if narration is not None:
        voices = [
            voice
            for reel, told in words.told_reels(pictures)
            for voice in narration.voices(told, reel.tempo, reel.start_us)
        ]
    return track(heard, pictures.count, pictures.spec.fps, voices)


def _size_bytes(path: Path) -> int:
    if path.is_dir():
        return sum(entry.stat().st_size for entry in os.scandir(path))
    return path.stat().st_size
