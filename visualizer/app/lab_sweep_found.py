"""What was found out about each question. All work is done beside the picture, one piece after the other."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from visualizer.app.lab_sweep_asked import Asked, Key
from visualizer.app.lab_sweep_plan import planned
from visualizer.app.lab_sweep_work import Answers, Played, play, rounds_of
from visualizer.study.plan import Plan

_KEPT = 24


class Found:
    """By question; a text says why there is no answer.

    To read a scenario a hundred times, or to play one run of hours, takes longer than a picture has: a thread
    does it, and nothing while nobody asks. What it finds is taken between two pictures.
    """

    def __init__(self) -> None:
        self._found: dict[Key, Answers | str] = {}
        self._thread = ThreadPoolExecutor(1, "sweep")
        self._planning: tuple[Key, Future[Plan | str]] | None = None
        self._playing: tuple[Answers, Future[Played]] | None = None

    def of(self, asked: Asked) -> Answers | str | None:
        """None while it is not planned yet."""
        return self._found.get(asked.key)

    def go_on(self, asked: Asked) -> None:
        """Take what is ready, and have the next piece done of what is asked now."""
        self._take()
        if self._planning or self._playing:
            return
        found = self.of(asked)
        if found is None:
            self._planning = asked.key, self._thread.submit(planned, asked.question)
        elif isinstance(found, Answers) and (parts := found.next_parts()):
            self._playing = found, self._thread.submit(play, parts)

    def close(self) -> None:
        """Nobody waits for it any more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _take(self) -> None:
        if self._playing and self._playing[1].done():
            (answers, played), self._playing = self._playing, None
            answers.take(played.result())
        if self._planning and self._planning[1].done():
            (key, planning), self._planning = self._planning, None
            plan = planning.result()
            self._found[key] = plan if isinstance(plan, str) else Answers(plan, rounds_of(len(plan.axes)))
            if len(self._found) > _KEPT:
                del self._found[next(iter(self._found))]
