"""Why was this one lost? Its chain in plain sentences, each at its instant. Pure: chain and run -> words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from visualizer.language import say, say_many, thousands, translated
from visualizer.sim import State
from visualizer.sim.chain import Chain
from visualizer.sim.event import Demoted, Event, FellBack, LossCause, SetAside, SyncSent, Takeover, UnitStruck
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.story.words import instant, pair, sentence, small, unit

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
    if chain.transaction_us is None:
        return say("Session {number}", number=chain.session)
    return say("Transaction of session {number}", number=chain.session)


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
            return say("session {number}", number=self.chain.session)
        return say("this transaction of session {number}", number=self.chain.session)

    def safe(self) -> Step:
        """How far the other one's copy goes."""
        safe_us, label = self.chain.safe_us, say("last safe copy")
        if safe_us is None:
            none = not POLICIES[self.state.setup.tiers[self.chain.tier].sync.policy].copies
            text = (
                say("Here nothing is ever copied.")
                if none
                else say("{unit} has no copy to go on from.", unit=self.other)
            )
            return Step("safe", None, label, sentence(text))
        if self.chain.cause is LossCause.NO_SURVIVOR:
            text = say("Up to here {unit} had a copy, and it is down as well.", unit=self.other)
        elif safe_us == self.chain.accepted_us:
            text = say("Of all that came before this instant {unit} has a copy.", unit=self.other)
        elif safe_us < self.chain.accepted_us:
            text = say("Up to here {unit} has a copy of everything.", unit=self.other)
        else:
            text = say(
                "{unit} has a copy of this instant, but {it} is not in it.", unit=self.other, it=self.it
            )
        return Step("safe", max(safe_us, 0), label, sentence(text))

    def accepted(self) -> Step:
        """From then on somebody relied on it."""
        chain = self.chain
        if chain.accepted_us < 0:
            text = say("{it} is open when the run begins.", it=self.it)
            return Step("accepted", 0, say("open since before"), sentence(text))
        alone = chain.takeover_us is not None and chain.takeover_us < chain.accepted_us
        who = say("{unit}, active still and alone,", unit=self.had) if alone else self.had
        text = say("{unit} accepts {it}: its client relies on it from now on.", unit=who, it=self.it)
        answered_us = self._fell_back_us()
        if answered_us is not None:
            text = say(
                "{unit} accepts {it}. Its client waits for the answer until {instant}, when copying becomes "
                "asynchronous, and relies on it from then.",
                unit=who,
                it=self.it,
                instant=instant(answered_us),
            )
        return Step("accepted", chain.accepted_us, say("accepted"), sentence(text))

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
            more = say_many(
                "One of its transactions goes with it.",
                "{n} of its transactions go with it.",
                chain.transactions,
                n=thousands(chain.transactions),
            )
            how = f"{how} {more}"
        if chain.fault_us == chain.lost_us:
            return [Step("fault" if broke else "lost", chain.lost_us, label, f"{broke} {how}".strip())]
        lost = Step("lost", chain.lost_us, say("lost"), how)
        return [Step("fault", chain.fault_us, label, broke), lost] if broke else [lost]

    def _broke(self) -> tuple[str, str]:
        """The fault as a sentence ("" when there was none), and its word on the timeline."""
        chain, fault = self.chain, FAULTS.get(self.chain.fault or "")
        failed = unit(self.state.setup, chain.tier, self.holder if chain.unit is None else chain.unit)
        if chain.cause is LossCause.CASCADE and self.holder == chain.unit and self._set_aside():
            text = say("Another unit of the column fails, and the column moves as a whole.")
            return text, say("set aside")
        if fault is not None and fault.target == "link":
            return self._cable(translated(fault.past)), translated(fault.past.removeprefix("is "))
        if fault is not None:
            text = say("{unit} {happens}.", unit=failed, happens=translated(fault.past))
            return sentence(text), say("struck") if fault.bolt else small(translated(fault.title))
        match chain.fault:
            case "power":
                text, label = say("{unit} has no power any more.", unit=failed), say("no power")
            case "fencing":
                text, label = (
                    say(
                        "{other} takes {unit} for dead and has it switched off.",
                        other=self.other,
                        unit=failed,
                    ),
                    say("fenced"),
                )
            case "handover":
                text, label = say("{unit} hands over.", unit=failed), say("handover")
            case _:
                return "", say("lost")
        return sentence(text), label

    def _cable(self, happens: str) -> str:
        """What becomes of the one that carries the heartbeats."""
        setup = self.state.setup.tiers[self.chain.tier]
        name, tier = setup.links[setup.heartbeat.link].name, pair(self.state.setup, self.chain.tier)
        if name == "link":
            return say("The cable of the {tier} {happens}.", tier=tier, happens=happens)
        return say("The {name} cable of the {tier} {happens}.", name=name, tier=tier, happens=happens)

    def _set_aside(self) -> bool:
        at_us, tier = self.chain.lost_us, self.chain.tier
        found = (e for e in self.events if isinstance(e, SetAside) and (e.at_us, e.tier) == (at_us, tier))
        return next(found, None) is not None

    def _how(self) -> str:  # noqa: PLR0911, PLR0912 - one line for each cause
        sync = self.state.setup.tiers[self.chain.tier].sync
        match self.chain.cause:
            case LossCause.UNSYNCED:
                due_us = self._next_sync_us()
                return self._unsynced(due_us)
            case LossCause.IN_FLIGHT if self.chain.takeover_us == self.chain.lost_us:
                return say("Its copy is still on the cable: {unit} takes nothing more.", unit=self.other)
            case LossCause.IN_FLIGHT:
                return say("Its copy was on the cable, and never reaches {unit}.", unit=self.other)
            case LossCause.BACKLOG:
                return say("Its copy still waited for the sync cable: only {unit} had it.", unit=self.had)
            case LossCause.NEVER_SYNCED if sync.pickup_us:
                return say(
                    "Only what has lived for {time} is copied: this was too young.",
                    time=instant(sync.pickup_us),
                )
            case LossCause.NEVER_SYNCED if POLICIES[sync.policy].copies:
                return say("It was of the kind that is never copied.")
            case LossCause.NEVER_SYNCED:
                return say("Only {unit} had it.", unit=self.had)
            case LossCause.STALE_SNAPSHOT:
                return say("No complete copy was young enough to have {it}.", it=self.it)
            case LossCause.SPLIT_BRAIN:
                return sentence(
                    say(
                        "{unit} gives way: what only one of two active units had is discarded.", unit=self.had
                    )
                )
            case LossCause.CASCADE:
                return sentence(
                    say("{unit} leaves the path, sound as it is, with what only it had.", unit=self.had)
                )
            case LossCause.FAILBACK:
                return sentence(
                    say(
                        "{other} takes over again before its copy is complete. What only {unit} had is "
                        "given up.",
                        other=self.other,
                        unit=self.had,
                    )
                )
            case LossCause.NO_SURVIVOR:
                tier = pair(self.state.setup, self.chain.tier)
                return say("No unit of the {tier} runs that had {it}.", tier=tier, it=self.it)
            case _:
                assert_never(self.chain.cause)

    def _unsynced(self, due_us: int | None) -> str:
        if not due_us:
            return say("Only {unit} had {it}.", unit=self.had, it=self.it)
        return say(
            "The next sync was not due before {instant}: only {unit} had {it}.",
            instant=instant(due_us),
            unit=self.had,
            it=self.it,
        )

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
            text = (
                say("Nobody has taken over to the end of the run.")
                if over
                else say("Nobody has taken over yet.")
            )
            return [Step("takeover", None, say("takeover"), text)]
        taker = self._taker(chain.takeover_us)
        if chain.takeover_us < chain.lost_us:
            text = (
                say("{unit} hears no heartbeat in time and takes over, too: both are active now.", unit=taker)
                if chain.cause is LossCause.SPLIT_BRAIN
                else say("{unit} takes over.", unit=taker)
            )
        else:
            text = say("{unit} takes over. It has never heard of {it}.", unit=taker, it=self.it)
        return [Step("takeover", chain.takeover_us, say("takeover"), sentence(text))]

    def _taker(self, at_us: int) -> str:
        failed = self.holder if self.chain.unit is None else self.chain.unit
        found = (
            e
            for e in self.events
            if isinstance(e, Takeover) and (e.at_us, e.tier) == (at_us, self.chain.tier)
        )
        event = next(found, None)
        return unit(self.state.setup, self.chain.tier, 1 - failed if event is None else event.unit)
