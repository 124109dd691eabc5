"""A long run in the window: ten minutes of 10,000 live sessions in four tiers.

The processor time until the first picture, that of the picture after a strike, of the longest one while the
rest is computed, and of all together until the whole run is known.
"""

from __future__ import annotations

import sys
import time

import pygame
from screen import FULL_HD_PX, Hand, screen, window
from work import VARIANTS, long_setup, us

from visualizer.scene.growing import known_history
from visualizer.timeline.run import Run

LIVE_SESSIONS, TIERS = 10_000, 4
DESIGNS = (
    "periodic (the reference)",
    "streaming, the cable 80 % busy",
    "synchronous, the cable 80 % busy",
    "clients that try again",
)


def until_known(hand: Hand) -> tuple[float, float, float]:
    """Seconds of the next picture, of the longest after it until all is known, and of all together."""
    run, turns = hand.controls.run, []
    while not turns or known_history(run).end.now_us < run.setup.duration_us:
        began = time.process_time()
        hand.turn()
        turns.append(time.process_time() - began)
    return turns[0], max(turns[1:], default=0.0), sum(turns)


def measure(name: str, seed: int) -> tuple[float, ...]:
    """What is waited for at the start, and after a strike in the middle."""
    began = time.process_time()
    run = Run(long_setup(LIVE_SESSIONS, TIERS, VARIANTS[name], seed))
    with window(FULL_HD_PX, run=run) as hand:
        opened_s = time.process_time() - began
        first = until_known(hand)
        hand.controls.seek(us(300))
        hand.turn(3)
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=pygame.K_h, mod=0, unicode="h"))
        return (opened_s, *first[1:], *until_known(hand))


def main() -> int:
    """A row for each way of copying."""
    print("\n| processor ms | first picture | longest | all known | after a strike | longest | all known |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with screen():
        for seed, name in enumerate(DESIGNS):
            cells = " | ".join(f"{1_000 * seconds:.0f}" for seconds in measure(name, seed))
            print(f"| {name} | {cells} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
