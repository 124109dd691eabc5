"""What is said in a film, and when: subtitles, chapter marks, and what people paste and read aloud."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subtitle:
    """`text` is said from one instant of the film to another."""

    from_us: int
    to_us: int
    text: str


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter of the film begins."""

    film_us: int
    title: str
