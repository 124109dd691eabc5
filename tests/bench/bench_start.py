"""From the start of the process to the first picture, beside a bare program that opens a window.

Each is started several times, in turns, with the byte code of an installed program at hand. The bare one
imports numpy and pygame, opens a window of the same size and shows it once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screen import screen

ROOT = Path(__file__).resolve().parents[2]
REPEATS = 15
BARE = """
import os
import numpy, pygame
pygame.display.init()
pygame.display.set_mode((1280, 720), pygame.RESIZABLE)
pygame.display.flip()
os._exit(0)
"""
OURS = """
import os
import pygame
get, flip = pygame.event.get, pygame.display.flip

def shown():
    flip()
    os._exit(0)

def listening():  # the loop begins: the next thing that is shown is the picture
    pygame.display.flip = shown
    return get()

pygame.event.get = listening
from visualizer.__main__ import main
main()
"""


def start_s(program: str, environment: dict[str, str]) -> float:
    """Wall seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, "--fresh"],
        check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - began


def measure(**settings: str) -> tuple[float, float]:
    """The median of (our start, a bare one), seconds."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": folder} | settings
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(REPEATS + 1):
            pair = start_s(OURS, environment), start_s(BARE, environment)
            if number:  # the first one compiles
                ours.append(pair[0])
                bare.append(pair[1])
    return statistics.median(ours), statistics.median(bare)


def main() -> int:
    """A row for each way in which SDL shows a window."""
    print("\n| the window | first picture s | a bare window s | ratio |")
    print("|---|---:|---:|---:|")
    with screen():
        for name, settings in (
            ("as SDL opens it by itself", {}),
            ("SDL_FRAMEBUFFER_ACCELERATION=0 for both", {"SDL_FRAMEBUFFER_ACCELERATION": "0"}),
        ):
            ours_s, bare_s = measure(**settings)
            print(f"| {name} | {ours_s:.2f} | {bare_s:.2f} | {ours_s / bare_s:.2f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
