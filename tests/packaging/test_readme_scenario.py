"""From an empty file to a film: what the README writes down in ten lines works the first time."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from film.command import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
PROGRAM = ".venv/bin/failover-visualizer "


def block(mark: str) -> str:
    (found,) = re.findall(rf"<!-- {mark}: mine.yaml -->\n```\w+\n(.*?)```\n", README, re.DOTALL)
    return found


def test_ten_lines_are_checked_run_and_filmed(tmp_path: Path):
    text = block("file")
    assert len(text.splitlines()) == 10
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    lines = block("commands").splitlines()
    assert all(line.startswith(PROGRAM) for line in lines)
    commands = [shlex.split(line.removeprefix(PROGRAM)) for line in lines]
    assert [command[0] for command in commands] == ["check", "run", "mine.yaml", "film"]
    for command in commands:
        small = ("--size", "320x180", "--fps", "5") if command[0] == "film" else ()
        done = run(*command, *small, folder=tmp_path)
        assert done.code == 0, done.err
        if command[0] == "check":
            assert done.out == "mine.yaml: ok\n"
    assert (tmp_path / "mine.mp4").stat().st_size > 10_000
