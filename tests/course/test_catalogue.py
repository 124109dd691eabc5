"""The table of lessons in the scenarios' README is current.

`CATALOGUE=write python -m pytest tests/course/test_catalogue.py` writes it again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from course.lessons import lesson

from visualizer import files
from visualizer.scenario import lesson_names

README = files.shipped("scenarios") / "README.md"
TABLE = re.compile(r"(<!-- lessons, .*? -->\n)(.*?)(<!-- end of lessons -->\n)", re.DOTALL)


def rows() -> Iterator[str]:
    yield "| lesson | what a class can tell afterwards | minutes |\n|---|---|---|\n"
    for name in lesson_names():
        taught = lesson(name)
        title = f"{taught.place.number}. [{taught.opened.setup.title}]({name}.yaml)"
        yield f"| {title} | {taught.filled(taught.lesson.aim)} | {taught.minutes} |\n"


def test_the_table_of_lessons_is_current():
    text = README.read_text(encoding="utf-8")
    current, tables = TABLE.subn(lambda found: found[1] + "".join(rows()) + found[3], text)
    assert tables == 1
    if os.environ.get("CATALOGUE") == "write":
        README.write_text(current, encoding="utf-8", newline="\n")
    assert README.read_text(encoding="utf-8") == current, "write it again; this file says how"
