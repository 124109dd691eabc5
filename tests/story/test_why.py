"""The chain of every kind of loss, in sentences that are true."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.ledger import chain, chain_of_transaction, lost_changes
from visualizer.scenario import load
from visualizer.scenario.load import parse, shipped_names
from visualizer.sim.event import LossCause
from visualizer.story.why import Step, tell
from visualizer.timeline.run import Run

S = 1_000_000


PAIR = """
title: A pair
duration: 20s
traffic: {{rate: 10/s, transactions: 2/s}}
tiers:
  firewall:
    heartbeat: {{interval: 100ms, misses: 2}}
    sync: {{policy: periodic, interval: 3s, link: {{latency: 1s}}}}
events:
  - {{at: 9.5s, fault: {fault}, target: firewall.primary}}
"""


def played(scenario: str) -> Run:
    run = Run((parse(scenario, "test.yaml") if "\n" in scenario else load(scenario)).setup)
    run.finish()
    return run


def told(scenario: str, cause: LossCause) -> tuple[Step, ...]:
    """The chain of the first session that a scenario loses for that cause."""
    run = played(scenario)
    end = run.finish()
    loss = next(loss for loss in end.losses if loss.cause is cause and len(loss.sessions))
    return tell(chain(end, int(loss.sessions[0])), end, run.events)


@pytest.mark.parametrize(
    ("scenario", "cause", "kinds", "said"),
    [
        ("article", "unsynced", "safe accepted fault takeover", "not due before 12.0 s"),
        (
            "cold-standby",
            "stale_snapshot",
            "safe accepted fault takeover",
            "No complete copy was young enough",
        ),
        ("garp-lost", "never_synced", "safe accepted fault takeover", "Here nothing is ever copied."),
        ("fortigate-pickup-delay", "never_synced", "accepted safe fault takeover", "30.0 s is copied"),
        ("serial-cable", "backlog", "safe accepted fault takeover", "still waited for the sync cable"),
        ("semi-sync", "backlog", "safe accepted fault takeover", "waits for the answer until 10.0 s"),
        ("parallel", "cascade", "safe accepted fault takeover", "moves as a whole"),
        ("split-brain", "split_brain", "safe accepted fault takeover lost", "The primary gives way"),
        ("jitter", "split_brain", "safe accepted takeover lost", "hears no heartbeat in time"),
        ("failback", "failback", "safe accepted lost", "before its copy is complete"),
        ("dublin-2011", "no_survivor", "accepted safe fault takeover", "and it is down as well"),
    ],
)
def test_every_cause(scenario: str, cause: str, kinds: str, said: str):
    steps = told(scenario, LossCause(cause))
    assert " ".join(step.kind for step in steps) == kinds
    assert said in " ".join(step.text for step in steps)
    times = [step.at_us for step in steps if step.at_us is not None]
    assert times == sorted(times)


@pytest.mark.parametrize(
    ("fault", "said"), [("lightning", "was on the cable, and never"), ("host", "is still on the cable")]
)
def test_in_flight(fault: str, said: str):
    """Lightning kills what is on the cable; what lives comes too late for a hasty takeover."""
    steps = told(PAIR.format(fault=fault), LossCause.IN_FLIGHT)
    assert said in " ".join(step.text for step in steps)


def test_a_transaction_of_a_session_that_lives_on():
    run = played(PAIR.format(fault="lightning"))
    end = run.finish()
    changes = lost_changes(end)
    own = [place for place in range(len(changes)) if changes.is_transaction[place]]
    assert own
    for place in own:
        session, at_us = int(changes.session[place]), int(changes.accepted_us[place])
        assert session not in end.lost_sessions
        found = chain_of_transaction(end, session, at_us)
        steps = {step.kind: step for step in tell(found, end, run.events)}
        assert steps["accepted"].at_us == at_us
        assert f"this transaction of session {session}" in steps["takeover"].text


@pytest.mark.parametrize("scenario", sorted(set(shipped_names())))
def test_all_that_is_lost_is_listed_once_and_told(scenario: str):
    run = played(scenario)
    end = run.finish()
    changes = lost_changes(end)
    assert sorted(changes.session[~changes.is_transaction].tolist()) == end.lost_sessions.tolist()
    for number in range(len(end.losses)):
        for place in (
            np.flatnonzero(changes.loss == number)[[0, -1]] if (changes.loss == number).any() else ()
        ):
            found = chain(end, int(changes.session[place]))
            steps = tell(found, end, run.events)
            assert (found.lost_us, found.accepted_us) == (
                end.losses[number].at_us,
                int(changes.accepted_us[place]),
            )
            assert any(step.at_us == found.lost_us for step in steps)
            assert all(step.text.endswith(".") and step.text[0].isupper() for step in steps)


def test_what_was_not_lost_has_no_chain():
    end = played("article").finish()
    with pytest.raises(KeyError):
        chain(end, 0)
    with pytest.raises(KeyError):
        chain_of_transaction(end, 100, 10 * S)
