"""Requests that wait for the standby: what they cost, what they save, when they wait in vain."""

from __future__ import annotations

from typing import Any

import pytest
from sim.small import cut, heal, lost, on_link, pair, played, repair, strike, times_s, tuned, us, world

from visualizer.ledger import account
from visualizer.sim import State
from visualizer.sim.command import Command
from visualizer.sim.event import (
    AcknowledgementsBack,
    AcknowledgementsHeld,
    Event,
    FellBack,
    InDoubt,
    Status,
    Takeover,
)
from visualizer.sim.setup import ALL, ClientSetup, Quality, Setup, TierSetup


def waiting(latency_s: float = 0, policy: str = "synchronous", **sync: Any) -> TierSetup:
    return tuned(pair(policy=policy, sync_latency_s=latency_s), sync=sync)


def pending(setup: Setup, at_s: float) -> int:
    return account(played(setup, at_s)[0]).pending


def answers(events: list[Event]) -> list[tuple[float, str]]:
    """When answers stopped, came back, or were given up."""
    kinds = (AcknowledgementsHeld, AcknowledgementsBack, FellBack)
    return [(event.at_us / us(1), type(event).__name__) for event in events if isinstance(event, kinds)]


def hung(state: State) -> int:
    return account(state).interrupted.get(Status.HUNG, 0)


@pytest.mark.parametrize(("response_s", "count"), [(0, 4), (0.3, 7), (1, 14)])
def test_a_request_waits_for_the_way_there_the_work_and_the_way_back(response_s: float, count: int) -> None:
    """0.1 s there, 0.2 s until the standby can use it, 0.1 s back, after the server's own response time."""
    setup = world(waiting(0.1, apply_us=us(0.2)), response_us=us(response_s))
    assert pending(setup, 5.05) == count


def test_with_two_tiers_the_later_answer_counts() -> None:
    """0.2 s and 0.6 s: those of 4.5 to 5.0 s wait at 5.05 s."""
    tiers = [tuned(waiting(0.1), name="a"), tuned(waiting(0.3), name="b")]
    assert pending(world(*tiers), 5.05) == 6


@pytest.mark.parametrize(("fault", "doubtful"), [("host", 4), ("lightning", 2)])
def test_a_crash_loses_nothing_acknowledged_and_leaves_some_in_doubt(fault: str, doubtful: int) -> None:
    """0.2 s each way: answered are those before 4.6 s. Of the other four a dead host lets all arrive,
    lightning those before 4.8 s.
    """
    state, events = played(world(waiting(0.2), commands=[strike(5, fault)]))
    assert lost(state) == {}
    assert hung(state) == 4
    assert [event.transactions for event in events if isinstance(event, InDoubt)] == [doubtful]


def test_a_cut_blocks_and_a_heal_answers_everybody() -> None:
    """Cut from 5 to 8 s: at 7.95 s the 30 of 5.0 to 7.9 s wait, at 8.05 s nobody."""
    setup = world(waiting(), commands=[cut(5, link=1), heal(8, link=1)])
    assert [pending(setup, at_s) for at_s in (4.95, 7.95, 8.05)] == [0, 30, 0]
    state, events = played(setup)
    assert answers(events) == [(5, "AcknowledgementsHeld"), (8, "AcknowledgementsBack")]
    assert account(state).stateful
    assert account(state).interrupted == {}


def test_who_waits_when_the_active_dies_hangs() -> None:
    """Those of 5.0 to 6.9 s; nothing of them reached the standby, so nothing is in doubt."""
    state, _ = played(world(waiting(), commands=[cut(5, link=1), strike(7)]))
    assert (hung(state), lost(state), account(state).in_doubt) == (20, {}, 0)


def fallback(*commands: Command) -> tuple[State, list[Event]]:
    return played(world(waiting(policy="semi-sync", timeout_us=us(2)), commands=[cut(5, link=1), *commands]))


def test_semi_synchronous_gives_up_and_runs_on() -> None:
    """The first request that waits is that of 5.0 s. At 7.0 s all are answered; a crash at 8 s loses them."""
    state, events = fallback(strike(8))
    assert answers(events) == [(5, "AcknowledgementsHeld"), (7, "FellBack")]
    assert lost(state) == {"backlog": 30}
    assert hung(state) == 0


def test_semi_synchronous_waits_again_when_the_standby_has_caught_up() -> None:
    state, events = fallback(heal(9, link=1), cut(12, link=1), strike(13.5))
    assert answers(events) == [
        (5, "AcknowledgementsHeld"),
        (7, "FellBack"),
        (9, "AcknowledgementsBack"),
        (12, "AcknowledgementsHeld"),
    ]
    assert lost(state) == {}
    assert hung(state) == 15


