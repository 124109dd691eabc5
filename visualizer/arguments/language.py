"""--language: which language everything speaks, said anywhere on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from visualizer.language import speak
from visualizer.language.catalogues import LanguageError, language
from visualizer.language.remembered import remember, remembered
from visualizer.language.speaking import ENGLISH

WINDOWS = ("open", "play", "course")
"""The commands that remember the language that they are told; the others speak it once."""


class _Parser(argparse.ArgumentParser):
    """Finds the one option; all else is judged by others."""

    def error(self, message: str) -> NoReturn:
        raise LanguageError("--language needs a language, like --language de")


def language_argument(parser: argparse.ArgumentParser) -> None:
    """The option, for the help."""
    parser.add_argument(
        "--language", metavar="CODE", help="the language of everything: en, de; the window remembers it"
    )


def without_language(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """The other words of the command line, and the language that it names, if any. LanguageError."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language")
    known, others = parser.parse_known_args(list(arguments))
    return others, known.language


def speak_as_told(code: str | None, command: str, *, fresh: bool) -> None:
    """Speak the language named, else the one that was chosen before, unless all is to be `fresh`.
    LanguageError.
    """
    chosen = code or (ENGLISH if fresh else remembered())
    speak(language(chosen))
    if code is not None and command in WINDOWS:
        with suppress(OSError):  # it is spoken all the same
            remember(code)
