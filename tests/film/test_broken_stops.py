"""A film that is stopped: by kill -9, by Ctrl-C, with one job or two, from a shell or a script."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from film.command import FILM, LONG_FRAMES, SHORT_FRAMES, frames_of, run, scenario
from film.terminal import Filming, filming

MAY_BE_MISSING = 60
AT_25, FRAMES_AT_25 = ("--fps", "25"), 10 * 25
LARGE = ("--size", "1280x720")
"""So that a quick machine has not finished before it is stopped."""
IGNORING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def members(session: int) -> list[int]:
    """The processes of a session that are not dead."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = stat.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        if int(its_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def demand_what_was_shown(film: Filming, part: Path, counted: int = LONG_FRAMES) -> None:
    """All that the progress bar told of can be seen, but for the last frames."""
    left = len(list(part.glob("*.png"))) if part.is_dir() else frames_of(part)
    assert left >= counted * (film.percent - 0.5) / 100 - MAY_BE_MISSING


@pytest.mark.parametrize(("percent", "jobs"), [(35, "1"), (60, "2"), (85, "1")])
def test_killed_at_any_moment_the_part_plays_and_the_older_film_is_as_it_was(
    tmp_path: Path, percent: int, jobs: str
):
    older = tmp_path / "x.mp4"
    older.write_bytes(b"an older film")
    with filming(tmp_path, *LARGE, "--force", "--jobs", jobs) as film:
        film.until(percent)
        film.process.kill()
        assert film.ended() == -signal.SIGKILL
    assert older.read_bytes() == b"an older film"
    demand_what_was_shown(film, tmp_path / "x.mp4.part")


@pytest.mark.parametrize(
    ("name", "counted"),
    [("x.webm", FRAMES_AT_25), ("frames/", FRAMES_AT_25), ("x.gif", 2 * FRAMES_AT_25)],
    ids=["x.webm", "frames", "x.gif"],
)
def test_killed_a_film_of_another_kind_leaves_as_much(tmp_path: Path, name: str, counted: int):
    """An animation counts its pictures twice: as they are drawn, and as they are put together."""
    with filming(tmp_path, "-o", name, "--size", "640x360", *AT_25) as film:
        film.until(40)
        film.process.kill()
        assert film.ended() == -signal.SIGKILL
    assert not (tmp_path / name).exists()
    demand_what_was_shown(film, tmp_path / f"{name.rstrip('/')}.part", counted)


def test_an_animation_that_is_stopped_while_it_is_put_together_has_all_its_pictures(tmp_path: Path):
    with filming(tmp_path, "-o", "x.webp", *AT_25) as film:  # the kind that takes longest
        film.until(60)
        os.killpg(film.process.pid, signal.SIGINT)
        assert film.ended() == 130
    assert not (tmp_path / "x.webp").exists()
    assert frames_of(tmp_path / "x.webp.part") == FRAMES_AT_25


def test_killed_it_can_be_made_again(tmp_path: Path):
    with filming(tmp_path) as film:
        film.until(10)
        film.process.kill()
    scenario(tmp_path)
    done = run(*FILM, folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert frames_of(tmp_path / "x.mp4") == SHORT_FRAMES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.yaml", "x.mp4"]


@pytest.mark.parametrize(
    ("jobs", "before"),
    [("1", ()), ("2", ()), ("1", (sys.executable, "-c", IGNORING))],
    ids=[
        "one job",
        "two jobs",
        "started with SIGINT ignored, as a script starts what runs in the background",
    ],
)
def test_ctrl_c_leaves_a_part_that_plays(tmp_path: Path, jobs: str, before: tuple[str, ...]):
    with filming(tmp_path, *LARGE, "--jobs", jobs, before=before) as film:
        film.until(35)
        os.killpg(film.process.pid, signal.SIGINT)
        assert film.ended() == 130
    assert "stopped by Ctrl-C; x.mp4.part can be played" in film.said()
    assert "Traceback" not in film.said()
    assert not (tmp_path / "x.mp4").exists()
    demand_what_was_shown(film, tmp_path / "x.mp4.part")


def test_when_it_is_killed_its_processes_end_too(tmp_path: Path):
    with filming(tmp_path, *LARGE, "--jobs", "2") as film:
        film.until(35)
        film.process.kill()
        film.process.wait()
        end = time.monotonic() + 20
        while alive := members(film.process.pid):
            assert time.monotonic() < end, alive
            time.sleep(0.05)
