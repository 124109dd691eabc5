"""What a film is made as: a part that one run holds, that plays whatever happens; the whole at the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.ready import Dying, Ready, decoded, made, painted, psnr_db

from visualizer.film.video import FilmError

EVERY_KIND = ["x.mp4", "x.webm", "x.gif"]


def stop_at(number: int):
    def progress(done: int, total: int) -> None:
        assert total >= Ready.count
        if done == number:
            raise KeyboardInterrupt

    return progress


@pytest.mark.parametrize("name", EVERY_KIND)
def test_ctrl_c_leaves_what_was_written(tmp_path: Path, name: str):
    target = tmp_path / name
    with pytest.raises(KeyboardInterrupt):
        made(target, fps=25, progress=stop_at(20))
    assert [entry.name for entry in tmp_path.iterdir()] == [f"{name}.part"]
    pictures = decoded(tmp_path / f"{name}.part")
    assert len(pictures) == 20
    assert min(psnr_db(picture, painted(number)) for number, picture in enumerate(pictures)) > 34


def test_ctrl_c_leaves_the_frames_that_were_written(tmp_path: Path):
    (tmp_path / "frames").mkdir()
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "frames", progress=stop_at(20))
    assert not list((tmp_path / "frames").iterdir())
    kept = sorted(entry.name for entry in (tmp_path / "frames.part").glob("*.png"))
    assert kept == [f"frame-{number:06d}.png" for number in range(20)]


@pytest.mark.parametrize("name", ["x.mp4", "frames"])
def test_the_next_run_writes_over_what_a_stopped_one_left(tmp_path: Path, name: str):
    kind = {"frames": made(tmp_path / "other.mp4")}  # so that something stands beside it
    if name == "frames":
        (tmp_path / name).mkdir()
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / name, progress=stop_at(65))
    made(tmp_path / name)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted([name, "other.mp4"])
    assert kind["frames"].exists()


@pytest.mark.parametrize("name", ["x.mp4", "frames"])
def test_a_second_run_to_the_same_name_is_refused_while_the_first_goes_on(tmp_path: Path, name: str):
    if name == "frames":
        (tmp_path / name).mkdir()
    refused: list[str] = []

    def progress(done: int, total: int) -> None:
        if done == 30:
            with pytest.raises(FilmError) as error:
                made(tmp_path / name, force=True)
            refused.append(str(error.value))

    film = made(tmp_path / name, progress=progress)
    (line,) = refused
    assert "another run is writing it" in line
    if name == "x.mp4":
        assert len(decoded(film)) == Ready.count


def test_a_film_that_is_there_is_only_replaced_when_that_is_asked_for(tmp_path: Path):
    target = tmp_path / "x.mp4"
    target.write_text("mine")
    with pytest.raises(FilmError, match="--force"):
        made(target)
    assert target.read_text() == "mine"
    assert len(decoded(made(target, force=True))) == Ready.count


def test_a_film_that_somebody_makes_meanwhile_stays(tmp_path: Path):
    target = tmp_path / "x.mp4"

    def progress(done: int, total: int) -> None:
        if done == total:
            target.write_text("mine")

    with pytest.raises(FilmError, match="--force"):
        made(target, progress=progress)
    assert target.read_text() == "mine"
    assert len(decoded(tmp_path / "x.mp4.part")) == Ready.count
    assert not (tmp_path / "x.mp4.whole.part").exists()


def test_a_folder_is_only_replaced_when_it_holds_nothing_but_frames(tmp_path: Path):
    folder = tmp_path / "frames"
    folder.mkdir()
    made(folder)
    with pytest.raises(FilmError, match="holds frames already; give --force"):
        made(folder)
    (folder / "frame-000099.png").write_bytes(b"old")
    made(folder, force=True)
    assert len(list(folder.iterdir())) == Ready.count
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(FilmError, match="holds other files"):
        made(folder, force=True)
    assert (folder / "notes.txt").read_text() == "mine"
    assert [entry.name for entry in tmp_path.iterdir()] == ["frames"]


@pytest.mark.parametrize("name", ["no/x.mp4", "no/frames/"])
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, name: str):
    from visualizer.film.formats import format_of

    with pytest.raises(FilmError, match=r"there is no folder .*no; make it first"):
        made(tmp_path / name, format=format_of(name))


def test_a_full_disk_is_quoted_and_the_part_plays(tmp_path: Path):
    """The limit on the size of a file stands for the disk: it is refused in the same place."""
    resource = pytest.importorskip("resource", reason="no such limit on this system")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, hard))
    try:
        with pytest.raises(FilmError) as error:
            made(tmp_path / "x.mp4")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert str(error.value) == f"{tmp_path}/x.mp4.part: File too large; what was written can be played"
    assert 0 < len(decoded(tmp_path / "x.mp4.part")) < Ready.count
    assert not (tmp_path / "x.mp4").exists()


def test_an_error_while_painting_comes_through_and_the_part_plays(tmp_path: Path):
    class Broken(Ready):
        def paint(self, number, surface):
            if number == 64:
                raise ZeroDivisionError("a fault of the pictures")
            super().paint(number, surface)

    with pytest.raises(ZeroDivisionError):
        made(tmp_path / "x.mp4", pictures=Broken)
    assert len(decoded(tmp_path / "x.mp4.part")) >= 30


def test_a_process_that_dies_is_told_in_a_line(tmp_path: Path):
    with pytest.raises(FilmError, match="was ended from outside"):
        made(tmp_path / "x.mp4", pictures=Dying, jobs=2)
    assert not (tmp_path / "x.mp4").exists()


def test_a_film_of_nothing(tmp_path: Path):
    class Empty(Ready):
        count = 0

    with pytest.raises(FilmError, match="nothing to film"):
        made(tmp_path / "x.mp4", pictures=Empty)
