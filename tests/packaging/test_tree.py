"""What may stand in the repository: a fixed top level, and nothing that only holds on somebody's machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "visualizer", "assets", "scenarios", "tests"}
# Put together from pieces, so that this file does not find itself.
MACHINE_FOLDERS = ("home", "Users", "root", "work", "workspace", "tmp/dev")
_START = rb"(?<![\w.\-/])(?:[A-Za-z]:)?[/\\]"
MACHINE_PATH = re.compile(_START + rb"(?:%s)[/\\]\w" % "|".join(MACHINE_FOLDERS).encode())


@pytest.fixture(scope="module")
def committed() -> list[Path]:
    """Every file that is committed, or would be by `git add .`."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    names = [name for name in listing.stdout.decode().split("\0") if name]
    return [Path(name) for name in names if (ROOT / name).is_file()]


def test_the_top_level_holds_only_what_belongs_there(committed: list[Path]) -> None:
    tops = {path.parts[0] for path in committed}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL
    assert {"pyproject.toml", "README.md", "LICENSE", "visualizer", "tests"} <= tops


def test_the_machine_path_pattern_tells_machine_paths_from_others() -> None:
    folders = ("home/ada/x", "Users/ada", "work/main", "tmp/dev/bin")
    assert all(MACHINE_PATH.search(f'open("/{folder}")'.encode()) for folder in folders)
    assert MACHINE_PATH.search(rb"C:" + rb"\Users" + rb"\ada")
    harmless = (b"usr/home/x", b"network/work/x", b"a/work/b", b"/usr/bin/env", b"https://x.org/home/y")
    assert not any(MACHINE_PATH.search(text) for text in harmless)


def test_no_file_names_a_folder_of_somebodys_machine(committed: list[Path]) -> None:
    texts = ((path, (ROOT / path).read_bytes()) for path in committed)
    found = [(str(path), match.group()) for path, text in texts if (match := MACHINE_PATH.search(text))]
    assert found == []


def test_no_committed_file_is_larger_than_a_mebibyte(committed: list[Path]) -> None:
    assert [str(path) for path in committed if (ROOT / path).stat().st_size > 1024 * 1024] == []
