"""Prints the table of all measured rows: `python -m tests.reality [beginning of a row's id]`."""

import sys

from tests.reality.rows import rows
from tests.reality.table import table
from tests.reality.verdicts import verdicts

start = sys.argv[1] if len(sys.argv) > 1 else ""
for line in table(verdict for row in rows() if row.id.startswith(start) for verdict in verdicts(row)):
    print(line)
