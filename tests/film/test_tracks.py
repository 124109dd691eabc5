"""What a film holds besides its pictures: sound as long as they are, subtitles, chapters, a title."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from film.ready import Ready, made
from numpy.typing import NDArray

from visualizer.story.subtitles import ChapterMark, Subtitle

RATE_HZ = 48_000
SUBTITLES = [
    Subtitle(200_000, 900_000, "What is held by A & B <alone> is lost – für immer."),
    Subtitle(900_000, 1_200_000, "Two\nlines."),
    Subtitle(1_500_000, 1_800_000, "After a pause."),
]
CHAPTERS = [ChapterMark(0, "A working pair"), ChapterMark(1_000_000, "Lightning – now")]


def tone(length: int, block: int = 1_000) -> Iterator[NDArray[np.int16]]:
    """A stereo tone of 440 Hz, `length` samples in blocks of `block`."""
    for first in range(0, length, block):
        at = np.arange(first, min(first + block, length))
        wave = (8_000 * np.sin(2 * np.pi * 440 * at / RATE_HZ)).astype(np.int16)
        yield np.stack([wave, wave], axis=1)


def heard(film: Path) -> NDArray[np.float64]:
    """All samples of the left side, -1 to 1, without what a decoder is told to skip."""
    with av.open(str(film)) as container:
        resampler = av.AudioResampler("fltp", "stereo", RATE_HZ)
        parts = [
            part.to_ndarray()[0] for frame in container.decode(audio=0) for part in resampler.resample(frame)
        ]
    return np.concatenate(parts)


@pytest.mark.parametrize("name", ["x.mp4", "x.webm"])
@pytest.mark.parametrize("fps", [24, 30, 60])
@pytest.mark.parametrize("given", [1_000, 10 * RATE_HZ], ids=["too short", "too long"])
def test_sound_is_as_long_as_the_pictures(tmp_path: Path, name: str, fps: int, given: int):
    film = made(tmp_path / name, fps=fps, sound=tone(given))
    assert abs(len(heard(film)) / RATE_HZ - Ready.count / fps) <= 1 / fps


@pytest.mark.parametrize("name", ["x.mp4", "x.webm"])
def test_sound_is_heard_where_it_belongs(tmp_path: Path, name: str):
    """Silence, and from one second on a tone: to the millisecond."""
    blocks = [np.zeros((RATE_HZ, 2), np.int16), *tone(RATE_HZ)]
    samples = heard(made(tmp_path / name, sound=blocks))
    loud = np.flatnonzero(np.abs(samples) > 0.1)
    assert abs(loud[0] - RATE_HZ) < 0.01 * RATE_HZ
    assert abs(loud[-1] - 2 * RATE_HZ) < 0.01 * RATE_HZ
    spectrum = np.abs(np.fft.rfft(samples[RATE_HZ + 4_800 : 2 * RATE_HZ - 4_800]))
    assert np.argmax(spectrum) / len(
        samples[RATE_HZ + 4_800 : 2 * RATE_HZ - 4_800]
    ) * RATE_HZ == pytest.approx(440, abs=2)


@pytest.mark.parametrize(("name", "codec"), [("x.mp4", "mov_text"), ("x.webm", "webvtt")])
def test_subtitles_are_read_back(tmp_path: Path, name: str, codec: str):
    film = made(tmp_path / name, subtitles=SUBTITLES, sound=tone(RATE_HZ))
    found = []
    with av.open(str(film)) as container:
        stream = container.streams.subtitles[0]
        assert stream.codec_context.name == codec
        assert stream.language == "eng"
        for packet in container.demux(stream):
            for subtitle in packet.decode():
                text = subtitle.dialogue.decode().replace(r"\N", "\n")
                start_us = round(packet.pts * packet.time_base * 1_000_000)
                if text:
                    found.append(
                        Subtitle(
                            start_us, start_us + round(packet.duration * packet.time_base * 1_000_000), text
                        )
                    )
    assert found == SUBTITLES


@pytest.mark.parametrize("name", ["x.mp4", "x.webm"])
def test_chapters_and_title_are_read_back(tmp_path: Path, name: str):
    with av.open(str(made(tmp_path / name, chapters=CHAPTERS, title="Strike – twice"))) as container:
        found = [
            (
                round(chapter["start"] * chapter["time_base"] * 1_000_000),
                round(chapter["end"] * chapter["time_base"] * 1_000_000),
                chapter["metadata"]["title"],
            )
            for chapter in container.chapters()
        ]
        assert container.metadata["title"] == "Strike – twice"
    length_us = Ready.count * 1_000_000 // 30
    assert [(start, title) for start, _, title in found] == [(one.film_us, one.title) for one in CHAPTERS]
    assert [end for _, end, _ in found] == pytest.approx([1_000_000, length_us], abs=1_000)


def test_nothing_in_a_film_tells_when_or_with_what_it_was_made(tmp_path: Path):
    for name in ("x.mp4", "x.webm"):
        film = made(tmp_path / name, title="T", sound=tone(RATE_HZ), subtitles=SUBTITLES, chapters=CHAPTERS)
        with av.open(str(film)) as container:
            everything = [container.metadata, *(stream.metadata for stream in container.streams)]
        assert not any("creation_time" in one or "." in one.get("encoder", "") for one in everything)


def test_a_film_begins_with_its_index(tmp_path: Path):
    content = made(tmp_path / "x.mp4", sound=tone(RATE_HZ)).read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    content = made(tmp_path / "x.webm", sound=tone(RATE_HZ)).read_bytes()
    assert content.index(b"\x1c\x53\xbb\x6b") < content.index(b"\x1f\x43\xb6\x75")  # Cues, Cluster
