"""One run, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from visualizer import __version__
from visualizer.language import say
from visualizer.ledger import Account, account, chain, chain_of_transaction, lost_changes, sawtooth, summarise
from visualizer.notebook.asking import Instant, Scenario, instant_us, loaded_of
from visualizer.notebook.loaded import Loaded, Settings
from visualizer.notebook.pictures import PICTURE_PX, THEME, Picture, Size, painted, theme_of
from visualizer.scene.primitives import Scene
from visualizer.script.script import SPEED_ONE
from visualizer.sim.chain import Chain
from visualizer.sim.event import line
from visualizer.sim.setup import US_PER_S
from visualizer.story.telling import telling_us
from visualizer.story.why import tell
from visualizer.study.table import Column, Table
from visualizer.timeline import Run

if TYPE_CHECKING:
    from visualizer.film import Pictures


class Result:
    """A run that was played. The last line of a cell shows the instant of it that says most.

    State loss, interruption and doubt are three books, never to be added together.
    """

    def __init__(self, scenario: Loaded, until_us: int) -> None:
        self.scenario = scenario
        self._until_us = until_us
        self._run = Run(scenario.setup)
        self._run.seek(until_us)
        self._state = self._run.state
        self.summary: dict[str, Any] = summarise(self._state)
        """What `run --json` prints."""

    @cached_property
    def _books(self) -> Account:
        return account(self._state)

    @property
    def stateful(self) -> bool:
        """Whether no acknowledged state was lost."""
        return self._books.stateful

    @property
    def lost_sessions(self) -> int:
        """Acknowledged sessions that are gone."""
        return self._books.lost.sessions

    @property
    def lost_transactions(self) -> int:
        """Acknowledged transactions that are gone, those of lost sessions too."""
        return self._books.lost.transactions

    @property
    def lost_by_cause(self) -> dict[str, int]:
        """Sessions by the reason why they are gone."""
        found: dict[str, int] = self.summary["state_loss"]["by_cause"]
        return dict(found)

    @property
    def interrupted(self) -> int:
        """Requests that met nobody, or never got their answer."""
        return self._books.requests_interrupted

    @property
    def in_doubt(self) -> int:
        """Transactions that were applied and never confirmed."""
        return self._books.in_doubt

    @property
    def no_service_s(self) -> float:
        """How long a new request would have failed, in seconds."""
        return self._books.no_service_us / US_PER_S

    @property
    def trace_sha256(self) -> str:
        """Of all that happened: two runs with the same are the same."""
        found: str = self.summary["trace_sha256"]
        return found

    @cached_property
    def failovers(self) -> Table:
        """A row a change of the active unit; times in seconds, NaN for what never came."""
        rows = self.summary["failovers"]
        times = ("fault_at_s", "takeover_at_s", "achieved_rpo_s", "achieved_rto_s")
        columns: dict[str, Column] = {
            "tier": _words([row["tier"] for row in rows]),
            "fault": _words([row["fault"] or "" for row in rows]),
            "target": _words([row["target"] for row in rows]),
        }
        for name in times:
            columns[name] = np.array([np.nan if row[name] is None else row[name] for row in rows], np.float64)
        for name in ("sessions", "transactions"):
            columns[f"lost_{name}"] = np.array([row["state_loss"][name] for row in rows], np.int64)
        return self._table(columns)

    @cached_property
    def losses(self) -> Table:
        """A row a lost session, or lost transaction of a session that lived on, in order of the loss: when it
        was accepted (below 0: before the start), how far the last safe copy went, when the fault, the loss
        and the takeover came; in microseconds, -1 for what never was.
        """
        setup, found = self.scenario.setup, self._chains
        tiers = [setup.tiers[one.tier].name for one in found]
        columns: dict[str, Column] = {
            "session": np.array([one.session for one in found], np.int64),
            "what": _words(["session" if one.transaction_us is None else "transaction" for one in found]),
            "tier": _words(tiers),
            "cause": _words([str(one.cause) for one in found]),
            "accepted_us": _times([one.accepted_us for one in found]),
            "safe_us": _times([one.safe_us for one in found]),
            "fault_us": _times([one.fault_us for one in found]),
            "lost_us": _times([one.lost_us for one in found]),
            "takeover_us": _times([one.takeover_us for one in found]),
        }
        return self._table(columns)

    @cached_property
    def _chains(self) -> list[Chain]:
        changes, state = lost_changes(self._state), self._state
        each = zip(
            changes.session.tolist(),
            changes.accepted_us.tolist(),
            changes.is_transaction.tolist(),
            strict=True,
        )
        return [
            chain_of_transaction(state, session, at_us) if alone else chain(state, session)
            for session, at_us, alone in each
        ]

    @cached_property
    def events(self) -> Table:
        """A row an event: its instant, its kind, and its line of the trace."""
        found = self._run.events
        columns: dict[str, Column] = {
            "at_us": np.array([event.at_us for event in found], np.int64),
            "event": _words([type(event).__name__ for event in found]),
            "line": _words([line(event, self.scenario.setup) for event in found]),
        }
        return self._table(columns)

    def exposure(self, step_s: float | None = None) -> Table:
        """The sawtooth: the sessions that lightning would cost just before each instant, a column a tier.

        Every `step_s` seconds (None: every tick) and at both sides of every edge.
        """
        step_us = self.scenario.setup.tick_us if step_s is None else max(round(step_s * US_PER_S), 1)
        saw = sawtooth(self._state, step_us)
        columns: dict[str, Column] = {"at_us": saw.times_us}
        for tier, row in zip(self.scenario.setup.tiers, saw.by_tier, strict=True):
            columns[tier.name] = np.ascontiguousarray(row)
        return self._table(columns)

    def why(self, session: int) -> tuple[str, ...]:
        """Why this session was lost, in plain sentences; KeyError when it was not.

        >>> for sentence in simulate("article").why(100):
        ...     print(sentence)
        Up to here the secondary has a copy of everything.
        The primary accepts session 100: its client relies on it from now on.
        The primary is struck by lightning. The next sync was not due before 12.0 s: only the primary had session 100.
        The secondary takes over. It has never heard of session 100.
        """  # noqa: E501 - a sentence is printed on one line
        steps = tell(chain(self._state, session), self._state, self._run.events)
        return tuple(step.text for step in steps)

    def scene(self, at: Instant | None = None, size: Size = PICTURE_PX) -> Scene:
        """An instant in drawing primitives; without one that which says most. Raises StudyError."""
        at_us = telling_us(self.scenario.setup, self._run.events)
        if at is not None:
            at_us = instant_us("at", at, self._until_us)
        return self._pictures(size).scene_of(min(at_us, self._until_us))

    def picture(self, at: Instant | None = None, size: Size = PICTURE_PX, theme: str = THEME) -> Picture:
        """An instant as a film shows it; without one that which says most. Raises StudyError."""
        theme_of(theme)
        scene = self.scene(at, size)
        return Picture(painted(scene, size, theme), scene.caption)

    def _pictures(self, size: Size) -> Pictures:
        from visualizer.film import FilmSpec, Pictures, ReelSpec  # noqa: PLC0415  (pygame only where it draws)

        reel = ReelSpec((self.scenario.opened,), speed=SPEED_ONE)
        return Pictures(FilmSpec((reel,), size, 1, THEME))

    def _table(self, columns: dict[str, Column]) -> Table:
        return Table(columns, {"program": f"failover-visualizer {__version__}", **self._named()})

    def _named(self) -> dict[str, str]:
        opened = self.scenario.opened
        sets = {"set": ", ".join(opened.overrides)} if opened.overrides else {}
        return {"scenario": opened.name, **sets, "seed": str(opened.setup.seed), "trace": self.trace_sha256}

    def _repr_png_(self) -> bytes:
        return self.picture().png

    def __repr__(self) -> str:
        """What it cost, in short."""
        lost, met = self.lost_sessions, self.interrupted
        return say("<{name}: {lost} sessions lost, {met} requests interrupted>",
                   name=self.scenario.name, lost=lost, met=met)  # fmt: skip


def simulate(
    scenario: Scenario,
    *,
    set: Settings = (),
    faults: Sequence[str] = (),
    seed: int | None = None,
    until: Instant | None = None,
) -> Result:
    """Play a run to its end, or until an instant.

    Changes are those of `load`. The same scenario and seed give the same result, on every machine.

    Raises what `load` raises; StudyError for an `until` that is no instant of the run.

    >>> simulate("article").lost_sessions
    19
    >>> simulate("article", set={"tiers.firewall.sync.interval": "1s"}).lost_by_cause
    {'unsynced': 9}
    """
    loaded = loaded_of(scenario)
    if set or faults or seed is not None:
        loaded = loaded.changed(set, faults, seed)
    last_us = loaded.setup.duration_us
    return Result(loaded, last_us if until is None else instant_us("until", until, last_us))


def _words(values: list[str]) -> Column:
    return np.array(values, dtype=np.str_)


def _times(times_us: list[int | None]) -> Column:
    return np.array([-1 if time_us is None else time_us for time_us in times_us], np.int64)
