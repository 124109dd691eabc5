"""A Dask cluster gives the same bytes as this process, and says in a line what is wrong with it."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from lab.cluster import ACluster, cluster
from lab.families import bytes_of, families
from lab.labour import deadly, slowly, squared, wrong

from visualizer.lab.executors import Cluster, ExecutorError
from visualizer.lab.executors import cluster as executors_cluster
from visualizer.lab.playing import play
from visualizer.sim import ConservationError

MANY = range(60)
SQUARES = {number: number * number for number in MANY}


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ACluster]:
    with cluster(tmp_path_factory.mktemp("cluster"), workers=1) as here:
        here.another_worker(threads=2)
        yield here


def line_of(error: pytest.ExceptionInfo[ExecutorError]) -> str:
    assert "\n" not in str(error.value)
    return str(error.value)


def test_two_workers_give_the_bytes_of_one_process(two_workers: ACluster):
    runs = families()
    with Cluster(two_workers.address) as executor:
        assert bytes_of(play(runs, executor)) == bytes_of(play(runs))
        wait_for(executor, 3)
        assert bytes_of(play(runs, executor)) == bytes_of(play(runs))
        with pytest.raises(ConservationError, match="the books of number 5"):
            list(executor.each(wrong, MANY))
        assert dict(executor.each(squared, MANY)) == SQUARES


def test_workers_with_another_program_are_refused(two_workers: ACluster, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(executors_cluster, "program", lambda: "0.0.9 (0123456789abcdef)")
    with Cluster(two_workers.address) as executor, pytest.raises(ExecutorError) as error:
        list(executor.each(squared, MANY))
    assert "another program" in line_of(error)
    assert "0.0.9" in line_of(error)


def test_a_worker_that_is_killed_loses_nothing_and_one_that_comes_helps(tmp_path: Path):
    found = {}
    with cluster(tmp_path, workers=2) as here, Cluster(here.address) as executor:
        wait_for(executor, 2)
        for index, result in executor.each(slowly, MANY):
            assert index not in found
            found[index] = result
            if len(found) == 5:
                here.workers[0].send_signal(signal.SIGKILL)
            if len(found) == 20:
                here.another_worker()
        assert found == SQUARES
        wait_for(executor, 2)


def test_work_that_kills_every_worker_is_given_up_in_one_line(tmp_path: Path):
    with cluster(tmp_path, workers=2) as here, Cluster(here.address) as executor:
        wait_for(executor, 2)
        with pytest.raises(ExecutorError) as error:
            list(executor.each(deadly, range(5, 6)))
    assert "the same runs ended 2 workers" in line_of(error)


def test_a_scheduler_that_goes_away_is_told_at_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    found = {}
    with cluster(tmp_path, workers=1) as here, Cluster(here.address) as executor:

        def until_it_dies() -> None:
            for index, result in executor.each(slowly, MANY):
                found[index] = result
                if len(found) == 3:
                    here.scheduler.kill()

        with pytest.raises(ExecutorError) as error:
            until_it_dies()
    assert line_of(error) == f"{here.address}: the scheduler has gone away"
    assert 3 <= len(found) < len(MANY)
    assert capfd.readouterr().err == ""


def test_a_worker_without_the_program_says_so(tmp_path: Path):
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "visualizer.py").write_text("raise ModuleNotFoundError(name='visualizer')\n")
    with cluster(tmp_path, workers=0) as here, Cluster(here.address) as executor:
        here.another_worker(lacking)
        with pytest.raises(ExecutorError) as error:
            play(families(), executor)
    assert line_of(error).endswith("a worker lacks visualizer; install failover-visualizer where it runs")


def test_a_cluster_without_workers_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(executors_cluster, "_NOBODY_S", 1.5)
    with cluster(tmp_path, workers=0) as here, Cluster(here.address) as executor:  # noqa: SIM117
        with pytest.raises(ExecutorError) as error:
            list(executor.each(squared, MANY))
    assert f"has no workers; start some: dask worker {here.address}" in line_of(error)


@pytest.mark.parametrize(
    "text", ["", "nonsense", "localhost", "localhost:abc", "localhost:99999", "http://localhost:1", "a b:1"]
)
def test_what_is_no_address_is_told_in_one_line(text: str):
    with pytest.raises(ExecutorError) as error, Cluster(text):
        pass
    assert line_of(error).startswith(f"{text!r} is no address of a scheduler; give one such as tcp://")


@pytest.mark.parametrize("address", ["127.0.0.1:{}", "tcp://127.0.0.1:{}", "tls://127.0.0.1:{}"])
def test_where_nobody_listens_is_told_at_once(address: str):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        told = address.format(free.getsockname()[1])
    with pytest.raises(ExecutorError) as error, Cluster(told):
        pass
    assert line_of(error).startswith(f"{told}: no scheduler can be reached there: Connection refused")


def test_who_listens_but_is_no_scheduler_is_told_so(monkeypatch: pytest.MonkeyPatch):
    """One says nothing, as a web server does; the other speaks first, as a mail server does."""
    monkeypatch.setattr(executors_cluster, "_CONNECT_S", 0.5)
    for greeting in (b"", b"220 mail.example ESMTP\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=greet, args=(server, greeting), daemon=True).start()
            with pytest.raises(ExecutorError) as error, Cluster(f"127.0.0.1:{server.getsockname()[1]}"):
                pass
            assert "what listens there is no Dask scheduler" in line_of(error)


def test_without_dask_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError) as error, Cluster("localhost:8786"):
        pass
    assert line_of(error) == "--scheduler needs dask: pip install 'failover-visualizer[dask]'"


def greet(server: socket.socket, greeting: bytes) -> None:
    there, _ = server.accept()
    with there:
        there.sendall(greeting)
        with suppress(ConnectionError):
            there.recv(1)


def wait_for(executor: Cluster, workers: int) -> None:
    end = time.monotonic() + 60
    while executor.workers < workers:
        assert time.monotonic() < end, f"{executor.workers} workers"
        time.sleep(0.2)
