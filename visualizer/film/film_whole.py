"""The whole of a film from its part: the same packets with the index in front, subtitles and chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from visualizer.film.formats import Plan
from visualizer.film.subtitle_track import add_subtitles, language_of_film, packets_of
from visualizer.sim.setup import US_PER_S
from visualizer.story.subtitles import ChapterMark, Subtitle

if TYPE_CHECKING:
    from av.container.core import Chapter

_INDEX_IN_FRONT = {"mp4": {"movflags": "faststart"}, "webm": {"cues_to_front": "1"}}


@dataclass(frozen=True, slots=True)
class Labels:
    """What a film says about itself."""

    title: str = ""
    subtitles: Sequence[Subtitle] = ()
    chapters: Sequence[ChapterMark] = ()


def write_whole(part: Path, whole: Path, plan: Plan, labels: Labels) -> None:
    """The packets of `part` once more, in `whole`. Raises OSError."""
    kind = plan.kind
    options = {"fflags": "+bitexact"} | _INDEX_IN_FRONT[kind.container]
    with (
        av.open(str(part)) as source,
        av.open(str(whole), "w", format=kind.container, options=options) as target,
    ):
        if labels.title:
            target.metadata["title"] = labels.title
        target.set_chapters(_chapters(labels.chapters, plan.count * US_PER_S // plan.fps))
        streams = {one.index: target.add_stream_from_template(one, opaque=True) for one in source.streams}
        for stream in streams.values():
            if stream.type == "audio":
                stream.metadata["language"] = language_of_film()
        tracks: list[Iterator[Packet[Any]]] = [_restamped(source, streams, plan.fps)]
        if labels.subtitles and kind.subtitles:
            tracks.append(packets_of(labels.subtitles, add_subtitles(target, kind.subtitles)))
        for packet in merge(*tracks, key=_decoded_s):
            target.mux(packet)


def _chapters(marks: Sequence[ChapterMark], length_us: int) -> list[Chapter]:
    """Each lasts until the next, the last to the end."""
    ends = [*(mark.film_us for mark in marks), length_us][1:]
    return [
        {
            "id": number,
            "start": mark.film_us,
            "end": end_us,
            "time_base": Fraction(1, US_PER_S),
            "metadata": {"title": mark.title},
        }
        for number, (mark, end_us) in enumerate(zip(marks, ends, strict=True), 1)
    ]


def _decoded_s(packet: Packet[Any]) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base


def _restamped(source: InputContainer, streams: dict[int, Stream], fps: int) -> Iterator[Packet[Any]]:
    """The packets of a part with exact times, whatever its container has made of them: pictures are counted,
    sound goes on from packet to packet.
    """
    first: dict[int, int] = {}
    for packet in source.demux():
        if packet.pts is None or packet.dts is None:
            continue
        stream = streams[packet.stream.index]
        if stream.type == "video":
            zero = first.setdefault(packet.stream.index, packet.pts)
            packet.pts, packet.dts = (
                round((time - zero) * packet.time_base * fps) for time in (packet.pts, packet.dts)
            )
            packet.duration = 1
            packet.time_base = Fraction(1, fps)
        packet.stream = stream
        yield packet
