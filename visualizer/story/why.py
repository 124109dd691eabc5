"""Why was this one lost? Its chain in plain sentences, each at its instant. Pure: chain and run -> words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from visualizer.sim import State
from visualizer.sim.chain import Chain
from visualizer.sim.event import Demoted, Event, FellBack, LossCause, SetAside, SyncSent, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.story.words import instant, pair, sentence, unit

Kind = Literal["safe", "accepted", "fault", "lost", "takeover"]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain. `at_us` is None for what never happened; `label` names it on the timeline."""

    kind: Kind
    at_us: int | None
    label: str
    text: str


def name_of(chain: Chain) -> str:
    """ "Session 105", "Transaction of session 105"."""
    return f"{'Session' if chain.transaction_us is None else 'Transaction of session'} {chain.session}"


def tell(chain: Chain, state: State, events: Sequence[Event]) -> tuple[Step, ...]:
    """The links in order of time; a copy that never was comes first, a takeover that never came last.

    `state`: any of the run at or after the loss; `events`: what happened up to then, in order.
    """
    case = _Case(chain, state, events)
    steps = [case.safe(), case.accepted(), *case.faults(), *case.takeover()]
    return tuple(sorted(steps, key=_order))


def _order(step: Step) -> tuple[bool, int]:
    if step.at_us is None:
        return step.kind == "takeover", -1
    return False, step.at_us


