"""What one can choose from has words of its own, whatever it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import visualizer
from visualizer.script.wrong import ALL, NONE, suggestion


def kinds() -> Iterator[str]:
    """Those that the program names where it asks for a suggestion, or for one of several words."""
    for path in Path(visualizer.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            place = {"suggestion": 2, "_choice": 1}.get(call.func.id, 9)
            for argument in call.args[place : place + 1]:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def test_every_kind_has_its_words() -> None:
    found = set(kinds())
    assert {"policy", "figure", "tier"} <= found
    assert found <= set(ALL)
    assert set(NONE) <= set(ALL)


@pytest.mark.parametrize(
    ("word", "options", "kind", "said"),
    [
        ("sgnchronous", ("synchronous", "none"), "policy", "did you mean `synchronous`?"),
        ("?", ("synchronous", "none"), "policy", "the policies are: synchronous, none"),
        ("?", ("a",) * 21, "tier", f"the tiers are: {'a, ' * 20}..."),
        ("?", (), "site", "there is no site to choose from"),
    ],
)  # fmt: skip
def test_what_to_do_about_an_unknown_word(word: str, options: tuple[str, ...], kind: str, said: str) -> None:
    assert suggestion(word, options, kind) == said
