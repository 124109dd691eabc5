"""A film in chunks of a second or two, each encoded by itself: the same bytes in whatever order.

A chunk begins with a picture that needs no other, and nothing before it is referred to. So chunks can be
encoded in several processes and joined packet by packet.
"""

from __future__ import annotations

import queue
import sys
from collections import deque
from collections.abc import Generator, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from fractions import Fraction
from typing import NamedTuple, Protocol, cast

import av
import numpy as np
import pygame
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter

from visualizer.canvas.surface import offscreen
from visualizer.film.formats import Coding

CHUNK_S = 2
CHUNK_FRAMES = 60
"""At most: what a killed film can lose."""
BT709 = 1
LIMITED = 1
_SURFACES = 2
_AHEAD = 4
_SWITCH_S = 0.0005


class Frames(Protocol):
    """The pictures of a film, by number: `film.pictures.Pictures`, or what stands for it."""

    @property
    def count(self) -> int:
        """How many there are."""

    def key(self, number: int) -> Hashable:
        """Pictures with equal keys are equal."""

    def paint(self, number: int, surface: pygame.Surface) -> None:
        """Fill `surface` with picture `number`."""


class Coded(NamedTuple):
    """One encoded picture: its number, when it is decoded (in pictures too), whether it needs no other."""

    data: bytes
    number: int
    decoded: int
    key: bool


def chunks_of(count: int, fps: int) -> list[range]:
    """The numbers of the pictures of each chunk."""
    length = min(CHUNK_S * fps, CHUNK_FRAMES)
    return [range(first, min(first + length, count)) for first in range(0, count, length)]


def encoder(coding: Coding, size_px: tuple[int, int], fps: int, *, headers: bool) -> VideoCodecContext:
    """A fresh encoder. `headers`: whether its headers go into the container, and not before each chunk."""
    context = cast(VideoCodecContext, av.CodecContext.create(coding.encoder, "w"))
    context.width, context.height = size_px
    context.framerate = Fraction(fps)
    context.time_base = Fraction(1, fps)
    configure(context, coding, headers=headers)
    return context


def configure(context: VideoCodecContext, coding: Coding, *, headers: bool) -> None:
    """What every encoder of a film is told, that of a chunk and that of the container's header."""
    context.pix_fmt = coding.pixels
    context.options = dict(coding.options)
    context.thread_count = coding.threads
    context.flags |= av.codec.context.Flags.bitexact
    if headers:
        context.flags |= av.codec.context.Flags.global_header
    if coding.video:
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED


class _Chunk:
    """Encodes the pictures of one chunk, in their order."""

    def __init__(self, coding: Coding, size_px: tuple[int, int], fps: int, *, headers: bool) -> None:
        self._context = encoder(coding, size_px, fps, headers=headers)
        self._time_base = Fraction(1, fps)

    def encode(self, number: int, converting: Future[VideoFrame]) -> list[Coded]:
        """Picture `number`, as soon as it is converted."""
        frame = converting.result()
        frame.pts = number
        frame.time_base = self._time_base
        return self._coded(frame)

    def end(self) -> list[Coded]:
        """What the encoder has kept back."""
        return self._coded(None)

    def _coded(self, frame: VideoFrame | None) -> list[Coded]:
        found = []
        for packet in self._context.encode(frame):
            assert packet.pts is not None
            decoded = packet.pts if packet.dts is None else packet.dts
            found.append(Coded(bytes(packet), packet.pts, decoded, packet.is_keyframe))
        return found


def converted(surface: pygame.Surface, coding: Coding, reformatter: VideoReformatter) -> VideoFrame:
    """The pixels of a surface, straight from its memory, as the encoder takes them."""
    width, height = surface.get_size()
    pixels = np.asarray(surface.get_view("2")).T.view(np.uint8).reshape(height, width, 4)
    return reformatted(VideoFrame.from_numpy_buffer(pixels, "bgra"), coding, reformatter)


def reformatted(painted: VideoFrame, coding: Coding, reformatter: VideoReformatter) -> VideoFrame:
    """Red, green and blue as the encoder takes them; one reformatter for all of them saves time."""
    if not coding.video:
        return reformatter.reformat(painted, format=coding.pixels, threads=1)
    return reformatter.reformat(
        painted,
        format=coding.pixels,
        dst_colorspace=Colorspace.ITU709,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )


def coded(
    pictures: Frames,
    chunks: Iterable[range],
    coding: Coding,
    size_px: tuple[int, int],
    fps: int,
    *,
    headers: bool,
) -> Generator[Coded]:
    """Chunk after chunk, encoded; while one picture is painted, those before it are converted and encoded.

    Equal pictures that follow each other are painted and converted once.
    """
    free: queue.SimpleQueue[pygame.Surface] = queue.SimpleQueue()
    for _ in range(_SURFACES):
        free.put(offscreen(size_px))
    reformatter = VideoReformatter()

    def convert(surface: pygame.Surface) -> VideoFrame:
        try:
            return converted(surface, coding, reformatter)
        except Exception as error:
            raise error.with_traceback(None) from None  # what it refers to would keep the surface locked
        finally:
            free.put(surface)

    waiting: deque[Future[list[Coded]]] = deque()
    with _brisk(), ThreadPoolExecutor(1) as converting, ThreadPoolExecutor(1) as encoding:
        for chunk in chunks:
            one = _Chunk(coding, size_px, fps, headers=headers)
            last: Hashable = _Chunk
            for number in chunk:
                key = pictures.key(number)
                if key != last:
                    surface, last = free.get(), key
                    pictures.paint(number, surface)
                    frame = converting.submit(convert, surface)
                waiting.append(encoding.submit(one.encode, number, frame))
                while len(waiting) > _AHEAD:
                    yield from waiting.popleft().result()
            waiting.append(encoding.submit(one.end))
        while waiting:
            yield from waiting.popleft().result()


@contextmanager
def _brisk() -> Iterator[None]:
    """Painting is Python, and lets go of the interpreter every 5 ms; converting and encoding ask for it for a
    moment only, and are not to wait that long.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
