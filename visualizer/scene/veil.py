"""While a question waits for its answer or a story is told: the timeline as if nobody knew what comes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from visualizer.scene.frame import Frame
from visualizer.scene.history import History, Span


def veiled(frame: Frame) -> Frame:
    """The same instant of the same run, with nothing after it."""
    return replace(frame, history=_until(frame.history, frame.now_us))


@lru_cache(maxsize=8)
def _until(history: History, at_us: int) -> History:
    return replace(
        history,
        events=history.events.until(at_us),
        outages=_before(history.outages, at_us),
        alone=_before(history.alone, at_us),
        troubles=tuple(
            (low_us, min(high_us, at_us), status)
            for low_us, high_us, status in history.troubles
            if low_us < at_us
        ),
        heard_us=tuple(tuple(one_us for one_us in tier if one_us <= at_us) for tier in history.heard_us),
    )


def _before(spans: tuple[Span, ...], at_us: int) -> tuple[Span, ...]:
    return tuple((low_us, min(high_us, at_us)) for low_us, high_us in spans if low_us < at_us)
