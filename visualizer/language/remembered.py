"""The language that somebody chose, kept from one start to the next."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from visualizer.files import write_beside
from visualizer.language.catalogues import languages
from visualizer.language.speaking import ENGLISH


def language_path() -> Path:
    """Where it is written down: one word."""
    return Path(platformdirs.user_config_dir("failover-visualizer", appauthor=False)) / "language"


def remembered() -> str:
    """The code that was chosen last; English where none was, or one that there is no more."""
    try:
        code = language_path().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ENGLISH
    return code if code in languages() else ENGLISH


def remember(code: str) -> None:
    """For the next start; OSError when that is not possible."""
    path = language_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, f"{code}\n".encode())
