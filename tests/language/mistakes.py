"""Scenarios with mistakes in them, collected from the tests of the format: each with one or several."""

from __future__ import annotations

from pathlib import Path

from scenario.test_bad_input import BAD
from scenario.test_checks import HEAD, TIERS
from scenario.test_problems import MANY
from scenario.test_scalars import AMBIGUOUS
from scenario.test_story_mistakes import BEATS, QUESTIONS
from scenario.told import NESTED, told

from visualizer.scenario import ScenarioError, load

_LONG = 50_000


def mistakes() -> dict[str, bytes]:
    """The content of each file, by a few words about it."""
    tiers = {keys: f"{HEAD}tiers: {{a: {{{keys}}}}}\n" for keys in TIERS}
    beats = {beat: told(beat) for beat in BEATS}
    questions = {" ".join(change): NESTED.replace(*change, 1) for change in QUESTIONS}
    words = {f"title: {word}": f"title: {word}\n" for word in AMBIGUOUS}
    texts = {"many": MANY, **tiers, **beats, **questions, **words}
    plain = {name: text.replace("¦", "").encode() for name, text in texts.items()}
    return plain | {name: content for name, (content, _) in BAD.items() if len(content) < _LONG}


def lines_of(content: bytes, path: Path) -> list[str]:
    """What is said of a file."""
    path.write_bytes(content)
    try:
        load(path)
    except ScenarioError as error:
        return str(error).splitlines()
    raise AssertionError(f"{content!r} is right")
