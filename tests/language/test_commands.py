"""The commands in German, as a user meets them; and in a language that shows what is not in a catalogue."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from language.mistakes import lines_of, mistakes
from language.pseudo import PSEUDO
from language.remnants import english_in, outside, words_of

import visualizer
from visualizer.arguments import options_of
from visualizer.arguments.own_words import OWN_WORDS
from visualizer.cli import run_command_line
from visualizer.language import Spoken, speaking
from visualizer.language.catalogues import language

COMMANDS = ("open", "play", "run", "shot", "film", "report", "course", "curve", "sweep", "compare", "check",
            "list", "schema")  # fmt: skip
WRONG = (
    "run",
    "run bogus",
    "run article --bogus",
    "run article --seed x",
    "run article --until 99s",
    "run article --events /no/folder/x",
    "run article --set a=b --set seed --fault c --fault host:firewall.prim@3s",
    "play --theme loud",
    "shot article",
    "shot article -o x.jpg",
    "shot article -o x.png --speed 0",
    "shot article -o x.png --size 3",
    "film article -o x.mp4 --with srt --speed 2",
    "film article -o x.mp4 --with nothing",
    "film article jitter -o x.mp4 --from 1s",
    "film article -o x.mp4 --from 5s --to 2s",
    "film article -o x.mp4 --from 20s",
    "film article -o x.mp4 --to 0s",
    "film article -o x.mp4 --fps 0",
    "report article -o x.txt",
    "sweep article --seeds 0",
    "sweep article --jobs 0",
    "sweep article --jobs 1 --scheduler x",
    "sweep article --measure nothing",
    "sweep article --resume",
    "sweep article --strike soon",
    "sweep article -o x.csv -o x.csv",
    "sweep article -o x.doc",
    "sweep article -o /no/folder/x.csv",
    "check /no/such/file.yaml",
    "course 99",
    "course the-mess",
    "course --handout",
    "course -o x.html",
)
"""Command lines that are refused."""

MISTAKES = mistakes()


@pytest.fixture(scope="module")
def german() -> Spoken:
    return language("de")


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DISPLAY", raising=False)


def said(spoken: Spoken, capsys: pytest.CaptureFixture[str], words: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a command line."""
    with speaking(spoken):
        try:
            code = run_command_line(["--language", spoken.code, *words.split()])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
    return code, out, err


def remnants(german: str, english: str) -> list[str]:
    """Lines of the German text that are English, or the same in the English one though they have words."""
    same = set(english.splitlines())
    return [line for line in german.splitlines() if english_in(line) or (line in same and words_of(line))]


def without_usage(text: str) -> str:
    """A help without its first paragraph, which has only what one types."""
    return text.partition("\n\n")[2]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_is_german(command: str, german: Spoken, capsys: pytest.CaptureFixture[str]):
    code, out, err = said(german, capsys, f"{command} --help")
    assert (code, err) == (0, "")
    assert out.startswith("Aufruf: failover-visualizer ")
    english = said(Spoken(), capsys, f"{command} --help")[1]
    assert english.startswith("usage: failover-visualizer ")
    assert remnants(without_usage(out), without_usage(english)) == []
    options = re.compile(r"--[a-z-]+")
    assert set(options.findall(out)) >= set(options.findall(english.partition("\n\n")[0]))


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_passes_through_the_catalogues(command: str, capsys: pytest.CaptureFixture[str]):
    """What stands outside of brackets: options, metavars, names of commands."""
    typed = {*COMMANDS, "positional", "failover-visualizer"}
    free = re.compile(r"\W*-.*|[A-Z][A-Zx@:=,.]*|\W*|\{\S*\}")
    whole = " ".join(without_usage(said(PSEUDO, capsys, f"{command} --help")[1]).split())
    words = [word for word in outside(whole).split() if not free.fullmatch(word)]
    assert set(words) <= typed


