"""All benchmarks, or those named: `python tests/bench [engine] [variants] ... [film] [dots] [jobs]`."""

from __future__ import annotations

import importlib
import sys

PARTS = (
    "engine",
    "variants",
    "lab",
    "million",
    "quiet",
    "seek",
    "curve",
    "strikes",
    "start",
    "frame",
    "long",
    "memory",
    "film",
    "dots",
    "jobs",
)


def main() -> int:
    """Run the parts in order; stops at the first that fails."""
    parts = sys.argv[1:] or PARTS
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for part in parts:
        failed: int = importlib.import_module(f"bench_{part}").main()
        if failed:
            return failed
    return 0


if __name__ == "__main__":
    sys.exit(main())
