"""What a desktop does to a window that is played: minimised, asleep, a jump of the clock, a full disk."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import FRAME_NS, Hand

import visualizer
from visualizer.app.playback import CAP_NS
from visualizer.opening import open_scenario
from visualizer.sim.command import Strike, UnitTarget
from visualizer.timeline.run import Run

S = 1_000_000
Open = Callable[..., Hand]
STRIKE = Strike(2 * S, "process", UnitTarget(0, 0))
SAVED_ON_A_FULL_DISK = """
import json, os, sys
from pathlib import Path
from visualizer.app.controls import Controls
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run

os.chdir(sys.argv[1])
document = open_scenario("article")
controls = Controls(Run(document.setup), document)
controls.do("save")
Path("rest").write_bytes(bytes(os.statvfs(".").f_bavail * os.statvfs(".").f_bsize))
before = {path.name: path.read_text("latin-1") for path in Path().iterdir()}
controls.do("save")
after = {path.name: path.read_text("latin-1") for path in Path().iterdir()}
open_scenario("article-run-1.yaml")
print(json.dumps([controls.notice, before == after, sorted(after)]))
"""


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(visualizer.__file__).parents[1])}
    return subprocess.run(words, check=False, env=environment, capture_output=True, text=True, timeout=60)


def playing(open_hand: Open) -> Hand:
    """Struck at 2 s, and played on."""
    hand = open_hand(size_px=(960, 540))
    hand.controls.seek(2 * S)
    hand.controls.act("process", UnitTarget(0, 0))
    hand.key(pygame.K_SPACE)
    hand.turn(5)
    return hand


def played_steps_us(hand: Hand, frames_ns: list[int]) -> list[int]:
    """How far each turn of the window moves the playhead."""
    steps = []
    for frame_ns in frames_ns:
        before_us = hand.controls.run.now_us
        hand.turn(frame_ns=frame_ns)
        steps.append(hand.controls.run.now_us - before_us)
    return steps


def demand_as_played(hand: Hand) -> None:
    straight = Run(hand.controls.run.setup, (STRIKE,))
    assert hand.controls.run.trace_sha256() == straight.trace_sha256()


@pytest.mark.parametrize(
    "frames_ns",
    [
        [FRAME_NS, 3_600 * 10**9, FRAME_NS, FRAME_NS],
        [FRAME_NS, -3_600 * 10**9, FRAME_NS, FRAME_NS],
        [FRAME_NS, 86_400 * 10**9, -86_400 * 10**9, FRAME_NS],
        [FRAME_NS, 60 * 10**9, 60 * 10**9],
    ],
    ids=["forward", "backward", "there-and-back", "asleep"],
)
def test_a_clock_that_jumps_moves_the_run_one_step_at_most(open_hand: Open, frames_ns: list[int]):
    hand = playing(open_hand)
    steps = played_steps_us(hand, frames_ns)
    assert all(0 <= step <= CAP_NS // 1000 for step in steps)
    assert steps[0] > 0
    assert hand.controls.playing
    demand_as_played(hand)


def test_a_minute_minimised_is_the_same_run(open_hand: Open, monkeypatch: pytest.MonkeyPatch):
    hand = playing(open_hand)
    hand.turn()
    monkeypatch.setattr(pygame.display, "get_active", lambda: False)
    pygame.event.post(pygame.Event(pygame.WINDOWMINIMIZED))
    steps = played_steps_us(hand, [CAP_NS] * 100 + [50 * 10**9] * 2)
    assert max(steps) <= CAP_NS // 1000
    monkeypatch.undo()
    pygame.event.post(pygame.Event(pygame.WINDOWRESTORED))
    hand.turn(2)
    assert hand.window.picture.scene is not None
    demand_as_played(hand)


def test_a_full_disk_loses_no_saved_run(tmp_path: Path):
    """On a real one of 64 KiB, in a mount namespace of its own."""
    unshare = shutil.which("unshare")
    full = tmp_path / "full"
    full.mkdir()
    mount = f"mount -t tmpfs -o size=64k none {full}"
    if unshare is None or run(unshare, "-rm", "sh", "-c", mount).returncode:
        pytest.skip("this system does not let a test mount a disk of its own")
    program = f"{mount} && exec {sys.executable} -c '{SAVED_ON_A_FULL_DISK}' {full}"
    done = run(unshare, "-rm", "sh", "-c", program)
    assert done.returncode == 0, done.stderr
    notice, untouched, names = json.loads(done.stdout.splitlines()[-1])
    assert notice == "Not saved: No space left on device."
    assert untouched, "what was saved before is as it was, and no half file lies about"
    assert names == ["article-run-1.yaml", "rest"]


@pytest.mark.parametrize("fails", ["mkstemp", "fsync", "replace"])
def test_a_save_that_fails_anywhere_is_one_line_and_leaves_nothing(
    open_hand: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
):
    def full(*given: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    hand = open_hand()
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    before = {path: path.read_bytes() for path in tmp_path.glob("*.yaml")}
    monkeypatch.setattr("tempfile.mkstemp" if fails == "mkstemp" else f"os.{fails}", full)
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    monkeypatch.undo()
    assert hand.controls.notice == "Not saved: No space left on device."
    assert {path: path.read_bytes() for path in tmp_path.glob("*.yaml")} == before
    assert not list(tmp_path.glob(".*part"))
    assert open_scenario(str(tmp_path / "article-run-1.yaml")).setup.title == "The miss"


def test_a_folder_that_is_gone_is_one_line(open_hand: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    hand = open_hand()
    monkeypatch.chdir(gone)
    gone.rmdir()
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    assert hand.controls.notice.startswith("Not saved: ")
    hand.key(pygame.K_o, 0, "o")
    assert hand.controls.look(1280, 720).dialog.rows
