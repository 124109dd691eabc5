"""The script of the README does what the README says, as it stands; and a type checker understands it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

from film.command import ROOT, environment
from notebook.readme_script import printed, script
from programs import cannot


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def test_the_script_prints_what_the_readme_says(tmp_path: Path):
    (tmp_path / "script.py").write_text(script())
    done = run("script.py", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == printed()
    assert (tmp_path / "strike.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "often.svg").read_text()


USER = """
from visualizer import Comparison, Loaded, Result, StrikeCurve, SweepResult
from visualizer import compare, curve, load, simulate, sweep

scenario: Loaded = load("article", set={"seed": 3}, faults=["repair:firewall.primary@15s"])
run: Result = simulate(scenario, until=12.5)
lost: int = run.lost_sessions
swept: SweepResult = sweep(scenario, {"sync.interval": "1s..5s:5", "path": ["cross"]}, seeds=range(5))
strikes: StrikeCurve = curve(scenario, "firewall")
both: Comparison = compare(scenario, "srx", names=("one", "other"))
reveal_type(strikes.run_at("3s").in_doubt)
wrong: str = run.no_service_s
"""


def checked(text: str, folder: Path, *words: str) -> list[str]:
    """What mypy says of a program of a user's."""
    if importlib.util.find_spec("mypy") is None:
        cannot("mypy is not installed (pip install '.[lint]')")
    (folder / "mine.py").write_text(text)
    cache = ("--follow-imports=silent", "--cache-dir", str(folder / "cache"))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *words, *cache, "mine.py"],
        cwd=folder, env=environment(MYPYPATH=str(ROOT)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.replace("builtins.", "").splitlines()


def test_a_type_checker_knows_the_names(tmp_path: Path):
    said = checked(USER, tmp_path, "--strict")
    assert 'mine.py:11: note: Revealed type is "int"' in said
    (error,) = (line for line in said if ": error: " in line)
    assert 'expression has type "float", variable has type "str"' in error


def test_the_script_of_the_readme_is_well_typed(tmp_path: Path):
    assert checked(script(), tmp_path)[-1] == "Success: no issues found in 1 source file"
