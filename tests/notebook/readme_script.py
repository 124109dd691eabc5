"""The script of the main README, and what it says that it prints."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def block(mark: str) -> str:
    """The fenced block right after the comment `<!-- MARK -->`."""
    pattern = rf"^<!-- {re.escape(mark)} -->\n```\w*\n(.*?)^```$"
    (found,) = re.findall(pattern, README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return str(found)


def script() -> str:
    return block("script: python")


def printed() -> str:
    return block("printed: python")
