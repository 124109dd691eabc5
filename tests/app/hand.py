"""A person's hands on the real window: clicks, keys, drags, and a wall clock that the test moves."""

from __future__ import annotations

import pygame

from visualizer.app.controls import Controls
from visualizer.app.window import Window
from visualizer.canvas.view import View
from visualizer.scene.primitives import Text

FRAME_NS = 16_666_667


class Hand:
    """`window` is the window that it works on; `now_ns` the time on its wall clock."""

    window: Window

    def __init__(self) -> None:
        self.now_ns = 0

    @property
    def controls(self) -> Controls:
        return self.window.controls

    def words(self) -> list[str]:
        """Every text of the picture, what is kept first."""
        scene = self.window.picture.scene
        return [item.content for item in (*scene.still, *scene.moving) if isinstance(item, Text)]

    def turn(self, count: int = 1, frame_ns: int = FRAME_NS) -> None:
        for _ in range(count):
            self.now_ns += frame_ns
            self.window.turn()

    def key(self, key: int, mod: int = 0, typed: str = "") -> None:
        pygame.event.post(pygame.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=typed))
        pygame.event.post(pygame.Event(pygame.KEYUP, key=key, mod=mod))
        self.turn()

    def place(self, name: str, share: float = 0.5) -> tuple[int, int]:
        """The pixel at `share` of the width of a target, in its middle."""
        scene = self.window.picture.scene
        box = scene.targets[name]
        view = View.of(scene, pygame.display.get_surface().get_size())
        x, y = view.to_pixel(box.x + share * box.width, box.y + box.height / 2)
        return int(x), int(y)

    def move(self, pos: tuple[int, int]) -> None:
        pygame.event.post(pygame.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)))
        self.turn()

    def button(self, down: bool, pos: tuple[int, int]) -> None:
        kind = pygame.MOUSEBUTTONDOWN if down else pygame.MOUSEBUTTONUP
        pygame.event.post(pygame.Event(kind, pos=pos, button=1))
        self.turn()

    def click(self, name: str, share: float = 0.5) -> None:
        pos = self.place(name, share)
        self.move(pos)
        self.button(True, pos)
        self.button(False, pos)

    def drag(self, name: str, start: float, end: float) -> None:
        self.move(self.place(name, start))
        self.button(True, self.place(name, start))
        self.move(self.place(name, (start + end) / 2))
        self.move(self.place(name, end))
        self.button(False, self.place(name, end))

    def wheel(self, notches: int) -> None:
        pygame.event.post(pygame.Event(pygame.MOUSEWHEEL, x=0, y=notches, flipped=False))
        self.turn()

    def resize(self, size: tuple[int, int]) -> None:
        pygame.display.set_mode(size, pygame.RESIZABLE)
        self.turn(2)

    def play_to(self, at_us: int) -> None:
        """Play until the playhead has reached `at_us`, then pause."""
        self.key(pygame.K_SPACE)
        while self.controls.playing and self.controls.run.now_us < at_us:
            self.turn()
        if self.controls.playing:
            self.key(pygame.K_SPACE)
