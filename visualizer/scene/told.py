"""What an author tells at this instant, as the picture needs it; see `story.screenplay`.

`told_of` is the choreography of a beat: what was lit goes dark, the camera moves, what is to be seen is lit.
"""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.scene.easing import eased
from visualizer.script.script import ZOOM_ONE, Region, Spot
from visualizer.story.screenplay import Screenplay, ToldBeat

STEPS_PER_S = 600
"""Time is cut into so many steps a second, so that what looks the same is the same value. All usual frame
rates (24, 25, 30, 50, 60) divide it, so that what moves keeps an even pace in each.
"""

_FADE_US = 250_000
_MOVE_US = 800_000
_TITLE_IN_US, _TITLE_US, _TITLE_OUT_US = 300_000, 2_000_000, 600_000
"""A chapter's title comes, stands until the second, and goes."""


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
    `starts_us`: where each chapter begins. `lit`: how plainly `highlight` and `labels` are seen, 0 to 1.
    """

    sentence: str = ""
    chapter: str = ""
    number: int = 0
    of: int = 0
    title: float = 0.0
    camera: Camera = Camera()
    highlight: tuple[Spot, ...] = ()
    labels: tuple[tuple[Spot, str], ...] = ()
    starts_us: tuple[int, ...] = ()
    lit: float = 1.0


def told_of(play: Screenplay, beat: int, beat_us: int) -> Told:
    """What is told by `play.beats[beat]` when it has been told for `beat_us` of the time of who looks on."""
    now = play.beats[beat]
    before = play.beats[beat - 1] if beat else None
    at_us = beat_us * STEPS_PER_S // 1_000_000 * 1_000_000 // STEPS_PER_S
    moves = _shot(now) != (_shot(before) if before else (None, ZOOM_ONE))
    changes = moves or before is None or _marks(before) != _marks(now)
    dark_us = _FADE_US if changes and before and any(_marks(before)) else 0
    opens = before is None or before.chapter != now.chapter
    arrived_us = dark_us + max(_MOVE_US if moves else 0, _TITLE_US if opens else 0)
    shown = before if before and at_us < dark_us else now
    lit = 1 - at_us / dark_us if shown is not now else (at_us - arrived_us) / _FADE_US
    return Told(
        sentence=now.sentence,
        chapter=play.chapters[now.chapter].title,
        number=now.chapter + 1,
        of=len(play.chapters),
        title=_title(at_us) if opens else 0.0,
        camera=_camera(before, now, (at_us - dark_us) / _MOVE_US) if moves else _settled(now),
        highlight=shown.highlight if lit > 0 or not changes else (),
        labels=shown.labels if lit > 0 or not changes else (),
        starts_us=tuple(chapter.at_us for chapter in play.chapters),
        lit=eased(lit) if changes and any(_marks(shown)) and lit > 0 else 1.0,
    )


def before_all(play: Screenplay) -> Told:
    """Before the first beat nothing is said, but the chapters are there already; `play` has one at least."""
    first = play.chapters[0]
    return Told(
        chapter=first.title,
        number=1,
        of=len(play.chapters),
        starts_us=tuple(chapter.at_us for chapter in play.chapters),
    )


def _marks(beat: ToldBeat) -> tuple[object, ...]:
    return beat.highlight, beat.labels


def _shot(beat: ToldBeat) -> tuple[Spot | None, int]:
    """Where the camera is during a beat; what lies beside the stage is seen with the whole picture."""
    beside = isinstance(beat.focus, Region) and beat.focus.name in ("timeline", "ledger")
    if beat.focus is None or beat.zoom <= ZOOM_ONE or beside:
        return None, ZOOM_ONE
    return beat.focus, beat.zoom


def _settled(beat: ToldBeat) -> Camera:
    return Camera(*_shot(beat))


def _camera(before: ToldBeat | None, now: ToldBeat, share: float) -> Camera:
    """On its way; one that has not set out or has arrived is the camera that stands there."""
    start = _shot(before) if before else (None, ZOOM_ONE)
    if share <= 0:
        return Camera(*start)
    return _settled(now) if share >= 1 else Camera(*_shot(now), *start, eased(share))


def _title(at_us: int) -> float:
    if at_us < _TITLE_US:
        return eased(at_us / _TITLE_IN_US)
    return 1 - eased((at_us - _TITLE_US) / _TITLE_OUT_US)
