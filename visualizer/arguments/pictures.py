"""The words of `shot` and `film`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from visualizer.arguments import values
from visualizer.arguments.common import compare_argument, scenario_arguments, theme_argument

SIDECARS = {
    "srt": "subtitles as SubRip",
    "vtt": "subtitles as WebVTT",
    "chapters": "chapters as text to paste under a video",
    "poster": "the picture that tells most, as a PNG",
    "script": "what to read aloud, for --narration",
}
"""What can be written beside a film (--with), and what it is."""

_MOST_JOBS = 256


def shot_command(commands: Any) -> None:
    """`shot`: one picture."""
    shot = commands.add_parser("shot", help="draw one instant as a PNG, as a film shows it")
    scenario_arguments(shot)
    which = shot.add_mutually_exclusive_group()
    which.add_argument(
        "--at", metavar="TIME", help="the instant of the run, like 11.2s (default: the one that tells most)"
    )
    which.add_argument("--film-at", metavar="TIME", help="the instant of the film, like 40s")
    _picture_arguments(shot)


def film_command(commands: Any) -> None:
    """`film`: a whole film."""
    film = commands.add_parser(
        "film",
        help="make an explainer video of runs",
        description="Make an explainer video: the story of the scenario, or one made of what happens in it. "
        "The name of FILE says the format.",
    )
    scenario_arguments(film, nargs="+")
    _picture_arguments(film)
    _time_arguments(film)
    _sound_arguments(film)
    _making_arguments(film)


def _picture_arguments(parser: ArgumentParser) -> None:
    compare_argument(parser)
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--size",
        type=values.size,
        default=values.SIZES["1080p"],
        metavar="SIZE",
        help=f"{', '.join(values.SIZES)}, or like 1920x1080 (default 1080p)",
    )
    theme_argument(parser, "night")
    parser.add_argument("--clean", action="store_true", help="leave the captions out of the picture")
    parser.add_argument(
        "--speed", type=values.speed, metavar="N", help="the plain run, N times as fast, without a story"
    )
    parser.add_argument("--force", action="store_true", help="overwrite what is there")


def _time_arguments(film: ArgumentParser) -> None:
    film.add_argument(
        "--fps", type=values.whole(1, 60, "frames a second"), metavar="N",
        help="frames a second (default 30, in a GIF 25)",
    )  # fmt: skip
    film.add_argument("--from", dest="from_", metavar="TIME", help="begin at this instant of the run")
    film.add_argument("--to", metavar="TIME", help="end at this instant of the run")
    film.add_argument("--chapters", action="store_true", help="one clip a chapter: NAME-01-title.mp4 ...")


def _sound_arguments(film: ArgumentParser) -> None:
    sound = film.add_mutually_exclusive_group()
    sound.add_argument("--silent", action="store_true", help="without sound")
    sound.add_argument(
        "--narration", metavar="DIR", help="lay your own recordings under it, one file a beat: 01.wav ..."
    )


def _making_arguments(film: ArgumentParser) -> None:
    film.add_argument("--codec", metavar="NAME", help="another codec than the usual one of the format: av1")
    film.add_argument(
        "--with",
        dest="with_",
        type=values.some_of(tuple(SIDECARS)),
        default=(),
        metavar="KIND,...",
        help=f"write beside it: {'; '.join(f'{kind}: {what}' for kind, what in SIDECARS.items())}; all",
    )
    film.add_argument(
        "--jobs", type=values.whole(1, _MOST_JOBS, "jobs"), metavar="N",
        help="so many processes draw and encode (default: what pays on this machine)",
    )  # fmt: skip
