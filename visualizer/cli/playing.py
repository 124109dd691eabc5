"""Many runs are played: who plays them, what is kept of them, and what is said when they are stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from visualizer.cli.outcome import FAILED, INTERRUPTED, CommandError
from visualizer.cli.targets import Target
from visualizer.lab.columns import Integers
from visualizer.lab.executors import Executor, ExecutorError, executor_for
from visualizer.lab.playing import Keep
from visualizer.lab.trials import Family
from visualizer.language import say
from visualizer.study.error import StudyError
from visualizer.study.journal import Journal, part


@contextmanager
def refusals(code: int) -> Iterator[None]:
    """What makes no sense, or cannot be done, as one line and an exit code."""
    try:
        yield
    except (StudyError, ExecutorError) as error:
        raise CommandError(str(error), code) from None


@dataclass(frozen=True, slots=True)
class Playing:
    """Where the runs are played, and where they are kept."""

    executor: Executor
    journal: Journal | None
    progress: Callable[[int, int], None]

    @property
    def done(self) -> Mapping[int, Integers] | None:
        """What need not be played again."""
        return self.journal.done if self.journal else None

    @property
    def keep(self) -> Keep | None:
        """What is told of each finished task."""
        return self.journal.keep if self.journal else None


@contextmanager
def played(
    options: argparse.Namespace, targets: Sequence[Target], families: Sequence[Family], title: str
) -> Iterator[Playing]:
    """Runs are played, and their files written, within it: what is stopped leaves what is done."""
    from visualizer.console import progress_line  # noqa: PLC0415  (rich is slow to import)

    where = targets[0].path if targets else None
    kept = part(where, families, resume=options.resume, force=options.force) if where else nullcontext()
    journal: Journal | None = None
    try:
        with (
            kept as journal,
            executor_for(options.jobs, options.scheduler) as executor,
            progress_line(title) as progress,
        ):
            if journal and journal.said:
                print(journal.said, file=sys.stderr)
            yield Playing(executor, journal, progress)
    except StudyError as error:
        raise CommandError(str(error), FAILED) from None
    except ExecutorError as error:
        left = f"; {_left(journal)}" if journal and journal.path.exists() else ""
        raise CommandError(f"{error}{left}", FAILED) from None
    except KeyboardInterrupt:
        raise CommandError(say("stopped by Ctrl-C; {left}", left=_left(journal)), INTERRUPTED) from None
    except CommandError as error:
        if journal and journal.has_runs:
            raise CommandError(f"{error}; {_left(journal)}", error.code) from None
        raise


def _left(journal: Journal | None) -> str:
    """What there is of work that was stopped."""
    if journal is None or not journal.path.exists():
        return say("nothing was written")
    return say("{path} has {runs}; go on with --resume", path=journal.path, runs=journal.told())
