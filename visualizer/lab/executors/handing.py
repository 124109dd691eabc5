"""Handing over: tasks in batches that are worth the way there and back."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence

from visualizer.lab.executors.executor import Done, ExecutorError, Task
from visualizer.language import say

Batch = tuple[int, ...]
"""Tasks that are handed over together, by index."""

_DEATHS = 3
"""How often a task may be under way when its worker dies."""


def timed(work: Callable[[Task], Done], tasks: Sequence[Task]) -> tuple[float, list[Done]]:
    """The results, and how many seconds they took: done by the worker, read by `Batches.done`."""
    begun = time.perf_counter()
    results = [work(task) for task in tasks]
    return time.perf_counter() - begun, results


class Batches:
    """`count` tasks, cut so that a batch takes about `worth_s`: the first have one task, the
    next are as long as the last ones let expect, and towards the end nobody gets more than a fair share.
    """

    def __init__(self, count: int, worth_s: float) -> None:
        self._next, self._count = 0, count
        self._again: deque[int] = deque()
        self._deaths: Counter[int] = Counter()
        self._worth_s = worth_s
        self._size = 1

    @property
    def left(self) -> int:
        """How many tasks wait to be handed out."""
        return self._count - self._next + len(self._again)

    def take(self, workers: int) -> Batch:
        """The next batch, when so many work. What was under way at a death is then handed out one by one, so
        that it shows which task it was.
        """
        if self._again:
            return (self._again.popleft(),)
        size = max(1, min(self._size, self.left // (2 * workers)))
        first, self._next = self._next, min(self._next + size, self._count)
        return tuple(range(first, self._next))

    def done(self, batch: Batch, seconds: float) -> None:
        """A batch came back after so much work."""
        task_s = max(seconds, 1e-6) / len(batch)
        self._size = max(1, min(2 * self._size, int(self._worth_s / task_s)))

    def died(self, batch: Batch) -> None:
        """The worker that had this batch is dead: it will be handed out again.

        Raises ExecutorError when the same task was under way too often.
        """
        self._deaths.update(batch)
        if any(self._deaths[index] >= _DEATHS for index in batch):
            raise ExecutorError(
                say(
                    "the same runs ended their process three times: is there enough memory? "
                    "try fewer --jobs, or a smaller scenario"
                )
            )
        self._again.extend(batch)
