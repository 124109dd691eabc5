"""A film in the language of who makes it, whoever paints its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.ready import Saying, made

from visualizer.film.subtitle_track import language_of_film
from visualizer.language import Spoken, speak, speaking
from visualizer.language.catalogues import language, languages


def frames(folder: Path, jobs: int) -> list[bytes]:
    (folder / "frames").mkdir(parents=True)
    made(folder / "frames", jobs=jobs, pictures=Saying)
    return [path.read_bytes() for path in sorted((folder / "frames").iterdir())]


def test_every_process_speaks_the_language_of_who_started_it(tmp_path: Path):
    english = frames(tmp_path / "en", 1)
    speak(language("de"))
    alone, shared = frames(tmp_path / "one", 1), frames(tmp_path / "two", 2)
    assert alone == shared
    assert len(alone) == len(english)
    assert all(one != other for one, other in zip(alone, english, strict=True))


@pytest.mark.parametrize("code", languages())
def test_players_are_told_every_language_there_is(code: str):
    speak(language(code))
    assert language_of_film() != "und"


def test_what_nobody_knows_is_not_told():
    with speaking(Spoken("xx")):
        assert language_of_film() == "und"
