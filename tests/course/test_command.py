"""`course` as a teacher types it: the list, and the pages to print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from course.lessons import lesson
from film.command import run
from report.page_reader import read

from visualizer.scenario import lesson_names

NAMES = lesson_names()


def test_all_lessons_are_listed_with_their_minutes(tmp_path: Path):
    done = run("course", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    heads = re.findall(r"^ ?(\d+)  (.+) \((\d+) min\)$", done.out, re.MULTILINE)
    assert [int(number) for number, _, _ in heads] == list(range(1, len(NAMES) + 1))
    assert [(title, int(minutes)) for _, title, minutes in heads] == [
        (lesson(name).opened.setup.title, lesson(name).minutes) for name in NAMES
    ]


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (("",), 3, f"course: there is no lesson ``; say 1 to {len(NAMES)}"),
        (("99",), 3, f"99: there is no lesson `99`; say 1 to {len(NAMES)}"),
        (("the-mis",), 3, "the-mis: there is no lesson `the-mis`; did you mean `03-the-miss`?"),
        (("--handout",), 2, "--handout needs a file; add -o FILE.html"),
        (("-o", "x.html"), 2, "-o is for the pages to print; add --handout"),
        (("3", "--for", "students"), 2, "--for is for the pages to print; add --handout"),
        (("--handout", "-o", "x.pdf"), 2, "x.pdf: this is a page of HTML; name it something.html"),
        (("--handout", "-o", "there.html"), 1, "there.html: exists already; give --force to overwrite it"),
        (("--handout", "-o", "no/x.html"), 1, "no/x.html: there is no folder no; make it first"),
    ],
)
def test_a_mistake_is_one_line(tmp_path: Path, words: tuple[str, ...], code: int, line: str):
    (tmp_path / "there.html").write_text("mine")
    done = run("course", *words, folder=tmp_path)
    assert (done.code, done.err) == (code, f"{line}\n")
    assert (tmp_path / "there.html").read_text() == "mine"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("handout")
    written = {}
    for readers in ("both", "teacher", "students"):
        done = run("course", "3", "--handout", "--for", readers, "-o", f"{readers}.html", folder=folder)
        assert done.code == 0, done.err
        written[readers] = (folder / f"{readers}.html").read_text(encoding="utf-8")
    return written


def words_of(html: str) -> str:
    body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)
    return " ".join(body.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&").split())


def test_the_teacher_has_all_and_students_no_answers(pages: dict[str, str]):
    taught = lesson("course/03-the-miss")
    teacher, students = words_of(pages["teacher"]), words_of(pages["students"])
    assert taught.filled(taught.lesson.aim) in teacher
    for one in taught.lesson.misconceptions:
        assert taught.filled(one.instead) in teacher
        assert taught.filled(one.instead) not in students
    for one in taught.lesson.otherwise:
        assert taught.filled(one.say) in teacher
    for beat in taught.play.beats:
        assert beat.sentence in teacher
        if beat.question:
            assert beat.question.text in teacher
            assert beat.question.text in students
            why = beat.question.because(taught.run.state_at(beat.question.until_us))
            assert why in teacher
            assert why not in students
            for choice in beat.question.choices:
                assert choice.belief in students
                assert not choice.reply or choice.reply not in students
    assert "✓" not in students
    assert taught.filled(taught.lesson.alone) in students


def test_both_are_the_one_behind_the_other(pages: dict[str, str]):
    both = words_of(pages["both"])
    assert both.index("for the teacher") < both.index("Answer first, then watch")


def test_the_page_needs_nothing_beside_it(pages: dict[str, str]):
    assert not re.findall(r"(?:src|href)=\"(?!data:|#)", pages["both"])
    assert "<script" not in pages["both"]
    read(pages["both"])
