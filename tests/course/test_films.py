"""Every lesson films without an error: small and few pictures, but all of it, to its end."""

from __future__ import annotations

from pathlib import Path

import av
import pytest
from course.lessons import lesson
from film.command import run

from visualizer.scenario import lesson_names

FPS = 5


@pytest.mark.parametrize("name", lesson_names())
def test_it_films_to_its_end(name: str, tmp_path: Path):
    words = ("--size", "320x180", "--fps", str(FPS), "--jobs", "1", "--silent", "--with", "all")
    done = run("film", name, "-o", "x.mp4", *words, folder=tmp_path)
    assert done.code == 0, done.err
    assert "left out" not in done.err
    taught = lesson(name)
    with av.open(str(tmp_path / "x.mp4")) as film:
        stream = film.streams.video[0]
        assert stream.frames == taught.tempo.frames(FPS)
    chapters = (tmp_path / "x.chapters.txt").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2] for line in chapters] == [one.title for one in taught.play.chapters]
    aloud = (tmp_path / "x.script.txt").read_text(encoding="utf-8")
    assert all(beat.sentence in aloud for beat in taught.play.beats)
