"""The worked example of visualizer/README.md: two files and two lines, put into a copy of the program and
run.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "visualizer" / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> dict[str, str]:
    """What stands in the fenced blocks marked `<!-- kind: path -->`, by path."""
    pattern = rf"<!-- {kind}: (\S+) -->\n```\w+\n(.*?)```"
    return dict(re.findall(pattern, README, flags=re.DOTALL))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with the example in it."""
    copy = tmp_path_factory.mktemp("extended")
    for folder in ("visualizer", "assets", "scenarios"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    files, lines = blocks("file"), blocks("line")
    assert len(files) == len(lines) == 2
    for path, text in files.items():
        assert not (copy / path).exists()
        (copy / path).write_text(text, encoding="utf-8")
    for path, text in lines.items():
        registry = (copy / path).read_text(encoding="utf-8")
        assert text.count("\n") == 1
        (copy / path).write_text(registry.replace("NAMES = (\n", f"NAMES = (\n{text}", 1), encoding="utf-8")
    return copy


def run(program: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "visualizer", "run", "article", "--json", *words]
    environment = os.environ | {"PYTHONPATH": str(program)}
    done = subprocess.run(command, cwd=program, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_new_fault(program: Path) -> None:
    """At 8 s, two seconds after the last sync: the sessions of 6.1 s to 7.9 s."""
    found = run(program, "--fault", "reboot:firewall.primary@8s")["failovers"][0]
    assert found["fault"] == "reboot"
    assert found["state_loss"]["sessions"] == 19


def test_a_new_policy(program: Path) -> None:
    """Nothing acknowledged is lost; what was done since the last checkpoint has no answer."""
    found = run(
        program,
        "--set", "tiers.firewall.sync.policy=checkpoint",
        "--set", "tiers.firewall.sync.interval=250ms",
    )  # fmt: skip
    assert found["state_loss"]["sessions"] == 0
    assert found["interruption"]["by_cause"]["hung"] == 2
