"""The whole vocabulary of faults and policies, also of those whose modules the engine does not have yet."""

from collections.abc import Iterator

import pytest

from visualizer.sim.faults import FAULTS, Fault
from visualizer.sim.faults.fault import Target
from visualizer.sim.replication import POLICIES, Policy

TARGETS: dict[str, Target] = {
    "process": "unit", "daemon": "unit", "stop": "unit", "slow": "unit", "isolate": "unit",
    "switchover": "unit", "failback": "unit", "degrade": "link", "heartbeat-loss": "link",
    "site": "site", "utility": "feed", "restore": "feed",
}  # fmt: skip
COPYING = {
    "snapshot": Policy("test", copies=True, ticks=True),
    "semi-sync": Policy("test", copies=True, streams=True),
    "synchronous": Policy("test", copies=True, streams=True),
}


@pytest.fixture(scope="module")
def whole_model() -> Iterator[None]:
    """Files may name every fault and policy of the rules while a module's tests run."""
    with pytest.MonkeyPatch.context() as patch:
        for name, target in TARGETS.items():
            if name not in FAULTS:
                nothing = lambda state, tier, index: None  # noqa: E731
                patch.setitem(FAULTS, name, Fault(target, name, name, name, nothing, nothing))  # type: ignore[arg-type]
        for name, policy in COPYING.items():
            if name not in POLICIES:
                patch.setitem(POLICIES, name, policy)
        yield
