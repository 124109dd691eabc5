"""A real Dask cluster for a test: a scheduler and workers, each a process, at a free port of this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from film.command import environment

TESTS = Path(__file__).parents[1]
WAIT_S = 60
_TOOLS = "distributed.cli.dask_"


@dataclass
class ACluster:
    """`address`: of the scheduler. Each worker works at `threads` tasks at a time."""

    folder: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    def another_worker(self, pythonpath: Path = TESTS, threads: int = 1) -> None:
        """One more; `pythonpath` comes before the program's own."""
        self.workers.append(
            _started(
                "worker",
                self.address,
                *("--no-nanny", "--nthreads", str(threads), "--memory-limit", "0", "--no-dashboard"),
                *("--local-directory", str(self.folder)),
                log=self.folder / f"worker-{len(self.workers)}.log",
                pythonpath=pythonpath,
            )
        )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[ACluster]:
    """It ends with the block, whatever happens. It gives up work that ended two workers."""
    pytest.importorskip("distributed", reason="Dask is not installed (pip install '.[dask]')")
    told = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    scheduler = _started("scheduler", *words, log=folder / "scheduler.log")
    here = ACluster(folder, "", scheduler, [])
    try:
        here.address = _address(told, scheduler)
        for _ in range(workers):
            here.another_worker()
        yield here
    finally:
        for process in (*here.workers, scheduler):
            process.kill()
            process.wait()


def _started(tool: str, *words: str, log: Path, pythonpath: Path = TESTS) -> subprocess.Popen[bytes]:
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", _TOOLS + tool, *words],
            env=environment(PYTHONPATH=str(pythonpath), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1"),
            cwd=log.parent,  # `python -m` looks where it is before it looks in PYTHONPATH
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
        )


def _address(told: Path, scheduler: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + WAIT_S
    while True:
        if told.exists() and (text := told.read_text()):
            address: str = json.loads(text)["address"]
            return address
        assert scheduler.poll() is None, (told.parent / "scheduler.log").read_text()
        assert time.monotonic() < end, "the scheduler does not start"
        time.sleep(0.05)
