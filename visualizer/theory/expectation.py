"""What theory expects of a `Setup`: the figures to put beside what a run really gave."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.sim.setup import Setup
from visualizer.theory.expected_loss import chance_of_no_loss, in_doubt, lost_sessions, unanswered_s
from visualizer.theory.expected_outage import outage, requests_interrupted, stays_up
from visualizer.theory.given import BLOWS, moving


@dataclass(frozen=True, slots=True)
class Expectation:
    """Means over a strike at a random instant; None where no closed form applies.

    `lost_sessions`: acknowledged sessions that are gone. `outage_s`: from the strike until clients are served
    again. `requests_interrupted`: requests that met nobody or never got their answer, at their first try.
    `chance_of_no_loss`: that no state at all is lost. `in_doubt`: requests that live on without an answer.
    """

    lost_sessions: float | None
    requests_interrupted: float | None
    chance_of_no_loss: float | None
    outage_s: float | None
    in_doubt: float | None


def expectation(setup: Setup, *, tier: int = 0, fault: str = "lightning") -> Expectation | None:
    """For one strike on the tier's active unit, at a random instant of an undisturbed run.

    The setup's own commands are left aside. None when the fault (all but lightning, host, process) or
    everything about it has no closed form, and when a heartbeat may be late or lost, for then the pair also
    fails over by itself. Of the rest there is no closed form for

    - state: a sync cable with jitter, or with loss unless it carries datagrams; an overloaded cable;
      batches and snapshots whose time depends on what is in them, but for Poisson sessions that live for
      ever; a part never copied, or no copies at all, unless as many sessions open as close; late
      acknowledgement of mortal sessions; a living cable that delivers after the takeover; columns with
      snapshots, pickup delays or parts left out;
    - the chance to lose nothing: where transactions change old sessions, or a part is never copied;
    - the outage: a fence that may fail, caches that may forget before the announcements end, columns that
      fence or whose announcements are lost;
    - requests: transactions that are evenly spaced, that retry or stall, that wait for each other, or whose
      sessions live equally long or not in equilibrium; evenly spaced sessions when the poll is no
      divisor of the heartbeats' interval, or when columns have different heartbeats;
    - in doubt: several tiers of which one waits, acknowledgements that are late without waiting for a copy,
      or transactions as in the row before.
    """
    blow = BLOWS.get(fault)
    if blow is None or not all(stays_up(one) for one in moving(setup, tier)):
        return None
    broken = outage(setup, tier, blow)
    hung_s = unanswered_s(setup, tier, blow)
    met = None if broken is None or _hard_to_count(setup, tier) else broken.met
    interrupted = None if met is None or hung_s is None else requests_interrupted(setup.traffic, met, hung_s)
    result = Expectation(
        lost_sessions(setup, tier, blow),
        interrupted,
        chance_of_no_loss(setup, tier, blow),
        None if broken is None else broken.time.mean_s,
        in_doubt(setup, tier, blow),
    )
    known = (result.lost_sessions, result.requests_interrupted, result.chance_of_no_loss, result.outage_s)
    return None if known == (None, None, None, None) else result


def _hard_to_count(setup: Setup, tier: int) -> bool:
    """Transactions that come again make it a matter of what is counted; in columns that are back tier by tier
    some clients know of their loss before they could have been served.
    """
    clients = setup.clients
    tries = clients.retry is not None or clients.stall_us is not None
    uneven = len({one.takeover_us + one.convergence_us for one in moving(setup, tier)}) > 1
    return (tries or uneven) and setup.traffic.transaction_rate is not None
