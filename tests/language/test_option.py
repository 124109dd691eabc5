"""--language: anywhere on the command line, kept by the window, and never in anybody's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from visualizer.arguments import options_of
from visualizer.language import catalogues, say, spoken
from visualizer.language.remembered import language_path, remember, remembered

BROKEN = 'msgid "a"\nmsgstr "b"\n<<<<<<< here\n'


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of languages of our own, with one that can be read and one that cannot."""
    folder = tmp_path / "texts"
    for code, content in (("de", 'msgid "usage: "\nmsgstr "Aufruf: "\n'), ("fr", BROKEN)):
        (folder / code).mkdir(parents=True)
        (folder / code / "program.po").write_text(content, encoding="utf-8")
    monkeypatch.setattr(catalogues, "texts_folder", lambda: folder)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "--language de list",
        "list --language de",
        "--language=de list",
        "list --language=de --presets",
        "run --language de article --seed 3",
        "run article --set seed=3 --language de --json",
        "run --seed 3 --language de article",
        "--language de",
        "--language de article",
        "article --language de --fresh",
        "film article --language de jitter -o x.mp4",
    ],
)
def test_it_is_heard_wherever_it_stands(words: str):
    said = words.split()
    options = options_of(said)
    assert spoken().code == "de"
    others = [word for word in said if word not in ("--language", "de", "--language=de")]
    assert vars(options) == vars(options_of(others))


def test_what_looks_like_it_in_a_value_is_none():
    options = options_of(["run", "article", "--set", "title=--language de"])
    assert options.set == ["title=--language de"]
    assert spoken().code == "en"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("--language xx list", "there is no language 'xx'; choose from en, de"),
        ("list --language", "--language needs a language, like --language de"),
        ("--language= list", "there is no language ''; choose from en, de"),
        ("--language ../de list", "there is no language '../de'; choose from en, de"),
        ("--language DE list", "there is no language 'DE'; choose from en, de"),
    ],
)
def test_a_wrong_one_is_one_line(words: str, line: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        options_of(words.split())
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"failover-visualizer: {line}; `failover-visualizer --help` says more\n")
    assert spoken().code == "en"


def test_a_wrong_one_is_told_in_the_language_chosen_before(capsys: pytest.CaptureFixture[str]):
    remember("de")
    for words in ("--language xx list", "list --language"):
        with pytest.raises(SystemExit):
            options_of(words.split())
        assert capsys.readouterr().err.endswith("; mehr dazu mit `failover-visualizer --help`\n")


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("--language de", True),
        ("--language de article", True),
        ("open article --language de", True),
        ("play --language de", True),
        ("course 3 --language de", True),
        ("course --language de", False),
        ("course 3 --handout -o x.html --language de", False),
        ("run article --language de", False),
        ("list --language de", False),
        ("--language de check x.yaml", False),
    ],
)
def test_the_window_keeps_it_and_nothing_else_does(words: str, kept: bool):
    options_of(words.split())
    assert spoken().code == "de"
    assert remembered() == ("de" if kept else "en")
    options_of(["list"])
    assert spoken().code == remembered()


def test_a_command_line_that_is_refused_keeps_nothing():
    with pytest.raises(SystemExit):
        options_of(["play", "article", "--language", "de", "--nonsense"])
    assert remembered() == "en"


def test_what_was_chosen_before_is_spoken_unless_all_is_to_be_fresh():
    remember("de")
    options_of(["list"])
    assert spoken().code == "de"
    options_of(["play", "--fresh"])
    assert (spoken().code, remembered()) == ("en", "de")
    options_of(["list"])
    assert spoken().code == "de"
    options_of(["list", "--language", "en"])
    assert (spoken().code, remembered()) == ("en", "de")
    options_of(["play", "--language", "en"])
    assert remembered() == "en"


@pytest.mark.parametrize("content", ["", "xx\n", "../de", "\ud800".encode("utf-8", "surrogatepass")])
def test_a_choice_that_cannot_be_read_is_english(content: str | bytes):
    language_path().parent.mkdir(parents=True)
    language_path().write_bytes(content if isinstance(content, bytes) else content.encode())
    options_of(["list"])
    assert spoken().code == "en"


def test_a_choice_that_cannot_be_kept_is_spoken_all_the_same(tmp_path: Path):
    (tmp_path / "settings").write_text("a file where the folder should be")
    options_of(["play", "--language", "de"])
    assert spoken().code == "de"


@pytest.mark.usefixtures("texts")
def test_a_broken_catalogue_is_one_line_when_it_is_asked_for(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        options_of(["--language", "fr", "list"])
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("failover-visualizer: ")
    assert "program.po: " in err
    assert "; repair it, or speak another language; " in err


@pytest.mark.parametrize("content", [BROKEN.encode(), b'msgid "a"\nmsgstr "\xff"\n', None])
def test_a_broken_catalogue_locks_nobody_out(
    content: bytes | None, texts: Path, capsys: pytest.CaptureFixture[str]
):
    """The language was chosen before: this is said, and English spoken."""
    path = texts / "fr" / "program.po"
    path.unlink()
    if content is None:
        path.mkdir()  # not even a file
    else:
        path.write_bytes(content)
    remember("fr")
    assert options_of(["list"]).command == "list"
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "program.po: " in err
    assert (spoken().code, say("usage: ")) == ("en", "usage: ")
    options_of(["list", "--language", "de"])
    assert say("usage: ") == "Aufruf: "
    assert remembered() == "fr"


@pytest.mark.usefixtures("texts")
def test_a_folder_that_is_no_language_of_the_world_is_one_line(
    texts: Path, capsys: pytest.CaptureFixture[str]
):
    (texts / "zz").mkdir()
    (texts / "zz" / "program.po").write_text('msgid "a"\nmsgstr "b"\n')
    with pytest.raises(SystemExit) as end:
        options_of(["list", "--language", "zz"])
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
