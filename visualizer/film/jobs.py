"""Chunks of a film encoded by several processes, and handed on in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from visualizer.film.chunks import Coded, Frames, chunks_of, coded
from visualizer.film.errors import FilmError
from visualizer.film.formats import Format
from visualizer.film.spec import FilmSpec
from visualizer.lab.executors.child import begin, starting
from visualizer.language import say, speak, spoken
from visualizer.language.catalogues import language

_AHEAD = 2
"""Chunks waiting for each process, so that it never waits itself; more would only take memory."""


@dataclass(frozen=True, slots=True)
class Work:
    """All that a process needs to make any chunk of a film."""

    spec: FilmSpec
    pictures: Callable[[FilmSpec], Frames]
    kind: Format

    def chunks(self, pictures: Frames, chunks: Iterator[range]) -> Generator[Coded]:
        """Those chunks, encoded by this process."""
        headers = self.kind.kind != "folder"
        return coded(pictures, chunks, self.kind.coding, self.spec.size_px, self.spec.fps, headers=headers)


def encoded(work: Work, pictures: Frames, jobs: int) -> Generator[Coded]:
    """All pictures of a film in order; `pictures` are those of `work`, already opened by this process."""
    chunks = iter(chunks_of(pictures.count, work.spec.fps))
    return work.chunks(pictures, chunks) if jobs == 1 else _by_processes(work, list(chunks), jobs)


def _by_processes(work: Work, chunks: list[range], jobs: int) -> Generator[Coded]:
    left = deque(chunks)
    waiting: deque[Future[list[Coded]]] = deque()
    context = get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(
        min(jobs, len(chunks)), mp_context=context, initializer=_begin, initargs=(work, stop, spoken().code)
    )
    try:
        while left or waiting:
            with starting():
                while left and len(waiting) < jobs * _AHEAD:
                    waiting.append(pool.submit(_chunk, left.popleft()))
            yield from waiting.popleft().result()
    except BrokenProcessPool:
        raise FilmError(
            say("a process that made pictures was ended from outside; try fewer --jobs")
        ) from None
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


# --- in the process ---------------------------------------------------------------------------------------

_own: list[tuple[Work, Frames, Event]] = []
"""What this process works at, and when it is to stop: set once, when it starts."""


def _begin(work: Work, stop: Event, code: str) -> None:
    """It speaks the language of the process that starts it."""
    begin()
    speak(language(code))
    _own.append((work, work.pictures(work.spec), stop))


def _chunk(numbers: range) -> list[Coded]:
    """One chunk; less of it when nobody wants it any more."""
    work, pictures, stop = _own[0]
    with closing(work.chunks(pictures, iter([numbers]))) as packets:
        return list(takewhile(lambda _: not stop.is_set(), packets))
