"""A Dask cluster: somebody's scheduler, and the workers that have told it that they are there.

https://distributed.dask.org. What is handed over is a call in pickled form, and what Dask is asked to do with
it is `pickle.loads`: so the scheduler needs no visualizer at all, and a worker without one says so plainly
(it would otherwise fail to read what it is asked, and never answer).
"""

from __future__ import annotations

import asyncio
import pickle
import queue
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from visualizer.lab.executors.address import demand_scheduler
from visualizer.lab.executors.executor import Done, ExecutorError, Task
from visualizer.lab.executors.handing import Batch, Batches, timed
from visualizer.lab.executors.quiet import Quiet
from visualizer.lab.program import program
from visualizer.language import say

if TYPE_CHECKING:
    from distributed import Client, Future

_WORTH_S = 0.4
"""A task costs Dask 1.6 ms and more, and the way there and back."""
_AHEAD = 2
"""Batches for each thread of the cluster, so that it never waits for the next."""
_CONNECT_S = 5.0
_LOST = (CancelledError, asyncio.CancelledError, OSError)
"""What Dask raises when the scheduler is not there any more."""
_LOOK_S = 1.0
"""How often to look how many workers there are: they may come and go."""
_NOBODY_S = 30.0
"""How long a cluster may be without workers: one that grows when asked needs some time."""


class Cluster:
    """The workers of the scheduler at `address` ("tcp://host:8786", "host:8786")."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._quiet = Quiet("distributed", "tornado")
        self._client: Client | None = None
        self._threads, self._looked_s, self._seen_s = 0, 0.0, 0.0

    @property
    def workers(self) -> int:
        """How many threads the cluster has now."""
        self._look(self._connected())
        return self._threads

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Generator[tuple[int, Done]]:
        """As they are done; who stops asking takes back what nobody has begun."""
        client = self._connected()
        batches = Batches(len(tasks), _WORTH_S)
        under_way: dict[Future[Any], Batch] = {}
        finished: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()
        self._seen_s = time.monotonic()
        try:
            while batches.left or under_way:
                self._look(client)
                while batches.left and len(under_way) < _AHEAD * max(1, self._threads):
                    batch = batches.take(_AHEAD * max(1, self._threads))
                    future = self._given(client, work, [tasks[index] for index in batch])
                    under_way[future] = batch
                    future.add_done_callback(finished.put)
                for future in _arrived(finished):
                    batch = under_way.pop(future)
                    seconds, results = self._result(future)
                    batches.done(batch, seconds)
                    yield from zip(batch, results, strict=True)
        finally:
            self._take_back(client, list(under_way))

    def _given(self, client: Client, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Future[Any]:
        call = pickle.dumps(_Call(program(), work, tasks))
        try:
            return client.submit(pickle.loads, call, pure=False)
        except (*_LOST, RuntimeError):
            raise self._gone() from None

    def _result(self, future: Future[Any]) -> tuple[float, list[Any]]:
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        try:
            result: tuple[float, list[Any]] = future.result()
        except _LOST:
            raise self._gone() from None
        except ExecutorError as error:
            raise self._error(str(error)) from None
        except KilledWorker as error:
            died = error.allowed_failures + 1
            what = say("the same runs ended {n} workers; is there enough memory?", n=died)
            raise self._error(what) from None
        except ModuleNotFoundError as error:
            what = say(
                "a worker lacks {package}; install failover-visualizer where it runs", package=error.name
            )
            raise self._error(what) from None
        return result

    def _error(self, what: str) -> ExecutorError:
        return ExecutorError(f"{self._address}: {what}")

    def _look(self, client: Client) -> None:
        """How many threads there are, now and then. Raises ExecutorError when there were none for long."""
        now_s = time.monotonic()
        if now_s - self._looked_s < _LOOK_S:
            return
        try:
            self._threads = sum(client.nthreads().values())
        except (*_LOST, RuntimeError):
            raise self._gone() from None
        self._looked_s = now_s
        if self._threads:
            self._seen_s = now_s
        elif now_s - self._seen_s > _NOBODY_S:
            what = say("has no workers; start some: dask worker {address}", address=self._address)
            raise self._error(what)

    def _take_back(self, client: Client, futures: list[Future[Any]]) -> None:
        if futures and client.status == "running":
            with suppress(*_LOST, RuntimeError):
                client.cancel(futures, force=True)

    def _gone(self) -> ExecutorError:
        return self._error(say("the scheduler has gone away"))

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._connect()
            self._seen_s = time.monotonic()
        return self._client

    def _connect(self) -> Client:
        try:
            from distributed import Client  # noqa: PLC0415  (slow to import, and it need not be there)
        except ModuleNotFoundError:
            what = say("--scheduler needs dask: pip install 'failover-visualizer[dask]'")
            raise ExecutorError(what) from None
        demand_scheduler(self._address, _CONNECT_S)
        self._quiet.begin()
        try:
            return Client(self._address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError, TypeError, ImportError, RuntimeError) as error:
            self._quiet.end()
            why = str(error).partition("\n")[0]
            raise self._error(say("no Dask scheduler can be reached there: {why}", why=why)) from None

    def __enter__(self) -> Self:
        self._connected()
        return self

    def __exit__(self, *error: object) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close(timeout=_CONNECT_S)
            self._quiet.end()


def _arrived(finished: queue.SimpleQueue[Future[Any]]) -> list[Future[Any]]:
    """One at least, or none after a while, so that somebody looks whether there are workers at all."""
    try:
        found = [finished.get(timeout=_LOOK_S)]
    except queue.Empty:
        return []
    while not finished.empty():
        found.append(finished.get())
    return found


# --- on the worker ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """Some work on some tasks: to unpickle it is to do it, and gives the results."""

    program: str
    work: Callable[[Any], Any]
    tasks: Sequence[Any]

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return _done, (self.program, self.work, self.tasks)


def _done(asked_by: str, work: Callable[[Task], Done], tasks: Sequence[Task]) -> tuple[float, list[Done]]:
    if asked_by != program():
        raise ExecutorError(  # said by a worker, which knows no languages
            f"a worker has another program: failover-visualizer {program()}, not {asked_by}; "
            "install the same one there"
        )
    return timed(work, tasks)
