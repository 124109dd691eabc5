"""The sentences of a film as a track of text that a player can show or hide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from av.container import OutputContainer
from av.packet import Packet
from av.subtitles.stream import SubtitleStream

from visualizer.language import spoken
from visualizer.sim.setup import US_PER_S
from visualizer.story.subtitles import Subtitle

_ISO_639_2 = {"en": "eng", "de": "deu"}
_STYLES = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
    b"Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, "
    b"MarginL, MarginR, MarginV, Encoding\r\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1\r\n\r\n"
    b"[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
)
"""Encoders of text ask for the styles of their common ancestor, the ASS format; this is its plain one."""


def add_subtitles(container: OutputContainer, encoder: str) -> SubtitleStream:
    """An empty track of text."""
    stream = container.add_stream(encoder)
    assert isinstance(stream, SubtitleStream)
    stream.codec_context.subtitle_header = _STYLES
    stream.codec_context.time_base = Fraction(1, US_PER_S)
    stream.metadata["language"] = language_of_film()
    return stream


def language_of_film() -> str:
    """What is spoken, as a player has it; "und" (undetermined) where that is not known."""
    return _ISO_639_2.get(spoken().code, "und")


def packets_of(subtitles: Sequence[Subtitle], stream: SubtitleStream) -> Iterator[Packet[Any]]:
    """One packet for each subtitle, in order of time."""
    written = _WRITTEN[stream.codec_context.name]
    for subtitle in subtitles:
        packet = Packet(written(subtitle.text))
        packet.stream = stream
        packet.time_base = Fraction(1, US_PER_S)
        packet.pts = packet.dts = subtitle.from_us
        packet.duration = subtitle.to_us - subtitle.from_us
        packet.is_keyframe = True
        yield packet


def _timed_text(text: str) -> bytes:
    """3GPP TS 26.245, 5.17: the length in bytes, then the text."""
    plain = text.encode()
    return len(plain).to_bytes(2, "big") + plain


def _web_vtt(text: str) -> bytes:
    """WebVTT has tags of its own."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


_WRITTEN = {"mov_text": _timed_text, "webvtt": _web_vtt}
