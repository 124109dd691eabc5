"""Opening a window on a real display, in the way that is fastest on this machine, or saying why not."""

from __future__ import annotations

import os
import sys
import time
import warnings

import pygame

from visualizer.canvas.surface import check_pygame_ce
from visualizer.language import say

_ACCELERATION = "SDL_FRAMEBUFFER_ACCELERATION"
_SLOW_FLIP_MS = 1.5
_INVISIBLE = frozenset({"dummy", "offscreen"})


class NoDisplay(RuntimeError):  # noqa: N818 - it is a state of the machine, not a mistake
    """There is no display to open a window on; the text says why and what to do."""


def open_window(size_px: tuple[int, int], title: str) -> pygame.Surface:
    """A resizable window of `size_px` pixels: the one that is open, if it has this size.

    Raises NoDisplay, or WrongPygameError with the repair. Sound is left alone: a machine without it shows the
    same picture.
    """
    check_pygame_ce()
    surface = pygame.display.get_surface()
    if surface is not None and surface.get_size() == size_px:
        pygame.display.set_caption(title)
        return surface
    if _ACCELERATION in os.environ:
        return _open(size_px, title)
    # Plainly first: SDL's detour over a graphics card takes a tenth of a second to open, and without a real
    # card it costs as much as the picture, in every frame; 10 times as much as this.
    os.environ[_ACCELERATION] = "0"
    surface = _open(size_px, title)
    plain_ms = flip_ms(surface)
    if plain_ms < _SLOW_FLIP_MS:
        return surface
    del os.environ[_ACCELERATION]
    surface = _reopen(size_px, title)
    if flip_ms(surface) < plain_ms:
        return surface
    os.environ[_ACCELERATION] = "0"
    return _reopen(size_px, title)


def set_size(size_px: tuple[int, int], *, full_screen: bool) -> bool:
    """Resize the window, or let it fill the screen (`size_px` then plays no part); False if refused."""
    wanted_px = (0, 0) if full_screen else (max(1, size_px[0]), max(1, size_px[1]))
    flags = pygame.FULLSCREEN if full_screen else pygame.RESIZABLE
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # another size than asked for is no accident here
            surface = pygame.display.set_mode(wanted_px, flags)
            if not full_screen and surface.get_size() != wanted_px:
                pygame.display.set_mode(wanted_px, flags)  # X11 may take two to leave the full screen
    except pygame.error:
        return False
    return True


def flip_ms(surface: pygame.Surface, count: int = 5) -> float:
    """The median time, in milliseconds, that showing a new picture takes."""
    times = []
    for number in range(count):
        surface.fill((number, number, number))
        before_ns = time.perf_counter_ns()
        pygame.display.flip()
        times.append(time.perf_counter_ns() - before_ns)
    return sorted(times)[count // 2] / 1e6


def _open(size_px: tuple[int, int], title: str) -> pygame.Surface:
    if _nowhere():
        raise NoDisplay(_reason(say("neither DISPLAY nor WAYLAND_DISPLAY is set")))
    try:
        pygame.display.init()
    except pygame.error as error:
        raise NoDisplay(_reason(str(error))) from None
    driver = pygame.display.get_driver()
    if driver in _INVISIBLE and os.environ.get("SDL_VIDEODRIVER") != driver:
        pygame.display.quit()
        raise NoDisplay(_reason(say("only the invisible driver {driver} works", driver=repr(driver))))
    try:
        pygame.font.init()
        pygame.display.set_caption(title)
        return pygame.display.set_mode(size_px, pygame.RESIZABLE)
    except pygame.error as error:
        pygame.display.quit()
        raise NoDisplay(_reason(str(error))) from None


def _nowhere() -> bool:
    """Whether this is a Unix without a display server; asking SDL would only make it complain by itself."""
    wanted = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
    return sys.platform.startswith("linux") and not any(os.environ.get(name) for name in wanted)


def _reopen(size_px: tuple[int, int], title: str) -> pygame.Surface:
    pygame.display.quit()
    return _open(size_px, title)


def _reason(what: str) -> str:
    return say("no display to open a window on ({why}); start it in a desktop session", why=what)
