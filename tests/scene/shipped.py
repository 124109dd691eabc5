"""Every shipped scenario as people meet it: at its telling instant, and paused where a person begins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from scene.picture import KEYS

from visualizer.scenario import load
from visualizer.scene.frame import Frame, FrameSource
from visualizer.scene.layout import size
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.view import view
from visualizer.story.caption import opening_us
from visualizer.story.telling import telling_us
from visualizer.timeline import Run

SIZES = ((960, 540), (1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))
FILM_SIZES = ((1280, 720), (1080, 1080), (1080, 1920))
TEXT_SCALES = (1.0, 1.5, 2.0)


@lru_cache(maxsize=2)
def frames(name: str) -> tuple[Frame, Frame]:
    """At the telling instant, and where a person begins."""
    run = Run(load(name).setup)
    run.finish()
    source = FrameSource(run)
    found = []
    for at_us in (telling_us(run.setup, run.events), opening_us(run.setup)):
        run.seek(at_us)
        found.append(source.frame())
    return found[0], found[1]


def looks() -> Iterator[Look]:
    """Every size and scale; where two give the same logical units, and so the same scene, the first."""
    seen = set()
    for room in (False, True):
        for width, height in SIZES:
            for scale in TEXT_SCALES:
                look = Look(width, height, text_scale=scale, room=room, keys=KEYS, playing=True)
                if (size(look), room) not in seen:
                    seen.add((size(look), room))
                    yield look


def scenes(name: str) -> Iterator[tuple[str, Look, Scene]]:
    """(what it is, how it is looked at, the scene) of a scenario in every look."""
    told, opening = frames(name)
    for width, height in FILM_SIZES:
        for captions in (True, False):
            film = Look(width, height, playing=True, hands_on=False, captions=captions)
            yield f"film {width}x{height} {captions}", film, view(told, film)
    for look in looks():
        if look.room:
            still = Look(look.width_px, look.height_px, room=True, playing=True, hands_on=False)
            yield f"still {look.width_px}x{look.height_px}", still, view(told, still)
        here = Look(look.width_px, look.height_px, text_scale=look.text_scale, room=look.room, keys=KEYS)
        yield (
            f"opening {look.width_px}x{look.height_px} x{look.text_scale} {look.room}",
            here,
            view(opening, here),
        )