@dataclass(frozen=True, slots=True)
class _Case:
    chain: Chain
    state: State
    events: Sequence[Event]

    @property
    def holder(self) -> int:
        """The unit with which it was lost: the one that fell at that instant, else the one that failed."""
        chain = self.chain
        if chain.cause is LossCause.NO_SURVIVOR and chain.unit is not None:
            return chain.unit
        for event in reversed(self.events):
            if event.at_us < chain.lost_us:
                break
            if isinstance(event, Demoted | UnitStruck | SetAside) and (event.at_us, event.tier) == (
                chain.lost_us,
                chain.tier,
            ):
                return event.unit
        return chain.unit or 0

    @property
    def had(self) -> str:
        return unit(self.state.setup, self.chain.tier, self.holder)

    @property
    def other(self) -> str:
        return unit(self.state.setup, self.chain.tier, 1 - self.holder)

    @property
    def it(self) -> str:
        if self.chain.transaction_us is None:
            return f"session {self.chain.session}"
        return f"this transaction of session {self.chain.session}"

    def safe(self) -> Step:
        """How far the other one's copy goes."""
        safe_us, label = self.chain.safe_us, "last safe copy"
        if safe_us is None:
            none = not POLICIES[self.state.setup.tiers[self.chain.tier].sync.policy].copies
            text = "here nothing is ever copied" if none else f"{self.other} has no copy to go on from"
            return Step("safe", None, label, f"{sentence(text)}.")
        if self.chain.cause is LossCause.NO_SURVIVOR:
            text = f"up to here {self.other} had a copy, and it is down as well"
        elif safe_us == self.chain.accepted_us:
            text = f"of all that came before this instant {self.other} has a copy"
        elif safe_us < self.chain.accepted_us:
            text = f"up to here {self.other} has a copy of everything"
        else:
            text = f"{self.other} has a copy of this instant, but {self.it} is not in it"
        return Step("safe", max(safe_us, 0), label, f"{sentence(text)}.")

    def accepted(self) -> Step:
        """From then on somebody relied on it."""
        chain = self.chain
        if chain.accepted_us < 0:
            return Step(
                "accepted", 0, "open since before", f"{sentence(self.it)} is open when the run begins."
            )
        alone = chain.takeover_us is not None and chain.takeover_us < chain.accepted_us
        who = f"{self.had}, active still and alone," if alone else self.had
        text = f"{sentence(who)} accepts {self.it}: its client relies on it from now on."
        answered_us = self._fell_back_us()
        if answered_us is not None:
            text = (
                f"{sentence(who)} accepts {self.it}. Its client waits for the answer until "
                f"{instant(answered_us)}, when copying becomes asynchronous, and relies on it from then."
            )
        return Step("accepted", chain.accepted_us, "accepted", text)

    def _fell_back_us(self) -> int | None:
        """When the answer that waited for a copy was given without one; None where it did not wait."""
        chain = self.chain
        found = (e.at_us for e in self.events if isinstance(e, FellBack) and e.tier == chain.tier)
        return next((at_us for at_us in found if chain.accepted_us < at_us <= chain.lost_us), None)

    def faults(self) -> list[Step]:
        """What broke, and, where that was later, how it was lost."""
        chain = self.chain
        broke, label = self._broke()
        how = self._how()
        if chain.transactions:
            count = "One" if chain.transactions == 1 else str(chain.transactions)
            how += f" {count} of its transactions {'goes' if chain.transactions == 1 else 'go'} with it."
        if chain.fault_us == chain.lost_us:
            return [Step("fault" if broke else "lost", chain.lost_us, label, f"{broke} {how}".strip())]
        lost = Step("lost", chain.lost_us, "lost", how)
        return [Step("fault", chain.fault_us, label, broke), lost] if broke else [lost]

    def _broke(self) -> tuple[str, str]:
        """The fault as a sentence ("" when there was none), and its word on the timeline."""
        chain, fault = self.chain, FAULTS.get(self.chain.fault or "")
        failed = unit(self.state.setup, chain.tier, self.holder if chain.unit is None else chain.unit)
        if chain.cause is LossCause.CASCADE and self.holder == chain.unit and self._set_aside():
            return "Another unit of the column fails, and the column moves as a whole.", "set aside"
        if fault is not None and fault.target == "link":
            return f"{self._cable()} {fault.past}.", fault.past.removeprefix("is ")
        if fault is not None:
            return f"{sentence(failed)} {fault.past}.", "struck" if fault.bolt else fault.title.lower()
        match chain.fault:
            case "power":
                found = f"{sentence(failed)} has no power any more.", "no power"
            case "fencing":
                found = f"{sentence(self.other)} takes {failed} for dead and has it switched off.", "fenced"
            case "handover":
                found = f"{sentence(failed)} hands over.", "handover"
            case _:
                found = "", "lost"
        return found

    def _cable(self) -> str:
        """The one that carries the heartbeats."""
        setup = self.state.setup.tiers[self.chain.tier]
        name = setup.links[setup.heartbeat.link].name
        kind = "cable" if name == "link" else f"{name} cable"
        return f"The {kind} of the {pair(self.state.setup, self.chain.tier)}"

    def _set_aside(self) -> bool:
        at_us, tier = self.chain.lost_us, self.chain.tier
        found = (e for e in self.events if isinstance(e, SetAside) and (e.at_us, e.tier) == (at_us, tier))
        return next(found, None) is not None

    def _how(self) -> str:  # noqa: PLR0911, PLR0912 - one line for each cause
        sync = self.state.setup.tiers[self.chain.tier].sync
        match self.chain.cause:
            case LossCause.UNSYNCED:
                due_us = self._next_sync_us()
                late = f"The next sync was not due before {instant(due_us)}: " if due_us else ""
                return sentence(f"{late}only {self.had} had {self.it}.")
            case LossCause.IN_FLIGHT if self.chain.takeover_us == self.chain.lost_us:
                return f"Its copy is still on the cable: {self.other} takes nothing more."
            case LossCause.IN_FLIGHT:
                return f"Its copy was on the cable, and never reaches {self.other}."
            case LossCause.BACKLOG:
                return f"Its copy still waited for the sync cable: only {self.had} had it."
            case LossCause.NEVER_SYNCED if sync.pickup_us:
                return f"Only what has lived for {instant(sync.pickup_us)} is copied: this was too young."
            case LossCause.NEVER_SYNCED if POLICIES[sync.policy].copies:
                return "It was of the kind that is never copied."
            case LossCause.NEVER_SYNCED:
                return f"Only {self.had} had it."
            case LossCause.STALE_SNAPSHOT:
                return f"No complete copy was young enough to have {self.it}."
            case LossCause.SPLIT_BRAIN:
                return f"{sentence(self.had)} gives way: what only one of two active units had is discarded."
            case LossCause.CASCADE:
                return f"{sentence(self.had)} leaves the path, sound as it is, with what only it had."
            case LossCause.FAILBACK:
                early = f"{sentence(self.other)} takes over again before its copy is complete."
                return f"{early} What only {self.had} had is given up."
            case LossCause.NO_SURVIVOR:
                return f"No unit of the {pair(self.state.setup, self.chain.tier)} runs that had {self.it}."
            case _:
                assert_never(self.chain.cause)

    def _next_sync_us(self) -> int | None:
        """When the batch that would have had it was due; None where copies do not leave on a tick, or where
        that tick had passed.
        """
        chain, sync = self.chain, self.state.setup.tiers[self.chain.tier].sync
        if not POLICIES[sync.policy].ticks:
            return None
        sent = (e for e in reversed(self.events) if isinstance(e, SyncSent) and e.tier == chain.tier)
        last = next((event for event in sent if event.at_us < chain.lost_us), None)
        due_us = (sync.phase_us or sync.interval_us) if last is None else last.at_us + sync.interval_us
        return due_us if due_us >= max(chain.lost_us, chain.accepted_us) else None

    def takeover(self) -> list[Step]:
        """Who goes on without it; nothing where the loss says so already."""
        chain = self.chain
        if chain.cause is LossCause.FAILBACK and chain.takeover_us == chain.lost_us:
            return []
        if chain.takeover_us is None:
            over = self.state.now_us >= self.state.setup.duration_us
            text = f"Nobody has taken over {'to the end of the run' if over else 'yet'}."
            return [Step("takeover", None, "takeover", text)]
        taker = self._taker(chain.takeover_us)
        if chain.takeover_us < chain.lost_us:
            text = f"{sentence(taker)} hears no heartbeat in time and takes over, too: both are active now."
            if chain.cause is not LossCause.SPLIT_BRAIN:
                text = f"{sentence(taker)} takes over."
        else:
            text = f"{sentence(taker)} takes over. It has never heard of {self.it}."
        return [Step("takeover", chain.takeover_us, "takeover", text)]

    def _taker(self, at_us: int) -> str:
        failed = self.holder if self.chain.unit is None else self.chain.unit
        found = (
            e
            for e in self.events
            if isinstance(e, Takeover) and (e.at_us, e.tier) == (at_us, self.chain.tier)
        )
        event = next(found, None)
        return unit(self.state.setup, self.chain.tier, 1 - failed if event is None else event.unit)
