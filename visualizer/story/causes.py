"""Each cause in plain words, the same in the window, in a film and in a table."""

from __future__ import annotations

from visualizer.language import marked, say, translated
from visualizer.sim.event import LossCause, Status
from visualizer.story.words import instant

LOST: dict[LossCause, str] = {
    LossCause.UNSYNCED: marked("opened since the last sync"),
    LossCause.IN_FLIGHT: marked("in the batch that never arrived"),
    LossCause.BACKLOG: marked("waiting for the sync link"),
    LossCause.NEVER_SYNCED: marked("never copied"),
    LossCause.SPLIT_BRAIN: marked("discarded after split brain"),
    LossCause.NO_SURVIVOR: marked("no unit left that had it"),
    LossCause.STALE_SNAPSHOT: marked("newer than the last whole copy"),
    LossCause.CASCADE: marked("cascaded from another unit"),
    LossCause.FAILBACK: marked("lost on the way back"),
}
"""Why state was lost."""

ON_THE_CABLE = marked("still on the cable")
"""Instead, where each change is sent at once, and no batch."""

INTERRUPTED: dict[Status, str] = {
    Status.NOBODY_ACTIVE: marked("requests that met nobody"),
    Status.DEAD_ADDRESS: marked("sent to a dead address (ARP)"),
    Status.HUNG: marked("never answered"),
    Status.REFUSED: marked("refused to stay consistent"),
}
"""Why a request was not served."""

SHORT: dict[str, str] = {
    "opened since the last sync": marked("since the last sync"),
    "in the batch that never arrived": marked("in the last batch"),
    "still on the cable": marked("on the cable"),
    "waiting for the sync link": marked("not yet sent"),
    "discarded after split brain": marked("discarded"),
    "no unit left that had it": marked("nobody had it"),
    "newer than the last whole copy": marked("after the copy"),
    "cascaded from another unit": marked("cascaded"),
    "lost on the way back": marked("on the way back"),
    "requests that met nobody": marked("met nobody"),
    "sent to a dead address (ARP)": marked("to a dead address"),
    "refused to stay consistent": marked("refused"),
    "Not a stateful failover": marked("Not stateful"),
    "Expected by theory": marked("Expected"),
    "Chance of losing nothing": marked("No loss"),
    "Misses to declare dead": marked("Misses"),
    "Heartbeat every": marked("Heartbeat"),
    "Achieved RPO": marked("RPO"),
    "Achieved RTO": marked("RTO"),
    "No service for": marked("No service"),
    "not confirmed yet": marked("not confirmed"),
    "applied, never confirmed": marked("in doubt"),
}
"""The same, and other labels of the ledger, where there is no room for so many words."""


def lost_as(cause: LossCause, safe_us: int | None = None, *, streams: bool = False) -> str:
    """The cause in a sentence; with the instant of the last sync, where that is what counts."""
    if cause is LossCause.UNSYNCED and safe_us is not None:
        return say("opened since the last sync at {instant}", instant=instant(safe_us))
    return translated(ON_THE_CABLE if streams and cause is LossCause.IN_FLIGHT else LOST[cause])
