"""What was found out about each question: planned beside the picture, played within it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from time import perf_counter_ns

from visualizer.app.lab_sweep_asked import Asked, Key
from visualizer.app.lab_sweep_plan import planned
from visualizer.app.lab_sweep_work import Answers, rounds_of
from visualizer.study.plan import Plan

_FRAME_NS = 9_000_000
"""How much of a frame playing runs may take."""

_KEPT = 24


class Found:
    """By question; a text says why there is no answer. Reading a scenario a hundred times takes longer than a
    picture has, so plans are made in a thread.
    """

    def __init__(self) -> None:
        self._found: dict[Key, Answers | str] = {}
        self._planner = ThreadPoolExecutor(1, "sweep")
        self._planning: tuple[Key, Future[Plan | str]] | None = None

    def of(self, asked: Asked) -> Answers | str | None:
        """None while it is not planned yet."""
        return self._found.get(asked.key)

    def go_on(self, asked: Asked) -> None:
        """Plan it, or play its runs: as much as a frame allows."""
        self._take_plan()
        found = self.of(asked)
        if found is None and self._planning is None:
            self._planning = asked.key, self._planner.submit(planned, asked.question)
        elif isinstance(found, Answers) and not found.done:
            found.go_on(perf_counter_ns() + _FRAME_NS)

    def close(self) -> None:
        """Nobody waits for a plan any more."""
        self._planner.shutdown(wait=False, cancel_futures=True)

    def _take_plan(self) -> None:
        """What was planned, when it is ready."""
        if self._planning is None or not self._planning[1].done():
            return
        (key, future), self._planning = self._planning, None
        plan = future.result()
        self._found[key] = plan if isinstance(plan, str) else Answers(plan, rounds_of(len(plan.axes)))
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
