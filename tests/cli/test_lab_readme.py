"""What the README says of many runs can be typed as it stands."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from visualizer.cli import run_command_line

README = Path(__file__).resolve().parents[2] / "README.md"
PROGRAM = ".venv/bin/failover-visualizer "


def commands() -> list[str]:
    """Each line of the section's code blocks."""
    section = README.read_text(encoding="utf-8").partition("## Many runs\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^```sh\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_the_section_has_the_commands():
    assert {line.split()[1] for line in commands()} == {"sweep", "compare", "curve"}


@pytest.mark.parametrize("line", commands())
def test_each_command_runs_and_writes_its_files(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line.removeprefix(PROGRAM))
    fewer = [] if words[0] == "curve" else ["--seeds", "4", "--jobs", "1"]  # the last one said counts
    assert run_command_line([*words, *fewer]) == 0
    asked = [word for before, word in pairwise(words) if before == "-o"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(asked)
    assert all(path.stat().st_size > 500 for path in tmp_path.iterdir())


def test_each_way_of_varying_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    text = README.read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| values of a parameter \| (.*) \|$", text, flags=re.MULTILINE)
    said = [word.removeprefix("--vary ") for word in re.findall(r"`(.*?)`", row)]
    assert len(said) == 5
    monkeypatch.chdir(tmp_path)
    for one in said:
        assert run_command_line(["sweep", "article", "--vary", one, "--seeds", "2", "--jobs", "1"]) == 0, one
