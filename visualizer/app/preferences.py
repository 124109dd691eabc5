"""The settings, to look at and to change: how the window looks and sounds, never what happens in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from visualizer.app.dialog import ListDialog
from visualizer.app.feature import Act
from visualizer.app.settings import TEXT_SCALES, Settings
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.scene.panels import DialogRow

_CHANGES = ("theme", "size", "reduced_motion", "sound", "full_screen")
"""What each row changes, in order."""


class Preferences(ListDialog):
    """A row for each setting; the arrows turn it, Enter takes the next value."""

    heading = "Settings"
    about = "They are kept for the next time. None of them changes what happens in a run."
    keys = (("↑ ↓", "choose"), ("← →", "change"), ("Enter", "next value"), ("Esc", "close"))

    @property
    def acts(self) -> Mapping[str, Act]:
        """The list; and what can be changed without it."""
        return {
            "settings": self.open,
            "theme": self._next_theme,
            "larger": lambda: self._resize(1),
            "smaller": lambda: self._resize(-1),
            "usual_size": lambda: self._resize(-len(TEXT_SCALES)),
            "full_screen": lambda: self._change("full_screen", 1),
        }

    def rows(self) -> Sequence[DialogRow]:
        """As they are now."""
        now = self.controls.settings
        values = (
            ("Theme", "T is the next one", _title(now.theme)),
            ("Size of everything", "as far as the window has room for it", f"{now.text_scale:g} ×"),
            ("Less motion", "nothing flies, shakes or flashes", _switch(on=now.reduced_motion)),
            ("Sound", "thunder, heartbeats, takeovers", _switch(on=now.sound)),
            ("Full screen", "F11, or F", _switch(on=now.full_screen)),
        )
        return [DialogRow(title, detail, value, turns=True) for title, detail, value in values]

    def choose(self, number: int) -> None:
        """The next value, round the end."""
        now = self.controls.settings
        ends = _CHANGES[number] == "size" and now.text_scale == TEXT_SCALES[-1]
        self._change(_CHANGES[number], -len(TEXT_SCALES) if ends else 1)

    def turn(self, number: int, steps: int) -> None:
        """The value before, or after."""
        self._change(_CHANGES[number], steps)

    def _change(self, what: str, steps: int) -> None:
        now = self.controls.settings
        match what:
            case "theme":
                names = theme_names()
                place = (names.index(now.theme) + steps) % len(names)
                self._set(replace(now, theme=names[place]))
            case "size":
                place = min(max(TEXT_SCALES.index(now.text_scale) + steps, 0), len(TEXT_SCALES) - 1)
                self._set(replace(now, text_scale=TEXT_SCALES[place]))
            case "reduced_motion":
                self._set(replace(now, reduced_motion=not now.reduced_motion))
            case "sound":
                self._set(replace(now, sound=not now.sound))
            case "full_screen":
                self._set(replace(now, full_screen=not now.full_screen))

    def _set(self, settings: Settings) -> None:
        self.controls.settings = settings

    def _next_theme(self) -> None:
        controls = self.controls
        if controls.theme != controls.settings.theme:
            controls.notice = "Room mode has a theme of its own."
            return
        self._change("theme", 1)
        controls.notice = f"Theme: {_title(controls.settings.theme)}."

    def _resize(self, steps: int) -> None:
        self._change("size", steps)
        self.controls.notice = f"Size of everything: {self.controls.settings.text_scale:g} ×."


@lru_cache(maxsize=16)
def _title(theme: str) -> str:
    """What people call a theme; kept, since its file would be read with every picture."""
    return load_theme(theme).title


def _switch(*, on: bool) -> str:
    return "on" if on else "off"
