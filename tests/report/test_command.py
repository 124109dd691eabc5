"""`report` as a person runs it: the same page every time, and one clear line for each mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.command import SHORT, Done, run, scenario
from film.disks import run_on_disk
from report.page_reader import read, table


def refused(done: Done, code: int) -> str:
    assert done.code == code, done
    assert done.out == ""
    (line,) = done.err.splitlines()
    return line


def test_the_same_page_from_anywhere(tmp_path: Path):
    first, second = tmp_path / "first", tmp_path / "second"
    pages = []
    for folder, seed in ((first, "0"), (second, "12345")):
        folder.mkdir()
        scenario(folder)
        done = run(
            "report",
            "mine.yaml",
            "-o",
            "x.html",
            folder=folder,
            env={"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"},
        )
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("x.html: 0.")
        pages.append((folder / "x.html").read_bytes())
    assert pages[0] == pages[1]
    assert str(tmp_path).encode() not in pages[0]
    assert "report mine.yaml -o report.html" in read(pages[0].decode()).text


def test_a_saved_run_and_other_values(tmp_path: Path):
    from visualizer.opening import open_scenario, save_run
    from visualizer.sim.command import Strike, UnitTarget
    from visualizer.timeline import Run

    opened = open_scenario(str(tmp_path / scenario(tmp_path)), ["seed=3"])
    played = Run(opened.setup)
    played.act(Strike(200_000, "host", UnitTarget(0, 0)))
    save_run(opened, played, tmp_path / "mine-run.yaml")
    words = ("report", "mine-run.yaml", "--set", "tiers.firewall.sync.interval=100ms", "-o", "x.html")
    assert run(*words, folder=tmp_path).code == 0
    page = read((tmp_path / "x.html").read_text())
    assert ["0.2 s", "Firewall primary fails"] in table(page, "What the scenario does to it")
    assert "--set seed=3 --set tiers.firewall.sync.interval=100ms" in page.text


def test_what_is_there_is_kept(tmp_path: Path):
    scenario(tmp_path)
    older = tmp_path / "x.html"
    older.write_text("older")
    line = refused(run("report", "mine.yaml", "-o", "x.html", folder=tmp_path), 1)
    assert line == "x.html: exists already; give --force to overwrite it"
    assert older.read_text() == "older"
    assert run("report", "mine.yaml", "-o", "x.html", "--force", folder=tmp_path).code == 0
    assert older.read_text().startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.yaml", "x.html"]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("mine.yaml", "-o", "x.pdf"), 2, "x.pdf: this is a page of HTML; name it something.html"),
        (("mine.yaml", "-o", "no/x.html"), 1, "no/x.html: there is no folder no; make it first"),
        (
            ("mine.yaml", "-o", "folder.html"),
            1,
            "folder.html: is a folder; choose another name for the page",
        ),
        (("artcle", "-o", "x.html"), 3, "artcle: there is no scenario `artcle`; did you mean `article`?"),
        (("mine.yaml", "--set", "duration=1", "-o", "x.html"), 3, None),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, words: tuple[str, ...], code: int, line: str | None):
    scenario(tmp_path)
    (tmp_path / "folder.html").mkdir()
    said = refused(run("report", *words, folder=tmp_path), code)
    assert line is None or said == line
    assert not (tmp_path / "x.html").exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path):
    (tmp_path / "before").mkdir()
    scenario(tmp_path / "before", SHORT)
    done = run_on_disk("report", "mine.yaml", "-o", "x.html", folder=tmp_path, size="100k")
    assert refused(done, 1) == "x.html: No space left on device"
    assert [path.name for path in (tmp_path / "after").iterdir()] == ["mine.yaml"]
