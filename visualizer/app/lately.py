"""The files that were opened lately, the last one first, from one evening to the next."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from visualizer.files import shipped, write_beside

MOST = 8


class Lately:
    """Kept in a file of `folder`; without a folder nothing is remembered. Never raises: what cannot be read
    is not there, and what cannot be written is forgotten.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / "lately.json" if folder else None

    def paths(self) -> list[Path]:
        """Those that are still there."""
        return [path for path in map(Path, self._names()) if _is_file(path)]

    def add(self, path: Path | None) -> None:
        """This one was opened now; what comes with the program need not be remembered."""
        if self._file is None or path is None:
            return
        with contextlib.suppress(OSError):
            whole = path.resolve()
            if whole.is_relative_to(shipped("scenarios").resolve()):
                return
            names = [str(whole), *(name for name in self._names() if name != str(whole))]
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_beside(self._file, json.dumps(names[:MOST], indent=1).encode())

    def _names(self) -> list[str]:
        try:
            names = json.loads(self._file.read_bytes()[:65536]) if self._file else []
        except (OSError, ValueError, RecursionError):
            return []
        return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
