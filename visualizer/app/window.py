"""The window: the only loop, and the only place that listens."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pygame

from visualizer.app import keys
from visualizer.app.controls import Controls
from visualizer.app.display import NoDisplay, open_window, set_size
from visualizer.app.picture import Picture
from visualizer.app.settings import Settings, read_settings, settings_path, write_settings
from visualizer.app.settings import state_folder as default_state_folder
from visualizer.app.twin import TwinRun
from visualizer.language import say, translated
from visualizer.opening import Opened
from visualizer.scene.lab_curve_panel import PLOT
from visualizer.scene.lab_sweep_shown import CELL
from visualizer.scene.look import Look
from visualizer.timeline.run import Run

__all__ = ["NoDisplay", "Window", "play"]

SMALLEST_PX = (960, 540)
"""In a smaller window the picture for this size is shown, only smaller; a notice says so."""

_NOTICE_NS = 10 * 10**9  # long enough to read twice; then the hints come back
_FRAMES_PER_S = 60
_FRAMES_PER_S_UNSEEN = 10


def play(
    run: Run,
    *,
    document: Opened | None = None,
    theme: str | None = None,
    size_px: tuple[int, int] | None = None,
    fresh: bool = False,
    compare: str | None = None,
) -> None:
    """Show `run` in a window until the person leaves; `compare`: a comparison to start with.

    Raises NoDisplay, ThemeError or WrongPygameError.
    """
    window = Window(run, document=document, theme=theme, size_px=size_px, fresh=fresh)
    if compare:
        window.controls.feature(TwinRun).start(compare)
    try:
        window.loop()
    finally:
        window.close()


class Window:
    """A window on a run of `document` (None: it cannot be saved or changed). `theme` and `size_px` win over
    what is remembered in `settings_file` and `state_folder` (None: where this system keeps such things);
    `fresh` leaves that alone.

    `clock_ns` is the wall clock. `controls` is what the person does to the run, `picture` what is seen of
    it.
    """

    def __init__(
        self,
        run: Run,
        *,
        document: Opened | None = None,
        theme: str | None = None,
        size_px: tuple[int, int] | None = None,
        fresh: bool = False,
        clock_ns: Callable[[], int] = time.perf_counter_ns,
        settings_file: Path | None = None,
        state_folder: Path | None = None,
    ) -> None:
        self._settings_file = None if fresh else settings_file or settings_path()
        settings, notice = Settings(), None
        if self._settings_file:
            settings, notice = read_settings(self._settings_file)
        settings = replace(settings, theme=theme or settings.theme)
        self.picture = Picture(settings.theme)
        state = state_folder or default_state_folder()
        self.controls = Controls(run, document, settings=settings, state_folder=state, fresh=fresh)
        self.controls.notice = notice
        self._size_px = size_px or settings.size_px
        self._full_screen = False
        self._title = _title(run)
        open_window(self._size_px, self._title)
        pygame.key.set_repeat(350, 40)
        self._held: set[int] = set()
        self._held_target: str | None = None
        self._pointer_px = (0, 0)
        self._clock_ns = clock_ns
        self._last_ns = clock_ns()
        self._notice = (notice, self._last_ns)
        self._pace = pygame.time.Clock()
        self.controls.begin()

    def loop(self) -> None:
        """Go on until the person leaves."""
        while not self.controls.leaving:
            self.turn()
            self._pace.tick(_FRAMES_PER_S if pygame.display.get_active() else _FRAMES_PER_S_UNSEEN)

    def turn(self) -> None:
        """Once round: listen, let time pass, show."""
        events = pygame.event.get()
        for event, following in zip_longest(events, events[1:]):
            if following is None or not event.type == following.type == pygame.MOUSEMOTION:
                self._hear(event)  # of several movements only the last one: what follows may take its time
        now_ns = self._clock_ns()
        if self._held_target is None:
            self.controls.pass_time(max(now_ns - self._last_ns, 0))
        self._last_ns = now_ns
        self._obey()
        self._age_notice(now_ns)
        self.show()

    def show(self) -> None:
        """Show the run as it is now; nothing while the window is minimised."""
        surface = pygame.display.get_surface()
        if surface is None or not pygame.display.get_active():
            return
        if not self._full_screen:
            self._size_px = surface.get_size()
        self.picture.show(surface, self.controls, self._look(surface.get_size()))
        names = self.picture.scene.targets if self.picture.scene else ()
        # what falls is for the pointer, and W lists what was lost; the cells of a sweep are for the arrows
        self.controls.targets = tuple(name for name in names if not name.startswith(("lost:", CELL)))

    def close(self) -> None:
        """Remember the settings and give the display back."""
        self.controls.close()
        if self._settings_file:
            settings = replace(self.controls.settings, size_px=self._size_px)
            with contextlib.suppress(OSError):  # a full disk must not keep anybody from leaving
                write_settings(self._settings_file, settings)
        pygame.display.quit()

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
                self._held_target = None
            case pygame.MOUSEMOTION:
                self._moved(event.pos)
            case pygame.MOUSEWHEEL:
                self.controls.wheel(self.picture.target_at(self._pointer_px), event.y)
            case pygame.DROPFILE:
                self.controls.drop(Path(event.file))
            case pygame.WINDOWLEAVE:
                self.controls.hover = None
            case pygame.WINDOWFOCUSLOST:
                self._held.clear()
                self._held_target = None
            case pygame.WINDOWEXPOSED | pygame.WINDOWRESTORED:
                self.picture.forget()

    def _key_down(self, event: pygame.Event) -> None:
        typed = getattr(event, "unicode", "")
        binding = keys.find(event.key, event.mod, typed, self.controls.contexts, modal=self.controls.modal)
        repeated = event.key in self._held
        self._held.add(event.key)
        if binding is None:
            self.controls.type(typed)
        elif binding.repeats or not repeated:
            self.controls.do(binding.act)

    def _button_down(self, pos_px: tuple[int, int]) -> None:
        self._pointer_px = pos_px
        name = self.picture.target_at(pos_px)
        if self.controls.help_open:
            self.controls.help_open = False
        elif name and self._drag(name):
            self._held_target = name
        elif name:
            self.controls.press(name)

    def _menu_button_down(self, pos_px: tuple[int, int]) -> None:
        """Open the menu of what lies under the pointer, whatever is open now but a dialog."""
        if self.controls.modal:
            return
        self._pointer_px = pos_px
        self.controls.help_open, self.controls.menu, self.controls.notice = False, None, None
        self.show()
        name = self.picture.target_at(pos_px)
        if name is not None:
            self.controls.open_menu(name, self.picture.place_of(pos_px))

    def _moved(self, pos_px: tuple[int, int]) -> None:
        self._pointer_px = pos_px
        if self._held_target is not None:
            self._drag(self._held_target)
        else:
            name = self.picture.target_at(pos_px)
            share = self.picture.share_of(name, pos_px) if name in ("timeline", PLOT) else None
            self.controls.point(name, share)

    def _drag(self, name: str) -> bool:
        """Hold a target where the pointer is."""
        share = self.picture.share_of(name, self._pointer_px)
        return share is not None and self.controls.drag(name, share)

    def _obey(self) -> None:
        """The title, and whether the window fills the screen, as they should be now."""
        title = _title(self.controls.run)
        if title != self._title:
            pygame.display.set_caption(title)
            self._title = title
        wanted = self.controls.settings.full_screen
        if wanted == self._full_screen:
            return
        if set_size(self._size_px, full_screen=wanted):
            self._full_screen = wanted
            self.picture.forget()
        else:
            self.controls.settings = replace(self.controls.settings, full_screen=self._full_screen)
            self.controls.notice = say("This display does not let the window fill the screen.")

    def _look(self, size_px: tuple[int, int]) -> Look:
        look = self.controls.look(*size_px, keys.labels())
        small = size_px[0] < SMALLEST_PX[0] or size_px[1] < SMALLEST_PX[1]
        if not small or look.notice:
            return look
        least = f"{SMALLEST_PX[0]} x {SMALLEST_PX[1]}"
        return replace(
            look, notice=say("This window is small: {size} or more is easier to read.", size=least)
        )


def _title(run: Run) -> str:
    return f"{translated(run.setup.title)} - failover visualizer"
