"""What can be done to units, cables, sites and feeds. To add a fault: one module here, and its line in `FAULTS`."""

from visualizer.sim.faults import (
    cut,
    daemon,
    degrade,
    failback,
    heal,
    heartbeat_loss,
    host,
    isolate,
    lightning,
    process,
    repair,
    restore,
    site,
    slow,
    stop,
    switchover,
    utility,
)
from visualizer.sim.faults.fault import Fault

FAULTS: dict[str, Fault] = {
    "lightning": lightning.FAULT,
    "host": host.FAULT,
    "process": process.FAULT,
    "daemon": daemon.FAULT,
    "slow": slow.FAULT,
    "isolate": isolate.FAULT,
    "stop": stop.FAULT,
    "switchover": switchover.FAULT,
    "failback": failback.FAULT,
    "repair": repair.FAULT,
    "cut": cut.FAULT,
    "degrade": degrade.FAULT,
    "heartbeat-loss": heartbeat_loss.FAULT,
    "heal": heal.FAULT,
    "site": site.FAULT,
    "utility": utility.FAULT,
    "restore": restore.FAULT,
}
"""The faults (and repairs) by the name that scenarios, menus and `--fault` give them."""

__all__ = ["FAULTS", "Fault"]
