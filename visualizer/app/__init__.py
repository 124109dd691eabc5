"""The window on a run. `play` opens it; `NoDisplay` says that there is no screen to open it on."""

from visualizer.app.display import NoDisplay
from visualizer.app.window import Window, play

__all__ = ["NoDisplay", "Window", "play"]
