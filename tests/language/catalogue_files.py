"""The `.po` files of the languages, brought up to date with what the program says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po
from language.extraction import Message

from visualizer.language.catalogues import texts_folder


def path_of(code: str, catalogue: str) -> Path:
    return texts_folder() / code / f"{catalogue}.po"


def read(code: str, catalogue: str) -> Catalog:
    """What is translated; an empty catalogue when there is no file."""
    path = path_of(code, catalogue)
    if not path.exists():
        return Catalog(locale=code)
    return read_po(BytesIO(path.read_bytes()), locale=code)


def current(code: str, catalogue: str, messages: list[Message]) -> str:
    """The text that the file should have: all messages in the order of the program, each with the translation
    that it has so far; what the program says no longer is left out.
    """
    before = read(code, catalogue)
    after = Catalog(
        locale=code, fuzzy=False, header_comment=f"# What `{catalogue}` says, in another language."
    )
    for message in messages:
        key = (message.id, message.plural) if message.plural else message.id
        known = before.get(message.id, message.context or None)
        said: str | tuple[str, ...] = known.string if known is not None else ""
        if message.plural and isinstance(said, str):
            said = ("",) * after.num_plurals
        after.add(
            key, said, [(message.place, None)] if message.place else [], context=message.context or None
        )
    return _text(after)


def _text(catalogue: Catalog) -> str:
    stream = BytesIO()
    write_po(stream, catalogue, width=100, omit_header=True, include_lineno=False)
    header = (
        f"{catalogue.header_comment}\n"
        'msgid ""\nmsgstr ""\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {catalogue.locale_identifier}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    return header + stream.getvalue().decode("utf-8")


def entries(code: str, catalogue: str) -> list[Entry]:
    return [entry for entry in read(code, catalogue) if entry.id]
