"""The program as a user runs it: its own process, no display, a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import av

ROOT = Path(__file__).resolve().parents[2]
TIME_S = 120
SHORT = """\
title: Short
description: A second and a bit.
duration: 1500ms
traffic: {rate: 50/s}
tiers: {firewall: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}}
events:
  - {at: 500ms, fault: lightning, target: firewall.primary}
"""
LONG = SHORT.replace("duration: 1500ms", "duration: 10s")
FPS = 30
SHORT_FRAMES, LONG_FRAMES = 45, 10 * FPS
SMALL = ("--size", "320x180")
PLAIN = ("--speed", "1")
FILM = ("film", "mine.yaml", "-o", "x.mp4", *SMALL, *PLAIN, "--fps", str(FPS))


@dataclass(frozen=True)
class Done:
    """How a command ended, and its words."""

    code: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """No display; the program of this checkout, from any folder; a PYTHONPATH given comes before it."""
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    folders = (more.pop("PYTHONPATH", ""), str(ROOT), os.environ.get("PYTHONPATH", ""))
    return bare | {"PYTHONPATH": os.pathsep.join(filter(None, folders))} | more


def words(*arguments: str | Path, module: str = "visualizer") -> list[str]:
    """The command line of the program."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def run(
    *arguments: str | Path,
    folder: Path,
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
    module: str = "visualizer",
) -> Done:
    """One command to its end, in `folder`; `before` are the words of a program that starts it."""
    done = subprocess.run(
        [*before, *words(*arguments, module=module)],
        cwd=folder,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIME_S,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def scenario(folder: Path, text: str = SHORT) -> str:
    """The name of a scenario file that now lies in `folder`."""
    (folder / "mine.yaml").write_text(text)
    return "mine.yaml"


def frames_of(film: Path) -> int:
    """How many pictures can be seen of a film, or of a part of one: up to a packet that was cut off."""
    count = 0
    with av.open(str(film)) as container, suppress(av.error.InvalidDataError):
        for _ in container.decode(video=0):
            count += 1
    return count
