"""Memory of the window over ten minutes on its clock: playing, scrubbing, striking, undoing, themes, sizes.

The same minute again and again. Caches fill up in the first ones; after that nothing may grow.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import sys
from pathlib import Path

import pygame
from screen import Hand, screen, window

MINUTES, WARM = 10, 3
FRAME_NS = 50_000_000
SIZES = ((1280, 720), (960, 540), (1, 1), (1600, 900), (1920, 1080))


def resident_kb() -> int:
    """What the process holds now; at its peak where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def minute(hand: Hand, dice: random.Random) -> None:
    """Sixty seconds on the window's clock: each second something else, and in between it plays."""
    for second in range(60):
        hand.controls.playing = True
        hand.turn(20, FRAME_NS)
        match second % 6:
            case 0:
                hand.drag("timeline", dice.random(), dice.random())
            case 1:
                hand.click("unit:0:0")
            case 2:
                hand.key(pygame.K_u)
            case 3:
                hand.key(pygame.K_t)
            case 4:
                hand.resize(dice.choice(SIZES))
                hand.resize(SIZES[0])
            case _:
                hand.key(pygame.K_F1)
                hand.key(pygame.K_F1)
                hand.key(pygame.K_HOME)


def main() -> int:
    """A row a minute."""
    dice = random.Random(7)
    print("\n| minute on the window's clock | resident MB | objects |")
    print("|---:|---:|---:|")
    held: list[int] = []
    with screen(), window(SIZES[0]) as hand:
        for number in range(1, MINUTES + 1):
            minute(hand, dice)
            gc.collect()
            held.append(resident_kb())
            print(f"| {number} | {held[-1] / 1024:.1f} | {len(gc.get_objects()):,} |", flush=True)
    growth = (held[-1] - held[WARM - 1]) / 1024
    print(f"\nFrom minute {WARM} to minute {MINUTES}: {growth:+.1f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
