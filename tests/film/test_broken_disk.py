"""A disk that gets full, a folder that takes nothing: one plain line with the system's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.command import LONG, PLAIN, SMALL, Done, frames_of, scenario
from film.disks import run_on_disk

FULL = "No space left on device"
READ_ONLY = "Read-only file system"
FEW = ("film", "mine.yaml", "--size", "1080p", *PLAIN, "--to", "100ms", "--silent")
OLDER = b"an older film"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A folder whose `before` will be copied onto the disk: a long film's scenario and an older film."""
    before = tmp_path / "before"
    before.mkdir()
    scenario(before, LONG)
    (before / "x.mp4").write_bytes(OLDER)
    return tmp_path


def one_line(done: Done) -> str:
    """What the command said when it failed: plain, and no more than that."""
    assert done.code == 1, done
    assert done.out == ""
    (line,) = done.err.splitlines()
    return line


@pytest.mark.parametrize(
    ("name", "jobs", "fit"),
    [("x.mp4", "1", 60), ("x.mp4", "2", 60), ("x.webm", "1", 60), ("x.gif", "1", 3), ("frames/", "1", 3)],
)
def test_a_full_disk_leaves_what_was_written_and_the_older_film(disk: Path, name: str, jobs: str, fit: int):
    """At least so many frames fit on it; before it is put together a GIF has lost nothing and is large."""
    words = ("-o", name, "--size", "640x360", "--fps", "25", "--jobs", jobs, "--force")
    done = run_on_disk("film", "mine.yaml", *words, size="400k", folder=disk)
    part, after = name.rstrip("/") + ".part", disk / "after"
    assert one_line(done) == f"{part}: {FULL}; what was written can be played"
    assert (after / "x.mp4").read_bytes() == OLDER
    assert (len(list((after / part).glob("*.png"))) if name == "frames/" else frames_of(after / part)) >= fit


def test_a_poster_that_finds_no_space_leaves_the_film(disk: Path):
    done = run_on_disk(*FEW, "-o", "y.mp4", "--with", "poster", size="240k", folder=disk)
    assert one_line(done) == f"y.poster.png: {FULL}; y.mp4 is finished"
    after = disk / "after"
    assert frames_of(after / "y.mp4") > 0
    assert sorted(path.name for path in after.iterdir()) == ["mine.yaml", "x.mp4", "y.mp4"]


def test_a_folder_that_cannot_be_written_is_said_before_the_first_frame(disk: Path):
    done = run_on_disk("film", "mine.yaml", "-o", "y.mp4", *SMALL, size="4m", read_only=True, folder=disk)
    assert one_line(done) == f"y.mp4: {READ_ONLY}"
    assert sorted(path.name for path in (disk / "after").iterdir()) == ["mine.yaml", "x.mp4"]
