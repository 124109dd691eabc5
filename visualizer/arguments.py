"""The command line's words: what each command takes, and what it means."""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Sequence
from typing import Any

from visualizer import __version__
from visualizer.files import shipped
from visualizer.lab.designs import COMPARISONS

_SIZE = re.compile(r"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})")
_LARGEST_SIDE_PX = 16_384


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    if match is None or max(int(side) for side in match.groups()) > _LARGEST_SIDE_PX:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; say it like 1920x1080, at most 16384 a side")
    return int(match[1]), int(match[2])


def _fps(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 120:
        raise argparse.ArgumentTypeError(f"{text!r} frames a second; say a whole number from 1 to 120")
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 1 << 63:
        raise argparse.ArgumentTypeError(f"{text!r} is no seed; say a whole number from 0 to 2^63 - 1")
    return int(text)


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """What the arguments say; without a command they mean `open`. Wrong ones end the process with code 2."""
    known, commands = _parser()
    words = list(arguments)
    if not words or words[0] not in (*commands, "-h", "--help", "--version"):
        words.insert(0, "open")
    return known.parse_args(words)


def _parser() -> tuple[argparse.ArgumentParser, Collection[str]]:
    """The parser of the whole command line, and the commands."""
    whole = argparse.ArgumentParser(
        prog="failover-visualizer",
        description="Why stateful failover is out of reach: strike a redundant pair, count what is lost.",
        epilog="Without a command the window opens, on the article's example if no SCENARIO is named.",
    )
    whole.add_argument("--version", action="version", version=f"failover-visualizer {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in (
        ("open", "open the window, or run headless without a display"),
        ("play", "open the window"),
    ):
        window = commands.add_parser(name, help=summary, description=summary)
        _scenario_arguments(window, nargs="?")
        _compare_argument(window)
        _theme_argument(window, None)
        window.add_argument("--size", type=_size, metavar="WxH", help="size of the window")
        window.add_argument("--fresh", action="store_true", help="forget remembered settings")
    run = commands.add_parser("run", help="run without a window and print what was lost")
    _scenario_arguments(run)
    run.add_argument(
        "--until", metavar="TIME", help="stop at this instant (13s); default: the whole scenario"
    )
    run.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    run.add_argument("--events", metavar="FILE", help="write every event, one a line, to FILE")
    run.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
    _picture_commands(commands)
    check = commands.add_parser("check", help="say what is wrong with scenario or run files")
    check.add_argument("files", nargs="+", metavar="FILE")
    listing = commands.add_parser("list", help="list the scenarios that come with the program")
    listing.add_argument(
        "--presets",
        action="store_true",
        help="list the presets of real products, and where each figure is from",
    )
    listing.add_argument(
        "--comparisons", action="store_true", help="list the designs that can stand side by side (--compare)"
    )
    commands.add_parser("schema", help="print the JSON Schema of scenario files")
    return whole, commands.choices


def _picture_commands(commands: Any) -> None:
    shot = commands.add_parser("shot", help="draw one instant as a PNG")
    shot.add_argument(
        "--at", metavar="TIME", help="the instant, like 11.2s (default: the one that tells most)"
    )
    film = commands.add_parser("film", help="make a video of the whole run")
    film.add_argument("--fps", type=_fps, default=30, metavar="N", help="frames a second (default 30)")
    for picture in (shot, film):
        _scenario_arguments(picture)
        _compare_argument(picture)
        picture.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
        picture.add_argument(
            "--size", type=_size, default=(1920, 1080), metavar="WxH", help="default 1920x1080"
        )
        picture.add_argument("--force", action="store_true", help="overwrite FILE if it is there")
        _theme_argument(picture, "night")


def _scenario_arguments(parser: argparse.ArgumentParser, nargs: str | None = None) -> None:
    parser.add_argument(
        "scenario", nargs=nargs, metavar="SCENARIO", help="a shipped scenario's name, or a file"
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="another draw of chance")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        help="change a value: tiers.firewall.sync.interval=5s",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND:TARGET@TIME",
        help="add an event: lightning:firewall.primary@11s",
    )


def _compare_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--compare",
        choices=tuple(COMPARISONS),
        metavar="KEY",
        help=f"several designs side by side: {', '.join(COMPARISONS)}",
    )


def _theme_argument(parser: argparse.ArgumentParser, default: str | None) -> None:
    names = sorted(path.stem for path in (shipped("assets") / "themes").glob("*.toml"))
    parser.add_argument("--theme", choices=names, default=default, help="colours")
