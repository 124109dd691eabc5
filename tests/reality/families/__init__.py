"""The families of measured rows; to add one: one module here, and its line in `FAMILIES`."""

from tests.reality.families.conntrack import CONNTRACK, PAIR
from tests.reality.families.family import Family
from tests.reality.families.lossy import LOSSY
from tests.reality.families.snapshot import SNAPSHOT
from tests.reality.families.split_brain import SPLIT_BRAIN
from tests.reality.families.stall import STALL
from tests.reality.families.stream import STREAM
from tests.reality.families.vrrp import TAKEOVER, UNHEARD
from tests.reality.families.waiting import CUT, WAITING
from tests.reality.rows import Row

FAMILIES = (UNHEARD, TAKEOVER, LOSSY, PAIR, CONNTRACK, SNAPSHOT, SPLIT_BRAIN, CUT, WAITING, STALL, STREAM)


def family(row: Row) -> Family:
    """The first that can answer the row; LookupError if none can."""
    for one in FAMILIES:
        if one.matches(row):
            return one
    raise LookupError(f"no family of worlds for the measured row {row.id}")
