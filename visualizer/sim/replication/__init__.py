"""How state is copied. To add a policy: one module here, and its line in `POLICIES`."""

from visualizer.sim.replication import none, periodic, semi_sync, snapshot, streaming, synchronous
from visualizer.sim.replication.policy import Policy

POLICIES: dict[str, Policy] = {
    "none": none.POLICY,
    "snapshot": snapshot.POLICY,
    "periodic": periodic.POLICY,
    "streaming": streaming.POLICY,
    "semi-sync": semi_sync.POLICY,
    "synchronous": synchronous.POLICY,
}
"""The policies by the name that a scenario gives them."""

__all__ = ["POLICIES", "Policy"]
