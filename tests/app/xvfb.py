"""A private X display for the real window: nobody's screen is touched, nobody's keys are heard."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

START_S = 20


class NoXvfbError(RuntimeError):
    """There is no Xvfb on this machine; the text says how to get it."""


@contextmanager
def private_display(size: tuple[int, int] = (2560, 1440)) -> Iterator[str]:
    """The name (":5") of a display of `size` pixels that lives as long as the block.

    Without `-noreset` the server starts anew when its last client leaves, and refuses who comes meanwhile.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise NoXvfbError("Xvfb is not installed (Debian: apt-get install xvfb)")
    reader, writer = os.pipe()
    screen = f"{size[0]}x{size[1]}x24"
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"],
        pass_fds=(writer,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        yield f":{_number(reader)}"
    finally:
        os.close(reader)
        server.terminate()
        server.wait()


def _number(reader: int) -> int:
    ready, _, _ = select.select([reader], [], [], START_S)
    text = os.read(reader, 16).strip() if ready else b""
    if not text:
        raise RuntimeError(f"Xvfb did not start within {START_S} s")
    return int(text)
