"""A run file says at once when it is newer, changed, cut or replays to something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.timeline import run_file
from visualizer.timeline.run_file import ReplayDivergedError, RunFile, RunFileError

RUN = RunFile(
    scenario_text="title: T\nduration: 20s\ntiers:\n  a: {}\n# a comment – with signs ✓\n",
    overrides=("seed=4", "tiers.a.sync.interval=5s"),
    until_us=13_000_000,
    trace_sha256="ab" * 32,
)


def parse(text: str) -> RunFile:
    return run_file.parse(text, "x.yaml", "0.1.0")


def test_what_is_dumped_is_read_again() -> None:
    text = run_file.dump(RUN, "0.1.0")
    assert run_file.is_run_file(text)
    assert parse(text) == RUN


def test_a_scenario_is_no_run_file() -> None:
    assert not run_file.is_run_file(RUN.scenario_text)
    assert not run_file.is_run_file("")


def test_a_newer_format_names_both_versions() -> None:
    text = run_file.dump(RUN, "9.9.9").replace("run/1 ", "run/2 ", 1)
    with pytest.raises(RunFileError, match=r"^x\.yaml:1:1: .*9\.9\.9 in format 2.*0\.1\.0 with format 1"):
        parse(text)


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", "²", "9" * 5000])
def test_a_damaged_seal(version: str) -> None:
    text = run_file.dump(RUN, "0.1.0").replace("run/1 ", f"run/{version} ", 1)
    with pytest.raises(RunFileError, match=r"^x\.yaml:1:1: "):
        parse(text)


def test_every_changed_byte_is_found() -> None:
    """Wherever a character is exchanged behind the version, there is one clear line, never another error."""
    text = run_file.dump(RUN, "0.1.0")
    for place in range(text.index(" content="), len(text)):
        other = "0" if text[place] != "0" else "1"
        changed = text[:place] + other + text[place + 1 :]
        with pytest.raises(RunFileError, match=r"^x\.yaml:1:1: "):
            parse(changed)


def test_every_cut_is_found() -> None:
    text = run_file.dump(RUN, "0.1.0")
    for end in range(len(f"# {run_file.FORMAT}/"), len(text)):
        with pytest.raises(RunFileError, match=r"^x\.yaml:1:1: "):
            parse(text[:end])


@pytest.mark.parametrize(
    "facts",
    [
        "",
        "# nonsense",
        "# []",
        "# " + "[" * 100_000,
        "# {}",
        '# {"until_us": "soon", "trace_sha256": "ab", "set": []}',
        '# {"until_us": 5, "trace_sha256": 7, "set": []}',
        '# {"until_us": 5, "trace_sha256": "ab", "set": "seed=4"}',
        '# {"until_us": 5, "trace_sha256": "ab", "set": [4]}',
        '# {"until_us": -5, "trace_sha256": "ab", "set": []}',
        '# {"until_us": true, "trace_sha256": "ab", "set": []}',
    ],
)
def test_a_seal_that_fits_a_nonsensical_second_line(facts: str) -> None:
    """Somebody who makes such a file on purpose gets a clear line too."""
    body = f"{facts}\n{RUN.scenario_text}"
    text = f"# {run_file.FORMAT}/1 program=0.1.0 content={run_file._digest(body)}\n{body}"
    with pytest.raises(RunFileError, match=r"^x\.yaml:2:1: "):
        parse(text)


def test_line_ends_of_another_system_are_told_from_damage() -> None:
    """A run file is opened with universal newlines or not at all: a changed line end is a change."""
    with pytest.raises(RunFileError):
        parse(run_file.dump(RUN, "0.1.0").replace("\n", "\r\n"))


def test_a_replay_that_differs_is_told() -> None:
    run_file.demand_same_trace(RUN, RUN.trace_sha256, "x.yaml")
    with pytest.raises(ReplayDivergedError, match=r"^x\.yaml: .*cdcdcdcdcdcd.*abababababab"):
        run_file.demand_same_trace(RUN, "cd" * 32, "x.yaml")


def test_the_file_holds_neither_time_nor_place() -> None:
    assert run_file.dump(RUN, "0.1.0") == run_file.dump(replace(RUN), "0.1.0")
