"""`shot`: one picture; and which runs are to be drawn, for `film` too."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.cli.outcome import FAILED, OK, USAGE, CommandError
from visualizer.cli.runs import instant_us
from visualizer.language import say
from visualizer.opening import compared, in_designs, open_scenario, overrides_of

if TYPE_CHECKING:
    from visualizer.film import FilmSpec, Pictures, ReelSpec
    from visualizer.scene.primitives import Scene


def shot(options: argparse.Namespace) -> int:
    """One picture, as the film shows it."""
    from visualizer.film import Pictures, still  # noqa: PLC0415  (pygame only where it draws)

    target = Path(options.output)
    if target.suffix.lower() != ".png":
        raise CommandError(say("{path}: a shot is a PNG; name it something.png", path=target), USAGE)
    pictures = Pictures(spec_of(options, (reel_of(options, options.scenario),), fps=1))
    try:
        still(pictures, _scene(options, pictures), target, force=options.force)
    except FileExistsError as error:
        raise CommandError(str(error), FAILED) from None
    return OK


def _scene(options: argparse.Namespace, pictures: Pictures) -> Scene:
    """What is to be drawn."""
    if options.film_at is not None:
        return pictures.scene_at(instant_us("--film-at", options.film_at, pictures.length_us))
    if options.at is None:
        return pictures.telling_scene()
    return pictures.scene_of(instant_us("--at", options.at, pictures.reels[0].run.setup.duration_us))


def spec_of(options: argparse.Namespace, reels: tuple[ReelSpec, ...], fps: int) -> FilmSpec:
    """Reels one after the other, as the options want them to look."""
    from visualizer.film import FilmSpec  # noqa: PLC0415

    return FilmSpec(reels, options.size, fps, options.theme, captions=not options.clean)


def reel_of(options: argparse.Namespace, name: str) -> ReelSpec:
    """One scenario, told as it wants to be told and the options say."""
    from visualizer.film import ReelSpec  # noqa: PLC0415

    opened = open_scenario(name, overrides_of(options), options.fault)
    key = compared(opened, options.compare)
    if key is None:
        return ReelSpec((opened,), speed=options.speed)
    designs = in_designs(opened, key)
    if designs.said:
        print(designs.said, file=sys.stderr)
    return ReelSpec(designs.opened, designs.comparison, speed=options.speed)
