"""What can be done to units and cables. To add a fault: one module here, and its line in `FAULTS`."""

from visualizer.sim.faults import cut, heal, host, lightning, repair
from visualizer.sim.faults.fault import Fault

FAULTS: dict[str, Fault] = {
    "lightning": lightning.FAULT,
    "host": host.FAULT,
    "cut": cut.FAULT,
    "heal": heal.FAULT,
    "repair": repair.FAULT,
}
"""The faults (and repairs) by the name that scenarios, menus and `--fault` give them."""

__all__ = ["FAULTS", "Fault"]
