"""One frame of the window with packets by the thousand, beside copying a background and showing it.

The real window with all that is in it, playing. Packets are marks of every kind at places that move between
the pixels: more than any scenario shows at once, since the picture lets one dot stand for many.
"""

from __future__ import annotations

import gc
import sys
import time

import numpy as np
import pygame
from screen import FRAME_MS, FULL_HD_PX, ULTRA_HD_PX, Hand, screen, window
from stopwatch import spread_ms

from visualizer.scene import view
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout
from visualizer.scene.look import Look
from visualizer.scene.part import Part
from visualizer.scene.primitives import Role, SpriteKind, Sprites

PACKETS = (0, 500, 2_000, 5_000, 10_000)
WARM_UP, FRAMES = 40, 240
MARKS: tuple[tuple[SpriteKind, float, Role], ...] = (
    ("request", 12.5, "request"),
    ("sync", 13.0, "sync"),
    ("heartbeat", 16.0, "heartbeat"),
    ("announce", 15.0, "announce"),
    ("acknowledgement", 11.0, "request"),
    ("lost", 12.0, "lost"),
)
KINDS = len(MARKS)


class Packets:
    """An element of the picture: so many marks, each of which moves on a little in every frame."""

    def __init__(self) -> None:
        self.count = 0
        self._places = np.random.default_rng(7).random((max(PACKETS), 2))

    def draw(self, frame: Frame, look: Look, layout: Layout) -> Part:
        """The kinds take turns; the places depend on the playhead alone."""
        moved = (self._places[: self.count] + frame.now_us / 20e6) % 1.0 * (layout.width, layout.height)
        x, y = moved.T.tolist()
        marks = [
            Sprites(
                kind, tuple(zip(x[number :: len(MARKS)], y[number :: len(MARKS)], strict=True)), size, role
            )
            for number, (kind, size, role) in enumerate(MARKS[: self.count])
        ]
        return Part(moving=tuple(marks))


def measure(hand: Hand, packets: Packets, count: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each frame, its processor time, and seconds of each copy of the background, in turns."""
    packets.count = count
    hand.controls.seek(0)
    hand.controls.speed, hand.controls.playing = 1.0, True
    hand.turn(WARM_UP)
    surface = pygame.display.get_surface()
    background = surface.copy()
    frames, processor, copies = [], [], []
    gc.collect()
    for _ in range(FRAMES):
        began, worked = time.perf_counter(), time.process_time()
        hand.turn()
        frames.append(time.perf_counter() - began)
        processor.append(time.process_time() - worked)
        began = time.perf_counter()
        surface.blit(background, (0, 0))
        pygame.display.flip()
        copies.append(time.perf_counter() - began)
    if not hand.controls.playing:
        raise RuntimeError("the run ended while it was measured")
    return frames, processor, copies


def main() -> int:
    """A table for each size."""
    packets = Packets()
    view.ELEMENTS = (*view.ELEMENTS, packets.draw)
    with screen():
        for size_px in (FULL_HD_PX, ULTRA_HD_PX):
            print(f"\n| {size_px[0]}x{size_px[1]}, packets | frame ms | 95 % ms | longest ms "
                  "| processor ms | background and flip ms | ratio | in frames of 16.7 ms |")  # fmt: skip
            print("|---:|---:|---:|---:|---:|---:|---:|---:|")
            with window(size_px) as hand:
                for count in PACKETS:
                    frames, processor, copies = measure(hand, packets, count)
                    median, p95, longest = spread_ms(frames)
                    copied = spread_ms(copies)[0]
                    print(
                        f"| {count:,} | {median:.1f} | {p95:.1f} | {longest:.1f} "
                        f"| {spread_ms(processor)[0]:.1f} | {copied:.2f} "
                        f"| {median / copied:.1f} | {median / FRAME_MS:.2f} |",
                        flush=True,
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
