"""`film`: runs as an explainer video."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.cli.outcome import FAILED, INTERRUPTED, OK, USAGE, CommandError, sized
from visualizer.cli.pictures import reel_of, spec_of
from visualizer.cli.runs import instant_us
from visualizer.language import decimal, say
from visualizer.sim.setup import US_PER_S

if TYPE_CHECKING:
    from visualizer.film import Clip, FilmSpec, Made, Making, ReelSpec

_TELLING = ("srt", "vtt", "chapters", "script")


def film(options: argparse.Namespace) -> int:
    """A film of all the scenarios, one after the other, or a clip of each of their chapters."""
    from visualizer.film import FilmError, Making, check, format_of  # noqa: PLC0415  (pygame where it draws)

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's background jobs begin deaf to it
    _demand_story(options)
    try:
        kind = format_of(options.output, options.codec)
    except FilmError as error:
        raise CommandError(str(error), USAGE) from None
    try:
        reels = tuple(_cut(options, reel_of(options, name)) for name in options.scenario)
        spec = spec_of(options, reels, options.fps or kind.default_fps)
        making = Making(kind, options.jobs, options.force, options.silent, sidecars=options.with_)
        films, making = _planned(options, spec, making)
        for one in films:
            check(one, making)
        for one in films:
            print(_told(_made(one, making)))
    except FilmError as error:
        raise CommandError(str(error), FAILED) from None
    return OK


def _demand_story(options: argparse.Namespace) -> None:
    """CommandError when something is wanted that only a story can give."""
    if options.speed is None:
        return
    wanted = [f"--with {kind}" for kind in options.with_ if kind in _TELLING]
    wanted += ["--chapters"] if options.chapters else []
    wanted += ["--narration"] if options.narration else []
    if wanted:
        what = say("{option}: a film at one speed tells no story; leave --speed out", option=wanted[0])
        raise CommandError(what, USAGE)


def _cut(options: argparse.Namespace, reel: ReelSpec) -> ReelSpec:
    """From --from to --to."""
    if options.from_ is None and options.to is None:
        return reel
    if len(options.scenario) > 1:
        raise CommandError(say("--from and --to are instants of one scenario; film them one by one"), USAGE)
    end_us = reel.opened[0].setup.duration_us
    from_us = 0 if options.from_ is None else instant_us("--from", options.from_, end_us)
    to_us = end_us if options.to is None else instant_us("--to", options.to, end_us)
    if from_us >= to_us:
        raise CommandError(_nothing_to_film(options), USAGE)
    return replace(reel, from_us=from_us, to_us=to_us)


def _nothing_to_film(options: argparse.Namespace) -> str:
    """Said of a stretch that ends before it begins."""
    begin, end = f"--from {options.from_}", f"--to {options.to}"
    if options.to is None:
        return say("{begin} is not before the end of the run; there is nothing to film", begin=begin)
    if options.from_ is None:
        return say("the start of the run is not before {end}; there is nothing to film", end=end)
    return say("{begin} is not before {end}; there is nothing to film", begin=begin, end=end)


def _planned(options: argparse.Namespace, spec: FilmSpec, making: Making) -> tuple[list[Clip], Making]:
    """What is to be made; says what the story or the recordings leave out."""
    from visualizer.film import Clip, Pictures, clips, left_out, spoken, title_of  # noqa: PLC0415

    notes: Iterable[str] = ()
    if options.narration is not None:
        spec, narration = spoken(spec, Path(options.narration))
        making, notes = replace(making, narration=narration), narration.notes
    pictures, path = Pictures(spec), Path(options.output)
    for line in (*left_out(pictures), *notes):
        print(line, file=sys.stderr)
    if options.chapters:
        return list(clips(pictures, path)), making
    return [Clip(spec, path, title_of(pictures))], making


def _made(one: Clip, making: Making) -> Made:
    from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)
    from visualizer.film import film as make  # noqa: PLC0415

    begun = False
    try:
        with progress_line(say("filming {file}", file=one.path.name)) as line:

            def progress(done: int, total: int) -> None:
                nonlocal begun
                begun = True
                line(done, total)

            return make(one, making, progress)
    except KeyboardInterrupt:
        left = _left(one.path) if begun else say("nothing was written")
        raise CommandError(say("stopped by Ctrl-C; {left}", left=left), INTERRUPTED) from None


def _left(path: Path) -> str:
    """What there is of a film that was stopped; at the very end it is whole."""
    part = path.with_name(path.name + ".part")
    return say("{file} can be played", file=part) if part.exists() else say("{file} is finished", file=path)


def _told(made: Made) -> str:
    """One line about what was made: "article.mp4: 1092 frames, 36.4 s, 3.1 MB; beside it article.srt"."""
    told = {
        "path": made.path,
        "frames": made.frames,
        "seconds": decimal(f"{made.length_us / US_PER_S:.1f}"),
        "size": sized(made.size_bytes),
    }
    if not made.sidecars:
        return say("{path}: {frames} frames, {seconds} s, {size}", **told)
    beside = ", ".join(str(path) for path in made.sidecars)
    return say("{path}: {frames} frames, {seconds} s, {size}; beside it {beside}", **told, beside=beside)
