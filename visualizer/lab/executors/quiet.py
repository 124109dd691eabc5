"""A library that says on stderr what we tell in one line of our own."""

from __future__ import annotations

import logging


class Quiet:
    """The loggers of `libraries`, and all below them, are silent between `begin` and `end`."""

    def __init__(self, *libraries: str) -> None:
        self._libraries = libraries
        self._silenced: list[logging.Logger] = []

    def begin(self) -> None:
        """After the library was imported: then its loggers are there."""
        for name, logger in logging.root.manager.loggerDict.items():
            ours = name.partition(".")[0] in self._libraries
            if ours and isinstance(logger, logging.Logger) and not logger.disabled:
                logger.disabled = True
                self._silenced.append(logger)

    def end(self) -> None:
        """As they were."""
        while self._silenced:
            self._silenced.pop().disabled = False
