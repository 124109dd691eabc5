"""--language: which language everything speaks, said anywhere on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from visualizer.language import say, speak, spoken
from visualizer.language.catalogues import LanguageError, language, languages
from visualizer.language.remembered import remember, remembered
from visualizer.language.speaking import ENGLISH, Spoken

_WINDOWS = ("open", "play")
"""The commands that open the window, which remembers its language; the others speak it once."""


class _Parser(argparse.ArgumentParser):
    """Finds the one option; all else is judged by others."""

    def error(self, message: str) -> NoReturn:
        _speak_as_before()
        raise LanguageError(say("--language needs a language, like --language de"))


def language_argument(parser: argparse.ArgumentParser) -> None:
    """The option, for the help."""
    codes = ", ".join(languages())
    parser.add_argument(
        "--language",
        metavar="CODE",
        help=say("the language of everything: {codes}; the window remembers it", codes=codes),
    )


def without_language(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """The other words of the command line, and the language that it names, if any. LanguageError."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language")
    known, others = parser.parse_known_args(list(arguments))
    return others, known.language


def speak_as_told(code: str | None, *, fresh: bool) -> None:
    """Speak the language named, else the one that was chosen before, unless all is to be `fresh`.

    LanguageError when the language named cannot be spoken, told in the one that was chosen before.
    """
    if code is None and fresh:
        _speak(ENGLISH)
    elif code is None:
        _speak_as_before()
    else:
        if code not in languages():
            _speak_as_before()
        _speak(code)


def opens_window(options: argparse.Namespace) -> bool:
    """Whether what was asked for is a window, not a list, a page or a film."""
    lesson = options.command == "course" and options.lesson is not None and not options.handout
    return lesson or options.command in _WINDOWS


def keep(code: str) -> None:
    """Speak it the next time too, if that can be written down."""
    with suppress(OSError):
        remember(code)


def _speak_as_before() -> None:
    """A catalogue that cannot be read locks nobody out: this is said, and English spoken."""
    try:
        _speak(remembered())
    except LanguageError as error:
        speak(Spoken())
        print(error, file=sys.stderr)


def _speak(code: str) -> None:
    """A catalogue is only read when it is not yet spoken: that takes time."""
    if code != spoken().code:
        speak(language(code))
