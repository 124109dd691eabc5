"""One batch of all changes since the last, on every sync tick. Between ticks everything new is exposed."""

from visualizer.sim.replication.policy import Policy

POLICY = Policy(summary="all changes since the last tick, as one batch", copies=True, ticks=True)
