"""One clip a chapter: the parts of a film, each a film of its own, together as long as the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from visualizer.film.pictures import Pictures
from visualizer.film.spec import FilmSpec
from visualizer.language import say, translated

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Clip:
    """A film, its name, and what it is called."""

    spec: FilmSpec
    path: Path
    title: str


def clips(pictures: Pictures, path: Path) -> Iterator[Clip]:
    """The chapters of all reels, numbered through: NAME-01-a-working-pair.mp4 and so on.

    A reel that tells nothing, or of whose story nothing comes in its run, is one clip.
    """
    number = 0
    for reel in pictures.reels:
        title = translated(reel.run.setup.title)
        for chapter in reel.chapters or (None,):
            number += 1
            named = title if chapter is None or reel.told is None else reel.told.chapters[chapter].title
            spec = replace(pictures.spec, reels=(replace(reel.spec, chapter=chapter),))
            name = f"{path.stem}-{number:02d}-{_words(named)}{path.suffix}"
            yield Clip(spec, path.with_name(name), title if named == title else f"{title}: {named}")


def _words(title: str) -> str:
    """A title in letters, digits and hyphens, for the name of a file."""
    plain = "".join(letter if letter.isalnum() else " " for letter in title.lower())
    return "-".join(plain.split())[:_LONGEST].rstrip("-") or say("chapter")
