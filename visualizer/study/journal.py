"""What is finished of a long job is kept as it comes, and can be gone on with.

It is held by the process that writes it; what it looks like is in `journal_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from visualizer.files import held, take_away
from visualizer.lab.columns import Integers
from visualizer.lab.playing import tasks_of
from visualizer.lab.trials import Family
from visualizer.language import commas, say
from visualizer.study.error import StudyError
from visualizer.study.journal_rows import differs, finished, has_rows, head, lines


@contextmanager
def part(
    path: Path, families: Sequence[Family], *, resume: bool = False, force: bool = False
) -> Iterator[Journal]:
    """Keep the finished runs of `families` in `path`.part while the block works; `path` itself is written
    within the block. At its end the part is taken away. It stays when an error or Ctrl-C leaves the block, if
    there are finished runs in it.

    `resume`: go on with what a part has of the same runs, played by the same program. Without it, a part with
    finished runs is only written over with `force`. Raises StudyError with one line, `keep` too.
    """
    journal = Journal(path, families, resume=resume, force=force)
    try:
        yield journal
    except BaseException:
        journal.stop()
        raise
    journal.finish()


class Journal:
    """An open part. `path`: its own. `done`, `keep`: for `lab.playing.play`. `said`: how it begins, where the
    person did not see that coming.
    """

    def __init__(self, path: Path, families: Sequence[Family], *, resume: bool, force: bool) -> None:
        self.path = path.with_name(path.name + ".part")
        self.done: Mapping[int, Integers] = {}
        self.said: str | None = None
        self._tasks = tasks_of(families)
        self._runs, self._all = 0, sum(map(len, self._tasks))
        self._stream = _opened(path, self.path)
        try:
            begun = self._begun(head(families), resume=resume, force=force)
        except BaseException:
            self._stream.close()
            raise
        if not begun:
            self._begin(head(families))

    def _begun(self, ours: bytes, *, resume: bool, force: bool) -> bool:
        """Whether the part that is there is gone on with."""
        content = self.path.read_bytes()
        if not resume:
            if has_rows(content) and not force:
                raise self._error(
                    say(
                        "has finished runs of a job that was stopped; go on with them: --resume, or begin "
                        "anew: --force"
                    )
                )
            return False
        if not has_rows(content):
            said = say("there is nothing to go on with; this is the beginning")
            self.said = f"{self.path}: {said}"
            return False
        if not content.startswith(ours):
            todo = say("say again what was said then, or begin anew: --force without --resume")
            raise self._error(f"{differs(content, ours)}; {todo}")
        self.done, end = finished(content, len(ours), self._tasks)
        self._stream.truncate(end)
        self._runs = sum(map(len, self.done.values()))
        self.said = say("going on with {runs}", runs=self.told())
        return True

    def _error(self, what: str) -> StudyError:
        return StudyError(f"{self.path}: {what}")

    def _begin(self, ours: bytes) -> None:
        try:
            self._stream.truncate(0)
            self._write(ours)
        except BaseException:
            take_away(self.path, self._stream)
            raise

    def keep(self, index: int, rows: Integers) -> None:
        """Write down a task that is finished. Raises StudyError where the system does not let it."""
        self._write(lines(index, rows))
        self._runs += len(rows)

    def _write(self, content: bytes) -> None:
        """At once to the system: there it stays when this process is killed."""
        try:
            while content:
                content = content[self._stream.write(content) :]
        except OSError as error:
            what = str(error.strerror)
            if self._runs:
                what = say(
                    "{why}; it has {runs}: make room, and go on with --resume", why=what, runs=self.told()
                )
            raise self._error(what) from None

    @property
    def has_runs(self) -> bool:
        """Whether there is something to go on with."""
        return self._runs > 0

    def told(self) -> str:
        """How far it is: "1,500 of 20,000 runs"."""
        return say("{n} of {all} runs", n=commas(self._runs), all=commas(self._all))

    def stop(self) -> None:
        """Stop writing; what is finished stays."""
        if self._runs:
            self._stream.close()
        else:
            take_away(self.path, self._stream)

    def finish(self) -> None:
        """All is done, and is written elsewhere."""
        take_away(self.path, self._stream)


def _opened(path: Path, its_part: Path) -> IO[bytes]:
    if not path.parent.is_dir():
        raise StudyError(f"{path}: {say('there is no folder {folder}; make it first', folder=path.parent)}")
    try:
        stream = held(its_part)
    except OSError as error:
        raise StudyError(f"{path}: {say('{why}; choose another name', why=error.strerror)}") from None
    if stream is None:
        what = say("another run is writing it; wait for it or choose another name")
        raise StudyError(f"{its_part}: {what}")
    return stream
