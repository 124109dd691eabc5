"""Saying: messages are looked up and filled, in several forms, and a slip of a translator stops nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from film.command import ROOT
from language.pseudo import PSEUDO

from visualizer.language import (
    catalogues,
    decimal,
    say,
    say_as,
    say_many,
    speak,
    speaking,
    thousands,
    translated,
)
from visualizer.language.catalogues import language, languages, own_name
from visualizer.opening import open_scenario
from visualizer.script.finding import Finder
from visualizer.script.quantities import Telling
from visualizer.script.templates import fill
from visualizer.timeline.run import Run

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "{name} takes over."
msgstr "Es übernimmt {name}."

msgctxt "a cable"
msgid "cut"
msgstr "durchtrennt"

msgid "{n} session"
msgid_plural "{n} sessions"
msgstr[0] "eine Sitzung"
msgstr[1] "{n} Sitzungen"

msgid "{count} fell."
msgstr "{cuont} fielen."

msgid "Not {yet}."
msgstr ""

#, fuzzy
msgid "Perhaps."
msgstr "Vielleicht."

msgid "{lost} fell"
msgstr "{verloren} fielen"

msgid "{lost|session|sessions} gone"
msgstr "{lost|Sitzung|Sitzungen} weg"
"""


@pytest.fixture
def _german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "program.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(catalogues, "texts_folder", lambda: tmp_path)
    speak(language("de"))


@pytest.mark.usefixtures("_german")
def test_a_message_is_said_with_its_blanks_where_the_language_has_them():
    assert say("{name} takes over.", name="die Reserve") == "Es übernimmt die Reserve."
    assert say_as("a cable", "cut") == "durchtrennt"
    assert say_as("a film", "cut") == "cut"
    assert [say_many("{n} session", "{n} sessions", count, n=count) for count in (1, 2, 0)] == [
        "eine Sitzung",
        "2 Sitzungen",
        "0 Sitzungen",
    ]
    assert decimal("9.25") == "9,25"
    assert thousands(1204) == "1\u2009204"


@pytest.mark.usefixtures("_german")
def test_what_is_not_translated_yet_is_said_in_english():
    assert say("Not {yet}.", yet="now") == "Not now."
    assert say("Perhaps.") == "Perhaps."
    assert say("Never heard of.") == "Never heard of."
    assert translated("") == ""


@pytest.mark.usefixtures("_german")
def test_a_slip_in_a_catalogue_is_said_in_english_and_stops_nobody():
    assert say("{count} fell.", count=3) == "3 fell."
    opened = open_scenario("article")
    run = Run(opened.setup)
    run.finish()
    telling = Telling(Finder(run.events, run.setup), run.state_at)
    assert fill("{lost} fell", telling, 20_000_000) == "19 fell"
    assert fill("{lost|session|sessions} gone", telling, 20_000_000) == "19 Sitzungen weg"


def test_another_language_is_spoken_in_a_block_only():
    with speaking(PSEUDO):
        assert say("Stop") == "⟦Stõp Stõp⟧"
    assert say("Stop") == "Stop"


def test_there_is_a_second_language_with_its_own_name():
    assert languages() == ("en", "de")
    assert [own_name(code) for code in languages()] == ["English", "Deutsch"]


def test_english_reads_no_catalogue(tmp_path: Path):
    """Who speaks English does not wait for the library that reads the others."""
    asked = (
        "import sys; from visualizer.arguments import options_of; "
        "options_of(['run', 'article']); print('babel' in sys.modules)"
    )
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
