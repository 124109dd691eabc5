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


def test_a_full_disk_leaves_what_was_written_and_the_older_film(disk: Path):
    done = run_on_disk(
        "film", "mine.yaml", "-o", "x.mp4", "--size", "640x360", "--force", size="400k", folder=disk
    )
    line = one_line(done)
    assert line == f"x.mp4.part: {FULL}; what was written can be played"
    assert (disk / "after/x.mp4").read_bytes() == OLDER
    assert frames_of(disk / "after/x.mp4.part") >= 60


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
