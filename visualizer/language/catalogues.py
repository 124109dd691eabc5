"""The catalogues in `assets/texts`: a folder a language, in it gettext's `.po` files, one for each room.

They are read as they are, so nothing has to be compiled, and what a translator saves is heard at the next
start.
"""

from __future__ import annotations

from collections.abc import Iterable
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.files import shipped
from visualizer.language.speaking import ENGLISH, Spoken, say

if TYPE_CHECKING:
    from babel.messages.catalog import Message


class LanguageError(Exception):
    """A language that there is not, or a catalogue that cannot be read; one line."""


def texts_folder() -> Path:
    """Where the folders of the languages are."""
    return shipped("assets") / "texts"


def languages() -> tuple[str, ...]:
    """The codes of all languages there are; English, which the code has, is the first."""
    folders = sorted(path.name for path in texts_folder().iterdir() if any(path.glob("*.po")))
    return (ENGLISH, *folders)


def own_name(code: str) -> str:
    """What its speakers call a language: "Deutsch"."""
    from babel import Locale  # noqa: PLC0415  (only who chooses a language needs it)

    name = Locale.parse(code).get_display_name() or code
    return name[0].upper() + name[1:]


def language(code: str) -> Spoken:
    """Everything of a language, read from its folder; LanguageError."""
    if code == ENGLISH:
        return Spoken()
    if code not in languages():
        codes = ", ".join(languages())
        raise LanguageError(say("there is no language {code!r}; choose from {codes}", code=code, codes=codes))
    from babel import UnknownLocaleError  # noqa: PLC0415  (English does without)
    from babel.messages.catalog import Catalog  # noqa: PLC0415
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415

    try:
        decimal_mark = get_decimal_symbol(code)
    except (UnknownLocaleError, ValueError) as error:
        raise _unreadable(texts_folder() / code, error) from None
    whole = Catalog(locale=code)
    for path in catalogues(code):
        for message in _messages(path, code):
            if message.id and not message.fuzzy and _complete(message.string or ""):
                whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return Spoken(code, GNUTranslations(compiled), decimal_mark)


def _messages(path: Path, code: str) -> Iterable[Message]:
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    try:
        with path.open("rb") as stream:
            return read_po(stream, locale=code, abort_invalid=True)
    except (PoFileError, OSError, ValueError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> LanguageError:
    what = say("{path}: {error}; repair it, or speak another language", path=path, error=error)
    return LanguageError(what)


def _complete(said: str | tuple[str, ...] | list[str]) -> bool:
    """Whether a message is translated, in all of its forms; else it is said in English."""
    return bool(said) if isinstance(said, str) else all(said)


def catalogues(code: str) -> tuple[Path, ...]:
    """The catalogues of a language, in an order that is always the same."""
    return tuple(sorted((texts_folder() / code).rglob("*.po")))
