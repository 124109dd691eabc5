"""What everybody does with files: find what is shipped, write without ever losing the old, and hold a file
so that others know that its writer lives.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import IO


def shipped(kind: str) -> Path:
    """The folder `assets` or `scenarios`, installed or in a checkout; FileNotFoundError names both places."""
    installed = Path(str(files("visualizer"))) / kind
    if installed.is_dir():
        return installed
    checkout = Path(__file__).resolve().parent.parent / kind
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"neither {installed} nor {checkout} is there; install the program again")


def write_beside(path: Path, content: bytes) -> None:
    """Write `content` beside `path` and rename it over `path`: a reader sees the old or the new, never half.

    Raises OSError that names `path`; the old file is then untouched and nothing is left behind.
    """
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"there is no folder {path.parent}; make it first", str(path))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644 & ~_umask())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


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


def held(path: Path) -> IO[bytes] | None:
    """The file, made if need be, open for writing at its end and held; None when somebody else holds it.

    Raises OSError.
    """
    while True:
        stream = path.open("ab", buffering=0)
        if not hold(stream):
            stream.close()
            return None
        if _same(stream, path):
            return stream
        stream.close()  # the other has just finished, and taken the name away


def take_away(path: Path, stream: IO[bytes]) -> None:
    """Remove the file that is held by `stream`, before anybody else can hold it."""
    if os.name == "nt":  # there no open file can be removed
        stream.close()
    path.unlink(missing_ok=True)
    stream.close()


def _same(stream: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    _FAR = (1 << 31) - 2  # the farthest that a lock can be

    def _hold(handle: int) -> None:
        """Windows locks bytes: one far behind the end, so that the others can still be read."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_END)

else:
    import fcntl

    def _hold(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
