"""What is there already is only replaced when that was asked for, and before the first frame is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.command import FILM, SHORT_FRAMES, SMALL, frames_of, run, scenario

MINE = b"mine"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scenario(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["x.mp4", "x.chapters.txt"])
def test_what_is_there_is_kept(folder: Path, name: str):
    """A film of 4K and hours would be refused as fast: nothing is drawn before all names are free."""
    (folder / name).write_bytes(MINE)
    done = run("film", "mine.yaml", "-o", "x.mp4", *SMALL, "--with", "all", folder=folder)
    assert done.code == 1
    assert done.err == f"{name}: exists already; give --force to overwrite it\n"
    assert (folder / name).read_bytes() == MINE
    assert sorted(path.name for path in folder.iterdir()) == sorted(["mine.yaml", name])


def test_force_replaces_it(folder: Path):
    (folder / "x.mp4").write_bytes(MINE)
    done = run(*FILM, "--force", folder=folder)
    assert (done.code, done.err) == (0, "")
    assert frames_of(folder / "x.mp4") == SHORT_FRAMES


def test_a_folder_of_that_name_is_never_replaced(folder: Path):
    (folder / "x.mp4").mkdir()
    (folder / "x.mp4" / "mine").write_bytes(MINE)
    done = run(*FILM, "--force", folder=folder)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert line.startswith("x.mp4: ")
    assert (folder / "x.mp4" / "mine").read_bytes() == MINE


@pytest.mark.parametrize("name", [".", "films"])
def test_a_folder_with_other_things_is_no_place_for_frames(folder: Path, name: str):
    (folder / "films").mkdir()
    (folder / "films" / "mine").write_bytes(MINE)
    done = run("film", "mine.yaml", "-o", name, *SMALL, "--force", folder=folder)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "folder" in line
    assert sorted(path.name for path in folder.iterdir()) == ["films", "mine.yaml"]
    assert [path.name for path in (folder / "films").iterdir()] == ["mine"]


def test_a_folder_that_is_not_there_is_not_made(folder: Path):
    done = run("film", "mine.yaml", "-o", "films/x.mp4", *SMALL, folder=folder)
    assert done.code == 1
    assert done.err == "films/x.mp4: there is no folder films; make it first\n"
    assert [path.name for path in folder.iterdir()] == ["mine.yaml"]
