"""The words of `sweep`, `compare` and `curve`."""

from __future__ import annotations

from typing import Any

from visualizer.arguments import values
from visualizer.arguments.common import scenario_arguments, theme_argument
from visualizer.lab.measures import MEASURES
from visualizer.language import say

_MOST_SEEDS, _MOST_JOBS = 2_000_000, 256
_CHART_SIZE = (1600, 900)
_SWEPT, _COMPARED = 100, 200


def sweep_command(commands: Any) -> None:
    """`sweep`: one or two parameters over their values."""
    sweep = commands.add_parser(
        "sweep",
        help=say("vary one or two parameters, with many runs of each value"),
        description=say(
            "Play every value of one or two parameters with many seeds. Each run is struck at an "
            "instant of its own; the same seed has the same clients and the same bolt everywhere."
        ),
    )
    scenario_arguments(sweep)
    _vary_argument(sweep)
    _many_arguments(sweep, _SWEPT)
    sweep.add_argument(
        "--rows", choices=("points", "runs"), default="points",
        help=say("what a row of a data file is: a point of the sweep (default), or a single run"),
    )  # fmt: skip


def compare_command(commands: Any) -> None:
    """`compare`: several designs under the same clients and bolts."""
    compare = commands.add_parser(
        "compare",
        help=say("compare designs under the same clients and the same bolts"),
        description=say(
            "Play several scenarios, or several values of a parameter, under the same clients and "
            "the same bolts, and say by how much they differ."
        ),
    )
    scenario_arguments(compare, nargs="+")
    _vary_argument(compare)
    _many_arguments(compare, _COMPARED)
    compare.add_argument(
        "--rows", choices=("designs", "runs"), default="designs",
        help=say("what a row of a data file is: a design and a measure (default), or a single run"),
    )  # fmt: skip


def curve_command(commands: Any) -> None:
    """`curve`: every instant at which it might strike."""
    curve = commands.add_parser(
        "curve",
        help=say("say what lightning would cost at every instant of a run"),
        description=say(
            "What lightning on the active unit would cost at every tick of the run: sessions lost "
            "and time without service; their mean, their worst and the closed form."
        ),
    )
    scenario_arguments(curve)
    curve.add_argument("--tier", metavar="NAME", help=say("which tier is struck (default: the first)"))
    _file_arguments(curve)


def _vary_argument(parser: Any) -> None:
    parser.add_argument(
        "--vary",
        action="append",
        default=[],
        metavar="PATH=VALUES",
        help=say(
            "a parameter and its values: tiers.firewall.sync.interval=0.5s..10s:20, "
            "heartbeat.misses=2..8, cable.latency=1ms..1s:7:log, path=parallel,cross-connected, tiers=1..5"
        ),
    )


def _many_arguments(parser: Any, seeds: int) -> None:
    parser.add_argument(
        "--seeds", type=values.runs(1, _MOST_SEEDS), default=seeds, metavar="N",
        help=say("so many runs of each, from --seed on (default {seeds})", seeds=seeds),
    )  # fmt: skip
    parser.add_argument(
        "--strike",
        default="random",
        metavar="WHEN",
        help=say(
            "random: each run at an instant of its own, if the scenario strikes a unit (default); "
            "as-written: the scenario's own events; or an instant, like 11s"
        ),
    )
    known = tuple(MEASURES)
    parser.add_argument(
        "--measure", type=values.some_of(known), metavar="KEY,...",
        help=say("what is measured: {keys}, or all", keys=", ".join(known)),
    )  # fmt: skip
    _file_arguments(parser)
    work = parser.add_argument_group(say("who plays the runs"))
    where = work.add_mutually_exclusive_group()
    where.add_argument(
        "--jobs", type=values.jobs(_MOST_JOBS), metavar="N",
        help=say("so many processes (default: as many as pay here)"),
    )  # fmt: skip
    where.add_argument(
        "--scheduler", metavar="ADDRESS", help=say("a Dask cluster: the address of its scheduler, host:8786")
    )
    work.add_argument("--resume", action="store_true", help=say("go on with what was stopped"))


def _file_arguments(parser: Any) -> None:
    parser.add_argument(
        "-o", "--output", action="append", default=[], metavar="FILE",
        help=say("write FILE.csv, .json or .parquet, or a chart: .png, .svg; may be said several times"),
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help=say("overwrite what is there"))
    theme_argument(parser, "light")
    parser.add_argument(
        "--size", type=values.size, default=_CHART_SIZE, metavar="WxH", help=say("size of a chart (1600x900)")
    )
