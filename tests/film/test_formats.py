"""Every kind of file: the right number, size, rate and look of its pictures, and the same bytes twice."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pygame
import pytest
from film.ready import SEAMS, SIZE_PX, Ready, Short, decoded, made, painted, psnr_db, spec

from visualizer.film.formats import FORMATS, Format, format_of
from visualizer.film.video import FilmError, write_film

FILMS = [("x.mp4", None), ("x.webm", "vp9"), ("x.webm", "av1")]
ANIMATIONS = ["x.gif", "x.apng", "x.png"]


@pytest.mark.parametrize(("name", "codec"), FILMS)
def test_a_film_shows_what_was_painted_at_the_seams_too(tmp_path: Path, name: str, codec: str | None):
    film = made(tmp_path / name, codec=codec)
    pictures = decoded(film)
    assert SEAMS == [60]
    assert len(pictures) == Ready.count
    worst = min(psnr_db(picture, painted(number)) for number, picture in enumerate(pictures))
    assert worst > 34
    for seam in SEAMS:
        before, after = (psnr_db(pictures[number], painted(number)) for number in (seam - 1, seam))
        assert abs(before - after) < 4
        assert psnr_db(pictures[seam], painted(seam - 3)) < psnr_db(pictures[seam], painted(seam))


@pytest.mark.parametrize(("name", "codec"), FILMS)
@pytest.mark.parametrize("fps", [24, 60])
def test_a_film_has_its_size_rate_colours_and_times(tmp_path: Path, name: str, codec: str | None, fps: int):
    with av.open(str(made(tmp_path / name, codec=codec, fps=fps))) as container:
        stream = container.streams.video[0]
        times = [frame.pts * frame.time_base for frame in container.decode(stream)]
        assert (stream.width, stream.height) == SIZE_PX
        assert stream.codec_context.name == {"av1": "libdav1d", "vp9": "vp9"}.get(codec or "", "h264")
        tags = stream.codec_context
        assert (tags.colorspace, tags.color_primaries, tags.color_trc, tags.color_range) == (1, 1, 1, 1)
        assert abs(container.duration / av.time_base - Ready.count / fps) < 1 / fps
    off = max(abs(time - Fraction(number, fps)) for number, time in enumerate(times))
    assert off <= (0 if name.endswith("mp4") else Fraction(1, 2000))  # WebM counts thousandths
    assert len(times) == Ready.count


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.ending + kind.key)
def test_the_same_bytes_twice(tmp_path: Path, kind):
    tracks = []
    for name in ("one", "other"):
        path = tmp_path / (name + kind.ending.strip("/"))
        made(path, pictures=Short, fps=kind.default_fps, format=kind, title="Twice")
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        tracks.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
    assert tracks[0] == tracks[1]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("name", ["x.mp4", "frames"])
def test_the_number_of_processes_changes_no_byte(tmp_path: Path, name: str):
    contents = []
    for jobs in (1, 2):
        folder = tmp_path / str(jobs)
        (folder / "frames").mkdir(parents=True)
        path = made(folder / name, jobs=jobs)
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        contents.append([file.read_bytes() for file in files])
    assert contents[0] == contents[1]


@pytest.mark.parametrize(("name", "codec"), FILMS)
def test_the_bytes_do_not_come_from_memory_that_nobody_has_set(tmp_path: Path, name: str, codec: str | None):
    """In processes of which the C library fills new memory with other bytes: an encoder may look at it."""
    program = (
        "import sys; from pathlib import Path; from film.ready import made\n"
        "made(Path(sys.argv[1]), codec=sys.argv[2] or None, size_px=(336, 192))"
    )
    contents = []
    for filling in ("1", "170"):
        folder = tmp_path / filling
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", program, str(folder / name), codec or ""],
            check=True,
            env=os.environ | {"MALLOC_PERTURB_": filling, "PYTHONPATH": os.pathsep.join(sys.path)},
            timeout=60,
        )
        contents.append((folder / name).read_bytes())
    assert contents[0] == contents[1]


def test_equal_pictures_are_painted_once(tmp_path: Path):
    kept: list[Ready] = []

    def opened(which):
        kept.append(Ready(which))
        return kept[0]

    path = tmp_path / "x.mp4"
    write_film(spec(), path, pictures=opened, format=format_of(str(path)))
    again = [number for number in range(Ready.count) if number % 3 == 2 and number not in SEAMS]
    assert kept[0].painted == [number for number in range(Ready.count) if number not in again]
    assert len(decoded(path)) == Ready.count


@pytest.mark.parametrize("name", ANIMATIONS)
def test_an_animation_has_all_pictures_in_their_colours(tmp_path: Path, name: str):
    film = made(tmp_path / name, fps=25)
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.average_rate) == (*SIZE_PX, 25)
    pictures = decoded(film)
    assert len(pictures) == Ready.count
    for number, picture in enumerate(pictures):
        if name == "x.gif":
            assert psnr_db(picture, painted(number)) > 34
        else:
            assert np.array_equal(picture, painted(number))


def test_what_stands_still_in_a_gif_does_not_shimmer(tmp_path: Path):
    pictures = decoded(made(tmp_path / "x.gif", fps=25))
    field = np.s_[:50, :, :]
    assert all(np.array_equal(picture[field], pictures[0][field]) for picture in pictures)


def test_an_animated_webp_lasts_as_long_as_the_film(tmp_path: Path):
    """It keeps a picture that does not change for longer, instead of repeating it."""
    at_ms = 0
    for surface, length_ms in pygame.image.load_animation(made(tmp_path / "x.webp", fps=25)):
        picture = pygame.surfarray.array3d(surface).swapaxes(0, 1)
        assert psnr_db(picture, painted(int(at_ms) // 40)) > 34
        at_ms += length_ms
    assert at_ms == Ready.count * 40


@pytest.mark.parametrize("name", ["x.gif", "x.apng", "x.webp"])
def test_an_animation_plays_for_ever(tmp_path: Path, name: str):
    content = made(tmp_path / name, fps=25, pictures=Short).read_bytes()
    match name:
        case "x.gif":
            assert b"NETSCAPE2.0\x03\x01\x00\x00" in content
        case "x.apng":
            at = content.index(b"acTL")
            assert struct.unpack(">II", content[at + 4 : at + 12]) == (Short.count, 0)
        case _:
            at = content.index(b"ANIM")
            assert content[at + 12 : at + 14] == b"\x00\x00"


def test_a_folder_of_frames(tmp_path: Path):
    folder = made(tmp_path / "frames", format=format_of(f"{tmp_path}/frames/"))
    names = sorted(entry.name for entry in folder.iterdir())
    assert names == [f"frame-{number:06d}.png" for number in range(Ready.count)]
    for number in (0, 1, *SEAMS, Ready.count - 1):
        shown = pygame.image.load(folder / names[number])
        assert np.array_equal(pygame.surfarray.array3d(shown).swapaxes(0, 1), painted(number))


@pytest.mark.parametrize(
    ("name", "codec", "word"),
    [
        ("x.avi", None, ".mp4"),
        ("x", None, "ends with /"),
        ("x.mp4", "av1", "h264"),
        ("x.webm", "x", "vp9 or av1"),
    ],
)
def test_a_name_that_asks_for_no_format(name: str, codec: str | None, word: str):
    with pytest.raises(FilmError) as refused:
        format_of(name, codec)
    assert word in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "fps", "size_px", "word"),
    [
        ("x.mp4", 30, (321, 180), "even"),
        ("x.webm", 30, (320, 181), "even"),
        ("x.gif", 30, SIZE_PX, "20, 25 or 50"),
        ("x.gif", 25, (16_256, 16_256), "too many pixels"),
        ("x.webp", 30, (16_384, 16), "16383x16383"),
    ],
)
def test_a_size_or_rate_that_cannot_be(tmp_path: Path, name: str, fps: int, size_px, word: str):
    path = tmp_path / name
    with pytest.raises(FilmError, match=word):
        write_film(spec(fps, size_px), path, pictures=Ready, format=format_of(name))
    assert not list(tmp_path.iterdir())


def test_a_strip_that_the_encoder_would_work_at_for_ever_is_refused():
    with pytest.raises(FilmError, match="at least 64x64; make it larger"):
        format_of("x.webm", "av1").check((1920, 24), 30)


@pytest.mark.parametrize(("name", "size_px"), [("x.webp", (16_384, 16)), ("x.gif", (16_256, 16_256))])
def test_what_an_encoder_refuses_all_the_same_is_told_in_its_words(
    tmp_path: Path, name: str, size_px, monkeypatch
):
    monkeypatch.setattr(Format, "check", lambda *_: None)
    with pytest.raises(FilmError, match="Invalid argument") as refused:
        made(tmp_path / name, pictures=Short, fps=25, size_px=size_px)
    assert len(str(refused.value).splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.part"]


def test_an_encoder_that_is_not_there_is_named_before_anything_is_painted(tmp_path: Path):
    kind = replace(format_of("x.mp4"), audio="libnothing")
    with pytest.raises(FilmError, match=r"no encoder libnothing; install it with: pip install"):
        write_film(spec(), tmp_path / "x.mp4", pictures=lambda _: pytest.fail("opened"), format=kind)
    assert not list(tmp_path.iterdir())
