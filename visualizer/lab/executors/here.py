"""One task after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Self

from visualizer.lab.executors.executor import Done, Task


class Here:
    """The executor that needs nothing."""

    workers = 1

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Generator[tuple[int, Done]]:
        """In the order of the tasks."""
        for index, task in enumerate(tasks):
            yield index, work(task)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return None
