"""A whole film beside its encoder alone on ready pictures, and beside the time that it lasts.

The same pictures in the same chunks with the same settings, in turns. `wall` is what one waits, and what a
busy machine bends; `processor` is the work, of all threads and processes.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import NamedTuple

from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from visualizer.canvas.surface import offscreen
from visualizer.film import Clip, Making, film
from visualizer.film.chunks import chunks_of, converted, encoder
from visualizer.film.formats import Coding, format_of
from visualizer.film.pictures import Pictures
from visualizer.film.spec import FilmSpec, ReelSpec
from visualizer.opening import open_scenario

FULL_HD_PX, FPS = (1920, 1080), 30
SCENES = (("parallel", 1000, 10), ("f5", 1000, 10), ("article", None, None))
"""(scenario, its speed in thousandths or None for its telling, how many seconds of the run)."""
TURNS = 3
MP4 = format_of("x.mp4")


class Cost(NamedTuple):
    """Seconds that one waits, and seconds of work."""

    wall: float
    processor: float

    def __add__(self, other: Cost) -> Cost:  # type: ignore[override]
        return Cost(self.wall + other.wall, self.processor + other.processor)


class Shares(NamedTuple):
    """What a film costs when nothing is done beside anything else."""

    painted: Cost
    converted: Cost
    encoded: Cost


class Turn(NamedTuple):
    """One turn: the shares, the whole film by one process and by two."""

    shares: Shares
    one: Cost
    two: Cost


def cost(work: Callable[[], object]) -> Cost:
    """What `work` takes, its processes that have ended included."""
    began = time.perf_counter(), _processor_s()
    work()
    return Cost(time.perf_counter() - began[0], _processor_s() - began[1])


def _processor_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def spec_of(name: str, speed: int | None, seconds: int | None) -> FilmSpec:
    """The film of a shipped scenario."""
    to_us = None if seconds is None else seconds * 1_000_000
    reel = ReelSpec((open_scenario(name),), speed=speed, to_us=to_us)
    return FilmSpec((reel,), FULL_HD_PX, FPS, "night")


def shares_of(spec: FilmSpec) -> Shares:
    """Each chunk is made ready first, then encoded. Pictures that are alike are made ready once."""
    pictures, reformatter = Pictures(spec), VideoReformatter()
    surface = offscreen(spec.size_px)
    painting = converting = encoding = Cost(0, 0)
    for chunk in chunks_of(pictures.count, FPS):
        ready: list[VideoFrame] = []
        last: Hashable = None
        for number in chunk:
            if ready and pictures.key(number) == last:
                ready.append(ready[-1])
                continue
            last = pictures.key(number)
            painting += cost(lambda: pictures.paint(number, surface))  # noqa: B023  (called at once)
            converting += cost(lambda: ready.append(converted(surface, MP4.coding, reformatter)))  # noqa: B023
        encoding += cost(lambda: _encode(ready, chunk, MP4.coding))  # noqa: B023
    return Shares(painting, converting, encoding)


def _encode(ready: list[VideoFrame], chunk: range, coding: Coding) -> None:
    context = encoder(coding, FULL_HD_PX, FPS, headers=True)
    for number, frame in zip(chunk, ready, strict=True):
        frame.pts = number
        context.encode(frame)
    context.encode(None)


def turn(spec: FilmSpec, clip: Clip) -> Turn:
    """The encoder alone, then the whole film with its sound, by one process and by two."""
    return Turn(
        shares_of(spec),
        cost(lambda: film(clip, Making(MP4, 1, force=True))),
        cost(lambda: film(clip, Making(MP4, 2, force=True))),
    )


def line(name: str, length_s: float, turns: list[Turn], size: int) -> str:
    """A row of the table."""

    def median(of: Callable[[Turn], float]) -> float:
        return statistics.median(map(of, turns))

    def frame_ms(of: Callable[[Shares], Cost]) -> float:
        return median(lambda one: of(one.shares).processor) * 1_000 / (length_s * FPS)

    return (
        f"| {name} | {length_s:.0f} | {median(lambda one: length_s / one.one.wall):.2f} "
        f"| {median(lambda one: length_s / one.two.wall):.2f} "
        f"| {median(lambda one: one.shares.encoded.wall / one.one.wall):.2f} "
        f"| {median(lambda one: one.shares.encoded.processor / one.one.processor):.2f} "
        f"| {frame_ms(lambda one: one.painted):.1f} | {frame_ms(lambda one: one.converted):.1f} "
        f"| {frame_ms(lambda one: one.encoded):.1f} | {size * 60 / length_s / 1e6:.1f} |"
    )


def main() -> int:
    """A row for each scene."""
    print("| 1080p30 | film s | 1 job: x real time | 2 jobs: x real time | encoder alone / whole: wall "
          "| processor | painting ms a frame | conversion ms | encoding ms | MB a minute |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, speed, seconds in SCENES:
            spec = spec_of(name, speed, seconds)
            clip = Clip(spec, Path(folder) / "x.mp4", name)
            turns = [turn(spec, clip) for _ in range(TURNS)]
            told = "as told" if speed is None else "as it happens"
            length_s = Pictures(spec).count / FPS
            print(line(f"{name}, {told}", length_s, turns, clip.path.stat().st_size), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
