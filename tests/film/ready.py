"""Pictures that are quickly painted, in place of those of a run; and what a film file holds."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path
from typing import Any

import av
import numpy as np
import pygame
from numpy.typing import NDArray

from visualizer.canvas.surface import offscreen, to_array
from visualizer.film.chunks import chunks_of
from visualizer.film.formats import Format, format_of
from visualizer.film.spec import FilmSpec
from visualizer.film.video import write_film
from visualizer.language import say

SIZE_PX = (320, 180)
Pixels = NDArray[np.uint8]


class Ready:
    """A disc that crosses coloured fields and stands still for every third picture; 70 of them."""

    count = 70

    def __init__(self, spec: FilmSpec) -> None:
        self.size_px = spec.size_px
        self.painted: list[int] = []

    def key(self, number: int) -> int:
        return number - (number % 3 == 2)

    def paint(self, number: int, surface: pygame.Surface) -> None:
        self.painted.append(number)
        width, height = self.size_px
        for k, colour in enumerate(("#0b1020", "#1d2b4a", "#56b4e9", "#d55e00", "#f0e442")):
            surface.fill(colour, (k * width // 5, 0, width, height))
        at = self.key(number) * width // self.count
        pygame.draw.aacircle(surface, "#ffffff", (at, height // 2), height // 6)
        surface.fill("#009e73", (0, height - 8, at, 8))


class Short(Ready):
    """Ten of them."""

    count = 10


class Saying(Short):
    """With a bar as long as what is said in the language of the process that paints."""

    def paint(self, number: int, surface: pygame.Surface) -> None:
        super().paint(number, surface)
        surface.fill("#ffffff", (0, 0, 8 * len(say("Sessions lost")), 16))


class Dying(Ready):
    """A process that is to paint the second chunk ends."""

    def paint(self, number: int, surface: pygame.Surface) -> None:
        if number >= 60 and multiprocessing.parent_process() is not None:
            os._exit(3)
        super().paint(number, surface)


def spec(fps: int = 30, size_px: tuple[int, int] = SIZE_PX) -> FilmSpec:
    return FilmSpec(reels=(), size_px=size_px, fps=fps, theme="night")


def made(path: Path, *, pictures: Any = Ready, codec: str | None = None, **more: Any) -> Path:
    """A film of `pictures`, in the format that its name asks for."""
    kind: Format = more.pop("format", None) or format_of(str(path), codec)
    which = spec(more.pop("fps", 30), more.pop("size_px", SIZE_PX))
    count = write_film(which, path, pictures=pictures, format=kind, **more)
    assert count == pictures.count
    return path


def painted(number: int, pictures: Any = Ready) -> Pixels:
    """Picture `number` as it is painted, shape (height, width, 3)."""
    surface = offscreen(SIZE_PX)
    pictures(spec()).paint(number, surface)
    return to_array(surface)


def decoded(path: Path) -> list[Pixels]:
    """All pictures of a film, in order, from its own colours to red, green and blue."""
    with av.open(str(path)) as container:
        return [rgb(frame) for frame in container.decode(video=0)]


def rgb(frame: av.VideoFrame) -> Pixels:
    if frame.format.name.startswith("yuv"):
        frame = frame.reformat(format="rgb24", src_colorspace="ITU709", src_color_range="MPEG")
    return np.asarray(frame.to_ndarray(format="rgb24"))


def psnr_db(one: Pixels, other: Pixels) -> float:
    """Peak signal to noise: 30 is plainly the same picture, 40 hardly to be told from it."""
    error = np.mean((one.astype(np.float64) - other) ** 2)
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))


SEAMS = [chunk[0] for chunk in chunks_of(Ready.count, 30)][1:]
