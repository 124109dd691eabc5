"""Which instants of a run deserve a stop: something broke, changed hands, came back or was lost."""

from __future__ import annotations

from visualizer.sim.event import SyncSent
from visualizer.sim.setup import US_PER_S
from visualizer.story.kinds import BY_ITSELF, MATTERS
from visualizer.timeline.run import Run

LOOK_AHEAD_US = 600 * US_PER_S
"""How far one search goes, so that a long quiet run never freezes the window."""


def next_us(run: Run) -> int | None:
    """The next instant that matters within `LOOK_AHEAD_US`, or None. Leaves the playhead somewhere ahead.

    Before anything has happened the next sync matters: it is what the first strike is measured against.
    """
    kinds = _kinds(run, run.now_us)
    end_us = min(run.now_us + LOOK_AHEAD_US, run.setup.duration_us) + 1
    low_us = run.now_us + 1
    while low_us < end_us:
        high_us = min(low_us + US_PER_S, end_us)
        if run.played_us < high_us - 1:
            run.seek(high_us - 1)
        for event in run.events_between(low_us, high_us):
            if isinstance(event, kinds):
                return event.at_us
        low_us = high_us
    return None


def previous_us(run: Run) -> int:
    """The last instant before the playhead that mattered; 0 when there is none."""
    before = run.events_between(0, run.now_us)
    kinds = _kinds(run, run.now_us - 1)
    return next((event.at_us for event in reversed(before) if isinstance(event, kinds)), 0)


def _kinds(run: Run, until_us: int) -> tuple[type, ...]:
    happened = any(isinstance(event, MATTERS) for event in run.events_between(0, until_us + 1))
    return MATTERS if happened else (*MATTERS, SyncSent)


def act_us(run: Run, *, on_tick: bool) -> int:
    """When something done now takes effect: at the playhead, or with `on_tick` at the start of its tick.

    Never before anything that has been seen already: one strikes what the picture shows, not what was there
    a moment ago. An act comes first of all at its instant, hence one microsecond later when a unit changed
    its role at this very instant.
    """
    now_us = run.now_us
    since_us = now_us - now_us % run.setup.tick_us if on_tick else now_us
    if since_us < now_us and (run.events_between(since_us, now_us + 1) or _acted_within(run, since_us)):
        since_us = now_us
    seen = run.events_between(since_us, now_us + 1)
    late = any(isinstance(event, BY_ITSELF) for event in seen)
    return min(since_us + late, run.setup.duration_us)


def _acted_within(run: Run, since_us: int) -> bool:
    """An earlier act after `since_us` would be dropped by a new one there."""
    return any(since_us < act.at_us <= run.now_us for act in run.acts)
