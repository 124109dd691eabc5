"""Words that several commands share: which scenario, changed how, in which designs and colours."""

from __future__ import annotations

from typing import Any

from visualizer.arguments import values
from visualizer.files import shipped
from visualizer.lab.designs import COMPARISONS
from visualizer.language import say


def scenario_arguments(parser: Any, nargs: str | None = None) -> None:
    """SCENARIO (`nargs` as argparse has it), and what is changed in it."""
    parser.add_argument(
        "scenario", nargs=nargs, metavar="SCENARIO", help=say("a shipped scenario's name, or a file")
    )
    parser.add_argument("--seed", type=values.seed, metavar="N", help=say("another draw of chance"))
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help=say("change a value: tiers.firewall.sync.interval=5s"),
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND:TARGET@TIME",
        help=say("add an event: lightning:firewall.primary@11s"),
    )


def compare_argument(parser: Any) -> None:
    """--compare."""
    parser.add_argument(
        "--compare",
        choices=tuple(COMPARISONS),
        metavar="KEY",
        help=say("several designs side by side: {keys}", keys=", ".join(COMPARISONS)),
    )


def theme_argument(parser: Any, default: str | None) -> None:
    """--theme."""
    names = sorted(path.stem for path in (shipped("assets") / "themes").glob("*.toml"))
    parser.add_argument("--theme", choices=names, default=default, help=say("colours"))
