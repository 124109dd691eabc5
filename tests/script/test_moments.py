"""Nothing that happens lacks a name, and what is derived from several events agrees with the states."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from property.profile import examples
from property.straight import with_acts
from property.worlds import Story, stories

from visualizer.ledger import account
from visualizer.scenario import load, parse, shipped_names
from visualizer.scene.units import missed_heartbeats
from visualizer.script.anchors import ORDERS
from visualizer.script.finding import Finder
from visualizer.script.happening import Happening
from visualizer.script.moments import MOMENTS
from visualizer.script.script import Anchor
from visualizer.sim import advance, start
from visualizer.sim.command import SetParameter
from visualizer.sim.event import Event
from visualizer.sim.faults import FAULTS
from visualizer.sim.setup import Setup
from visualizer.sim.state import WAITING, Role
from visualizer.timeline import Run

EVERYTHING = """\
title: All that can happen
duration: 40s
seed: 3
path: cross
traffic: {rate: 20/s, transactions: 2/s, response: 20ms}
clients: {retry: {first: 1s}, stall: 200ms}
feeds:
  mains: {ups: 1s, generator: {start: 3s, probability: 0%}, manual: 8s}
  town: {ups: 2s, generator: {start: 1s}}
sites: {here: {feed: mains}, there: {feed: town}, far: {}}
tiers:
  web:
    sites: {primary: here, secondary: there}
    sync: {policy: semi-sync, timeout: 1s}
    link: {latency: 5ms}
    address: {announcements: {count: 2, spacing: 1s, loss: 60%, cache: [2s, 3s]}}
    guard: {kind: witness, lease: 1s}
    boot: 1s
  data:
    sync: {interval: 500ms}
    link: {loss: 20%, latency: 50ms}
    guard: {kind: fencing}
    boot: 1s
  edge: {demotion: 1s, sites: {primary: far}}
events:
  - {at: 1s, set: traffic.rate, value: 30/s}
  - {at: 2s, fault: switchover, target: data.primary}
  - {at: 4s, fault: isolate, target: web.primary}
  - {at: 6s, fault: repair, target: web.primary}
  - {at: 7s, fault: slow, target: web.primary}
  - {at: 8s, fault: repair, target: web.primary}
  - {at: 9s, fault: cut, target: web.link}
  - {at: 11s, fault: heal, target: web.link}
  - {at: 12s, fault: utility, target: feed.town}
  - {at: 13s, fault: utility, target: feed.mains}
  - {at: 15s, fault: stop, target: data.secondary}
  - {at: 16s, fault: repair, target: data.secondary}
  - {at: 19s, fault: failback, target: data.primary}
  - {at: 20s, fault: degrade, target: data.link}
  - {at: 21s, fault: heartbeat-loss, target: data.link}
  - {at: 22s, fault: cut, target: edge.link}
  - {at: 26s, fault: heal, target: edge.link}
  - {at: 28s, fault: process, target: edge.primary}
  - {at: 29s, fault: daemon, target: web.secondary}
  - {at: 30s, fault: lightning, target: web.primary}
  - {at: 36s, fault: site, target: site.far}
  - {at: 37s, fault: host, target: data.primary}
"""

IN_DOUBT = """\
title: Refused, and in doubt
duration: 10s
traffic: {rate: 20/s}
sites: {far: {}}
tiers:
  a: {guard: {kind: witness}}
  b: {sync: {policy: synchronous}, link: {latency: 60ms}}
  c: {sites: {primary: far}}
events:
  - {at: 1s, fault: cut, target: a.link}
  - {at: 5.02s, fault: host, target: b.primary}
  - {at: 8s, fault: site, target: site.far}
