"""Live changes: each takes effect at its instant, and none of them condemns a unit that lives."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sim.small import change, lost, of, pair, played, strike, times_s, us, world

from visualizer.ledger import account
from visualizer.sim import advance, exposure, start
from visualizer.sim.command import SetParameter
from visualizer.sim.event import (
    AddressLearned,
    HeartbeatReceived,
    HeartbeatSent,
    ParameterSet,
    StreamOpened,
    SyncReceived,
    SyncSent,
    Takeover,
)
from visualizer.sim.parameters import PARAMETERS
from visualizer.sim.setup import Rate, TierSetup


def sync_interval() -> None:
    """Copies at 3, 6 and 9 s; from 10 s on every 5 s counted from the last: 14, 19."""
    _, events = played(world(commands=[change(10, "sync.interval", us(5))]))
    assert times_s(events, SyncSent) == [3, 6, 9, 14, 19]
    _, events = played(world(commands=[change(10, "sync.interval", us(0.5))]), until_s=11)
    assert times_s(events, SyncSent) == [3, 6, 9, 10, 10.5, 11]


def heartbeat_interval() -> None:
    _, events = played(world(commands=[change(3.4, "heartbeat.interval", us(2))]), until_s=8)
    assert times_s(events, HeartbeatSent) == [0, 1, 2, 3, 5, 7]
    _, events = played(world(commands=[change(3.4, "heartbeat.interval", us(0.2))]), until_s=4)
    assert times_s(events, HeartbeatSent) == [0, 1, 2, 3, 3.4, 3.6, 3.8, 4]
    _, events = played(world(commands=[change(3.4, "heartbeat.interval", us(0.2)), strike(3.5)]))
    assert times_s(events, Takeover) == [4]


def heartbeat_misses() -> None:
    """Counted from the last heartbeat, that of 10 s, even when it is changed while nobody is active."""
    for at_s, misses, takeover_s in ((9, 5, 15), (11.5, 5, 15), (11.5, 2, 12), (12.5, 2, 12.5)):
        _, events = played(world(commands=[strike(11), change(at_s, "heartbeat.misses", misses)]))
        assert times_s(events, Takeover) == [takeover_s]


def link_latency() -> None:
    """What is on the cable keeps its time; batches never overtake each other."""
    tier = pair(latency_s=2.5)
    _, events = played(world(tier, commands=[change(9.5, "link.latency", us(0.1))]), until_s=13)
    assert times_s(events, SyncReceived) == [5.5, 8.5, 11.5, 12.1]
    _, events = played(world(pair(sync_s=1, latency_s=2.5), commands=[change(9.5, "link.latency", 0)]))
    assert times_s(events, SyncReceived)[:10] == [3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5, 11.5, 11.5]


def sync_link_latency() -> None:
    tier = pair(policy="streaming", sync_latency_s=0.5)
    state, events = played(world(tier, commands=[change(9.95, "sync.link.latency", us(1)), strike(11)]))
    assert [event.latency_us for event in of(events, StreamOpened)] == [us(0.5), us(1)]
    assert lost(state) == {"in_flight": 10}


def heartbeat_link_latency() -> None:
    tier = pair(sync_latency_s=0)
    _, events = played(world(tier, commands=[change(9.5, "heartbeat.link.latency", us(0.3))]), until_s=12)
    assert times_s(events, HeartbeatReceived) == [*range(10), 10.3, 11.3]


def convergence() -> None:
    _, events = played(world(commands=[change(5, "address.convergence", us(2)), strike(11)]))
    assert times_s(events, AddressLearned) == [15]
    commands = [change(13.5, "address.convergence", us(1)), strike(11)]
    _, events = played(world(pair(convergence_us=us(4)), commands=commands))
    assert times_s(events, AddressLearned) == [17]  # who was told already follows as before


def traffic_rate() -> None:
    state, _ = played(world(commands=[change(5.05, "traffic.rate", Rate(2), None)]))
    opens = state.traffic.opens_us
    assert opens[opens < us(5.05)].tolist() == [us(0.1) * n for n in range(51)]
    assert opens[opens >= us(5.05)].tolist() == [
        us(5.3) + us(0.5) * n for n in range(30)
    ]  # half an arrival was due


CHECKS: dict[str, Callable[[], None]] = {
    "sync.interval": sync_interval,
    "heartbeat.interval": heartbeat_interval,
    "heartbeat.misses": heartbeat_misses,
    "link.latency": link_latency,
    "sync.link.latency": sync_link_latency,
    "heartbeat.link.latency": heartbeat_link_latency,
    "address.convergence": convergence,
    "traffic.rate": traffic_rate,
}


def test_every_parameter_is_checked() -> None:
    assert set(CHECKS) == set(PARAMETERS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_live_change(name: str) -> None:
    CHECKS[name]()


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_a_change_is_an_event(name: str) -> None:
    parameter = PARAMETERS[name]
    tier = pair(sync_latency_s=0) if name.split(".", maxsplit=1)[0] in ("sync", "heartbeat") else pair()
    value = {"rate": Rate(3), "count": 4, "duration": us(0.5)}[parameter.unit]
    act = SetParameter(us(4), name, None if parameter.scope == "traffic" else 0, value)
    _, events = played(world(tier, commands=[act]))
    assert [(event.at_us, event.parameter) for event in of(events, ParameterSet)] == [(us(4), name)]


@pytest.mark.parametrize("policy", ["periodic", "streaming"])
@pytest.mark.parametrize("at_s", [3, 3.01, 3.5, 3.99])
def test_another_heartbeat_interval_never_causes_a_takeover(policy: str, at_s: float) -> None:
    for interval_s in (0.1, 0.5, 0.9, 2, 10):
        for latency_s in (0, 0.05):
            tier = pair(policy=policy, latency_s=latency_s, misses=2)
            commands = [change(at_s, "heartbeat.interval", us(interval_s))]
            state, events = played(world(tier, commands=commands))
            assert not of(events, Takeover), (interval_s, latency_s)
            assert account(state).stateful


@pytest.mark.parametrize(
    "tier",
    [
        pair(latency_s=7),
        pair(latency_s=3, misses=2),
        TierSetup("slow", "slow", links=pair(latency_s=1.9).links),
    ],
    ids=["longer than the hold time", "as long as misses + 1", "default"],
)
def test_a_slow_cable_is_no_fault(tier: TierSetup) -> None:
    """The pair has been running before t = 0; the heartbeats of that time keep coming."""
    state, events = played(world(tier))
    assert not of(events, Takeover)
    assert account(state).stateful


@pytest.mark.parametrize("to_s", [0, 0.2, 1.5])
@pytest.mark.parametrize("strike_s", [8.2, 8.5, 8.700001, 9, 9.5, 12])
def test_a_stream_on_a_cable_that_changes_keeps_its_order(to_s: float, strike_s: float) -> None:
    """What is exposed is what a bolt costs, also while the old end of the stream is still on the cable."""
    tier = pair(policy="streaming", sync_latency_s=0.7)
    commands = [change(8, "sync.link.latency", us(to_s)), strike(strike_s)]
    state = start(world(tier, commands=commands))
    advance(state, us(strike_s) - 1)
    before = state.copy()
    before.now_us += 1
    advance(state, us(strike_s))
    assert exposure(before).by_tier == (account(state).lost.sessions,)


def test_a_latency_changed_twice_at_one_instant_is_as_if_changed_once() -> None:
    tier = pair(policy="streaming", sync_latency_s=0.7)
    results = []
    for first in ([], [change(8, "sync.link.latency", us(5))]):
        commands = [*first, change(8, "sync.link.latency", us(0.2)), strike(9)]
        results.append(lost(played(world(tier, commands=commands))[0]))
    assert results[0] == results[1] == {"in_flight": 2}


def test_the_rate_of_chance_changes_without_touching_what_has_been() -> None:
    columns = []
    for rate in (Rate(10), Rate(40)):
        commands = [change(10, "traffic.rate", rate, None)]
        state, _ = played(world(commands=commands, law="poisson", lifetime_us=us(3)))
        columns.append(state.traffic.opens_us[state.traffic.opens_us < us(10)])
    assert np.array_equal(columns[0], columns[1])


def test_another_heartbeat_interval_before_the_first_heartbeat_has_come() -> None:
    """Those sent before the run come every 0.25 s until the first one of the run does, at 1.3 s."""
    tier = pair(heartbeat_s=0.25, misses=2, latency_s=1.3)
    _, events = played(world(tier, commands=[change(0, "heartbeat.interval", us(0.5))]))
    assert not of(events, Takeover)
