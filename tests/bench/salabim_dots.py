"""A thousand moving dots as salabim films them: its own blind animation, its own video, the same places.

`circles`: one object for each dot, as one would write it. `points`: one object for all of them, salabim's
fastest way, which draws squares.
"""

from __future__ import annotations

import sys
import time

import salabim
from dots import DIAMETER_PX, Place, places, where


def film(way: str, size_px: tuple[int, int], fps: int, seconds: int, target: str) -> float:
    """Make the film; returns the seconds that it took."""
    width, height = size_px
    salabim.yieldless(False)
    env = salabim.Environment(blind_animation=True)
    env.width(width)
    env.height(height)
    env.x1(width)  # one unit is one pixel
    env.fps(fps)
    env.background_color("#101828")
    env.show_time(False)
    if way == "circles":
        for place in places():
            _circle(place, size_px)
    else:
        salabim.AnimatePoints(
            spec=lambda t: [number for place in places() for number in where(place, t, size_px)],
            linecolor="#56b4e9",
            linewidth=DIAMETER_PX,
        )
    env.animate(True)
    began = time.perf_counter()
    env.video(target)
    env.run(seconds)
    env.video_close()
    return time.perf_counter() - began


def _circle(place: Place, size_px: tuple[int, int]) -> None:
    salabim.AnimateCircle(
        radius=DIAMETER_PX / 2,
        x=lambda t: where(place, t, size_px)[0],
        y=lambda t: where(place, t, size_px)[1],
        fillcolor="#56b4e9",
        linewidth=0,
    )


if __name__ == "__main__":
    way, width, height, fps, seconds, target = sys.argv[1:]
    print(film(way, (int(width), int(height)), int(fps), int(seconds), target))
