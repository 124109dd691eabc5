"""Finished runs are never lost: killed at any moment, on a full disk, they are gone on with."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from film.command import Done, environment, words
from film.disks import run_on_disk
from lab.families import bytes_of, families
from study.long_job import JOB, SEEDS

from visualizer.lab.columns import Integers
from visualizer.lab.playing import play
from visualizer.lab.trials import Family
from visualizer.study import journal_rows
from visualizer.study.error import StudyError
from visualizer.study.journal import Journal, part

TESTS = Path(__file__).parents[1]
RUNS = families(20)  # six tasks
ROWS = dict[int, Integers]


@pytest.fixture(scope="module")
def rows() -> ROWS:
    """What every task gives."""
    kept: ROWS = {}
    play(RUNS, keep=kept.__setitem__)
    return kept


def stopped(path: Path, rows: ROWS, *indexes: int, runs: list[Family] = RUNS) -> Path:
    """A job that was stopped when it had finished these tasks; the path of its part."""
    journal = Journal(path, runs, resume=False, force=False)
    for index in indexes:
        journal.keep(index, rows[index])
    journal.stop()
    return journal.path


def begun_again(path: Path, *, runs: list[Family] = RUNS, resume: bool = True) -> Journal:
    journal = Journal(path, runs, resume=resume, force=False)
    journal.stop()
    return journal


def refusal(path: Path, **how: bool) -> str:
    with pytest.raises(StudyError) as error:
        Journal(path, RUNS, **{"resume": False, "force": False, **how})
    assert "\n" not in str(error.value)
    return str(error.value)


def demand_these(journal: Journal, rows: ROWS, indexes: set[int]) -> None:
    assert set(journal.done) == indexes
    assert all(np.array_equal(journal.done[index], rows[index]) for index in indexes)


def test_what_was_finished_is_there_again_and_nothing_is_left_at_the_end(tmp_path: Path, rows: ROWS):
    path = tmp_path / "x.csv"
    part_path = stopped(path, rows, 3, 0, 4)
    assert part_path.name == "x.csv.part"
    with part(path, RUNS, resume=True) as journal:
        assert journal.said == "going on with 60 of 120 runs"
        demand_these(journal, rows, {0, 3, 4})
        played: list[int] = []
        whole = play(RUNS, done=journal.done, keep=lambda index, found: played.append(index))
    assert played == [1, 2, 5]
    assert bytes_of(whole) == bytes_of(play(RUNS))
    assert list(tmp_path.iterdir()) == []


def test_a_part_is_plain_csv_that_says_what_it_is(tmp_path: Path, rows: ROWS):
    *about, names, first = stopped(tmp_path / "x.csv", rows, 1).read_text().splitlines()[:5]
    assert all(line.startswith("# ") for line in about)
    assert "--resume" in about[0]
    assert names.startswith("task,seed,strike_us,")
    assert first.startswith("1,1,")
    assert len(first.split(",")) == len(names.split(","))


def test_cut_anywhere_it_has_every_task_that_was_whole(tmp_path: Path, rows: ROWS):
    """As kill -9 cuts it, or a machine that loses power."""
    path = tmp_path / "x.csv"
    part_path = stopped(path, rows, 0, 2, 1)
    content = part_path.read_bytes()
    begin = len(journal_rows.head(RUNS))
    ends = [begin]
    for index in (0, 2, 1):
        ends.append(ends[-1] + len(journal_rows.lines(index, rows[index])))
    assert ends[-1] == len(content)
    places = {begin + 1, *ends[1:], *(end - 1 for end in ends[1:]), *(end + 7 for end in ends[1:-1])}
    places |= set(random.Random(7).sample(range(begin, len(content)), 40))
    for place in sorted(places):
        part_path.write_bytes(content[:place])
        journal = begun_again(path)
        whole = sum(end <= place for end in ends[1:])
        demand_these(journal, rows, set((0, 2, 1)[:whole]))
        if whole:
            assert part_path.read_bytes() == content[: ends[whole]]
        else:
            assert not part_path.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: b"\0" * len(line[:-1]) + b"\n",
        lambda line: b"99" + line[1:],
        lambda line: line.replace(b",1,", b",2,", 1),
        lambda line: line[:-1] + b",7\n",
        lambda line: b"mine\n" + line,
    ],
    ids=["zeros", "no such task", "another seed", "too many columns", "a line of mine"],
)
def test_behind_a_line_that_is_not_its_own_nothing_counts(tmp_path: Path, rows: ROWS, damage):
    path = tmp_path / "x.csv"
    part_path = stopped(path, rows, 0, 1, 2)
    content = part_path.read_bytes()
    line = next(line for line in content.splitlines(keepends=True) if line.startswith(b"1,1,"))
    part_path.write_bytes(content.replace(line, damage(line)))
    demand_these(begun_again(path), rows, {0})


def test_nothing_to_go_on_with_is_said(tmp_path: Path):
    path = tmp_path / "x.csv"
    assert begun_again(path).said == f"{path}.part: there is nothing to go on with; this is the beginning"
    assert begun_again(path, resume=False).said is None


def test_another_question_is_not_mixed_in(tmp_path: Path, rows: ROWS):
    path = tmp_path / "x.csv"
    part_path = stopped(path, rows, 0, runs=[replace(RUNS[0], seeds=range(2, 22)), *RUNS[1:]])
    content = part_path.read_bytes()
    assert refusal(path, resume=True) == (
        f"{part_path}: has the runs of another job; "
        "say again what was said then, or begin anew: --force without --resume"
    )
    assert part_path.read_bytes() == content


def test_another_program_is_not_mixed_in(tmp_path: Path, rows: ROWS, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "x.csv"
    with monkeypatch.context() as patch:
        patch.setattr(journal_rows, "program", lambda: "0.0.9 (0123456789abcdef)")
        stopped(path, rows, 0)
    assert "was begun by failover-visualizer 0.0.9 (0123456789abcdef)" in refusal(path, resume=True)


@pytest.mark.parametrize("content", [b"mine\n", b"\xff\xfe\0\0", b"a,b\n1,2\n"])
def test_what_is_not_ours_is_not_touched(tmp_path: Path, content: bytes):
    path = tmp_path / "x.csv"
    (tmp_path / "x.csv.part").write_bytes(content)
    assert "holds something else" in refusal(path, resume=True)
    assert "--force" in refusal(path)
    assert (tmp_path / "x.csv.part").read_bytes() == content


def test_finished_runs_are_only_written_over_when_that_is_asked_for(tmp_path: Path, rows: ROWS):
    path = tmp_path / "x.csv"
    part_path = stopped(path, rows, 0, 1)
    assert refusal(path) == (
        f"{part_path}: has finished runs of a job that was stopped; "
        "go on with them: --resume, or begin anew: --force"
    )
    with part(path, RUNS, force=True) as journal:
        assert (journal.done, journal.said) == ({}, None)
    assert not part_path.exists()


def test_ctrl_c_leaves_what_is_finished_and_nothing_when_nothing_is(tmp_path: Path, rows: ROWS):
    def until_ctrl_c(finished: int) -> None:
        with part(tmp_path / "x.csv", RUNS) as journal:
            for index in range(finished):
                journal.keep(index, rows[index])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        until_ctrl_c(0)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt):
        until_ctrl_c(2)
    demand_these(begun_again(tmp_path / "x.csv"), rows, {0, 1})


def test_two_jobs_to_one_name_do_not_mix(tmp_path: Path, rows: ROWS):
    path = tmp_path / "x.csv"
    with part(path, RUNS) as first:
        first.keep(0, rows[0])
        for how in ({}, {"resume": True}, {"force": True}):
            assert refusal(path, **how) == (
                f"{first.path}: another run is writing it; wait for it or choose another name"
            )
        first.keep(1, rows[1])
        assert first.path.read_bytes().count(b"\n") == 4 + 20 + 20
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    path = tmp_path / "no" / "x.csv"
    assert refusal(path) == f"{path}: there is no folder {path.parent}; make it first"


def test_the_same_runs_have_the_same_head_in_every_process():
    code = (
        "from lab.families import families\n"
        "from visualizer.study.journal_rows import head\n"
        "print(head(families(20)))"
    )
    heads = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=environment(PYTHONPATH=str(TESTS), PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }
    assert heads == {repr(journal_rows.head(RUNS))}


# --- as a command -----------------------------------------------------------------------------------------


def job(folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words("x.bin", *more, module="study.long_job"),
        cwd=folder,
        env=environment(PYTHONPATH=str(TESTS)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a group of processes")
@pytest.mark.parametrize("more", [(), ("two",)], ids=["one process", "two more"])
def test_ctrl_c_keeps_what_is_finished_and_it_is_gone_on_with_elsewhere(
    tmp_path: Path, more: tuple[str, ...]
):
    at_work = job(tmp_path, *more)
    assert at_work.stdout
    at_work.stdout.readline()
    os.killpg(at_work.pid, signal.SIGINT)
    _, said = at_work.communicate(timeout=60)
    stopped_at = re.fullmatch(rf"stopped; x\.bin\.part has (\d+) of {len(JOB) * SEEDS} runs\n", said)
    assert stopped_at, said
    assert at_work.returncode == 130
    assert int(stopped_at[1]) >= SEEDS
    again = job(tmp_path, "resume", "two")
    told, said = again.communicate(timeout=120)
    assert (again.returncode, said) == (0, "")
    assert int(told.removeprefix("going on with ").split()[0]) >= int(stopped_at[1])
    assert (tmp_path / "x.bin").read_bytes() == bytes_of(play(JOB))


def test_killed_again_and_again_it_comes_to_the_same_bytes(tmp_path: Path):
    total, told = len(JOB) * SEEDS, 0
    for lines in (2, 1, 3):
        at_work = job(tmp_path, "resume")
        assert at_work.stdout
        for _ in range(lines + 1):  # the first says how it begins
            line = at_work.stdout.readline()
        at_work.send_signal(signal.SIGKILL)
        at_work.communicate(timeout=60)
        now = int(line.split()[0])
        assert told < now < total
        told = now
    done = job(tmp_path, "resume")
    said, _ = done.communicate(timeout=120)
    assert done.returncode == 0
    going_on, *steps = said.splitlines()
    begun = int(going_on.removeprefix("going on with ").split()[0])
    assert begun >= told
    assert len(steps) == (total - begun) // SEEDS
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.bin"]
    assert (tmp_path / "x.bin").read_bytes() == bytes_of(play(JOB))


def test_a_full_disk_is_told_and_what_was_finished_can_be_gone_on_with(tmp_path: Path):
    done = run_on_disk("x.bin", folder=tmp_path, size="8k", module="study.long_job")
    *_, kept = done.out.splitlines()
    assert (done.code, done.err) == (
        1,
        f"x.bin.part: No space left on device; it has {kept}: make room, and go on with --resume\n",
    )
    after = tmp_path / "after"
    again = job(after, "resume")
    said, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert said.splitlines()[0] == f"going on with {kept}"
    assert (after / "x.bin").read_bytes() == bytes_of(play(JOB))


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_played(tmp_path: Path):
    done = run_on_disk("x.bin", folder=tmp_path, size="1m", read_only=True, module="study.long_job")
    assert done == Done(1, "", "x.bin: Read-only file system; choose another name\n")
