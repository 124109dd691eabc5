"""The real window on a private display, with a wall clock that the benchmark moves."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from app.hand import Hand
from app.xvfb import private_display

from visualizer.app.window import Window
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run

FULL_HD_PX, ULTRA_HD_PX = (1920, 1080), (3840, 2160)
FRAME_MS = 1_000 / 60


@contextmanager
def screen() -> Iterator[None]:
    """A display of its own, as large as 4K."""
    with private_display(ULTRA_HD_PX) as name:
        os.environ.update(DISPLAY=name, SDL_VIDEODRIVER="x11")
        os.environ.pop("WAYLAND_DISPLAY", None)
        yield


@contextmanager
def window(size_px: tuple[int, int], scenario: str = "article", run: Run | None = None) -> Iterator[Hand]:
    """The window on a scenario, or on a run of its own, as it stands after its first pictures."""
    hand = Hand()
    document = open_scenario(scenario)
    with tempfile.TemporaryDirectory() as folder:
        hand.window = Window(
            run or Run(document.setup),
            document=None if run else document,
            size_px=size_px,
            fresh=True,
            clock_ns=lambda: hand.now_ns,
            state_folder=Path(folder),
        )
        try:
            hand.turn(3)
            yield hand
        finally:
            hand.window.close()
