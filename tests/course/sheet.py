"""Stills of the course, for the eye.

`python tests/course/sheet.py FOLDER` draws each chapter, question and answer of every lesson at its instant;
`course.png` has one small picture of each chapter. `--only 3` takes one lesson, `--language de` speaks
another language; `--theme`, `--size`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pygame
from canvas.sheet import GAP, LINE, _fewer_colours, _word

from visualizer.canvas.surface import offscreen, save_png
from visualizer.canvas.theme import load_theme
from visualizer.course import Place, TaughtLesson, places, taught
from visualizer.film import FilmSpec, Pictures, ReelSpec, still
from visualizer.language import speak
from visualizer.language.catalogues import language
from visualizer.story.tempo import Stretch

COLUMNS, SMALL = 6, (384, 216)


def instants(lesson: TaughtLesson) -> Iterator[tuple[str, int]]:
    """What there is to see, by name, in film time: the middle of each chapter, questions and answers."""
    chapters: dict[int, list[Stretch]] = {}
    for stretch in lesson.tempo.stretches:
        chapter = 0 if stretch.beat is None else lesson.play.beats[stretch.beat].chapter
        chapters.setdefault(chapter, []).append(stretch)
        if stretch.kind in ("question", "answer"):
            yield f"{chapter + 1}-{stretch.kind}-{stretch.beat}", stretch.film_us + stretch.length_us // 2
    for chapter, stretches in chapters.items():
        told = [each for each in stretches if each.kind in ("hold", "play")]
        middle = told[len(told) // 2]
        yield f"{chapter + 1}", middle.film_us + middle.length_us // 2


def stills(place: Place, folder: Path, theme: str, size_px: tuple[int, int]) -> list[Path]:
    """The paths of those of its chapters."""
    lesson = taught(place)
    designs = lesson.designs
    reel = ReelSpec(designs.opened, designs.comparison) if designs else ReelSpec((lesson.opened,))
    pictures = Pictures(FilmSpec((reel,), size_px, 1, theme))
    found = []
    for name, film_us in instants(lesson):
        path = folder / f"{place.number:02d}-{name}.png"
        still(pictures, pictures.scene_at(film_us), path, force=True)
        if name.isdigit():
            found.append(path)
    return found


def sheet(paths: list[Path], folder: Path) -> Path:
    """One small picture of each chapter."""
    rows = -(-len(paths) // COLUMNS)
    step_x, step_y = SMALL[0] + GAP, SMALL[1] + LINE + GAP
    target = offscreen((COLUMNS * step_x + GAP, rows * step_y + GAP))
    target.fill(load_theme("light").colour("background"))
    for number, path in enumerate(paths):
        row, column = divmod(number, COLUMNS)
        place = (GAP + column * step_x, GAP + row * step_y)
        target.blit(pygame.transform.smoothscale(pygame.image.load(path), SMALL), place)
        target.blit(_word(path.stem.replace("-", ", chapter ")), (place[0], place[1] + SMALL[1]))
    path = folder / "course.png"
    save_png(_fewer_colours(target), path, force=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", type=int)
    parser.add_argument("--language", default="en")
    parser.add_argument("--theme", default="night")
    parser.add_argument("--size", default="1280x720")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    speak(language(options.language))
    width, height = map(int, options.size.split("x"))
    paths = []
    for place in places():
        if options.only in (None, place.number):
            paths += stills(place, options.folder, options.theme, (width, height))
    print(sheet(paths, options.folder))


if __name__ == "__main__":
    main()
