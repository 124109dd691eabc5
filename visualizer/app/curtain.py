"""What is seen while the program is still being loaded: the window, with its background and a word."""

from __future__ import annotations

import argparse
from pathlib import Path

import pygame

from visualizer.app.display import NoDisplay, open_window
from visualizer.app.settings import Settings, read_settings, settings_path
from visualizer.canvas.painter import Painter
from visualizer.canvas.surface import WrongPygameError
from visualizer.canvas.text import FontMissingError
from visualizer.canvas.theme import ThemeError, load_theme
from visualizer.files import shipped
from visualizer.language import say
from visualizer.scene.primitives import Scene, Text

_SIZE = 21.5


def raise_curtain(options: argparse.Namespace) -> None:
    """Open the window that the command line asks for, unless there is nothing to show in it.

    Whatever is wrong comes up again, and is told, when the picture is to be shown.
    """
    if not _is_there(options.scenario):
        return
    settings = Settings() if options.fresh else read_settings(settings_path())[0]
    try:
        theme = load_theme(options.theme or settings.theme)
        surface = open_window(options.size or settings.size_px, "failover visualizer")
        width, height = surface.get_size()
        word = Text(width / 2, height / 2, say("opening ..."), _SIZE, "text_dim", anchor="centre")
        Painter(theme, (width, height)).paint(Scene(width, height, (), (word,)), surface)
        pygame.display.flip()
    except (NoDisplay, WrongPygameError, ThemeError, FontMissingError):
        pass


def _is_there(scenario: str | None) -> bool:
    """A name that was mistyped must not make a window flash."""
    try:
        return (
            scenario is None
            or Path(scenario).exists()
            or (shipped("scenarios") / f"{scenario}.yaml").is_file()
        )
    except (OSError, ValueError):
        return False