@pytest.mark.parametrize("words", WRONG)
def test_what_is_refused_is_refused_in_german(words: str, german: Spoken, capsys: pytest.CaptureFixture[str]):
    code, out, err = said(german, capsys, words)
    plain_code, plain_out, plain_err = said(Spoken(), capsys, words)
    assert code == plain_code != 0
    assert (out, plain_out) == ("", "")
    assert len(err.splitlines()) == len(plain_err.splitlines()) > 0
    assert [line for line in err.splitlines() if english_in(line) or line in plain_err.splitlines()] == []


@pytest.mark.parametrize("words", ["list", "list --comparisons", "course"])
def test_lists_are_german(words: str, german: Spoken, capsys: pytest.CaptureFixture[str]):
    code, out, err = said(german, capsys, words)
    english = said(Spoken(), capsys, words)[1]
    assert (code, err) == (0, "")
    assert len(out.splitlines()) > 3
    assert len(re.findall("(?m)^[^ ]", out)) == len(re.findall("(?m)^[^ ]", english))
    assert remnants(out, english) == []


def test_presets_are_german_and_their_sources_quoted(german: Spoken, capsys: pytest.CaptureFixture[str]):
    """The names of some products are the same in both."""
    out, english = (said(one, capsys, "list --presets")[1].splitlines() for one in (german, Spoken()))
    summaries = [line for line in out if re.match("  [^ ]", line)]
    assert len(summaries) > 30
    assert remnants("\n".join(summaries), "\n".join(english)) == []
    assert [line for line in out if line.startswith("    ")] == [
        line for line in english if line.startswith("    ")
    ]
    assert [line.split(":")[0] for line in out if line and line[0] != " "] == [
        line.split(":")[0] for line in english if line and line[0] != " "
    ]


@pytest.mark.parametrize("scenario", ["article", "split-brain", "dublin-2011", "synchronous", "jitter"])
def test_the_summary_of_a_run_is_german(scenario: str, german: Spoken, capsys: pytest.CaptureFixture[str]):
    """With decimal commas; names of faults and units are those of the file."""
    code, out, err = said(german, capsys, f"run {scenario}")
    english = said(Spoken(), capsys, f"run {scenario}")[1]
    assert (code, err) == (0, "")
    assert len([line for line in out.splitlines() if "│" in line]) == english.count("│") // 3
    rows = [row.replace("│", " ") for row in out.splitlines()]
    assert remnants("\n".join(rows), "\n".join(row.replace("│", " ") for row in english.splitlines())) == []
    assert re.findall(r"[0-9]\.[0-9]", out) == []
    assert [one.replace(",", ".") for one in re.findall(r"[0-9]+,[0-9]+", out)] == re.findall(
        r"[0-9]+\.[0-9]+", english
    )


