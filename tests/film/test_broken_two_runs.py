"""Two runs to one name do not mix: one makes its film, the other says why it does not."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

from film.command import FILM, LONG, environment, run, scenario, words
from film.terminal import WAIT_S, filming


def demand_only_the_film(folder: Path) -> None:
    """The film is byte for byte what it is when nobody else is at it, and nothing else is left."""
    assert sorted(path.name for path in folder.iterdir()) == ["mine.yaml", "x.mp4"]
    content = (folder / "x.mp4").read_bytes()
    alone = run(*FILM, "--force", folder=folder)
    assert alone.code == 0, alone.err
    assert (folder / "x.mp4").read_bytes() == content


def test_who_comes_later_is_told_so_and_disturbs_nothing(tmp_path: Path):
    with filming(tmp_path) as first:
        first.until(5)
        first.process.send_signal(signal.SIGSTOP)
        second = run(*FILM, "--theme", "light", "--force", folder=tmp_path)
        first.process.send_signal(signal.SIGCONT)
        assert first.ended() == 0, first.said()
    assert second.code == 1
    (line,) = second.err.splitlines()
    assert line.startswith("x.mp4.part: another run")
    demand_only_the_film(tmp_path)


def test_of_two_that_start_at_once_one_makes_its_film(tmp_path: Path):
    scenario(tmp_path, LONG)
    both = [
        subprocess.Popen(words(*FILM), cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=WAIT_S)[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 1], said
    (line,) = next(text for text, process in zip(said, both, strict=True) if process.returncode).splitlines()
    assert line.startswith(("x.mp4.part: another run", "x.mp4: exists already"))
    demand_only_the_film(tmp_path)
