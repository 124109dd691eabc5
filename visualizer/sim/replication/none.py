"""Nothing is copied: the standby starts from nothing (keepalived without conntrackd)."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(summary="the standby holds no state", copies=False)
