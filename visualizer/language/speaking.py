"""Texts in the language that is spoken: one for the whole process, as it is for the people before it.

A `message` is a constant English text with named blanks in braces. It is looked up first and filled then, so
a translation may put the blanks elsewhere. `tests/language` reads the messages out of the code, where they
must stand as plain strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import NullTranslations

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language: its code, its texts, and what it writes for a decimal point."""

    code: str = ENGLISH
    texts: NullTranslations = NullTranslations()  # noqa: RUF009  (never changed)
    decimal_mark: str = "."


class _Voice:
    """What is spoken now."""

    now = Spoken()


def spoken() -> Spoken:
    """The language that is spoken now."""
    return _Voice.now


def speak(language: Spoken) -> None:
    """From now on. Texts that were made before stay as they are."""
    _Voice.now = language


@contextmanager
def speaking(language: Spoken) -> Iterator[None]:
    """Another language, in this block."""
    before = _Voice.now
    speak(language)
    try:
        yield
    finally:
        speak(before)


def say(message: str, /, **blanks: object) -> str:
    """The message, with its blanks filled: `say("{name} takes over.", name=name)`. A brace that is meant is
    written twice.
    """
    return _filled(translated(message), message, blanks)


def say_as(meaning: str, message: str, /, **blanks: object) -> str:
    """A message that other languages say in several ways; `meaning` tells the translator which is meant:
    `say_as("a cable", "cut")`.
    """
    return _filled(_Voice.now.texts.pgettext(meaning, message), message, blanks)


def say_many(one: str, many: str, count: int, /, **blanks: object) -> str:
    """A message about so many: `say_many("{n} session", "{n} sessions", count, n=thousands(count))`. Other
    languages may have more forms than two.
    """
    return _filled(_Voice.now.texts.ngettext(one, many, count), one if count == 1 else many, blanks)


def _filled(said: str, message: str, blanks: Mapping[str, object]) -> str:
    """A translation that asks for other blanks than its message is a slip of its catalogue, and no reason to
    stop: it is said in English then.
    """
    try:
        return said.format(**blanks)
    except (LookupError, ValueError):
        return message.format(**blanks)


def translated(text: str) -> str:
    """A text that stands in a table or a file (a title, an author's sentence): as it is, but translated."""
    return _Voice.now.texts.gettext(text) if text else ""


def marked(text: str) -> str:
    """A text in a table that is made before anybody knows the language: it is found here by who writes the
    catalogues, and `translated` where it is shown.
    """
    return text
