"""Every scenario gives the same events and the same hash, wherever and in whatever way it is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from visualizer.cli import run_command_line
from visualizer.scenario import load, shipped_names
from visualizer.sim import advance, finish, start, trace_sha256
from visualizer.sim.event import line

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCENARIOS = {name: name for name in shipped_names()} | {
    path.stem: str(path) for path in (HERE / "worlds").glob("*.yaml")
}
PLAY_ALL = """
import sys
from visualizer.cli import run_command_line
for name in sys.argv[1:]:
    if run_command_line(["run", name, "--json"]):
        sys.exit(1)
"""


def golden(name: str) -> Path:
    return HERE / "traces" / f"{name}.txt"


def golden_hash(name: str) -> str:
    return golden(name).read_text(encoding="utf-8").split("\n", 1)[0].split()[-1]


def hashes(output: str) -> list[str]:
    """The trace hashes in JSON objects that follow each other."""
    found, decoder = [], json.JSONDecoder()
    while output := output.lstrip():
        summary, end = decoder.raw_decode(output)
        found.append(summary["trace_sha256"])
        output = output[end:]
    return found


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_events_of_a_scenario(name: str) -> None:
    setup = load(SCENARIOS[name]).setup
    state = start(setup)
    events = advance(state, setup.duration_us)
    finish(state)
    lines = [f"# trace_sha256 {trace_sha256(state)}", *(line(event, setup) for event in events)]
    found = "".join(f"{text}\n" for text in lines)
    if os.environ.get("GOLDEN") == "write":
        golden(name).write_text(found, encoding="utf-8", newline="\n")
    assert found == golden(name).read_bytes().decode(), "see tests/golden/README.md if this change is meant"


def test_no_trace_is_left_of_a_scenario_that_is_gone() -> None:
    assert {path.stem for path in (HERE / "traces").iterdir()} == set(SCENARIOS)


@pytest.mark.parametrize("tick", ["2ms", "50ms"])
@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_another_tick(name: str, tick: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command_line(["run", SCENARIOS[name], "--json", "--set", f"tick={tick}"]) == 0
    assert hashes(capsys.readouterr().out) == [golden_hash(name)]


@pytest.mark.parametrize("tick", ["1ms", "10ms", "50ms"])
def test_the_command_as_people_type_it(tick: str) -> None:
    output = subprocess.run(
        [sys.executable, "-m", "visualizer", "run", "article", "--json", "--set", f"tick={tick}"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    assert hashes(output) == [golden_hash("article")]


@pytest.mark.parametrize(
    ("hash_seed", "elsewhere"),
    [
        ("0", {"TZ": "UTC", "LC_ALL": "C"}),
        ("1", {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}),
        ("2", {"TZ": "America/St_Johns", "PYTHONOPTIMIZE": "2"}),
        ("3", {"TZ": "Europe/Dublin", "PYTHONUTF8": "0"}),
    ],
)
def test_another_process_elsewhere(hash_seed: str, elsewhere: dict[str, str], tmp_path: Path) -> None:
    """Other hash seeds, time zones, languages, working directories, and without `assert`."""
    names = sorted(SCENARIOS)
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)} | elsewhere
    output = subprocess.run(
        [sys.executable, "-c", PLAY_ALL, *(SCENARIOS[name] for name in names)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip
    assert hashes(output) == [golden_hash(name) for name in names]
