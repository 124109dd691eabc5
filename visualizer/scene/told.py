"""What an author tells at this instant, as the picture needs it; see `story.screenplay`."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.script.script import Spot


@dataclass(frozen=True, slots=True)
class Camera:
    """On its way from one place to another: `share` 0 (still there) to 1 (arrived), eased already.

    A spot is None for the whole picture; zooms are hundredths.
    """

    spot: Spot | None = None
    zoom: int = 100
    from_spot: Spot | None = None
    from_zoom: int = 100
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """`sentence` goes before the caption of the engine, "" where nothing is said. `chapter` is the title of
    chapter `number` (from 1) of `of`; `title` is how plainly it stands over the stage, 0 (not at all) to 1.
    """

    sentence: str = ""
    chapter: str = ""
    number: int = 0
    of: int = 0
    title: float = 0.0
    camera: Camera = Camera()
    highlight: tuple[Spot, ...] = ()
    labels: tuple[tuple[Spot, str], ...] = ()
