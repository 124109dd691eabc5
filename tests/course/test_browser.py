"""A real browser opens and prints the pages of the course: no network, no complaint, nothing blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from report.test_browser import browse, seen

from visualizer.course import place_of
from visualizer.report.handout import handout


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "course.html"
    path.write_text(handout([place_of("3")]), encoding="utf-8")
    return path


def test_it_opens_and_has_something_on_it(file: Path):
    picture = seen(file, size=(1280, 2000))
    assert len({tuple(colour) for colour in picture[::40, ::40].reshape(-1, 3).tolist()}) > 10


def test_it_prints_the_teacher_s_pages_and_the_sheet_apart(file: Path):
    printed = file.with_suffix(".pdf")
    browse(file, f"--print-to-pdf={printed}", "--no-pdf-header-footer")
    pages = printed.read_bytes().count(b"/Type /Page\n")
    assert 4 <= pages <= 7
