"""What is remembered from one evening to the next: how the window looks and sounds. Never part of a run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

from visualizer.canvas.theme import theme_names
from visualizer.files import write_beside
from visualizer.language import say

MAX_PX = 16384
"""The largest window that pygame-ce makes."""

TEXT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True, slots=True)
class Settings:
    """`theme`: a name that `load_theme` takes. `size_px`: of the window, when it does not fill the screen.
    `full_screen`: whether it does. `text_scale`: one of `TEXT_SCALES`, how much larger than usual everything
    is. `sound`: whether it is on.
    """

    theme: str = "night"
    size_px: tuple[int, int] = (1280, 720)
    reduced_motion: bool = False
    text_scale: float = 1.0
    sound: bool = False
    full_screen: bool = False


def settings_path() -> Path:
    """Where this system keeps a program's settings."""
    return Path(platformdirs.user_config_dir("failover-visualizer", appauthor=False)) / "settings.json"


def state_folder() -> Path:
    """Where this system keeps what a program remembers of its own."""
    return Path(platformdirs.user_state_dir("failover-visualizer", appauthor=False))


def read_settings(path: Path) -> tuple[Settings, str | None]:
    """The settings in a file, and a notice when it cannot be used; without a file, the first ones."""
    try:
        return _settings(json.loads(path.read_bytes()[:4096])), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, RecursionError, TypeError, AttributeError):
        return Settings(), say("The remembered settings could not be read; these are the first ones again.")


def write_settings(path: Path, settings: Settings) -> None:
    """Remember them; OSError when that is not possible."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, json.dumps(asdict(settings), indent=1).encode() + b"\n")


def _settings(document: dict[str, object]) -> Settings:
    """What the document has, the rest as at first; ValueError, TypeError or AttributeError when something is
    not what it should be.
    """
    first = Settings()
    known = {field.name for field in fields(Settings)}
    found = replace(first, **{key: value for key, value in document.items() if key in known})  # type: ignore[arg-type]
    width, height = found.size_px
    whole = all(type(side) is int and 1 <= side <= MAX_PX for side in (width, height))
    switches = all(type(switch) is bool for switch in (found.reduced_motion, found.sound, found.full_screen))
    if found.theme not in theme_names() or found.text_scale not in TEXT_SCALES or not (whole and switches):
        raise ValueError("not settings of this program")
    return replace(found, size_px=(width, height), text_scale=float(found.text_scale))
