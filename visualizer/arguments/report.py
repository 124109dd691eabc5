"""The words of `report`."""

from __future__ import annotations

from typing import Any

from visualizer.arguments import values
from visualizer.arguments.common import scenario_arguments
from visualizer.language import say

_MOST_SEEDS, _MOST_JOBS = 100_000, 256


def report_command(commands: Any) -> None:
    """`report`: a run on one page."""
    report = commands.add_parser(
        "report",
        help=say("write a run as one page of HTML, to read, print or hand out"),
        description=say(
            "Write a run as one page of HTML that needs nothing beside it: what was set up, what "
            "happened, what it cost and why. The same command makes the same page, byte for byte."
        ),
    )
    scenario_arguments(report)
    report.add_argument("-o", "--output", required=True, metavar="FILE", help=say("the page: FILE.html"))
    report.add_argument(
        "--seeds", type=values.runs(2, _MOST_SEEDS), metavar="N",
        help=say("how many runs of the same design stand beside this one "
        "(default: by the size of the run, 200 at most)"),
    )  # fmt: skip
    report.add_argument(
        "--jobs", type=values.jobs(_MOST_JOBS), metavar="N",
        help=say("so many processes play them (default: as many as pay here)"),
    )  # fmt: skip
    report.add_argument("--force", action="store_true", help=say("overwrite what is there"))
