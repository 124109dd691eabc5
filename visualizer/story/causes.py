"""Each cause in plain words, the same in the window, in a film and in a table."""

from __future__ import annotations

from visualizer.sim.event import LossCause, Status

LOST: dict[LossCause, str] = {
    LossCause.UNSYNCED: "opened since the last sync",
    LossCause.IN_FLIGHT: "in the batch that never arrived",
    LossCause.BACKLOG: "waiting for the sync link",
    LossCause.NEVER_SYNCED: "never copied",
    LossCause.SPLIT_BRAIN: "discarded after split brain",
    LossCause.NO_SURVIVOR: "no unit left that had it",
    LossCause.STALE_SNAPSHOT: "newer than the last whole copy",
    LossCause.CASCADE: "cascaded from another unit",
    LossCause.FAILBACK: "lost on the way back",
}
"""Why state was lost."""

INTERRUPTED: dict[Status, str] = {
    Status.NOBODY_ACTIVE: "requests that met nobody",
    Status.DEAD_ADDRESS: "sent to a dead address (ARP)",
    Status.HUNG: "never answered",
    Status.REFUSED: "refused to stay consistent",
}
"""Why a request was not served."""

SHORT: dict[str, str] = {
    "opened since the last sync": "since the last sync",
    "in the batch that never arrived": "in the last batch",
    "still on the cable": "on the cable",
    "waiting for the sync link": "not yet sent",
    "discarded after split brain": "discarded",
    "no unit left that had it": "nobody had it",
    "newer than the last whole copy": "after the copy",
    "cascaded from another unit": "cascaded",
    "lost on the way back": "on the way back",
    "requests that met nobody": "met nobody",
    "sent to a dead address (ARP)": "to a dead address",
    "refused to stay consistent": "refused",
    "Not a stateful failover": "Not stateful",
    "Expected by theory": "Expected",
    "Chance of losing nothing": "No loss",
    "Misses to declare dead": "Misses",
    "Heartbeat every": "Heartbeat",
    "Achieved RPO": "RPO",
    "Achieved RTO": "RTO",
    "No service for": "No service",
    "not confirmed yet": "not confirmed",
    "applied, never confirmed": "in doubt",
}
"""The same, and other labels of the ledger, where there is no room for so many words."""
