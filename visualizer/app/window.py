"""The window: the only loop, the only place that listens and the only one that shows a picture."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import pygame

from visualizer.app import keys
from visualizer.app.controls import Controls, Save
from visualizer.app.display import open_window, set_size
from visualizer.app.settings import Settings, read_settings, settings_path, write_settings
from visualizer.canvas.painter import Painter
from visualizer.canvas.theme import load_theme, theme_names
from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.view import view
from visualizer.timeline.run import Run

SMALLEST_PX = (960, 540)
"""Below this the picture is still shown, but cannot be read well: a notice says so."""

_NOTHING_PX = 64  # below this there is no room for any picture
_FRAMES_PER_S = 60
_TOO_SMALL = f"This window is small: {SMALLEST_PX[0]} x {SMALLEST_PX[1]} or more is easier to read."


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
    """A window on a run. `theme` and `size_px` win over what is remembered; `fresh` remembers nothing.

    `clock_ns` is the wall clock. `controls` is what the person does; `scene` the picture shown last.
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
        self._remember = None if fresh else settings_file or settings_path()
        settings, notice = read_settings(self._remember) if self._remember else (Settings(), None)
        self._theme = load_theme(theme or settings.theme)
        self.controls = Controls(run, save, reduced_motion=settings.reduced_motion)
        self.controls.notice = notice
        self._size_px = size_px or settings.size_px
        self._full_screen = False
        surface = open_window(self._size_px, f"{run.setup.title} - failover visualizer")
        self._painter = Painter(self._theme, surface.get_size())
        self._source = FrameSource(run)
        self.scene: Scene | None = None
        self._shown: object = None
        self._held: set[int] = set()
        self._scrubbing = False
        self._clock_ns = clock_ns
        self._last_ns = clock_ns()
        self._pace = pygame.time.Clock()

    def loop(self) -> None:
        """Go on until the person leaves."""
        while not self.controls.leaving:
            self.turn()
            self._pace.tick(_FRAMES_PER_S if pygame.display.get_active() else 10)

    def turn(self) -> None:
        """Once round: listen, let time pass, show."""
        for event in pygame.event.get():
            self._hear(event)
        now_ns = self._clock_ns()
        if not self._scrubbing:
            self.controls.elapse(now_ns - self._last_ns)
        self._last_ns = now_ns
        self.show()

    def close(self) -> None:
        """Remember the settings and give the display back."""
        with contextlib.suppress(OSError):  # a full disk must not keep anybody from leaving
            self._write_settings()
        pygame.display.quit()

    # listening

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
                self._shown = None

    def _key_down(self, event: pygame.Event) -> None:
        binding = keys.find(event.key, event.mod, getattr(event, "unicode", ""))
        repeated = event.key in self._held
        self._held.add(event.key)
        if binding is None or (repeated and not binding.repeats):
            return
        self.do(binding.act)

    def _button_down(self, pos_px: tuple[int, int]) -> None:
        name = self._target_at(pos_px)
        if self.controls.help_open:
            self.controls.help_open = False
        elif name == "timeline":
            self._scrubbing = True
            self._scrub(pos_px)
        elif name:
            self.controls.press(name)

    def _moved(self, pos_px: tuple[int, int]) -> None:
        if self._scrubbing:
            self._scrub(pos_px)
        else:
            self.controls.point(self._target_at(pos_px))

    def _wheel(self, notches: int) -> None:
        if self._target_at(pygame.mouse.get_pos()) == "timeline":
            self.controls.step(notches)
        else:
            self.controls.change_speed(notches)

    def _scrub(self, pos_px: tuple[int, int]) -> None:
        if self.scene and "timeline" in self.scene.targets:
            box = self.scene.targets["timeline"]
            x, _ = self._painter.to_logical(self.scene, *pos_px)
            self.controls.scrub((x - box.x) / box.width)

    def _target_at(self, pos_px: tuple[int, int]) -> str | None:
        """The topmost target under a pixel."""
        if self.scene is None:
            return None
        point = self._painter.to_logical(self.scene, *pos_px)
        hits = [name for name, box in self.scene.targets.items() if box.contains(*point)]
        return hits[-1] if hits else None

    def do(self, act: str) -> None:
        """Do an act of the hot-key table: one of the window's own, or one of the controls'."""
        match act:
            case "theme":
                self._next_theme()
            case "full_screen":
                self._toggle_full_screen()
            case _:
                self.controls.do(act)

    # showing

    def show(self) -> None:
        """Draw and show the picture, unless the same one is there already or nobody can see it."""
        surface = pygame.display.get_surface()
        if surface is None or not pygame.display.get_active():
            return
        size_px = surface.get_size()
        look = self._look(size_px)
        run = self.controls.run
        now = (look, run, run.now_us, run.acts, self._theme.name)
        if now == self._shown:
            return
        if min(size_px) < _NOTHING_PX:
            self.scene = None
            surface.fill(self._theme.colour("background"))
        else:
            self._paint(surface, look)
        pygame.display.flip()
        self._shown = now

    def _paint(self, surface: pygame.Surface, look: Look) -> None:
        if self._source.run is not self.controls.run:
            self._source = FrameSource(self.controls.run)
        if self._painter.size_px != surface.get_size() or self._painter.theme is not self._theme:
            self._painter = Painter(self._theme, surface.get_size())
        self.scene = view(self._source.frame(), look)
        self.controls.targets = tuple(self.scene.targets)
        self._painter.paint(self.scene, surface)

    def _look(self, size_px: tuple[int, int]) -> Look:
        controls = self.controls
        small = size_px[0] < SMALLEST_PX[0] or size_px[1] < SMALLEST_PX[1]
        if not self._full_screen:
            self._size_px = size_px
        return Look(
            width_px=size_px[0],
            height_px=size_px[1],
            playing=controls.playing,
            speed=controls.speed,
            hover=controls.hover,
            focus=controls.focus,
            help_open=controls.help_open,
            reduced_motion=controls.reduced_motion,
            notice=controls.notice or (_TOO_SMALL if small else None),
            keys=keys.labels(),
        )

    def _next_theme(self) -> None:
        names = theme_names()
        self._theme = load_theme(names[(names.index(self._theme.name) + 1) % len(names)])
        self.controls.notice = f"Theme: {self._theme.title}."

    def _toggle_full_screen(self) -> None:
        size_px = self._size_px
        if set_size(size_px, full_screen=not self._full_screen):
            self._full_screen = not self._full_screen
        else:
            self.controls.notice = "This display does not let the window fill the screen."
        self._shown = None

    def _write_settings(self) -> None:
        if self._remember:
            settings = Settings(self._theme.name, self._size_px, self.controls.reduced_motion)
            write_settings(self._remember, settings)
