"""What is remembered from one evening to the next: theme, window size, less motion. Never part of a run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import platformdirs

from visualizer.canvas.theme import theme_names
from visualizer.files import write_beside

MAX_PX = 16384
"""The largest window that pygame-ce makes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme`: a name that `load_theme` takes. `size_px`: of the window, when it does not fill the screen."""

    theme: str = "night"
    size_px: tuple[int, int] = (1280, 720)
    reduced_motion: bool = False


def settings_path() -> Path:
    """Where this system keeps a program's settings."""
    return Path(platformdirs.user_config_dir("failover-visualizer", appauthor=False)) / "settings.json"


def read_settings(path: Path) -> tuple[Settings, str | None]:
    """The settings in a file, and a notice when it cannot be used; without a file, the first ones."""
    try:
        return _settings(json.loads(path.read_bytes()[:4096])), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, RecursionError, TypeError, KeyError):
        return Settings(), "The remembered settings could not be read; these are the first ones again."


def write_settings(path: Path, settings: Settings) -> None:
    """Remember them; OSError when that is not possible."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, json.dumps(asdict(settings), indent=1).encode() + b"\n")


def _settings(document: dict[str, object]) -> Settings:
    """ValueError, TypeError or KeyError when something is not what it should be."""
    theme, size, reduced = document["theme"], document["size_px"], document["reduced_motion"]
    if theme not in theme_names() or not isinstance(reduced, bool) or not isinstance(size, list):
        raise ValueError("not settings of this program")
    width, height = size
    if not all(type(side) is int and 1 <= side <= MAX_PX for side in (width, height)):
        raise ValueError("not the size of a window")
    return Settings(str(theme), (width, height), reduced)
