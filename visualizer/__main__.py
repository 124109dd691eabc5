"""`python -m visualizer` and the command `failover-visualizer`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from visualizer.cli import run_command_line  # noqa: PLC0415  (so that importing this costs nothing)

    return run_command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
