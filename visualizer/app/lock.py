"""Whether the process that writes a file still lives: it holds a lock, which the dead do not."""

from __future__ import annotations

import sys
from typing import IO


def hold(stream: IO[bytes]) -> bool:
    """Hold the file until `stream` is closed or the process ends; False when somebody else holds it.

    Where the file system knows no locks nobody ever holds a file.
    """
    try:
        _hold(stream.fileno())
    except BlockingIOError:
        return False
    except OSError:
        return sys.platform != "win32"
    return True


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30

    def _hold(handle: int) -> None:
        """Windows locks bytes: one far behind the end, so that the others can still be read."""
        import os  # noqa: PLC0415

        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_END)

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
