"""As synchronous, but only for so long: after its time-out it runs on asynchronously."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(
    summary="each change at once, waiting for the standby up to a time-out",
    copies=True,
    streams=True,
    waits=True,
)
