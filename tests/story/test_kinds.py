"""No kind of event, loss or refusal is forgotten by those who tell of it."""

from __future__ import annotations

from typing import get_args

from visualizer.sim.event import Event, LossCause, Status
from visualizer.sim.setup import Guard
from visualizer.story.causes import INTERRUPTED, LOST
from visualizer.story.condition import SUSPENDED
from visualizer.story.kinds import BY_ITSELF, MATTERS, MEANINGS, NEWS


def test_every_kind_of_event_has_a_meaning() -> None:
    assert set(MEANINGS) == set(get_args(Event))


def test_what_is_news_matters() -> None:
    assert set(NEWS) <= set(MATTERS)
    assert set(BY_ITSELF) <= set(MATTERS)


def test_every_cause_has_words() -> None:
    assert set(LOST) == set(LossCause)
    assert set(INTERRUPTED) == set(Status) - {Status.SERVED}
    assert len(set(LOST.values())) == len(LOST)


def test_both_guards_that_suspend_have_a_sign() -> None:
    assert set(SUSPENDED) == {"lease", "quorum", "handover"}
    assert "lease" in get_args(Guard)
