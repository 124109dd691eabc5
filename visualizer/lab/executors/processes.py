"""Several processes on this machine.

A process has a pipe of its own and one batch at a time. So a dead one is known with what it had, nobody else
is disturbed, and no lock or semaphore can be left behind: a `ProcessPoolExecutor` shares its queues, ends all
its processes when one dies, and can wait for ever for a result of which half was written.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Self

from visualizer.lab.executors.child import begin, starting
from visualizer.lab.executors.executor import Done, ExecutorError, Task
from visualizer.lab.executors.handing import Batch, Batches, timed
from visualizer.language import say

_WORTH_S = 0.05
"""A batch costs a tenth of a millisecond to hand over; more work at once would only make progress jump."""
_HEAR_S = 1.0
"""How long to wait before Ctrl-C is looked for: Windows does not interrupt waiting."""
_END_S = 5.0


class Processes:
    """`jobs` processes, started when there is work for them and kept until the `with` block ends."""

    def __init__(self, jobs: int) -> None:
        self.workers = jobs
        self._idle: list[_Worker] = []

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Generator[tuple[int, Done]]:
        """As they are done; who stops asking ends the processes that still work."""
        batches = Batches(len(tasks), _WORTH_S)
        busy: list[_Worker] = []
        try:
            while batches.left or busy:
                while batches.left and len(busy) < self.workers:
                    batch = batches.take(self.workers)
                    busy.append(self._given(work, tasks, batch))
                for worker in _ready(busy):
                    busy.remove(worker)
                    yield from self._received(worker, batches)
        finally:
            for worker in busy:
                worker.end()

    def _given(self, work: Callable[[Task], Done], tasks: Sequence[Task], batch: Batch) -> _Worker:
        worker = self._idle.pop() if self._idle else _Worker()
        worker.give(work, [tasks[index] for index in batch], batch)
        return worker

    def _received(self, worker: _Worker, batches: Batches) -> Iterator[tuple[int, Any]]:
        answer = worker.answer()
        if answer is None:
            worker.end()
            batches.died(worker.batch)
            return
        self._idle.append(worker)
        if isinstance(answer, BaseException):
            raise answer
        seconds, results = answer
        batches.done(worker.batch, seconds)
        yield from zip(worker.batch, results, strict=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        while self._idle:
            self._idle.pop().end()


class _Worker:
    """One process, seen from here. `batch`: what it has, or had last."""

    def __init__(self) -> None:
        context = get_context("spawn")  # the same on all systems; inherits no window, no sound, no threads
        self.connection, theirs = context.Pipe()
        self.batch: Batch = ()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True, name="runs")
        try:
            with starting():
                self._process.start()
        except OSError as error:
            raise ExecutorError(
                say("no process can be started: {why}; try fewer --jobs", why=error.strerror)
            ) from None
        finally:
            theirs.close()

    def give(self, work: Callable[[Task], Done], tasks: Sequence[Task], batch: Batch) -> None:
        """It never has two batches: so neither side waits to write while the other does, too."""
        self.batch = batch
        with suppress(OSError):  # it is dead: there will be no answer
            self.connection.send((work, tasks))

    def answer(self) -> tuple[float, list[Any]] | BaseException | None:
        """What it did, or what the work raised; None when it is dead."""
        try:
            answer: tuple[float, list[Any]] | BaseException = self.connection.recv()
        except (EOFError, OSError):
            return None
        return answer

    def end(self) -> None:
        """At once, whatever it does."""
        self.connection.close()
        self._process.terminate()
        self._process.join(_END_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def _ready(busy: Sequence[_Worker]) -> list[_Worker]:
    """Those that have answered, or died."""
    ready = wait([worker.connection for worker in busy], _HEAR_S)
    return [worker for worker in busy if worker.connection in ready]


def _serve(asked: Connection) -> None:
    """All that the process does: one batch after the other, until nobody asks any more."""
    begin()
    while True:
        try:
            work, tasks = asked.recv()
        except EOFError:
            return
        try:
            answer: object = timed(work, tasks)
        except Exception as error:  # is raised where the work was asked for
            error.add_note(f"in a process of its own:\n{traceback.format_exc()}")
            answer = error
        with suppress(OSError):  # nobody waits for it: the next thing to hear is that all is over
            asked.send(answer)
