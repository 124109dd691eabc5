"""`python -m visualizer` and the command `failover-visualizer`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    gc.disable()  # nothing that is imported is garbage, and looking for it takes a tenth of the start
    from visualizer.cli import run_command_line  # noqa: PLC0415  (so that importing this costs nothing)

    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000)  # a picture is thousands of objects, and hardly ever a cycle of them
    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
