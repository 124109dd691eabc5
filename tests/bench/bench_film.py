"""A whole film beside its encoder alone on ready pictures, and beside the time that it lasts.

The same pictures in the same chunks with the same settings, in turns, so that a busy machine bends both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

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


@dataclass
class Shares:
    """Seconds that one film takes when nothing is done beside anything else."""

    painted: float = 0.0
    converted: float = 0.0
    encoded: float = 0.0


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def spec_of(name: str, speed: int | None, seconds: int | None) -> FilmSpec:
    """The film of a shipped scenario."""
    to_us = None if seconds is None else seconds * 1_000_000
    reel = ReelSpec((open_scenario(name),), speed=speed, to_us=to_us)
    return FilmSpec((reel,), FULL_HD_PX, FPS, "night")


def encoder_alone(spec: FilmSpec) -> Shares:
    """Each chunk is made ready first, then encoded."""
    pictures, shares, reformatter = Pictures(spec), Shares(), VideoReformatter()
    surface = offscreen(spec.size_px)
    for chunk in chunks_of(pictures.count, FPS):
        ready: list[VideoFrame] = []
        last: Hashable = None
        for number in chunk:
            key = pictures.key(number)
            if ready and key == last:
                ready.append(ready[-1])
                continue
            last = key
            shares.painted += _timed(lambda: pictures.paint(number, surface))  # noqa: B023  (called at once)
            began = time.perf_counter()
            ready.append(converted(surface, MP4.coding, reformatter))
            shares.converted += time.perf_counter() - began
        shares.encoded += _timed(lambda: _encode(ready, chunk, MP4.coding))  # noqa: B023
    return shares


def _encode(ready: list[VideoFrame], chunk: range, coding: Coding) -> None:
    context = encoder(coding, FULL_HD_PX, FPS, headers=True)
    for number, frame in zip(chunk, ready, strict=True):
        frame.pts = number
        context.encode(frame)
    context.encode(None)


def whole(spec: FilmSpec, jobs: int, folder: Path) -> tuple[float, int]:
    """Seconds that the film takes, with its sound, and its bytes."""
    clip = Clip(spec, folder / "x.mp4", "x")
    making = Making(MP4, jobs, force=True)
    seconds = _timed(lambda: film(clip, making))
    return seconds, clip.path.stat().st_size


def main() -> int:
    """A line for each scene."""
    print("| 1080p30 | film s | jobs 1: s | x real time | encoder alone / whole | jobs 2: s | x real time "
          "| painted s | converted s | encoded s | MB a minute |")  # fmt: skip
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, speed, seconds in SCENES:
            spec = spec_of(name, speed, seconds)
            length = Pictures(spec).count / FPS
            alone, one, two, size = [], [], [], 0
            for _ in range(TURNS):
                alone.append(encoder_alone(spec))
                took, size = whole(spec, 1, Path(folder))
                one.append(took)
                two.append(whole(spec, 2, Path(folder))[0])
            ratios = [share.encoded / took for share, took in zip(alone, one, strict=True)]
            told = "as told" if speed is None else "playing"
            median = statistics.median
            print(
                f"| {name}, {told} | {length:.0f} | {median(one):.1f} | {length / median(one):.2f} "
                f"| {median(ratios):.2f} | {median(two):.1f} | {length / median(two):.2f} "
                f"| {median(share.painted for share in alone):.1f} "
                f"| {median(share.converted for share in alone):.1f} "
                f"| {median(share.encoded for share in alone):.1f} | {size * 60 / length / 1e6:.1f} |",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
