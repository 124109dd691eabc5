"""The window: the only loop, and the only place that listens."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pygame

from visualizer.app import keys
from visualizer.app.controls import Controls, Save
from visualizer.app.display import NoDisplay, open_window, set_size
from visualizer.app.picture import Picture
from visualizer.app.settings import Settings, read_settings, settings_path, write_settings
from visualizer.scene.look import Look
from visualizer.timeline.run import Run

__all__ = ["NoDisplay", "Window", "play"]

SMALLEST_PX = (960, 540)
"""In a smaller window the picture for this size is shown, only smaller; a notice says so."""

_TOO_SMALL = f"This window is small: {SMALLEST_PX[0]} x {SMALLEST_PX[1]} or more is easier to read."
_NOTICE_NS = 10 * 10**9  # long enough to read twice; then the hints come back
_FRAMES_PER_S = 60
_FRAMES_PER_S_UNSEEN = 10


def play(
    run: Run,
    *,
    theme: str | None = None,
    save: Save | None = None,
    size_px: tuple[int, int] | None = None,
    fresh: bool = False,
) -> None:
    """Show `run` in a window until the person leaves. Raises NoDisplay, ThemeError or WrongPygameError."""
    window = Window(run, theme=theme, save=save, size_px=size_px, fresh=fresh)
    try:
        window.loop()
    finally:
        window.close()


class Window:
    """A window on a run. `theme` and `size_px` win over what is remembered; `fresh` leaves that alone.

    `clock_ns` is the wall clock. `controls` is what the person does to the run, `picture` what is seen of it.
    """

    def __init__(
        self,
        run: Run,
        *,
        theme: str | None = None,
        save: Save | None = None,
        size_px: tuple[int, int] | None = None,
        fresh: bool = False,
        clock_ns: Callable[[], int] = time.perf_counter_ns,
        settings_file: Path | None = None,
    ) -> None:
        self._settings_file = None if fresh else settings_file or settings_path()
        settings, notice = Settings(), None
        if self._settings_file:
            settings, notice = read_settings(self._settings_file)
        self.picture = Picture(theme or settings.theme)
        self.controls = Controls(run, save, reduced_motion=settings.reduced_motion)
        self.controls.notice = notice
        self._size_px = size_px or settings.size_px
        self._full_screen = False
        open_window(self._size_px, f"{run.setup.title} - failover visualizer")
        pygame.key.set_repeat(350, 40)
        self._held: set[int] = set()
        self._scrubbing = False
        self._pointer_px = (0, 0)
        self._clock_ns = clock_ns
        self._last_ns = clock_ns()
        self._notice = (notice, self._last_ns)
        self._pace = pygame.time.Clock()

    def loop(self) -> None:
        """Go on until the person leaves."""
        while not self.controls.leaving:
            self.turn()
            self._pace.tick(_FRAMES_PER_S if pygame.display.get_active() else _FRAMES_PER_S_UNSEEN)

    def turn(self) -> None:
        """Once round: listen, let time pass, show."""
        for event in pygame.event.get():
            self._hear(event)
        now_ns = self._clock_ns()
        if not self._scrubbing and not self.controls.menu:
            self.controls.elapse(now_ns - self._last_ns)
        self._last_ns = now_ns
        self._age_notice(now_ns)
        self.show()

    def show(self) -> None:
        """Show the run as it is now; nothing while the window is minimised."""
        surface = pygame.display.get_surface()
        if surface is None or not pygame.display.get_active():
            return
        if not self._full_screen:
            self._size_px = surface.get_size()
        self.picture.show(surface, self.controls.run, self._look(surface.get_size()))
        self.controls.targets = tuple(self.picture.scene.targets) if self.picture.scene else ()

    def close(self) -> None:
        """Remember the settings and give the display back."""
        if self._settings_file:
            settings = Settings(self.picture.theme.name, self._size_px, self.controls.reduced_motion)
            with contextlib.suppress(OSError):  # a full disk must not keep anybody from leaving
                write_settings(self._settings_file, settings)
        pygame.display.quit()

    def do(self, act: str) -> None:
        """Do an act of the hot-key table: one of the window's own, or one of the controls'."""
        match act:
            case "theme":
                self.controls.notice = f"Theme: {self.picture.next_theme()}."
            case "full_screen":
                self._toggle_full_screen()
            case _:
                self.controls.do(act)

    def _age_notice(self, now_ns: int) -> None:
        notice, since_ns = self._notice
        if self.controls.notice is not notice:
            self._notice = (self.controls.notice, now_ns)
        elif now_ns - since_ns > _NOTICE_NS:
            self.controls.notice = None

    def _hear(self, event: pygame.Event) -> None:
        match event.type:
            case pygame.QUIT:
                self.controls.leaving = True
            case pygame.KEYDOWN:
                self._key_down(event)
            case pygame.KEYUP:
                self._held.discard(event.key)
            case pygame.MOUSEBUTTONDOWN if event.button == pygame.BUTTON_LEFT:
                self._button_down(event.pos)
            case pygame.MOUSEBUTTONDOWN if event.button == pygame.BUTTON_RIGHT:
                self._menu_button_down(event.pos)
            case pygame.MOUSEBUTTONUP if event.button == pygame.BUTTON_LEFT:
                self._scrubbing = False
            case pygame.MOUSEMOTION:
                self._moved(event.pos)
            case pygame.MOUSEWHEEL:
                self._wheel(event.y)
            case pygame.WINDOWLEAVE:
                self.controls.hover = None
            case pygame.WINDOWFOCUSLOST:
                self._held.clear()
                self._scrubbing = False
            case pygame.WINDOWEXPOSED | pygame.WINDOWRESTORED:
                self.picture.forget()

    def _key_down(self, event: pygame.Event) -> None:
        binding = keys.find(
            event.key, event.mod, getattr(event, "unicode", ""), in_menu=bool(self.controls.menu)
        )
        repeated = event.key in self._held
        self._held.add(event.key)
        if binding and (binding.repeats or not repeated):
            self.do(binding.act)

    def _button_down(self, pos_px: tuple[int, int]) -> None:
        self._pointer_px = pos_px
        name = self.picture.target_at(pos_px)
        if self.controls.help_open:
            self.controls.help_open = False
        elif name == "timeline":
            self._scrubbing = True
            self._scrub()
        elif name:
            self.controls.press(name)

    def _menu_button_down(self, pos_px: tuple[int, int]) -> None:
        """Open the menu of what lies under the pointer, whatever is open now."""
        self._pointer_px = pos_px
        self.controls.help_open, self.controls.menu, self.controls.notice = False, None, None
        self.show()
        name = self.picture.target_at(pos_px)
        if name is not None:
            self.controls.open_menu(name, self.picture.place_of(pos_px))

    def _moved(self, pos_px: tuple[int, int]) -> None:
        self._pointer_px = pos_px
        if self._scrubbing:
            self._scrub()
        else:
            self.controls.point(self.picture.target_at(pos_px))

    def _wheel(self, notches: int) -> None:
        if self.picture.target_at(self._pointer_px) == "timeline":
            self.controls.step(notches)
        else:
            self.controls.change_speed(notches)

    def _scrub(self) -> None:
        share = self.picture.timeline_share(self._pointer_px)
        if share is not None:
            self.controls.scrub(share)

    def _toggle_full_screen(self) -> None:
        if set_size(self._size_px, full_screen=not self._full_screen):
            self._full_screen = not self._full_screen
            self.picture.forget()
        else:
            self.controls.notice = "This display does not let the window fill the screen."

    def _look(self, size_px: tuple[int, int]) -> Look:
        controls = self.controls
        small = size_px[0] < SMALLEST_PX[0] or size_px[1] < SMALLEST_PX[1]
        return Look(
            width_px=size_px[0],
            height_px=size_px[1],
            playing=controls.playing,
            speed=controls.speed,
            hover=controls.hover,
            focus=controls.focus,
            help_open=controls.help_open,
            reduced_motion=controls.reduced_motion,
            menu=controls.menu,
            notice=controls.notice or (_TOO_SMALL if small else None),
            keys=keys.labels(),
        )
