"""Encoded pictures and sound into the part of a film, which can be decoded at any moment.

It is a fragmented MP4, or a Matroska file of short clusters.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.codec.context import Flags
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from visualizer.film.audio_track import BIT_RATE, RATE_HZ, AudioTrack, Block
from visualizer.film.chunks import Coded, configure
from visualizer.film.formats import Plan

_OPTIONS = {
    "mp4": {"movflags": "delay_moov+default_base_moof", "frag_duration": "500000"},
    "webm": {"cluster_time_limit": "500"},
    "matroska": {"cluster_time_limit": "500"},
}
"""Half a second at a time is complete, whatever comes after it."""
_ALWAYS = {"fflags": "+bitexact", "flush_packets": "1"}


class FilmPart:
    """The part of a film that is being written. Raises OSError."""

    def __init__(self, path: Path, plan: Plan, sound: Iterable[Block] | None = None) -> None:
        self.written = 0
        self._path = path
        self._refused_at: int | None = None
        self._fps = plan.fps
        kind = plan.kind
        self._container: OutputContainer = av.open(
            str(path), "w", format=kind.container, options=_ALWAYS | _OPTIONS[kind.container]
        )
        self._pictures = self._add_pictures(plan)
        self._sound: AudioTrack | None = None
        if sound is not None and kind.audio is not None:
            self._sound = AudioTrack(self._add_sound(kind.audio), sound, plan.count * RATE_HZ // plan.fps)

    def _add_pictures(self, plan: Plan) -> VideoStream:
        stream = self._container.add_stream(plan.kind.coding.encoder, rate=plan.fps)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = plan.size_px
        stream.codec_context.time_base = Fraction(1, plan.fps)
        configure(stream.codec_context, plan.kind.coding, headers=True)
        return stream

    def _add_sound(self, encoder: str) -> AudioStream:
        stream = self._container.add_stream(encoder, rate=RATE_HZ)
        assert isinstance(stream, AudioStream)
        stream.layout = "stereo"
        stream.bit_rate = BIT_RATE[encoder]
        stream.codec_context.flags |= Flags.bitexact
        return stream

    def write(self, coded: Coded) -> None:
        """One more picture, and first the sound to half a second after it: no picture waits for its sound."""
        if self._sound is not None:
            self._mux(list(self._sound.until((coded.number + self._fps // 2) * RATE_HZ // self._fps)))
        packet = Packet(coded.data)
        packet.stream = self._pictures
        packet.time_base = Fraction(1, self._fps)
        packet.pts, packet.dts, packet.duration = coded.number, coded.decoded, 1
        packet.is_keyframe = coded.key
        self._mux([packet])
        self.written += 1

    def end(self) -> None:
        """The sound that is left."""
        if self._sound is not None:
            self._mux(list(self._sound.rest()))

    def close(self) -> None:
        """So that it can be played: what the system has refused in the middle is cut off."""
        try:
            self._refusable(self._container.close)
        finally:
            if self._refused_at is not None:
                os.truncate(self._path, self._refused_at)

    def _mux(self, packets: list[Packet[Any]]) -> None:
        self._refusable(lambda: self._container.mux(packets))

    def _refusable(self, write: Callable[[], None]) -> None:
        """Between two calls of this the file holds nothing that is half written."""
        size = self._path.stat().st_size
        try:
            write()
        except OSError:
            if self._refused_at is None:
                self._refused_at = size
            raise
