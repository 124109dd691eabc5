"""Which program plays the runs: rows of two programs are not to be mixed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import visualizer

_PLAYING = ("sim", "ledger", "lab")
"""The rooms that what is measured of a run depends on."""


@cache
def program() -> str:
    """The version, and the beginning of the SHA-256 of the sources that play and measure: "0.1.0 (9f86…)".

    The same for an installed program and a checkout of the same sources, on any system.
    """
    root = Path(visualizer.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for room in _PLAYING for path in (root / room).rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"{visualizer.__version__} ({digest.hexdigest()[:16]})"