"""
SETUPS = [
    parse(EVERYTHING, "everything.yaml").setup,
    parse(IN_DOUBT, "in-doubt.yaml").setup,
    *(load(name).setup for name in shipped_names()),
]


@cache
def told_of(setup: Setup) -> list[Event]:
    """All events of a run that several tests look at."""
    return run_of(setup).events


def run_of(setup: Setup) -> Run:
    run = Run(setup)
    run.compute(setup.duration_us)
    return run


def times(name: str, told: Sequence[Event], setup: Setup) -> list[Happening]:
    return list(MOMENTS[name].find(told, setup))


def test_every_fault_is_a_moment_by_its_own_name() -> None:
    assert set(FAULTS) <= set(MOMENTS)


def test_whatever_happens_is_some_moment() -> None:
    """No kind of event is out of an author's reach: each is the very event of some moment."""
    seen, reached = set(), set()
    for setup in SETUPS:
        told = told_of(setup)
        seen |= {type(event) for event in told}
        for name in MOMENTS:
            reached |= {type(told[one.order // 2]) for one in times(name, told, setup) if one.order % 2}
    assert seen == set(get_args(Event))
    assert reached == seen


def test_every_moment_comes_in_some_run() -> None:
    """None is spelt so that it never comes."""
    found = set()
    for setup in SETUPS:
        told = told_of(setup)
        found |= {name for name in MOMENTS if times(name, told, setup)}
    assert found == set(MOMENTS)


def test_no_name_can_be_taken_for_something_else() -> None:
    for name in MOMENTS:
        words = name.split()
        assert not {"of", "before", "after", "+", "-", "start", "end", "at"} & set(words)
        assert words[0] not in ORDERS
        assert not words[0][0].isdigit()


def test_every_moment_says_what_it_is() -> None:
    summaries = [moment.summary for moment in MOMENTS.values()]
    assert all(text and text[0].islower() and not text.endswith(".") for text in summaries)
    assert len(set(summaries)) == len(summaries)


@examples(60)
@given(stories(12))
def test_any_moment_is_in_order_of_time(story: Story) -> None:
    setup = with_acts(*story)
    told = advance(start(setup), setup.duration_us)
    for name in MOMENTS:
        found = times(name, told, setup)
        assert [one.at_us for one in found] == sorted(one.at_us for one in found)
        assert all(0 <= one.at_us <= setup.duration_us for one in found)
        assert all(told[one.order // 2].at_us == one.at_us for one in found if one.order % 2)


def both_active(run: Run) -> list[tuple[int, int, bool]]:
    """(instant, tier, whether both of its units are active from then on), from the states themselves."""
    found: list[tuple[int, int, bool]] = []
    before = [False] * len(run.setup.tiers)
    for at_us in sorted({event.at_us for event in run.events}):
        for tier, here in enumerate(run.state_at(at_us).tiers):
            now = all(unit.role is Role.ACTIVE for unit in here.units)
            if now != before[tier]:
                found.append((at_us, tier, now))
                before[tier] = now
    return found


def lasting(changes: Iterable[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Without what begins and ends at one instant."""
    kept: list[tuple[int, int, bool]] = []
    for change in sorted(changes, key=lambda one: (one[1], one[0])):
        if kept and kept[-1][:2] == change[:2]:
            kept.pop()
        else:
            kept.append(change)
    return sorted(kept)


@examples(40)
@given(stories(12))
def test_a_split_brain_is_when_both_are_active(story: Story) -> None:
    setup = with_acts(*story)
    run = run_of(setup)
    told = [
        (one.at_us, one.tier or 0, both)
        for name, both in (("split brain", True), ("split brain ends", False))
        for one in times(name, run.events, setup)
    ]
    assert lasting(told) == sorted(both_active(run))


def unserved_us(told: Sequence[Event], setup: Setup) -> int:
    ends = [one.at_us for one in times("service again", told, setup)]
    begins = [one.at_us for one in times("outage", told, setup)]
    assert len(begins) - len(ends) in (0, 1)
    ends += [setup.duration_us] * (len(begins) - len(ends))
    return sum(end - begin for begin, end in zip(begins, ends, strict=True))


@examples(60)
@given(stories(12))
def test_outages_last_as_long_as_the_books_say(story: Story) -> None:
    setup = with_acts(*story)
    run = run_of(setup)
    assert unserved_us(run.events, setup) == account(run.state_at(setup.duration_us)).no_service_us


def test_the_outage_of_a_run_with_everything_lasts_as_long_as_the_books_say() -> None:
    setup = SETUPS[0]
    run = run_of(setup)
    assert unserved_us(run.events, setup) == account(run.state_at(setup.duration_us)).no_service_us > 0


def demand_dots(run: Run) -> None:
    """At each missed heartbeat the picture has one dot more than just before, but at the takeover itself."""
    for one in times("missed heartbeat", run.events, run.setup)[:40]:
        assert one.tier is not None
        assert one.unit is not None
        now = run.state_at(one.at_us)
        if one.at_us and now.tiers[one.tier].units[one.unit].role in WAITING:
            filled = missed_heartbeats(run.state_at(one.at_us - 1), one.tier, one.unit)
            assert missed_heartbeats(now, one.tier, one.unit) == filled + 1


@pytest.mark.parametrize("name", shipped_names())
def test_a_missed_heartbeat_is_a_dot_that_fills(name: str) -> None:
    demand_dots(run_of(load(name).setup))


@examples(40)
@given(stories(8))
def test_a_missed_heartbeat_is_a_dot_that_fills_in_any_run(story: Story) -> None:
    """But where the rhythm itself is changed at that instant."""
    setup, acts = story
    steady = [act for act in acts if not (isinstance(act, SetParameter) and "heartbeat" in act.parameter)]
    demand_dots(run_of(with_acts(setup, tuple(steady))))


def test_a_shorter_interval_makes_more_misses() -> None:
    """Changed in the silence: one heartbeat was due at 12.0 s, the next ones half a second apart."""
    text = load("article").text + "  - {at: 12.2s, set: tiers.firewall.heartbeat.interval, value: 500ms}\n"
    setup = parse(text, "f.yaml").setup
    found = [one.at_us for one in times("missed heartbeat", run_of(setup).events, setup)]
    assert found == [11_000_000, 12_000_000, 12_200_000, 12_700_000, 13_200_000]


def test_the_misses_of_the_article() -> None:
    setup = load("article").setup
    told = run_of(setup).events
    at = {name: [one.at_us for one in times(name, told, setup)] for name in ("missed heartbeat", "suspicion")}
    assert at == {"missed heartbeat": [11_000_000, 12_000_000, 13_000_000], "suspicion": [11_000_000]}


def test_a_serial_cable_leaves_nothing_to_suspect() -> None:
    setup = load("serial-cable").setup
    assert not times("suspicion", run_of(setup).events, setup)


def test_a_heartbeat_that_is_late_by_a_little_is_not_missed() -> None:
    setup = load("jitter").setup
    told = run_of(setup).events
    lost = {one.at_us for one in times("frame lost", told, setup)}
    missed = times("missed heartbeat", told, setup)
    assert 0 < len(missed) <= len(lost)


def test_what_happens_at_one_instant_counts_once() -> None:
    """Three tiers take over together; the second takeover would be another instant."""
    setup = load("parallel").setup
    told = run_of(setup).events
    assert len(times("takeover", told, setup)) == 3
    assert len(Finder(told, setup).times(Anchor("takeover"))) == 1
