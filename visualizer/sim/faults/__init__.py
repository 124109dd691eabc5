"""What can be done to units, cables, sites and feeds. To add a fault: one module here, and its line in
`NAMES`.
"""

from importlib import import_module

from visualizer.sim.faults.fault import Fault

NAMES = (
    "lightning",
    "host",
    "process",
    "daemon",
    "slow",
    "isolate",
    "stop",
    "switchover",
    "failback",
    "repair",
    "cut",
    "degrade",
    "heartbeat-loss",
    "heal",
    "site",
    "utility",
    "restore",
)
"""In the order of menus. A dash in a name is an underscore in its module's."""


def _fault(name: str) -> Fault:
    fault = import_module(f"{__name__}.{name.replace('-', '_')}").FAULT
    assert isinstance(fault, Fault)
    return fault


FAULTS: dict[str, Fault] = {name: _fault(name) for name in NAMES}
"""The faults (and repairs) by the name that scenarios, menus and `--fault` give them."""

__all__ = ["FAULTS", "Fault"]
