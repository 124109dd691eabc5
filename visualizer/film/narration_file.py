"""One recording of a voice: any format that PyAV decodes, as samples at `RATE_HZ`, left and right.

It is read twice, piece by piece, so that no recording is ever whole in memory: once to measure it, and once
when it is mixed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np

from visualizer.canvas.sound import RATE_HZ
from visualizer.film.errors import FilmError
from visualizer.film.sound_level import Wave
from visualizer.language import say

LOUDNESS = 0.1
"""To this root mean square every recording is levelled: 20 dB below full scale."""

LOUDEST = 0.7
"""No sample of a recording gets louder than that: 3 dB below full scale, even if it stays quieter then."""

MOST_GAIN = 10.0
"""Nothing is made louder than 20 dB, or a silent room would roar."""

_WINDOW = RATE_HZ // 10
_PAUSE = 0.003
"""Tenths of a second quieter than this (50 dB below full scale) are pauses, and do not count."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A voice in a file: how long it is, and the factor that brings it to the common loudness."""

    path: Path
    samples: int
    gain: float


def measure(path: Path) -> Recording:
    """Read a recording through; FilmError in one line when it has no sound that can be decoded."""
    samples, peak = 0, 0.0
    power: list[float] = []
    reader = Reader(path)
    while len(piece := reader.some(_WINDOW)):
        samples += len(piece)
        peak = max(peak, float(np.abs(piece).max()))
        power.append(float(np.square(piece).mean()))
    if not samples:
        raise FilmError(
            say("{path}: there is no sound in it; record it again, or take the file away", path=path)
        )
    return Recording(path, samples, _gain(power, peak))


def _gain(power: list[float], peak: float) -> float:
    """From the mean power of each window. Rounded, so that it is the same on every machine."""
    loud = [each for each in power if each > _PAUSE**2]
    if not loud:
        return 1.0
    return round(min(LOUDNESS / sqrt(sum(loud) / len(loud)), LOUDEST / peak, MOST_GAIN), 3)


class Reader:
    """Reads a recording from its beginning. FilmError, also later, when it cannot be decoded."""

    def __init__(self, path: Path) -> None:
        self._coming = _decoded(path)
        self._kept = np.zeros((0, 2))

    def some(self, count: int) -> Wave:
        """The next samples, `count` of them or what is left."""
        pieces, have = [self._kept], len(self._kept)
        while have < count and (piece := next(self._coming, None)) is not None:
            pieces.append(piece)
            have += len(piece)
        ready = np.concatenate(pieces)
        self._kept = ready[count:]
        return ready[:count]

    def read(self, count: int) -> Wave:
        """The next `count` samples, silence after the end."""
        wave = self.some(count)
        return np.concatenate([wave, np.zeros((count - len(wave), 2))])


def _decoded(path: Path) -> Iterator[Wave]:
    import av  # noqa: PLC0415  (everything but film works without it)

    try:
        with av.open(str(path.resolve()), metadata_errors="ignore") as container:
            if not container.streams.audio:
                return
            resampler = av.AudioResampler(format="flt", layout="stereo", rate=RATE_HZ)
            for frame in container.decode(audio=0):
                yield from map(_wave, resampler.resample(frame))
            yield from map(_wave, resampler.resample(None))
    except (av.FFmpegError, OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FilmError(
            say(
                "{path}: cannot be read as a recording ({why}); save it as WAV, or take it away",
                path=path,
                why=reason,
            )
        ) from None


def _wave(frame: Any) -> Wave:
    """What is no number in a file of floats is silence."""
    wave: Wave = frame.to_ndarray().reshape(-1, 2).astype(np.float64)
    return np.nan_to_num(wave, posinf=1.0, neginf=-1.0)
