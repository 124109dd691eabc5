"""The pairs of the first lessons, struck as a test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from visualizer.lab.strike import struck
from visualizer.ledger import account
from visualizer.scenario import load
from visualizer.sim import State, advance, start
from visualizer.sim.setup import US_PER_S, Setup

MS = 1_000


def setup_of(name: str, *overrides: str) -> Setup:
    return load(f"course/{name}", overrides=overrides).setup


def quiet(setup: Setup, until_us: int) -> Setup:
    """The same without anything that happens during the run, and no longer than that."""
    return replace(setup, commands=(), duration_us=until_us)


def finished(setup: Setup) -> State:
    state = start(setup)
    advance(state, setup.duration_us)
    return state


@dataclass(frozen=True, slots=True)
class Struck:
    """What one strike on the primary cost. `lost_us`: when the lost sessions had opened."""

    lost_us: tuple[int, ...]
    open_sessions: int
    met_nobody: int
    rpo_s: float | None
    rto_s: float | None

    @property
    def lost(self) -> int:
        return len(self.lost_us)


def struck_at(setup: Setup, at_us: int) -> Struck:
    """`setup` without its own strikes, struck once."""
    before = start(setup)
    advance(before, at_us - 1)
    state = finished(struck(setup, at_us))
    books = account(state)
    record = books.failovers[-1]
    numbers = [number for loss in state.losses for number in loss.sessions.tolist()]
    return Struck(
        tuple(int(state.traffic.opens_us[number]) for number in numbers),
        account(before).open_sessions,
        books.requests_interrupted,
        _seconds(record.achieved_rpo_us),
        _seconds(record.achieved_rto_us),
    )


def strikes(setup: Setup, from_us: int, to_us: int, step_us: int) -> Iterator[Struck]:
    """One run for each instant; the last is before `to_us`."""
    return (struck_at(setup, at_us) for at_us in range(from_us, to_us, step_us))


def _seconds(time_us: int | None) -> float | None:
    return None if time_us is None else time_us / US_PER_S
