"""The catalogues have what the program says: no more, no less, and with the same blanks.

`TEXTS=write pytest tests/language` brings all of them up to date (`TEXTS=story,scene` only these): new texts
stand there with an empty `msgstr`, texts that are said no longer are gone.
"""

from __future__ import annotations

import os
from string import Formatter

import pytest
from language.catalogue_files import current, entries, path_of
from language.extraction import Message, messages

from visualizer.files import write_beside
from visualizer.language.catalogues import languages

SAID = messages()
OTHERS = [code for code in languages() if code != "en"]
EACH = [(code, catalogue) for code in OTHERS for catalogue in SAID]
WRITE = os.environ.get("TEXTS", "")


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def translations(code: str, catalogue: str) -> list[tuple[Message, tuple[str, ...]]]:
    """Each message with its translations, one for each form."""
    there = {
        (entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]): entry
        for entry in entries(code, catalogue)
    }
    found = []
    for message in SAID[catalogue]:
        entry = there.get((message.context, message.id))
        said = entry.string if entry else ""
        found.append((message, (said,) if isinstance(said, str) else tuple(said)))
    return found


@pytest.mark.parametrize(("code", "catalogue"), EACH)
def test_is_up_to_date(code: str, catalogue: str):
    path = path_of(code, catalogue)
    text = current(code, catalogue, SAID[catalogue])
    if WRITE == "write" or catalogue in WRITE.split(","):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_beside(path, text.encode())
    assert path.exists(), "write it with TEXTS=write"
    assert path.read_text(encoding="utf-8") == text, "bring it up to date with TEXTS=write"


@pytest.mark.parametrize(("code", "catalogue"), EACH)
def test_all_is_translated(code: str, catalogue: str):
    missing = [message.id for message, said in translations(code, catalogue) if not all(said)]
    assert not missing


@pytest.mark.parametrize(("code", "catalogue"), EACH)
def test_blanks_are_those_of_the_message(code: str, catalogue: str):
    """One form of several may leave the number {n} out: "eine Sitzung"."""
    wrong = []
    for message, said in translations(code, catalogue):
        if not message.blanks:
            continue
        meant = blanks(message.id) | blanks(message.plural)
        for text in filter(None, said):
            there = blanks(text)
            if there - meant or (meant - there if not message.plural else meant - there - {"n"}):
                wrong.append((message.id, text))
    assert not wrong


def test_a_text_is_said_the_same_in_all_rooms():
    """Catalogues are read into one: two translations of one message would make the last one win."""
    for code in OTHERS:
        said: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        for catalogue in SAID:
            for message, texts in translations(code, catalogue):
                said.setdefault((message.context, message.id), set()).add(texts)
        assert not {key: texts for key, texts in said.items() if len(texts) > 1}


def test_there_is_no_catalogue_that_nobody_reads():
    for code in OTHERS:
        there = {
            path.relative_to(path_of(code, "x").parent).with_suffix("").as_posix()
            for path in path_of(code, "x").parent.rglob("*.po")
        }
        assert there <= set(SAID)
