"""A write is acknowledged when the replica has it, and each connection waits for that before it asks again.

Nothing acknowledged is lost, some work is in doubt, and a cut cable stops everybody.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tests.reality.build import DELAY_MS, Played, cabled, phases, played, rate_of, strike, tier_of, us, world
from tests.reality.families.family import Family
from tests.reality.families.stream import fault_of, offered_per_s
from tests.reality.figures import Figure
from tests.reality.rows import Row
from visualizer.ledger import account
from visualizer.sim.history import acknowledged_us
from visualizer.sim.setup import US_PER_S, Setup, TierSetup

WORK_S = 0.005
"""The work of a commit and the client's own turn, both of the machine that measured: up to 5 ms."""

_DOWN_S = 6
"""How long a cut cable stays cut where the row does not say it."""

_ACKED = re.compile(r"acked_within_(\d+)s_after_cut")


def waits(row: Row) -> bool:
    """Redis' WAIT, or PostgreSQL's synchronous_commit with a standby that must answer."""
    return "wait" in row.words or row.parameters.get("synchronous_commit") in (
        "on",
        "remote_write",
        "remote_apply",
    )


def waiting_tier(row: Row) -> TierSetup:
    """The pair with the row's cable. Redis itself never waits: WAIT is asked for by the client."""
    preset = "redis-sentinel" if row.group == "B" else "postgresql-synchronous"
    tier = cabled(tier_of(preset), latency_us=us(row.parameters[DELAY_MS] / 1_000))
    return replace(tier, sync=replace(tier.sync, policy="synchronous" if waits(row) else "streaming"))


def _world(row: Row, end_us: int, *strikes: tuple[int, str]) -> Setup:
    """Each connection is a session that would ask for its share of what is offered."""
    connections = row.parameters.get("connections", 1)
    return world(
        waiting_tier(row), end_us, *(strike(at_us, fault) for at_us, fault in strikes),
        initial_sessions=connections, connections=connections,
        transaction_rate=rate_of(offered_per_s(row) / connections),
    )  # fmt: skip


def round_trip_s(row: Row) -> float:
    return 2 * row.parameters[DELAY_MS] / 1_000 if waits(row) else 0.0


def per_s(row: Row, work_s: float = 0.0) -> float:
    """Answers a second: what is offered, or one for each connection and round trip."""
    answer_s = round_trip_s(row) + work_s
    offered, connections = offered_per_s(row), row.parameters.get("connections", 1)
    return min(offered, connections / answer_s) if answer_s else offered


def in_doubt(row: Row) -> float:
    """What has arrived, and whose answer is not back: half a round trip, or all if the cable lives on."""
    there_s = round_trip_s(row) / 2 if fault_of(row) == "lightning" else round_trip_s(row)
    return per_s(row) * there_s


def deaths(row: Row) -> list[Figure]:
    """The primary dies at every phase of a connection's turn.

    Real commits bunch, those of the world come evenly: up to all that wait can be in doubt, or none.
    """
    connections = row.parameters.get("connections", 1)
    strikes = phases(3 * US_PER_S, us(connections / per_s(row)), 40)
    runs = [played(_world(row, at_us + US_PER_S, (at_us, fault_of(row)))) for at_us in strikes]
    work = per_s(row) - per_s(row, WORK_S)
    throughput, latency_s = _undisturbed(row)
    return [
        Figure("acked_lost", [account(run.state).lost.transactions for run in runs], closed_form=0),
        Figure(
            "unacked_but_present",
            [run.in_doubt for run in runs],
            closed_form=in_doubt(row),
            scatter=connections,
        ),
        Figure("throughput_per_s", [throughput], work, per_s(row), scatter=work),
        Figure("commit_latency_s", [latency_s], WORK_S, round_trip_s(row)),
    ]


def _undisturbed(row: Row) -> tuple[float, float]:
    """(answers a second, seconds from a request to its answer) when nothing happens for 10 s."""
    run = played(_world(row, 10 * US_PER_S))
    made_us = run.state.traffic.transaction_us
    made_us = made_us[: account(run.state).acknowledged_transactions]
    answered_us = acknowledged_us(run.state, made_us)
    late = int((answered_us > 5 * US_PER_S).sum())
    return late / 5, float((answered_us - made_us).mean()) / US_PER_S


def cut(row: Row) -> list[Figure]:
    """The cable is cut and healed; both units live."""
    measured = [match for name in row.measured if (match := _ACKED.fullmatch(name))]
    down_us = us(int(measured[0][1]) if measured else _DOWN_S)
    found = [
        _cut(row, at_us, down_us) for at_us in phases(3 * US_PER_S, us(round_trip_s(row)) or US_PER_S, 16)
    ]
    acked, last_s, hung, resumed_s, lost = (list(column) for column in zip(*found, strict=True))
    return [
        Figure(f"acked_within_{down_us // US_PER_S}s_after_cut", acked, 1),
        Figure("last_ack_after_cut", last_s, WORK_S, scatter=round_trip_s(row) / 2),
        Figure("hung", hung),
        Figure("waiting_SyncRep", hung),
        Figure("resumed_after_heal", resumed_s, WORK_S),
        Figure("lost", lost),
    ]


def _cut(row: Row, at_us: int, down_us: int) -> tuple[int, float, int, float, int]:
    """(acknowledged while it was cut, the last of all answers before, waiting, the first after it, lost)."""
    heal_us = at_us + down_us
    before = account(played(_world(row, at_us, (at_us, "cut"))).state)
    during = account(played(_world(row, heal_us - 1, (at_us, "cut"))).state)
    end = played(_world(row, heal_us + 3 * US_PER_S, (at_us, "cut"), (heal_us, "heal")))
    answer_us = us(round_trip_s(row))
    made_us = end.state.traffic.transaction_us
    last_us = int(made_us[during.acknowledged_transactions - 1]) + answer_us
    acked = during.acknowledged_transactions - before.acknowledged_transactions
    return (
        acked,
        (last_us - at_us) / US_PER_S,
        during.pending,
        _resumed_s(end, heal_us),
        account(end.state).lost.transactions,
    )


def _resumed_s(run: Played, heal_us: int) -> float:
    """From the heal until a connection asks again, which it does when it has its answer."""
    made_us = run.state.traffic.transaction_us
    return float(made_us[made_us >= heal_us].min() - heal_us) / US_PER_S


_MACHINE = {
    "promotion_s": "how long PostgreSQL itself takes to promote",
    "ghost_commits_visible_after_cancel": "somebody cancels a waiting commit by hand: no act of the engine",
}

WAITING = Family(lambda row: row.group in "BD" and waits(row) and "cut" not in row.words, deaths, _MACHINE)
CUT = Family(lambda row: row.group == "D" and "cut" in row.words, cut, _MACHINE)
