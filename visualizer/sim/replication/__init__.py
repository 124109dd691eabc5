"""How state is copied. To add a policy: one module here, and its line in `NAMES`."""

from importlib import import_module

from visualizer.sim.replication.policy import Policy

NAMES = (
    "none",
    "snapshot",
    "periodic",
    "streaming",
    "semi-sync",
    "synchronous",
)
"""From the weakest on. A dash in a name is an underscore in its module's."""


def _policy(name: str) -> Policy:
    policy = import_module(f"{__name__}.{name.replace('-', '_')}").POLICY
    assert isinstance(policy, Policy)
    return policy


POLICIES: dict[str, Policy] = {name: _policy(name) for name in NAMES}
"""The policies by the name that a scenario gives them."""

__all__ = ["POLICIES", "Policy"]
