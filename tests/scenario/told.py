"""Scenarios that tell a story, and what becomes of them."""

import pytest

from visualizer.scenario import ScenarioError, parse
from visualizer.script.script import Beat, Script

HEAD = """\
title: T
duration: 20s
tiers: {firewall: {}, data: {sync: {link: {}}, heartbeat: {link: {}}}}
events: [{at: 11s, fault: lightning, target: firewall.primary}]
"""
ASK = """
        ask:
          question: "How many of {open}?"
          answer: survivors
          until: takeover
          because: "{lost} are gone."
          choices: [{value: right, belief: some}, {value: 0, belief: none}]
"""
NESTED = HEAD + "story:\n  chapters:\n    - title: One\n      beats:\n      - at: 1s\n" + ASK.lstrip("\n")


def told(beat: str) -> str:
    """A scenario with one beat, whose keys are given in braces."""
    return f"{HEAD}story: {{chapters: [{{title: One, beats: [{beat}]}}]}}\n"


def script_of(text: str, *overrides: str) -> Script:
    script = parse(text, "f.yaml", overrides).script
    assert script is not None
    return script


def beat_of(beat: str) -> Beat:
    return script_of(told(beat)).chapters[0].beats[0]


def lines_of(text: str, *overrides: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "f.yaml", overrides)
    return str(caught.value).splitlines()


def marked(text: str) -> tuple[str, str]:
    """The text without its mark ¦, and the place of the mark as problems name it."""
    before, after = text.split("¦")
    return before + after, f"f.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
