"""`python -m visualizer` and the command `failover-visualizer`."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130
"""The exit code of Ctrl-C; `cli.outcome`, which has all of them, is imported too late to be asked here."""


def main() -> int:
    """Run the command line; returns the exit code. Ctrl-C is heard while the program is still loaded, too."""
    try:
        return _run()
    except KeyboardInterrupt:
        from visualizer.language import say  # noqa: PLC0415

        print(say("stopped by Ctrl-C"), file=sys.stderr)
        return INTERRUPTED


def _run() -> int:
    """The imports stand in the order in which things are to be seen: a window first, then what is in it."""
    gc.disable()  # nothing that is imported is garbage, and looking for it takes time
    from visualizer.arguments import options_of  # noqa: PLC0415

    options = options_of(sys.argv[1:])
    if options.command in ("open", "play"):
        from visualizer.app.curtain import raise_curtain  # noqa: PLC0415

        raise_curtain(options)
    from visualizer.cli import run_command  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000)  # a picture is thousands of objects, and hardly ever a cycle of them
    return run_command(options)


if __name__ == "__main__":
    sys.exit(main())
