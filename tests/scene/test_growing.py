"""A run that is shown while it is still being computed: the same picture once all is known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from visualizer.ledger import sawtooth
from visualizer.scenario import load
from visualizer.scene.frame import BeforeSource, FrameSource
from visualizer.scene.growing import grow, history_of, known_history, same_history
from visualizer.scene.history import History, step_us
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene, Text
from visualizer.scene.view import view
from visualizer.sim.command import Strike, UnitTarget
from visualizer.timeline.run import Run

LOOK = Look(1600, 900, playing=True)
NAMES = ("article", "parallel", "synchronous", "split-brain-fencing", "failback")
COMING = "what comes is being computed ..."


def run_of(name: str, share: float) -> Run:
    run = Run(load(name).setup)
    run.seek(round(run.setup.duration_us * share))
    return run


def picture(run: Run, *, whole: bool) -> Scene:
    return view(FrameSource(run, whole=whole).frame(), LOOK)


def says_so(scene: Scene) -> bool:
    return any(isinstance(item, Text) and item.content == COMING for item in scene.moving)


def grown(run: Run) -> list[History]:
    """All that is known on the way until everything is."""
    found = [known_history(run)]
    while found[-1].end.now_us < run.setup.duration_us:
        grow(run, 0)
        now = known_history(run)
        if now is not found[-1]:
            found.append(now)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_piece_by_piece_comes_to_the_same_picture(name: str):
    run = run_of(name, 0.4)
    found = grown(run)
    assert len(found) > 2
    assert all(a.end.now_us < b.end.now_us for a, b in pairwise(found))
    teeth = sawtooth(run.finish(), step_us(run.setup))
    assert np.array_equal(found[-1].sawtooth.times_us, teeth.times_us)
    assert np.array_equal(found[-1].sawtooth.by_tier, teeth.by_tier)
    assert picture(run, whole=False) == picture(run_of(name, 0.4), whole=True)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_known_does_not_change_when_more_is(name: str):
    """Until its own end, each look back says the same as the last one."""
    *some, last = grown(run_of(name, 0.1))
    for early in some:
        teeth, later = early.sawtooth, last.sawtooth
        place = np.searchsorted(later.times_us, teeth.times_us[:-1])
        assert np.array_equal(later.times_us[place], teeth.times_us[:-1])
        assert np.array_equal(later.by_tier[:, place], teeth.by_tier[:, :-1])


def test_the_picture_says_that_there_is_more_to_come():
    run = run_of("failback", 0.1)
    grow(run, 0)
    assert says_so(picture(run, whole=False))
    assert known_history(run).end.now_us >= run.now_us
    assert not says_so(picture(run, whole=True))
    assert not says_so(picture(run, whole=False))


@pytest.mark.parametrize("name", NAMES)
def test_after_an_act_only_what_follows_is_new(name: str):
    run = run_of(name, 0.55)
    history_of(run)
    strike = Strike(run.now_us, "host", UnitTarget(0, 0))
    run.act(strike)
    assert known_history(run).end.now_us < run.setup.duration_us
    grown(run)
    fresh = Run(run.setup, (strike,))
    fresh.seek(run.now_us)
    assert picture(run, whole=False) == picture(fresh, whole=True)
    run.undo()
    grow(run, 0)
    assert picture(run, whole=True) == picture(run_of(name, 0.55), whole=True)


def test_a_fork_knows_what_its_origin_knew():
    run = run_of("parallel", 0.5)
    whole = history_of(run)
    twin = run.fork()
    same_history(run, twin)
    assert known_history(twin) is whole
    run.act(Strike(run.now_us, "host", UnitTarget(0, 0)))
    assert known_history(twin) is whole
    assert known_history(run) is not whole


def test_a_run_beside_it_is_computed_as_far_as_it_is_shown():
    run, beside = run_of("article", 0.8), Run(load("article-5s").setup)
    before = BeforeSource(beside, "5 s", whole=False).at(run.now_us)
    assert before.account.at_us == run.now_us
    assert run.now_us <= before.history.end.now_us
