"""The font has every letter that the program writes: none shows as an empty box."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import font_source_sans_pro
import pygame
import pytest

import visualizer

_ROOMS = ("app", "lab", "scene", "sim", "story")
"""Whose words are painted; `keycaps` and `keys` name arrows."""

FILES = (
    font_source_sans_pro.SourceSansPro,
    font_source_sans_pro.SourceSansProSemibold,
    font_source_sans_pro.SourceSansProBold,
)


def written(source: str) -> Iterator[str]:
    """All strings of a module but its docstrings."""
    tree = ast.parse(source)
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def letters() -> dict[str, str]:
    """Each letter beyond ASCII, and a module that writes it."""
    home = Path(visualizer.__file__).parent
    paths = [path for room in _ROOMS for path in sorted((home / room).glob("*.py"))]
    return {
        letter: path.name
        for path in paths
        for text in written(path.read_text("utf-8"))
        for letter in text
        if ord(letter) > 126
    }


@pytest.mark.parametrize("file", FILES, ids=["regular", "semibold", "bold"])
def test_no_letter_is_missing(file: str) -> None:
    pygame.font.init()
    font = pygame.font.Font(file, 20)

    def drawn(letter: str) -> bytes:
        return pygame.image.tobytes(font.render(letter, True, "white"), "RGBA")

    box, found = drawn("\ufffe"), letters()
    assert found
    assert not {letter: name for letter, name in found.items() if drawn(letter) == box}
