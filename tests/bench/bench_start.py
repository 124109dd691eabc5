"""From the start of the process to its window, and to the first picture in it, beside a bare window.

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
CURTAIN = """
import os
from visualizer.app import curtain

open_first = curtain.raise_curtain

def seen(options):
    open_first(options)
    os._exit(0)

curtain.raise_curtain = seen
from visualizer.__main__ import main
main()
"""
PICTURE = """
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
PROGRAMS = (CURTAIN, PICTURE, BARE)


def start_s(program: str, environment: dict[str, str]) -> float:
    """Wall seconds from the start of a process to its end."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, "--fresh"],
        check=True, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - began


def measure(**settings: str) -> list[float]:
    """The median seconds of each of `PROGRAMS`."""
    times: list[list[float]] = []
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PYTHONPYCACHEPREFIX": folder} | settings
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(REPEATS + 1):
            took = [start_s(program, environment) for program in PROGRAMS]
            if number:  # the first one compiles
                times.append(took)
    return [statistics.median(column) for column in zip(*times, strict=True)]


def main() -> int:
    """A row for each way in which SDL shows a window."""
    print("\n| | our window s | the run in it s | a bare window s | ratios |")
    print("|---|---:|---:|---:|---:|")
    with screen():
        for name, settings in (
            ("as SDL opens it by itself", {}),
            ("SDL_FRAMEBUFFER_ACCELERATION=0 for both", {"SDL_FRAMEBUFFER_ACCELERATION": "0"}),
        ):
            window_s, picture_s, bare_s = measure(**settings)
            ratios = f"{window_s / bare_s:.2f}, {picture_s / bare_s:.2f}"
            print(f"| {name} | {window_s:.2f} | {picture_s:.2f} | {bare_s:.2f} | {ratios} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
