"""What every place to work at can do."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Protocol, Self, TypeVar

Task = TypeVar("Task")
Done = TypeVar("Done")


class ExecutorError(Exception):
    """The work cannot be done there: one line that says why, and what to do."""


class Executor(Protocol):
    """Does the same pure function on many tasks, in any order, and loses none.

    A context manager: what it has started ends with it, on Ctrl-C too.
    """

    @property
    def workers(self) -> int:
        """How many tasks are worked at at once; 1 in this process."""
        ...

    def each(self, work: Callable[[Task], Done], tasks: Sequence[Task]) -> Generator[tuple[int, Done]]:
        """(index of the task, its result), as they are done. `work` is a function of a module, tasks and
        results can be pickled. A worker that dies is replaced, and what it had under way done again.

        Raises ExecutorError when there is nobody to do it; what `work` raises comes through as it is.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...
