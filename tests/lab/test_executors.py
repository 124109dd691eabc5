"""The same work in this process and in several: the same answers, whatever happens to the processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from film.command import environment
from lab.families import bytes_of, families
from lab.labour import deadly, deadly_once, slowly, squared, told_by, wrong

from visualizer.lab.executors import (
    AsManyAsPay,
    Cluster,
    Executor,
    ExecutorError,
    Here,
    Processes,
    choice,
    executor_for,
    jobs_that_pay,
    processors,
)
from visualizer.lab.playing import play
from visualizer.sim import ConservationError

MANY = range(200)
SQUARES = {number: number * number for number in MANY}


@pytest.mark.parametrize("make", [lambda: Processes(1), lambda: Processes(2), AsManyAsPay])
def test_any_number_of_processes_gives_the_same_bytes(make: type[Executor]):
    runs = families()
    with make() as executor:
        assert bytes_of(play(runs, executor)) == bytes_of(play(runs))


def test_runs_are_told_as_they_are_done_and_kept_by_their_index():
    runs = families()
    told: list[tuple[int, int]] = []
    kept = {}
    whole = play(runs, keep=kept.__setitem__, progress=lambda *at: told.append(at))
    assert told == [(done, 120) for done in (0, 20, 40, 60, 80, 100, 120)]
    half = {index: rows for index, rows in kept.items() if index % 2}
    told.clear()
    again = {}
    with Processes(2) as executor:
        rest = play(runs, executor, done=half, keep=again.__setitem__, progress=lambda *at: told.append(at))
    assert bytes_of(rest) == bytes_of(whole)
    assert sorted(again) == [0, 2, 4]
    assert told == [(done, 120) for done in (60, 80, 100, 120)]


def test_processes_stay_for_the_next_work_and_end_with_the_block():
    with Processes(2) as executor:
        first = set(dict(executor.each(told_by, MANY[:20])).values())
        second = set(dict(executor.each(told_by, MANY[:20])).values())
    assert first == second
    assert os.getpid() not in first
    for process in first:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_nothing_to_do_starts_no_process():
    with Processes(2) as executor:
        assert list(executor.each(deadly, [])) == []


def test_a_process_that_is_killed_loses_nothing(tmp_path: Path):
    tasks = [(number, str(tmp_path / "mark") if number == 60 else "") for number in MANY]
    with Processes(2) as executor:
        found = list(executor.each(deadly_once, tasks))
    assert (tmp_path / "mark").exists()
    assert dict(found) == SQUARES
    assert len(found) == len(SQUARES)


def test_processes_that_are_killed_from_outside_lose_nothing():
    killed = 0
    found = {}
    with Processes(2) as executor:
        for index, result in executor.each(slowly, MANY[:40]):
            found[index] = result
            if index in (3, 11):
                os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
                killed += 1
    assert killed == 2
    assert found == {number: SQUARES[number] for number in MANY[:40]}


def test_work_that_kills_every_process_is_given_up_in_one_line():
    found = {}
    with Processes(2) as executor:
        with pytest.raises(ExecutorError) as error:
            found.update(executor.each(deadly, MANY))
        assert dict(executor.each(squared, MANY)) == SQUARES
    assert "\n" not in str(error.value)
    assert "three times" in str(error.value)


def test_what_the_work_raises_comes_through_with_where_it_was():
    with Processes(2) as executor, pytest.raises(ConservationError) as error:
        list(executor.each(wrong, MANY))
    assert str(error.value) == "the books of number 5 do not balance"
    assert "labour.py" in error.value.__notes__[0]


def test_who_stops_asking_ends_what_is_under_way():
    with Processes(2) as executor:
        found = executor.each(time.sleep, [0.01, 600, 600])
        assert next(found) == (0, None)
        began = time.monotonic()
        found.close()
        assert dict(executor.each(squared, MANY)) == SQUARES
    assert time.monotonic() - began < 30


def test_a_script_without_a_guard_is_not_run_again_by_its_processes(tmp_path: Path):
    (tmp_path / "script.py").write_text(
        "from visualizer.lab.executors import Processes\n"
        "from lab.labour import squared\n"
        "with Processes(2) as executor:\n"
        "    print(sum(result for _, result in executor.each(squared, range(100))))\n"
    )
    done = subprocess.run(
        [sys.executable, "script.py"],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(Path(__file__).parents[1])),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (done.stdout, done.stderr) == (f"{sum(SQUARES[number] for number in range(100))}\n", "")


CTRL_C = """
from visualizer.lab.executors import Processes
import time
with Processes(2) as executor:
    for _ in executor.each(time.sleep, [0, 0, 0, 0, 600, 600]):
        print("one", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent to a group of processes")
def test_ctrl_c_ends_all_at_once_and_only_the_command_says_so(tmp_path: Path):
    command = subprocess.Popen(
        [sys.executable, "-c", CTRL_C],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert command.stdout
    for _ in range(4):
        assert command.stdout.readline() == "one\n"
    os.killpg(command.pid, signal.SIGINT)
    began = time.monotonic()
    _, said = command.communicate(timeout=60)
    assert time.monotonic() - began < 20
    assert said.count("Traceback") == 1  # of the script itself, which does not catch it
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert "leaked" not in said


def test_as_many_as_pay_starts_none_for_little_work(monkeypatch: pytest.MonkeyPatch):
    with AsManyAsPay() as executor:
        assert set(dict(executor.each(told_by, MANY[:5])).values()) == {os.getpid()}
    monkeypatch.setattr(choice, "processors", lambda: 2)
    monkeypatch.setattr(choice, "_WORTH_A_JOB_S", 0.2)
    with AsManyAsPay() as executor:
        found = dict(executor.each(told_by, MANY[:40]))
    assert sorted(found) == list(MANY[:40])
    assert found[0] == os.getpid()
    assert len(set(found.values())) > 1


def test_how_many_jobs_pay(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(choice, "processors", lambda: 4)
    assert [jobs_that_pay(work_s) for work_s in (0, 0.9, 2.5, 100)] == [1, 1, 2, 4]
    assert processors() >= 1


def test_what_is_asked_for():
    assert isinstance(executor_for(1), Here)
    assert executor_for(3).workers == 3
    assert isinstance(executor_for(), AsManyAsPay)
    assert isinstance(executor_for(2, "localhost:8786"), Cluster)
