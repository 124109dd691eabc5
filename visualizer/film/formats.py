"""The kinds of file that a film can be: one entry each. Nothing here needs PyAV."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from visualizer.film.errors import FilmError
from visualizer.language import marked, say, say_as, translated

Kind = Literal["film", "animation", "folder"]

_BORDER_PX, _MOST_PIXELS = 128, 1 << 28
"""FFmpeg takes no picture that has so many pixels with half this border around it."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How pictures are encoded: PyAV's names of encoder and pixels, the encoder's own options.

    `threads` is fixed, because the number of threads changes the bytes. `even`: both sides must be.
    `least_px` of a side, and `most_px`, the greatest width and height, are what the encoder takes. `video`:
    BT.709 in limited range, as films are; else red, green and blue as painted.
    """

    encoder: str
    pixels: str
    options: tuple[tuple[str, str], ...]
    threads: int = 1
    even: bool = False
    least_px: int = 16
    most_px: tuple[int, int] = (16_384, 16_384)
    video: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `key` names it among those with the same ending (`codec`).

    `container` is that of the part (and of the whole, of a film). `audio`, `subtitles`: encoders, None where
    the format carries none. `encoder`: what the whole of an animation is made with. `clock_hz`: a picture
    lasts a whole number of these; None where any frame rate is exact or rounded without drift.
    """

    key: str
    title: str
    ending: str
    kind: Kind
    coding: Coding
    container: str = ""
    audio: str | None = None
    subtitles: str | None = None
    encoder: Coding | None = None
    clock_hz: int | None = None
    default_fps: int = 30

    @property
    def encoders(self) -> tuple[str, ...]:
        """All encoders that it needs."""
        whole = self.encoder.encoder if self.encoder else None
        return tuple(name for name in (self.coding.encoder, self.audio, self.subtitles, whole) if name)

    def check(self, size_px: tuple[int, int], fps: int) -> None:
        """FilmError when it cannot have this size or frame rate."""
        width, height = size_px
        size, title = f"{width}x{height}", translated(self.title)
        if self.coding.even and (width % 2 or height % 2):
            raise FilmError(say("{size}: {format} needs even sides; make both even", size=size, format=title))
        least = self.coding.least_px
        if width < least or height < least:
            raise FilmError(
                say(
                    "{size}: {format} has at least {least}; make it larger",
                    size=size,
                    format=title,
                    least=f"{least}x{least}",
                )
            )
        most_width, most_height = (self.encoder or self.coding).most_px
        if width > most_width or height > most_height:
            raise FilmError(
                say(
                    "{size}: {format} has at most {most}; make it smaller",
                    size=size,
                    format=title,
                    most=f"{most_width}x{most_height}",
                )
            )
        if (width + _BORDER_PX) * (height + _BORDER_PX) >= _MOST_PIXELS:
            raise FilmError(say("{size}: too many pixels for a film; make it smaller", size=size))
        if self.clock_hz is not None and self.clock_hz % fps:
            exact = [str(rate) for rate in range(5, 61) if self.clock_hz % rate == 0]
            raise FilmError(
                say(
                    "{fps} frames a second: a {format} counts in steps of 1/{clock} s; take {some} or {last}",
                    fps=fps,
                    format=title,
                    clock=self.clock_hz,
                    some=", ".join(exact[:-1]),
                    last=exact[-1],
                )
            )


_H264 = Coding(
    "libx264", "yuv420p", (("preset", "veryfast"), ("crf", "22"), ("mbtree", "0")), even=True, video=True
)
"""mbtree of x264 looks at memory that it has not set: with it the same pictures give other bytes at times, in
many sizes (MALLOC_PERTURB_ shows it). Without it crf 22 looks as good as 20 did with it.
"""
_VP9 = Coding(
    "libvpx-vp9",
    "yuv420p",
    (("crf", "31"), ("b", "0"), ("deadline", "realtime"), ("cpu-used", "6")),
    even=True,
    video=True,
)
"""Ten times as fast as deadline `good`, and hardly larger or worse on pictures like these."""
_AV1 = Coding(
    "libsvtav1",
    "yuv420p",
    (("preset", "9"), ("crf", "32"), ("svtav1-params", "lp=2")),
    threads=2,
    even=True,
    least_px=64,  # below about 30 the encoder never ends with some sizes
    most_px=(16_384, 8_704),
    video=True,
)
_LOSSLESS = Coding("libx264rgb", "bgr0", (("preset", "ultrafast"), ("qp", "0")))
"""The part of an animation: exactly what was painted, which the whole is made of at the end."""
_PNG = Coding("png", "rgb24", (("pred", "mixed"),))

FORMATS = (
    Format("h264", "MP4", ".mp4", "film", _H264, "mp4", audio="aac", subtitles="mov_text"),
    Format("vp9", "WebM", ".webm", "film", _VP9, "webm", audio="libopus", subtitles="webvtt"),
    Format("av1", "WebM", ".webm", "film", _AV1, "webm", audio="libopus", subtitles="webvtt"),
    Format(
        "gif", "GIF", ".gif", "animation", _LOSSLESS, "matroska",
        encoder=Coding("gif", "pal8", ()), clock_hz=100, default_fps=25,
    ),
    Format(
        "apng", marked("animated PNG"), ".apng", "animation", _LOSSLESS, "matroska",
        encoder=Coding("apng", "rgb24", (("pred", "mixed"),)),
    ),
    Format(
        "apng", marked("animated PNG"), ".png", "animation", _LOSSLESS, "matroska",
        encoder=Coding("apng", "rgb24", (("pred", "mixed"),)),
    ),
    Format(
        "webp", marked("animated WebP"), ".webp", "animation", _LOSSLESS, "matroska",
        encoder=Coding("libwebp_anim", "bgra", (("quality", "85"),), most_px=(16_383, 16_383)),
    ),
    Format("frames", marked("folder of PNG frames"), "/", "folder", _PNG),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: `count` pictures, in a format."""

    kind: Format
    size_px: tuple[int, int]
    fps: int
    count: int


def format_of(name: str, codec: str | None = None) -> Format:
    """The format that a file's name asks for: by its ending; a folder when it is one, or ends with a slash.

    `codec` chooses among those with the same ending (`Format.key`); the first is the usual one. Raises
    FilmError in one line.
    """
    ending = "/" if name.endswith(("/", os.sep)) or Path(name).is_dir() else Path(name).suffix.lower()
    found = [one for one in FORMATS if one.ending == ending]
    if not found:
        known = ", ".join(dict.fromkeys(one.ending for one in FORMATS if one.kind != "folder"))
        raise FilmError(
            say(
                "{name}: name the film something{endings} or, for frames, a folder that ends with /",
                name=name,
                endings=known,
            )
        )
    chosen = [one for one in found if codec in (None, one.key)]
    if not chosen:
        keys, title = say_as("encodings", " or ").join(one.key for one in found), translated(found[0].title)
        raise FilmError(
            say(
                "{name}: {format} is encoded as {keys}, not as {other}",
                name=name,
                format=title,
                keys=keys,
                other=codec,
            )
        )
    return chosen[0]
