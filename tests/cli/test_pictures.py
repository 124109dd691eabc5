"""`shot`: pictures without a display, the same bytes every time."""

import hashlib
import struct

import av
import pytest

from visualizer.cli import run_command_line


@pytest.fixture(autouse=True)
def no_display(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)


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
    assert run_command_line(["film", short, "--speed", "1", "--fps", "5", *common, str(film)]) == 0
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


def test_no_display(capsys):
    assert run_command_line(["play", "article"]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert run_command_line(["article"]) == 0
    out, err = capsys.readouterr()
    assert "headless" in err
    assert len(err.splitlines()) == 1
    assert "19" in out
