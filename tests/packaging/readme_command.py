"""Prints one of README.md's own commands: `python3 tests/packaging/readme_command.py test`.

A command is the fenced block right after the comment `<!-- command: NAME -->`. CI runs what this prints, so
that what the README tells people and what is checked cannot drift apart. Standard library only: CI calls it
before anything is installed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def readme_command(name: str, text: str | None = None) -> str:
    """The command marked `name`; LookupError when there is none, or more than one."""
    text = README.read_text(encoding="utf-8") if text is None else text
    pattern = rf"^<!-- command: {re.escape(name)} -->\n```\w*\n(.*?)\n```$"
    found = re.findall(pattern, text, flags=re.MULTILINE | re.DOTALL)
    if len(found) != 1:
        raise LookupError(f"README.md has {len(found)} commands marked {name!r}; there must be exactly one")
    return str(found[0])


if __name__ == "__main__":
    print(readme_command(sys.argv[1]))
