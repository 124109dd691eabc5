"""A request is acknowledged only when the standby has it: nothing acknowledged is lost by one failure."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(
    summary="each change at once, acknowledged only when the standby has it",
    copies=True,
    streams=True,
    waits=True,
)
