"""The way to the loudspeaker: opened when the first sound is wanted, never a reason to stop."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pygame

from visualizer.canvas.sound import RATE_HZ, render, sound_names

_AT_ONCE = 6
_BUFFER = 1024
"""Samples: 21 ms, soon enough for the ear and long enough for a busy machine."""


class Speaker:
    """Plays sounds by name. Every method may raise `pygame.error`: there is no device, or it has gone."""

    def __init__(self) -> None:
        self._sounds: dict[str, pygame.mixer.Sound] = {}

    def open(self) -> None:
        """Take the sound device and make all sounds ready; nothing when that has been done."""
        if self._sounds:
            return
        with _quietly():
            pygame.mixer.init(RATE_HZ, -16, 2, _BUFFER, allowedchanges=0)
        pygame.mixer.set_num_channels(_AT_ONCE)
        self._sounds = {name: pygame.sndarray.make_sound(render(name).copy()) for name in sound_names()}

    def play(self, name: str) -> None:
        """Play a sound of assets/sounds now; nothing when many are heard already."""
        self.open()
        channel = pygame.mixer.find_channel()
        if channel is not None:
            channel.play(self._sounds[name])

    def close(self) -> None:
        """Silence, and the device is free."""
        self._sounds.clear()
        pygame.mixer.quit()


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Some sound systems complain on standard error by themselves; the person gets one line from us."""
    try:
        kept = os.dup(2)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
