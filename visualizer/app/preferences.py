"""The settings, to look at and to change: how the window looks and sounds, never what happens in it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from visualizer.app.dialog import ListDialog
from visualizer.app.feature import Act
from visualizer.app.settings import TEXT_SCALES, Settings
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.language import decimal, marked, say, speak, spoken, translated
from visualizer.language.catalogues import LanguageError, language, languages, own_name
from visualizer.language.remembered import remember
from visualizer.scene.panels import DialogRow

_CHANGES = ("theme", "size", "reduced_motion", "sound", "full_screen", "language")
"""What each row changes, in order."""


class Preferences(ListDialog):
    """A row for each setting; the arrows turn it, Enter takes the next value."""

    heading = marked("Settings")
    about = marked("They are kept for the next time. None of them changes what happens in a run.")
    keys = (
        ("↑ ↓", marked("choose")),
        ("← →", marked("change")),
        (marked("Enter"), marked("next value")),
        (marked("Esc"), marked("close")),
    )

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
            (say("Theme"), say("T is the next one"), _title(now.theme)),
            (say("Size of everything"), say("as far as the window has room for it"), _times(now.text_scale)),
            (say("Less motion"), say("nothing flies, shakes or flashes"), _switch(on=now.reduced_motion)),
            (say("Sound"), say("thunder, heartbeats, takeovers"), _switch(on=now.sound)),
            (say("Full screen"), say("F11, or F"), _switch(on=now.full_screen)),
            (say("Language"), say("of all that is said here"), own_name(spoken().code)),
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
            case "language":
                codes = languages()
                self._speak(codes[(codes.index(spoken().code) + steps) % len(codes)])

    def _set(self, settings: Settings) -> None:
        self.controls.settings = settings

    def _speak(self, code: str) -> None:
        """From now on, and from the next start on."""
        try:
            speak(language(code))
        except LanguageError as error:
            self.controls.notice = str(error)
            return
        if not self.controls.fresh:
            with contextlib.suppress(OSError):  # then it is English again at the next start
                remember(code)
        self.controls.respoken()

    def _next_theme(self) -> None:
        controls = self.controls
        if controls.theme != controls.settings.theme:
            controls.notice = say("Room mode has a theme of its own.")
            return
        self._change("theme", 1)
        controls.notice = say("Theme: {title}.", title=_title(controls.settings.theme))

    def _resize(self, steps: int) -> None:
        self._change("size", steps)
        self.controls.notice = say(
            "Size of everything: {times}.", times=_times(self.controls.settings.text_scale)
        )


def _title(theme: str) -> str:
    """What people call a theme."""
    return translated(_english_title(theme))


@lru_cache(maxsize=16)
def _english_title(theme: str) -> str:
    """Kept, since its file would be read with every picture."""
    return load_theme(theme).title


def _times(scale: float) -> str:
    return decimal(f"{scale:g} ×")


def _switch(*, on: bool) -> str:
    return say("on") if on else say("off")
