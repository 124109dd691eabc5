"""Each change at once, asynchronously: what is exposed is what is still on the cable."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(summary="each change at once, without waiting for the standby", copies=True, streams=True)