def test_synchronous_may_have_a_time_out_too() -> None:
    _, events = played(world(waiting(timeout_us=us(1)), commands=[cut(5, link=1)]))
    assert (6, "FellBack") in answers(events)


def test_a_unit_that_took_over_runs_alone_until_a_standby_has_caught_up() -> None:
    """Takeover at 7 s. Nobody waits until the newcomer has its copy at 9.1 s, 0.1 s after its repair."""
    setup = world(waiting(0.1), commands=[strike(5), repair(9)])
    assert [pending(setup, at_s) for at_s in (8.05, 9.05, 9.35)] == [0, 0, 2]
    _, events = played(setup)
    assert times_s(events, Takeover) == [7]
    assert times_s(events, AcknowledgementsBack) == [9.1]


def test_the_standby_dies_and_takes_its_answers_along() -> None:
    """0.2 s of work at the standby: those of 4.8 and 4.9 s had arrived, but were not answered by 5 s."""
    setup = world(waiting(apply_us=us(0.2)), commands=[strike(5, unit=1)])
    assert pending(setup, 5.95) == 12
    state, _ = played(world(waiting(apply_us=us(0.2)), commands=[strike(5, unit=1), strike(6)]))
    assert lost(state) == {"no_survivor": 48}
    assert hung(state) == 12


def test_answers_go_back_at_the_latency_of_their_time() -> None:
    """1 s each way, from 5 s on 0.1 s: what had arrived by 4.9 s is answered at 5.0 s, the rest in order."""
    tier = tuned(waiting(1), link={"degraded": Quality(latency_us=us(0.1))})
    setup = world(tier, commands=[on_link(5, "degrade", 1)])
    assert pending(setup, 4.95) == 20
    assert pending(setup, 5.15) == 11  # those of 4.1 to 5.1 s; that of 4.0 s arrived at 5.0 s
    assert pending(setup, 6.35) == 2


def test_a_slow_unit_that_recovers_goes_on_copying() -> None:
    """Slow for 50 ms while 100 ms of the stream were on the cable: the stream behind it is not forgotten."""
    commands = [strike(5.52, "slow"), repair(5.57), strike(9)]
    state, events = played(world(waiting(0.1), commands=commands))
    assert answers(events)[:2] == [(5.52, "AcknowledgementsHeld"), (5.67, "AcknowledgementsBack")]
    assert lost(state) == {}
    assert hung(state) == 2


def test_an_active_whose_standby_serves_itself_is_blocked_until_that_is_gone() -> None:
    """Cut at 5 s, takeover at 7 s, followed by nobody: the 20 that waited hang, and so do the 40 until 11 s,
    when the new one dies. The old one serves on; its requests wait until the other is back at 15 s.
    """
    tier = tuned(pair(policy="synchronous"), name="db")
    commands = [cut(5), strike(11, unit=1), heal(12), repair(15, unit=1)]
    setup = world(tier, clients=ClientSetup(stay=ALL), commands=commands)
    state, events = played(setup)
    assert times_s(events, Takeover) == [7]
    assert account(state).interrupted == {Status.HUNG: 60}
    assert lost(state) == {}
    assert [pending(setup, at_s) for at_s in (14.95, 15.05)] == [40, 0]
    assert answers(events)[-2:] == [(11, "AcknowledgementsHeld"), (15, "AcknowledgementsBack")]


def test_a_blocked_unit_is_free_when_it_has_given_up() -> None:
    """It comes back as the standby of the other one and takes over from it like any other."""
    tier = pair(policy="synchronous")
    commands = [cut(5), heal(9.5), strike(15.05, unit=1)]
    state, events = played(world(tier, commands=commands))
    assert [(event.at_us, event.unit) for event in events if isinstance(event, Takeover)] == [
        (us(7), 1),
        (us(18), 0),
    ]
    assert state.tiers[0].serving == 0
    assert lost(state) == {}


def test_a_copy_without_content_answers_nobody_before_it_arrives() -> None:
    """Ten requests a second over a cable that takes five. Slow from 5.0 to 5.05 s, and nothing has changed
    meanwhile; the cable still carries those of 3 s when the host dies at 6 s. 29 have been answered.
    """
    tier = tuned(waiting(change_bytes=1000), link={"bandwidth_bps": 40_000})
    commands = [strike(5, "slow"), repair(5.05), strike(6, "host")]
    state, _ = played(world(tier, commands=commands))
    assert lost(state) == {}
    assert hung(state) == 1 + 59 - 29
