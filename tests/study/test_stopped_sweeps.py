"""The command `sweep`, stopped in every way: what is finished is kept, and `--resume` makes the same file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from film.command import environment, run, words
from film.disks import run_on_disk
from lab.cluster import cluster
from lab.families import TEXT

WAIT_S = 120
SWEEP = ("sweep", "mine.yaml", "--vary", "sync.interval=400ms,600ms,700ms,800ms", "--seeds", "40")
RUNS = 160
OUT = ("--rows", "runs", "-o", "x.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With a scenario whose runs take their time: its cable has jitter."""
    text = TEXT.format(interval_ms=500, jitter_ms=2)
    (tmp_path / "mine.yaml").write_text(text)
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file that an undisturbed sweep makes."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "mine.yaml").write_text(TEXT.format(interval_ms=500, jitter_ms=2))
    done = run(*SWEEP, *OUT, "--jobs", "1", folder=folder)
    assert done.code == 0, done.err
    content = (folder / "x.csv").read_bytes()
    assert content.count(b"\n") == 1 + RUNS
    assert content.splitlines()[0].startswith(b"sync_interval_s,seed,strike_us,lost_sessions,")
    return content


def complaints(said: str) -> list[str]:
    """What is said on the side, without what the person should know of the plan."""
    known = ("In each run ", "The run of ")
    return [line for line in said.splitlines() if not line.startswith(known)]


@contextmanager
def sweeping(folder: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The command at work, until its part has the first finished runs; nothing of it outlives the block."""
    command = subprocess.Popen(
        words(*SWEEP, *OUT, *more),
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        until_rows(folder / "x.csv.part", command)
        yield command
    finally:
        if command.poll() is None:
            os.killpg(command.pid, signal.SIGKILL)
        command.communicate(timeout=WAIT_S)


def until_rows(part: Path, command: subprocess.Popen[str]) -> None:
    end = time.monotonic() + WAIT_S
    while not part.exists() or part.read_bytes().count(b"\n") < 5:
        assert command.poll() is None, command.communicate()
        assert time.monotonic() < end, "no runs are finished"
        time.sleep(0.005)


def demand_the_same_when_resumed(folder: Path, whole: bytes, *more: str) -> None:
    done = run(*SWEEP, *OUT, "--resume", *more, folder=folder)
    assert (done.code, complaints(done.err)[0].split(" with ")[0]) == (0, "going on"), done
    assert (folder / "x.csv").read_bytes() == whole
    assert sorted(path.name for path in folder.iterdir()) == ["mine.yaml", "x.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a group of processes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_finished_runs(folder: Path, whole: bytes, jobs: str):
    with sweeping(folder, "--jobs", jobs) as command:
        os.killpg(command.pid, signal.SIGINT)
        _, said = command.communicate(timeout=WAIT_S)
    assert command.returncode == 130
    (line,) = complaints(said)
    assert line.startswith("stopped by Ctrl-C; x.csv.part has ")
    assert line.endswith(f" of {RUNS} runs; go on with --resume")
    assert not (folder / "x.csv").exists()
    demand_the_same_when_resumed(folder, whole, "--jobs", "2")


def test_killed_it_goes_on_where_it_was_and_is_not_begun_anew_by_mistake(folder: Path, whole: bytes):
    with sweeping(folder, "--jobs", "2") as command:
        command.kill()
    part = (folder / "x.csv.part").read_bytes()
    by_mistake = run(*SWEEP, *OUT, folder=folder)
    assert by_mistake.code == 1
    assert complaints(by_mistake.err)[0].startswith(
        "x.csv.part: has finished runs of a job that was stopped; go on with"
    )
    other = run(*SWEEP, *OUT, "--resume", "--set", "tiers.firewall.heartbeat.misses=4", folder=folder)
    assert other.code == 1
    assert complaints(other.err)[0].startswith("x.csv.part: has the runs of another job; ")
    assert (folder / "x.csv.part").read_bytes() == part
    demand_the_same_when_resumed(folder, whole)


def test_a_scheduler_that_dies_is_told_with_what_is_kept_and_two_workers_give_the_same(
    folder: Path, whole: bytes, tmp_path_factory: pytest.TempPathFactory
):
    with cluster(tmp_path_factory.mktemp("cluster"), workers=2) as here:
        done = run(*SWEEP, "-o", "y.csv", "--rows", "runs", "--scheduler", here.address, folder=folder)
        assert (done.code, complaints(done.err)) == (0, [])
        assert (folder / "y.csv").read_bytes() == whole
        (folder / "y.csv").unlink()
        with sweeping(folder, "--scheduler", here.address) as command:
            here.scheduler.kill()
            _, said = command.communicate(timeout=WAIT_S)
    assert command.returncode == 1
    (line,) = complaints(said)
    assert line.startswith(f"{here.address}: the scheduler has gone away; x.csv.part has ")
    assert line.endswith(f" of {RUNS} runs; go on with --resume")
    demand_the_same_when_resumed(folder, whole)


def test_nobody_at_the_address_is_told_before_anything_is_played(folder: Path):
    done = run(*SWEEP, *OUT, "--scheduler", "127.0.0.1:1", folder=folder)
    assert done.code == 1
    (line,) = complaints(done.err)
    assert line.startswith("127.0.0.1:1: no scheduler can be reached there: Connection refused; start one")
    assert sorted(path.name for path in folder.iterdir()) == ["mine.yaml"]


def test_a_full_disk_keeps_finished_runs(folder: Path, whole: bytes):
    before = folder / "before"
    before.mkdir()
    (folder / "mine.yaml").rename(before / "mine.yaml")
    done = run_on_disk(*SWEEP, *OUT, "--jobs", "1", folder=folder, size="8k")
    assert done.code == 1
    (line,) = complaints(done.err)
    assert line.startswith("x.csv.part: No space left on device; it has ")
    assert line.endswith(f" of {RUNS} runs: make room, and go on with --resume")
    demand_the_same_when_resumed(folder / "after", whole)
