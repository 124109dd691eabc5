"""What is installed has all that the program reads beside its modules."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from programs import cannot

ROOT = Path(__file__).resolve().parents[2]
READ = {
    "visualizer": ("py.typed", "report/templates/*.html", "report/templates/*.css"),
    "assets": ("presets/*.yaml", "themes/*.toml", "icons/*.svg", "sounds/*.toml"),
    "scenarios": ("*.yaml",),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel that was built of a copy of what is here."""
    if importlib.util.find_spec("hatchling") is None:
        cannot("hatchling is not installed (pip install '.[test]')")
    copy, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("visualizer", "assets", "scenarios"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(words, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = target.glob("*.whl")
    return set(zipfile.ZipFile(path).namelist())


@pytest.mark.parametrize("folder", READ)
def test_the_wheel_has_what_the_program_reads(wheel: set[str], folder: str):
    for pattern in READ[folder]:
        found = [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).glob(pattern)]
        assert found, pattern
        inside = {name if folder == "visualizer" else f"visualizer/{name}" for name in found}
        assert inside <= wheel, pattern


def test_the_wheel_has_every_module_and_no_test(wheel: set[str]):
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "visualizer").rglob("*.py")}
    assert modules <= wheel
    assert not [name for name in wheel if name.startswith("tests/") or name.endswith(".pyc")]
