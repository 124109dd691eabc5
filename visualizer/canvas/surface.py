"""Surfaces that need no window: make one, save it as a PNG, hand its pixels to the film."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pygame

from visualizer.files import write_beside
from visualizer.language import say

REPAIR = "pip uninstall pygame; pip install --force-reinstall pygame-ce"
"""What puts things right when the older package `pygame` overwrote `pygame-ce`."""


class WrongPygameError(RuntimeError):
    """The module `pygame` is not pygame-ce; the text is the repair."""


def check_pygame_ce() -> None:
    """Raise WrongPygameError, with the repair, when `pygame` is not pygame-ce (both import as `pygame`)."""
    if not getattr(pygame, "IS_CE", False):
        version = getattr(getattr(pygame, "version", None), "ver", "unknown")
        raise WrongPygameError(
            say(
                "pygame {version} is installed where pygame-ce is needed; repair: {repair}",
                version=version,
                repair=REPAIR,
            )
        )


def offscreen(size: tuple[int, int]) -> pygame.Surface:
    """A black surface of `size` pixels, 32 bits each, without alpha; needs neither display nor driver."""
    return pygame.Surface(size, 0, 32)


def save_png(surface: pygame.Surface, path: Path, *, force: bool = False) -> None:
    """Write `surface` to `path` as a PNG: the same pixels give the same bytes, and a reader never sees half.

    Raises FileExistsError when `path` is there and `force` is not given, OSError when it cannot be written.
    """
    if path.exists() and not force:
        raise FileExistsError(say("{path}: exists already; give --force to overwrite it", path=path))
    write_beside(path, png(surface))


def png(surface: pygame.Surface) -> bytes:
    """`surface` as a PNG: the same pixels give the same bytes."""
    memory = io.BytesIO()
    pygame.image.save(surface, memory, "frame.png")
    return memory.getvalue()


def to_array(surface: pygame.Surface) -> npt.NDArray[np.uint8]:
    """A copy of the pixels, shape (height, width, 3), red green blue, contiguous.

    `surface` has 32 bits a pixel, as `offscreen` and the window make them; ValueError otherwise.
    """
    if surface.get_bytesize() != 4:
        raise ValueError(f"a surface of {surface.get_bitsize()} bits a pixel; expected 32")
    width, height = surface.get_size()
    rows = np.frombuffer(surface.get_buffer().raw, np.uint8).reshape(height, surface.get_pitch())
    pixels = rows[:, : width * 4].reshape(height, width, 4)
    channels = [shift // 8 for shift in surface.get_shifts()[:3]]
    return np.ascontiguousarray(pixels[:, :, channels])
