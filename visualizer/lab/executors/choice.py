"""Which executor: what somebody asked for, else as many processes as pay."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Generator, Sequence
from typing import Self

from visualizer.lab.executors.cluster import Cluster
from visualizer.lab.executors.executor import Done, Executor, Task
from visualizer.lab.executors.here import Here
from visualizer.lab.executors.processes import Processes

_WORTH_A_JOB_S = 1.0
"""A process takes about 0.4 s to start, and keeps a processor busy with it: less work is not worth one."""
_LOOK_S = 0.2


def executor_for(jobs: int | None = None, scheduler: str | None = None) -> Executor:
    """What `--jobs` and `--scheduler` ask for; neither: as many processes as pay."""
    if scheduler is not None:
        return Cluster(scheduler)
    if jobs is None:
        return AsManyAsPay()
    return Here() if jobs == 1 else Processes(jobs)


def processors() -> int:
    """Those that this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_that_pay(work_s: float) -> int:
    """How many processes do so much work soonest."""
    return max(1, min(processors(), int(work_s / _WORTH_A_JOB_S)))


class AsManyAsPay:
    """Begins in this process, and goes on in several when the first tasks show that there is enough to do."""

    def __init__(self) -> None:
        self.workers = processors()
        self._processes = Processes(self.workers)

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Generator[tuple[int, Done]]:
        """In order first, then as they are done."""
        done, spent_s = 0, 0.0
        while done < len(tasks) and spent_s < _LOOK_S:
            begun = time.perf_counter()
            result = work(tasks[done])
            spent_s += time.perf_counter() - begun
            yield done, result
            done += 1
        rest = tasks[done:]
        jobs = jobs_that_pay(len(rest) * spent_s / max(done, 1))
        self._processes.workers = jobs
        executor: Executor = Here() if jobs == 1 else self._processes
        for place, result in executor.each(work, rest):
            yield done + place, result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._processes.__exit__(*error)
