"""What is shown of the losses when somebody asks why: the list of them, or the chain of one."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.primitives import Role
from visualizer.sim.event import LossCause
from visualizer.story.why import Step

CAUSES: dict[LossCause, Role] = {
    LossCause.UNSYNCED: "sync",
    LossCause.IN_FLIGHT: "heartbeat",
    LossCause.BACKLOG: "sync",
    LossCause.NEVER_SYNCED: "struck",
    LossCause.SPLIT_BRAIN: "suspect",
    LossCause.NO_SURVIVOR: "struck",
    LossCause.STALE_SNAPSHOT: "sync",
    LossCause.CASCADE: "struck",
    LossCause.FAILBACK: "struck",
}
"""The colour of each cause."""


@dataclass(frozen=True, slots=True)
class LostRow:
    """One line: `accepted` is an instant in words, `name` says what it was, `cause` why it was lost (`short`
    in fewer words).
    """

    accepted: str
    name: str
    cause: str
    role: Role
    short: str = ""


@dataclass(frozen=True, slots=True)
class LostList:
    """`rows` are those from number `first` of `total` on, enough around `chosen` to fill any window."""

    heading: str
    total: int
    first: int
    rows: tuple[LostRow, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class LostChain:
    """The chain of number `place` (from 0) of `total`: `steps` in order; `cause` in the ledger's words,
    `short` in fewer.
    """

    name: str
    cause: str
    role: Role
    steps: tuple[Step, ...]
    place: int
    total: int
    short: str = ""


def target_of_loss(session: int, transaction_us: int | None = None) -> str:
    """The name of the target of a lost session, or of a lost transaction of one that lived on."""
    return f"lost:{session}" if transaction_us is None else f"lost:{session}:{transaction_us}"
