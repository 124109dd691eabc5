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
