"""The panel that says why a file is not what is on show: what was on show stays."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.language import say
from visualizer.scene.look import Look
from visualizer.scene.panels import Problems

if TYPE_CHECKING:
    from visualizer.app.controls import Controls


class ProblemsPanel(Feature):
    """`shown` is what it says now; None while it is closed."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.shown: Problems | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """Closing it."""
        return {"problems_close": self.shut}

    @property
    def context(self) -> str | None:
        """Esc closes it."""
        over_it = self.controls.help_open or self.controls.menu
        return "problems" if self.shown and not over_it else None

    def show(self, path: Path, lines: Sequence[str], *, again: bool = False) -> None:
        """Say why a file cannot be opened, or (`again`) read again. The lines name it in full; so does the
        panel, once, and the lines only by its name.
        """
        name = path.name or str(path)
        short = tuple(line.replace(f"{path.parent}{os.sep}{name}", name) for line in lines)
        about = say("{path}. What was on show is on show still.", path=path)
        heading = (
            say("{file} cannot be read again", file=name)
            if again
            else say("{file} cannot be opened", file=name)
        )
        self.shown = Problems(heading, about, short)

    def shut(self) -> None:
        """It was read, or the file is good again."""
        self.shown = None

    def look(self, look: Look) -> Look:
        """With the panel."""
        return replace(look, problems=self.shown) if self.shown else look

    def press(self, name: str) -> bool:
        """A click closes it."""
        if name != "problems":
            return False
        self.shut()
        return True
