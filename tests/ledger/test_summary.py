"""The summary is plain data that says the same as the books, in seconds."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from sim.small import cut, heal, pair, played, strike, us, world

from visualizer.ledger import FORMAT, account, seconds, summarise
from visualizer.sim.setup import ClientSetup, Rate, RetrySetup


def test_the_summary_of_a_run() -> None:
    state, _ = played(world(commands=[strike(11)], transaction_rate=Rate(1), response_us=us(0.1)))
    books, summary = account(state), summarise(state)
    assert json.loads(json.dumps(summary)) == summary
    assert summary["format"] == FORMAT
    assert (summary["tick_us"], summary["ticks"]) == (10_000, 2000)
    assert re.fullmatch("[0-9a-f]{64}", summary["trace_sha256"])
    assert summary["offered"] == {
        "sessions": books.offered_sessions,
        "transactions": books.offered_transactions,
    }
    loss = summary["state_loss"]
    assert (loss["sessions"], loss["transactions"]) == (books.lost.sessions, books.lost.transactions)
    assert loss["by_cause"] == {"unsynced": books.lost.sessions}
    assert summary["interruption"]["requests"] == books.requests_interrupted
    assert summary["interruption"]["no_service_s"] == 2.0
    assert summary["stateful"] is False
    assert summary["failovers"] == [
        {
            "tier": "firewall",
            "fault": "lightning",
            "target": "firewall.primary",
            "fault_at_s": 11.0,
            "takeover_at_s": 13.0,
            "achieved_rpo_s": 2.0,
            "achieved_rto_s": 2.0,
            "state_loss": {
                "sessions": loss["sessions"],
                "transactions": loss["transactions"],
                "entries": loss["entries"],
            },
        }
    ]


def test_the_summary_tells_delay_from_failure() -> None:
    setup = world(pair(policy="streaming"), commands=[strike(11)], duration_s=14.5)
    whole = summarise(played(replace(setup, clients=ClientSetup(RetrySetup())))[0])["interruption"]
    assert {name: whole[name] for name in ("requests", "failed", "delayed", "waiting")} == {
        "requests": 20,
        "failed": 0,
        "delayed": 16,
        "waiting": 4,
    }
    assert (whole["longest_delay_s"], whole["mean_delay_s"]) == (3.0, 1.75)
    alone = summarise(played(setup)[0])["interruption"]
    assert (alone["requests"], alone["failed"], alone["delayed"], alone["waiting"]) == (20, 20, 0, 0)
    assert (alone["longest_delay_s"], alone["mean_delay_s"]) == (None, None)


def test_a_false_failover_names_the_cut_and_the_unit_that_was_deposed() -> None:
    state, _ = played(world(pair(sync_latency_s=0), commands=[cut(11), heal(15)]))
    (failover,) = summarise(state)["failovers"]
    assert (failover["fault"], failover["target"], failover["fault_at_s"]) == (
        "cut",
        "firewall.primary",
        11.0,
    )


def test_ticks_are_rounded_up() -> None:
    state, _ = played(world(duration_s=1), until_s=0.015)
    assert summarise(state)["ticks"] == 2


@pytest.mark.parametrize(
    ("time_us", "text"), [(None, "null"), (0, "0.0"), (13_001_000, "13.001"), (1, "1e-06")]
)
def test_seconds_print_as_the_exact_decimal(time_us: int | None, text: str) -> None:
    assert json.dumps(seconds(time_us)) == text


def test_a_summary_changes_nothing() -> None:
    state, _ = played(world(commands=[strike(11)]), until_s=15)
    assert summarise(state) == summarise(state)
