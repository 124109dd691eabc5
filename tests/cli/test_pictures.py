"""`shot` and `film`: pictures without a display, the same bytes every time."""

import hashlib
import struct
from pathlib import Path

import av
import numpy as np
import pytest

from visualizer.cli import run_command_line
from visualizer.film import FilmSpec, Pictures, ReelSpec, film
from visualizer.opening import open_scenario


@pytest.fixture(autouse=True)
def no_display(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.fixture
def short(tmp_path: Path) -> str:
    path = tmp_path / "short.yaml"
    path.write_text(
        "title: Short\ndescription: A second.\nduration: 1s\ntraffic: {rate: 50/s}\n"
        "tiers: {firewall: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}}\n"
        "events:\n  - {at: 500ms, fault: lightning, target: firewall.primary}\n"
    )
    return str(path)


def test_shot_has_the_size_asked_for(tmp_path):
    target = tmp_path / "x.png"
    assert run_command_line(["shot", "article", "--at", "11.2s", "-o", str(target), "--size", "960x540"]) == 0
    assert struct.unpack(">II", target.read_bytes()[16:24]) == (960, 540)


def test_shot_differs_by_instant_theme_and_fault(tmp_path):
    digests = set()
    for number, extra in enumerate(
        (
            ["--at", "5s"],
            ["--at", "12s"],
            ["--at", "5s", "--theme", "light"],
            ["--at", "5s", "--fault", "host:firewall.primary@4s"],
        )
    ):
        target = tmp_path / f"{number}.png"
        assert run_command_line(["shot", "article", "-o", str(target), "--size", "960x540", *extra]) == 0
        digests.add(hashlib.sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 4


def test_designs_side_by_side_are_drawn_and_filmed(tmp_path, short):
    common = ["--compare", "copying", "--size", "640x360", "-o"]
    one, other, film = tmp_path / "one.png", tmp_path / "other.png", tmp_path / "short.mp4"
    assert run_command_line(["shot", short, "--at", "600ms", *common, str(one)]) == 0
    assert run_command_line(["shot", short, "--at", "600ms", *common, str(other)]) == 0
    assert one.read_bytes() == other.read_bytes()
    assert run_command_line(["film", short, "--fps", "5", *common, str(film)]) == 0
    with av.open(str(film)) as video:
        assert sum(1 for _ in video.decode(video=0)) == 5


def test_what_cannot_be_compared_is_said_on_the_error_stream(tmp_path, capsys):
    target = tmp_path / "x.png"
    words = ["shot", "article", "--compare", "paths", "--size", "640x360", "-o", str(target)]
    assert run_command_line(words) == 0
    assert capsys.readouterr().err == (
        "Not with this scenario: it has one tier, and paths need two. This is parallel.\n"
    )
    assert target.exists()


def test_an_unknown_comparison_is_a_wrong_command_line(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        run_command_line(["shot", "article", "--compare", "colours", "-o", str(tmp_path / "x.png")])
    assert ended.value.code == 2
    assert "paths" in capsys.readouterr().err


def test_shot_without_an_instant_takes_the_one_that_tells_most(tmp_path):
    named, unnamed = tmp_path / "named.png", tmp_path / "unnamed.png"
    common = ["shot", "article", "--size", "640x360", "-o"]
    assert run_command_line([*common, str(unnamed)]) == 0
    assert run_command_line([*common, str(named), "--at", "11.6s"]) == 0
    assert unnamed.read_bytes() == named.read_bytes()


def test_shot_does_not_overwrite_unasked(tmp_path, capsys):
    target = tmp_path / "x.png"
    target.write_text("mine")
    arguments = ["shot", "article", "--at", "1s", "-o", str(target), "--size", "960x540"]
    assert run_command_line(arguments) == 1
    assert target.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run_command_line([*arguments, "--force"]) == 0
    assert target.read_bytes().startswith(b"\x89PNG")


def test_film_has_its_frames_and_the_same_bytes_twice(short, tmp_path):
    films = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for target in films:
        arguments = ["film", short, "-o", str(target), "--size", "640x360", "--fps", "10"]
        assert run_command_line(arguments) == 0
    assert films[0].read_bytes() == films[1].read_bytes()
    with av.open(str(films[0])) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 640, 360)
        assert stream.codec_context.colorspace == 1  # BT.709
    assert len(frames) == 10
    assert not np.array_equal(frames[4], frames[5])


def test_film_refuses_before_it_begins(tmp_path, short, capsys):
    there = tmp_path / "there.mp4"
    there.write_text("mine")
    cases = [
        (["-o", str(there)], "--force"),
        (["-o", str(tmp_path / "odd.mp4"), "--size", "641x360"], "even"),
        (["-o", str(tmp_path / "no" / "folder.mp4")], "folder"),
    ]
    for extra, word in cases:
        assert run_command_line(["film", short, *extra]) == 1
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert word in err
    assert there.read_text() == "mine"


def test_stopped_film_leaves_a_part_that_plays(short, tmp_path):
    target = tmp_path / "stopped.mp4"

    def stop(done: int, total: int) -> None:
        if done == 20:
            raise KeyboardInterrupt

    reel = ReelSpec((open_scenario(short),), speed=1000)
    with pytest.raises(KeyboardInterrupt):
        film(Pictures(FilmSpec((reel,), (320, 180), 60, "night")), target, force=False, progress=stop)
    assert not target.exists()
    with av.open(str(tmp_path / "stopped.mp4.part")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 20


def test_no_display(capsys):
    assert run_command_line(["play", "article"]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run_command_line(["article"]) == 0
    out, err = capsys.readouterr()
    assert "headless" in err
    assert len(err.splitlines()) == 1
    assert "19" in out
