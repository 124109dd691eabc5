"""FFmpeg's own programs, of another build than the one that made them, read what `film` makes."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from film.command import PLAIN, SMALL, run, scenario
from programs import program

FPS = 30
FRAME_S = Fraction(1, FPS)
STORY = """
story:
  chapters:
    - title: The pair
      beats:
        - at: start
          say: Two machines & one promise.
          hold: 800ms
    - title: The bolt, <struck>
      beats:
        - at: first loss
          say: "{lost} sessions are gone."
          hold: 600ms
"""


@dataclass(frozen=True)
class Kind:
    """What a format is to be: codecs as ffprobe calls them, how exact its clock is."""

    options: tuple[str, ...]
    picture: str
    profile: str
    sound: str
    text: str
    clock_s: float


MP4 = Kind((), "h264", "High", "aac", "mov_text", 1e-4)
KINDS = {
    "x.mp4": MP4,
    "vp9.webm": Kind((), "vp9", "Profile 0", "opus", "webvtt", 1e-3),
    "av1.webm": Kind(("--codec", "av1"), "av1", "Main", "opus", "webvtt", 1e-3),
}


@pytest.fixture(scope="module", params=KINDS)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of each kind, told, with its subtitles and chapters beside it."""
    folder = tmp_path_factory.mktemp("films")
    scenario(folder)
    with (folder / "mine.yaml").open("a") as file:
        file.write(STORY)
    words = ("-o", request.param, *SMALL, "--fps", str(FPS), "--with", "srt,vtt,chapters")
    done = run("film", "mine.yaml", *words, *KINDS[request.param].options, folder=folder)
    assert (done.code, done.err) == (0, "")
    return folder / request.param


def probed(film: Path, *what: str) -> dict[str, Any]:
    """What ffprobe says; it finds no error."""
    ffprobe = program("ffprobe", "ffmpeg")
    command = [ffprobe, "-v", "error", "-of", "json", *what, str(film)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def stream(film: Path, kind: str) -> dict[str, Any]:
    (one,) = probed(film, "-count_frames", "-show_streams", "-select_streams", kind)["streams"]
    return one


def times(film: Path, kind: str) -> list[tuple[float, float]]:
    """When each frame of a stream begins and ends."""
    shown = "frame=pts_time,duration_time,pkt_duration_time"
    frames = probed(film, "-select_streams", kind, "-show_entries", shown)["frames"]
    begun = [float(frame["pts_time"]) for frame in frames]
    lasts = [float(frame.get("duration_time", frame.get("pkt_duration_time", FRAME_S))) for frame in frames]
    return [(begin, begin + last) for begin, last in zip(begun, lasts, strict=True)]


def test_the_picture(film: Path):
    seen, kind = stream(film, "v"), KINDS[film.name]
    assert (seen["codec_name"], seen["profile"], seen["pix_fmt"]) == (kind.picture, kind.profile, "yuv420p")
    assert (seen["width"], seen["height"]) == (320, 180)
    assert (seen["r_frame_rate"], seen["avg_frame_rate"]) == (f"{FPS}/1", f"{FPS}/1")


def test_the_colours_are_marked(film: Path):
    seen = stream(film, "v")
    marks = ("color_space", "color_transfer", "color_primaries", "color_range")
    assert [seen[mark] for mark in marks] == ["bt709", "bt709", "bt709", "tv"]


def test_every_frame_has_its_time_and_the_number_is_as_told(film: Path):
    begun = [begin for begin, _ in times(film, "v")]
    assert begun == pytest.approx(
        [number / FPS for number in range(len(begun))], abs=KINDS[film.name].clock_s
    )
    length = float(probed(film, "-show_format")["format"]["duration"])
    assert abs(length - len(begun) / FPS) <= FRAME_S


def test_the_sound_is_as_long_as_the_picture(film: Path):
    seen, kind = stream(film, "a"), KINDS[film.name]
    assert (seen["codec_name"], seen["sample_rate"], seen["channels"]) == (kind.sound, "48000", 2)
    sound, picture = times(film, "a"), times(film, "v")
    assert abs(sound[0][0]) <= FRAME_S
    assert abs(sound[-1][1] - picture[-1][1]) <= FRAME_S


def test_the_sound_can_be_heard(film: Path):
    """Thunder is in it: the greatest of its samples is neither silence nor clipped."""
    ffmpeg = program("ffmpeg", "ffmpeg")
    command = [ffmpeg, "-v", "info", "-i", str(film), "-map", "0:a", "-af", "volumedetect", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loudest_db = float(done.stderr.partition("max_volume: ")[2].partition(" dB")[0])
    assert -40 < loudest_db < -0.1


def test_the_chapters(film: Path):
    seen = probed(film, "-show_chapters")["chapters"]
    assert [chapter["tags"]["title"] for chapter in seen] == ["The pair", "The bolt, <struck>"]
    begin = [float(chapter["start_time"]) for chapter in seen]
    end = [float(chapter["end_time"]) for chapter in seen]
    assert begin == pytest.approx([0, 1.3], abs=0.002)
    assert end == pytest.approx([1.3, times(film, "v")[-1][1]], abs=0.002 + FRAME_S)


def test_the_subtitles_are_those_beside_it(film: Path):
    (text,) = probed(film, "-show_streams", "-select_streams", "s")["streams"]
    assert (text["codec_name"], text["tags"]["language"]) == (KINDS[film.name].text, "eng")
    ffmpeg = program("ffmpeg", "ffmpeg")
    as_written = "-copyts"  # and not from the first sound on, which an encoder begins a little before 0
    command = [ffmpeg, "-v", "error", "-i", str(film), as_written, "-map", "0:s", "-f", "srt", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == film.with_suffix(".srt").read_text().strip()
    assert "Two machines & one promise." in done.stdout


def test_the_subtitles_beside_it_are_read_alike(film: Path):
    ffmpeg = program("ffmpeg", "ffmpeg")
    texts = []
    for name in ("srt", "vtt"):
        command = [ffmpeg, "-v", "error", "-i", str(film.with_suffix(f".{name}")), "-f", "srt", "-"]
        texts.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert texts[0] == texts[1] != ""


def test_its_title_is_in_it_and_no_date(film: Path):
    tags = {name.lower(): value for name, value in probed(film, "-show_format")["format"]["tags"].items()}
    assert tags["title"] == "Short"
    assert not [name for name in tags if "date" in name or "time" in name]


def test_the_index_of_an_mp4_stands_in_front(tmp_path: Path):
    scenario(tmp_path)
    done = run("film", "mine.yaml", "-o", "x.mp4", *SMALL, *PLAIN, folder=tmp_path)
    assert done.code == 0, done.err
    content = (tmp_path / "x.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"moof" not in content
