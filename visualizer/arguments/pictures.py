"""The words of `shot` and `film`."""

from __future__ import annotations

from typing import Any

from visualizer.arguments import values
from visualizer.arguments.common import compare_argument, scenario_arguments, theme_argument
from visualizer.language import marked, say, translated

SIDECARS = {
    "srt": marked("subtitles"),
    "vtt": marked("subtitles for web pages"),
    "chapters": marked("a list to paste under a video"),
    "poster": marked("the picture that tells most"),
    "script": marked("what to read aloud"),
}
"""What can be written beside a film (--with), and what it is."""

_MOST_JOBS = 256


def shot_command(commands: Any) -> None:
    """`shot`: one picture."""
    summary = say("draw one instant as a PNG, as a film shows it")
    shot = commands.add_parser("shot", help=summary, description=summary)
    scenario_arguments(shot)
    which = shot.add_mutually_exclusive_group()
    which.add_argument(
        "--at",
        metavar="TIME",
        help=say("the instant of the run, like 11.2s (default: the one that tells most)"),
    )
    which.add_argument("--film-at", metavar="TIME", help=say("the instant of the film, like 40s"))
    _output_arguments(shot, "FILE", say("the picture: FILE.png"))
    _picture_arguments(shot)


def film_command(commands: Any) -> None:
    """`film`: a whole film."""
    film = commands.add_parser(
        "film",
        help=say("make an explainer video of one or more runs"),
        description=say(
            "Make an explainer video: the story of the scenario, or one made of what happens in it. "
            "Several scenarios follow each other. The same command makes the same film, byte for byte."
        ),
    )
    scenario_arguments(film, nargs="+")
    _output_arguments(
        film, "FILE", say("the film: FILE.mp4, .webm, .gif, .apng, .png, .webp, or FOLDER/ for single frames")
    )
    film.add_argument("--codec", metavar="NAME", help=say("av1 for a .webm that is smaller and takes longer"))
    film.add_argument(
        "--jobs", type=values.jobs(_MOST_JOBS), metavar="N",
        help=say("so many processes draw and encode (default: as many as pay here)"),
    )  # fmt: skip
    _picture_arguments(film)
    _part_arguments(film)
    _sound_arguments(film)


def _output_arguments(parser: Any, metavar: str, what: str) -> None:
    parser.add_argument("-o", "--output", required=True, metavar=metavar, help=what)
    parser.add_argument("--force", action="store_true", help=say("overwrite what is there"))


def _picture_arguments(parser: Any) -> None:
    picture = parser.add_argument_group(say("the picture"))
    compare_argument(picture)
    picture.add_argument(
        "--size",
        type=values.size,
        default=values.SIZES["1080p"],
        metavar="SIZE",
        help=say("{names}, or like 1920x1080 (default 1080p)", names=", ".join(values.SIZES)),
    )
    theme_argument(picture, "night")
    picture.add_argument("--clean", action="store_true", help=say("leave the captions out"))
    picture.add_argument(
        "--speed", type=values.speed, metavar="N", help=say("the plain run, N times as fast, without a story")
    )


def _part_arguments(film: Any) -> None:
    part = film.add_argument_group(say("its time"))
    part.add_argument(
        "--fps", type=values.frames_a_second, metavar="N",
        help=say("frames a second, 24 to 60, fewer for small files (default 30, in a GIF 25)"),
    )  # fmt: skip
    part.add_argument("--from", dest="from_", metavar="TIME", help=say("begin at this instant of the run"))
    part.add_argument("--to", metavar="TIME", help=say("end at this instant of the run"))
    part.add_argument(
        "--chapters", action="store_true", help=say("one clip a chapter: FILE-01-title.mp4 ...")
    )


def _sound_arguments(film: Any) -> None:
    sound = film.add_argument_group(say("what is heard, and what lies beside it"))
    voice = sound.add_mutually_exclusive_group()
    voice.add_argument("--silent", action="store_true", help=say("without sound"))
    voice.add_argument(
        "--narration",
        metavar="DIR",
        help=say("lay your own recordings under it, 01.wav and so on; --with script says what to record"),
    )
    listed = ", ".join(f"{kind} ({translated(what)})" for kind, what in SIDECARS.items())
    sound.add_argument(
        "--with",
        dest="with_",
        type=values.some_of(tuple(SIDECARS)),
        default=(),
        metavar="KIND,...",
        help=say("write beside it: {listed}, or all", listed=listed),
    )
