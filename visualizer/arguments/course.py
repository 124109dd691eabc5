"""The words of `course`."""

from __future__ import annotations

from typing import Any

from visualizer.arguments import values
from visualizer.arguments.common import theme_argument
from visualizer.language import say


def course_command(commands: Any) -> None:
    """`course`: the lessons."""
    course = commands.add_parser(
        "course",
        help=say("list the lessons of the course, open one, or print the teacher's pages"),
        description=say(
            "Without LESSON: list the lessons. With LESSON: open it in the window. With --handout: "
            "write a page for the teacher for each lesson, and a sheet for the students without the answers."
        ),
    )
    course.add_argument(
        "lesson", nargs="?", metavar="LESSON", help=say("its number (3) or its name (03-the-miss)")
    )
    theme_argument(course, None)
    course.add_argument("--size", type=values.size, metavar="WxH", help=say("size of the window"))
    course.add_argument("--fresh", action="store_true", help=say("forget remembered settings"))
    course.add_argument(
        "--handout", action="store_true", help=say("write the pages to print, of all lessons or of LESSON")
    )
    course.add_argument(
        "--for", dest="readers", choices=("both", "teacher", "students"),
        help=say("whose pages to write (default: both)"),
    )  # fmt: skip
    course.add_argument("-o", "--output", metavar="FILE", help=say("the pages: FILE.html"))
    course.add_argument("--force", action="store_true", help=say("overwrite what is there"))
