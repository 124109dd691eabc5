"""The lessons of the course on a list: in their order, with their minutes as soon as these are known."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path

from visualizer.course import Place, places, taught
from visualizer.files import shipped
from visualizer.language import say, spoken, translated
from visualizer.opening import CANNOT_OPEN, Opened
from visualizer.scenario import Headline, headline
from visualizer.scene.panels import DialogRow

Key = tuple[Place, str]
"""A lesson, and the language that it is told in: a longer text takes longer."""


class Lessons:
    """How long a lesson takes is known once it has been played: a thread does that, beside the picture."""

    def __init__(self) -> None:
        self.places = places()
        self._minutes: dict[Key, int | None] = {}
        self._thread: ThreadPoolExecutor | None = None
        self._playing: tuple[Key, Future[int | None]] | None = None

    def place_of(self, document: Opened | None) -> Place | None:
        """Which lesson this is; None when it is none of the course."""
        if document is None or document.path is None:
            return None
        whole = _whole(document.path)
        return next((place for place in self.places if whole == _whole(_file(place))), None)

    def title(self, place: Place) -> str:
        """ "The miss"."""
        about = _about(place)
        return translated(about.title) if about else place.name

    def rows(self, document: Opened | None) -> list[DialogRow]:
        """One for each; that on show is marked."""
        here = self.place_of(document)
        return [self._row(place, here=place == here) for place in self.places]

    def count_on(self) -> None:
        """Take what is known, and have the next lesson played."""
        if self._playing is not None:
            key, playing = self._playing
            if not playing.done():
                return
            self._minutes[key], self._playing = playing.result(), None
        keys = ((place, spoken().code) for place in self.places)
        missing = next((key for key in keys if key not in self._minutes), None)
        if missing is None:
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "lessons")
        self._playing = missing, self._thread.submit(_minutes_of, missing[0])

    def close(self) -> None:
        """Nobody waits for it any more."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)

    def _row(self, place: Place, *, here: bool) -> DialogRow:
        about, minutes = _about(place), self._minutes.get((place, spoken().code))
        said = [say("on show")] if here else []
        if minutes is not None:
            said.append(say("{minutes} min", minutes=minutes))
        return DialogRow(
            title=f"{place.number} · {self.title(place)}",
            detail=translated(about.description) if about else "",
            value=" · ".join(said),
            icon="lesson",
        )


@cache
def _file(place: Place) -> Path:
    """Looked for once: the picture asks for it sixty times a second."""
    return shipped("scenarios") / f"{place.name}.yaml"


@cache
def _whole(path: Path) -> Path:
    return path.resolve()


@cache
def _about(place: Place) -> Headline | None:
    """What comes with the program does not change while it runs."""
    return headline(_file(place))


def _minutes_of(place: Place) -> int | None:
    """None for a lesson that cannot be told."""
    try:
        return taught(place).minutes
    except CANNOT_OPEN:
        return None
