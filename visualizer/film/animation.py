"""The whole of an animated picture (GIF, PNG, WebP) from its lossless part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path

import av
from av.filter import Graph
from av.filter.context import FilterContext
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from visualizer.film.chunks import configure, reformatted
from visualizer.film.formats import Coding, Plan

Done = Callable[[int], None]
"""Called with the number of pictures that are in the whole."""
_LOOKED_AT = 100
_MUXERS = {"gif": "gif", "apng": "apng", "libwebp_anim": "webp"}
_FOR_EVER = {"gif": {"loop": "0"}, "apng": {"plays": "0"}, "webp": {"loop": "0"}}


def write_animation(part: Path, whole: Path, plan: Plan, done: Done) -> None:
    """The pictures of `part` in `whole`, which plays for ever. Raises OSError."""
    coding = plan.kind.encoder
    assert coding is not None
    muxer = _MUXERS[coding.encoder]
    options = {"fflags": "+bitexact"} | _FOR_EVER[muxer]
    with av.open(str(whole), "w", format=muxer, options=options) as target:
        stream = target.add_stream(coding.encoder, rate=plan.fps)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = plan.size_px
        stream.codec_context.time_base = Fraction(1, plan.fps)
        configure(stream.codec_context, coding, headers=False)
        for number, frame in enumerate(_as_encoded(part, coding)):
            frame.pts, frame.time_base = number, Fraction(1, plan.fps)
            target.mux(stream.encode(frame))
            done(number + 1)
        target.mux(stream.encode(None))


def _frames(part: Path) -> Iterator[VideoFrame]:
    with av.open(str(part)) as source:
        source.streams.video[0].thread_type = "AUTO"
        yield from source.decode(video=0)


def _as_encoded(part: Path, coding: Coding) -> Iterator[VideoFrame]:
    """The pictures as the encoder takes them: a palette needs to see all of them first."""
    if coding.pixels == "pal8":
        yield from _in_palette(part, _palette(part))
        return
    reformatter = VideoReformatter()
    for frame in _frames(part):
        yield reformatted(frame, coding, reformatter)


def _palette(part: Path) -> VideoFrame:
    """The colours that serve the pictures best: from a hundred of them, spread over the whole."""
    every = -(-sum(1 for _ in _frames(part)) // _LOOKED_AT)
    graph = Graph()
    first = next(_frames(part))
    _chain(graph, _input(graph, first), graph.add("palettegen", "stats_mode=full"), graph.add("buffersink"))
    graph.configure()
    for number, frame in enumerate(_frames(part)):
        if number % every == 0:
            graph.vpush(frame)
    graph.vpush(None)
    return graph.vpull()


def _in_palette(part: Path, palette: VideoFrame) -> Iterator[VideoFrame]:
    """The pictures in those colours. What stands still keeps its dots: they depend on the place alone."""
    graph = Graph()
    use = graph.add("paletteuse", "dither=bayer:bayer_scale=3:diff_mode=rectangle")
    pictures, colours = _input(graph, next(_frames(part))), _input(graph, palette)
    pictures.link_to(use, 0, 0)
    colours.link_to(use, 0, 1)
    use.link_to(graph.add("buffersink"))
    graph.configure()
    colours.push(palette)
    colours.push(None)
    for frame in chain(_frames(part), [None]):
        pictures.push(frame)
        with suppress(BlockingIOError, EOFError):  # it has kept the picture back, or there is none left
            while True:
                yield graph.vpull()


def _input(graph: Graph, like: VideoFrame) -> FilterContext:
    return graph.add_buffer(
        width=like.width, height=like.height, format=like.format, time_base=like.time_base
    )


def _chain(graph: Graph, *filters: FilterContext) -> None:
    for one, next_one in pairwise(filters):
        one.link_to(next_one)
