"""The sound of a film, encoded as far as the pictures have come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from numpy.typing import NDArray

RATE_HZ = 48_000
BIT_RATE = {"aac": 160_000, "libopus": 128_000}
Block = NDArray[np.int16]


class AudioTrack:
    """Blocks of shape (n, 2), of any length; exactly `length` samples of them are encoded, silence after the
    last block.
    """

    def __init__(self, stream: AudioStream, blocks: Iterable[Block], length: int) -> None:
        self._stream = stream
        self._blocks = _fitted(blocks, length)
        self._done = 0
        self._ended = False

    def until(self, sample: int) -> Iterator[Packet[AudioStream]]:
        """The packets up to `sample` at least, and to the end when there is no more."""
        while not self._ended and self._done < sample:
            block = next(self._blocks, None)
            if block is None:
                self._ended = True
                yield from self._stream.encode(None)
                return
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(block).reshape(1, -1), format="s16", layout="stereo"
            )
            frame.sample_rate = RATE_HZ
            frame.time_base = Fraction(1, RATE_HZ)
            frame.pts = self._done
            self._done += len(block)
            yield from self._stream.encode(frame)

    def rest(self) -> Iterator[Packet[AudioStream]]:
        """All that is left."""
        while not self._ended:
            yield from self.until(self._done + RATE_HZ)


def _fitted(blocks: Iterable[Block], length: int) -> Iterator[Block]:
    left = length
    for block in blocks:
        if not left:
            return
        if len(block):
            yield block[:left]
        left -= min(left, len(block))
    while left:
        silence = np.zeros((min(left, RATE_HZ), 2), np.int16)
        yield silence
        left -= len(silence)
