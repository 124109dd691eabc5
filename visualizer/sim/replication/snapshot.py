"""The whole state as it was at one instant; usable only when it is complete."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(
    summary="the whole state as it was when the copy began, usable when complete",
    copies=True,
    ticks=True,
    whole=True,
)