def test_what_programs_read_is_the_same_in_all_languages(
    german: Spoken, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    for words in ("run article --json", "schema"):
        assert said(german, capsys, words) == said(Spoken(), capsys, words)
    for name, one in (("de", german), ("en", Spoken())):
        assert said(one, capsys, f"run article --json --events {name}.txt")[0] == 0
        assert said(one, capsys, f"sweep article --seeds 3 --jobs 1 -o {name}.csv -o {name}.json")[0] == 0
    for kind in ("txt", "csv", "json"):
        assert (tmp_path / f"de.{kind}").read_bytes() == (tmp_path / f"en.{kind}").read_bytes()


MANY = (
    "sweep article --seeds 5 --jobs 1",
    "sweep article --seeds 5 --jobs 1 --vary sync.interval=1s,2s --vary heartbeat.misses=2,3",
    "sweep article --seeds 5 --jobs 1 --measure stateful,outage_s --vary sync.interval=1s,2s",
    "compare article --seeds 5 --jobs 1 --vary sync.interval=1s,10s",
    "curve article",
)


@pytest.mark.parametrize("words", MANY)
def test_tables_of_many_runs_are_german(words: str, german: Spoken, capsys: pytest.CaptureFixture[str]):
    code, out, err = said(german, capsys, words)
    english = said(Spoken(), capsys, words)[1]
    assert (code, err) == (0, "")
    cells = re.compile(r"[│┃]")
    assert remnants(cells.sub("\n", out), cells.sub("\n", english)) == []
    assert re.findall(r"[0-9]\.[0-9]", out) == []
    assert len(re.findall(r"[0-9],[0-9]", out)) > 0


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_in_a_file_are_told_in_german(name: str, german: Spoken, tmp_path: Path):
    """As many lines, at the same places, with the same words quoted; and nothing of it in English."""
    path = tmp_path / "f.yaml"
    plain = lines_of(MISTAKES[name], path)
    with speaking(german):
        told = lines_of(MISTAKES[name], path)
    place, quoted = re.compile(r"(:\d+)*: "), re.compile("`(?!the |das |der |die )[^`]*`")
    assert len(told) == len(plain)
    for line, english in zip(told, plain, strict=True):
        assert place.match(line.removeprefix(str(path))), line
        assert line.removeprefix(str(path)).split(" ")[0] == english.removeprefix(str(path)).split(" ")[0]
        assert quoted.findall(line)[:1] == quoted.findall(english)[:1]
        assert english_in(line.removeprefix(str(path))) == [], line
        assert r"\u2009" not in line  # the thin space of large numbers
        assert set(line.split("; ")[1:]).isdisjoint(english.split("; ")[1:]), line


@pytest.mark.parametrize("name", MISTAKES)
def test_problems_pass_through_the_catalogues(name: str, tmp_path: Path):
    """But for the place and the key in front, everything stands in brackets."""
    path = tmp_path / "f.yaml"
    with speaking(PSEUDO):
        told = lines_of(MISTAKES[name], path)
    left = [outside(line.removeprefix(str(path))) for line in told]
    assert [rest for rest in left if not re.fullmatch(r"(:\d+:\d+)?: (\S+: )?; ", rest)] == []


def test_a_problem_is_told_in_the_language_of_now(german: Spoken, tmp_path: Path):
    """Reading keeps what it has read: not so that the next person is told of it in another language."""
    path, content = tmp_path / "f.yaml", b"title: yes\nduration: 1s\ntiers: {a: {}}\n"
    english = lines_of(content, path)
    with speaking(german):
        assert "Ja oder Nein" in lines_of(content, path)[0]
    assert lines_of(content, path) == english


@pytest.mark.parametrize("code", ["de"])
def test_what_argparse_says_keeps_its_blanks(code: str):
    """They are written with a percent sign, which no other text has."""
    blank = re.compile(r"%(?:\([a-z_]+\))?[rs]")
    texts = language(code).texts
    for text in OWN_WORDS:
        assert sorted(blank.findall(texts.gettext(text))) == sorted(blank.findall(text))
        assert texts.gettext(text) != text or text == "argument %(argument_name)s: %(message)s"


def test_argparse_is_heard_through_the_catalogues(capsys: pytest.CaptureFixture[str]):
    """Its own words and ours: nothing but what is typed stands outside of brackets."""
    for words in ("run", "run a --seed", "run a --seed x", "run a --bogus", "sweep a --jobs 1 --scheduler x"):
        with speaking(PSEUDO), pytest.raises(SystemExit):
            options_of(words.split())
        assert re.fullmatch(r"failover-visualizer( \w+)?: ; \n", outside(capsys.readouterr().err)), words


def by_itself(*words: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    home = str(Path(visualizer.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": home, "COLUMNS": "120"}
    environment.pop("DISPLAY", None)
    command = [sys.executable, "-m", "visualizer", *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120, env=environment
    )


def test_a_process_of_its_own_speaks_german():
    done = by_itself("--language", "de", "run", "article")
    assert (done.returncode, done.stderr) == (0, "")
    assert "nicht zustandserhaltend" in done.stdout
    done = by_itself("run", "bogus", "--language=de")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("bogus: ein Szenario `bogus` gibt es nicht; ")
