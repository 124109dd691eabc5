"""Where an anchor lies in a run: at an event that qualifies, and at the right one of them."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples
from property.straight import with_acts
from property.worlds import DURATION_US, INSTANTS, Story, stories

from visualizer.scenario import load
from visualizer.script.anchors import anchor_of
from visualizer.script.finding import found
from visualizer.script.happening import concerns, happening
from visualizer.script.moments import MOMENTS, fits
from visualizer.script.script import Anchor
from visualizer.script.spots import parts
from visualizer.sim import advance, start
from visualizer.sim import event as events
from visualizer.sim.event import Event
from visualizer.sim.setup import Setup

KINDS: dict[str, type[Event]] = {
    "takeover": events.Takeover,
    "clients follow": events.AddressLearned,
    "heartbeat": events.HeartbeatReceived,
    "heartbeat sent": events.HeartbeatSent,
    "sync": events.SyncReceived,
    "sync sent": events.SyncSent,
    "step down": events.Demoted,
    "booted": events.Booted,
    "rejoin": events.Rejoined,
    "change": events.ParameterSet,
    "in doubt": events.InDoubt,
}
"""Moments that are one kind of event, said once more."""


def told_of(setup: Setup) -> list[Event]:
    return advance(start(setup), setup.duration_us)


@pytest.mark.parametrize(
    ("said", "at_us"),
    [
        ("start", 0),
        ("start - 1s", 0),
        ("end", 20_000_000),
        ("end + 1s", 20_000_000),
        ("end - 1s", 19_000_000),
        ("11s", 11_000_000),
        ("21s", None),
        ("21s - 2s", None),
        ("first lightning - 500ms", 10_500_000),
        ("second lightning", None),
        ("lightning of firewall.secondary", None),
        ("lightning of firewall.primary", 11_000_000),
        ("fault", 11_000_000),
        ("last sync", 9_000_000),
        ("first sync", 3_000_000),
        ("last sync before first lightning", 9_000_000),
        ("sync before first lightning", 9_000_000),
        ("second sync before first lightning", 6_000_000),
        ("sync after 3s", 3_000_000),
        ("sync before 3s", None),
        ("first sync after first sync", 6_000_000),
        ("last sync before last sync", 6_000_000),
        ("loss after first lightning", 11_000_000),
        ("loss before first lightning", None),
        ("sync before first repair", None),
        ("outage", 11_000_000),
        ("service again", 13_000_000),
        ("takeover after last missed heartbeat of firewall.secondary before end", None),
        ("takeover after second missed heartbeat", 13_000_000),
        ("last heartbeat of firewall.primary before takeover", 10_000_000),
        ("last heartbeat of firewall.secondary", None),
        ("last heartbeat sent of firewall.secondary before end", 20_000_000),
        ("utility", None),
    ],
)
def test_the_instants_of_the_article(said: str, at_us: int | None) -> None:
    setup = load("article").setup
    assert found(anchor_of(said, parts(setup)), told_of(setup), setup) == at_us


def test_the_next_one_begins_with_the_beat_before() -> None:
    setup = load("article").setup
    told = told_of(setup)
    assert [
        found(Anchor("sync"), told, setup, after_us) for after_us in (3_000_000, 3_000_001, 9_000_001)
    ] == [
        3_000_000,
        6_000_000,
        None,
    ]


def test_a_story_keeps_its_place_when_a_parameter_is_changed() -> None:
    """The same words, another interval: the last copy before the strike is another one."""
    anchor = Anchor("sync", -1, None, "before", Anchor("lightning", 1))
    for interval, at_us in (("2s", 10_000_000), ("3s", 9_000_000), ("5s", 10_000_000), ("4s", 8_000_000)):
        setup = load("article", overrides=[f"tiers.firewall.sync.interval={interval}"]).setup
        assert found(anchor, told_of(setup), setup) == at_us


def qualifying(told: list[Event], setup: Setup, anchor: Anchor) -> list[tuple[int, int]]:
    """(instant, number) of every event that an anchor may mean, once for each instant. Straight."""
    kept: dict[int, int] = {}
    for number, event in enumerate(told):
        if type(event) is not KINDS[anchor.moment]:
            continue
        if anchor.of is None or concerns(happening(number, event, setup), anchor.of, setup):
            kept.setdefault(event.at_us, number)
    return list(kept.items())


@st.composite
def plain(draw: st.DrawFn, setup: Setup) -> Anchor:
    name = draw(st.sampled_from(sorted(KINDS)))
    of = draw(st.sampled_from([None, *(part for part in parts(setup).values() if fits(MOMENTS[name], part))]))
    return Anchor(name, draw(st.sampled_from([None, 1, 2, 3, -1])), of)


@examples(60)
@given(stories(12), st.data(), INSTANTS)
def test_the_instant_is_that_of_an_event_that_qualifies(
    story: Story, data: st.DataObject, after_us: int
) -> None:
    setup = with_acts(*story)
    told = told_of(setup)
    anchor = data.draw(plain(setup))
    instants = [at_us for at_us, _ in qualifying(told, setup, anchor)]
    if anchor.which is None:
        right = next((at_us for at_us in instants if at_us >= after_us), None)
    elif anchor.which == -1:
        right = max(instants, default=None)
    else:
        right = instants[anchor.which - 1] if len(instants) >= anchor.which else None
    assert found(anchor, told, setup, after_us) == right


@examples(60)
@given(stories(12), st.data())
def test_before_and_after_go_by_the_order_of_events(story: Story, data: st.DataObject) -> None:
    """Also among those of one instant: a loss comes after the strike that causes it."""
    setup = with_acts(*story)
    told = told_of(setup)
    one, other = data.draw(plain(setup)), data.draw(plain(setup))
    relation = data.draw(st.sampled_from(["before", "after"]))
    other = Anchor(other.moment, other.which or 1, other.of)
    anchor = Anchor(one.moment, one.which, one.of, relation, other)
    others = qualifying(told, setup, other)
    number = (other.which or 1) - 1 if (other.which or 1) > 0 else len(others) - 1
    if not 0 <= number < len(others):
        assert found(anchor, told, setup) is None
        return
    pivot = others[number][1]
    near = [
        at_us
        for at_us, k in qualifying(told, setup, one)
        if (k < pivot if relation == "before" else k > pivot)
    ]
    which = one.which or (-1 if relation == "before" else 1)
    index = len(near) - 1 if which < 0 else which - 1
    assert found(anchor, told, setup) == (near[index] if 0 <= index < len(near) else None)


@examples(50)
@given(stories(12), st.data(), INSTANTS)
def test_before_and_after_a_time(story: Story, data: st.DataObject, time_us: int) -> None:
    """What happens at that very time is after it."""
    setup = with_acts(*story)
    told = told_of(setup)
    one = data.draw(plain(setup))
    instants = [at_us for at_us, _ in qualifying(told, setup, one)]
    place = bisect_left(instants, time_us)
    then = Anchor("time", time_us=time_us)
    before = Anchor(one.moment, -1, one.of, "before", then)
    after = Anchor(one.moment, 1, one.of, "after", then)
    assert found(before, told, setup) == (instants[place - 1] if place else None)
    assert found(after, told, setup) == (instants[place] if place < len(instants) else None)


@examples(40)
@given(stories(12), st.sampled_from(sorted(MOMENTS)), st.integers(-DURATION_US, DURATION_US))
def test_what_is_added_stays_within_the_run(story: Story, name: str, offset_us: int) -> None:
    setup = with_acts(*story)
    told = told_of(setup)
    at_us = found(Anchor(name, 1), told, setup)
    moved_us = found(Anchor(name, 1, offset_us=offset_us), told, setup)
    assert moved_us == (None if at_us is None else min(max(at_us + offset_us, 0), setup.duration_us))
