"""What is wrong in the key `lesson`: each mistake at its place in plain words."""

import pytest
from scenario.told import lines_of, marked, told

LESSON = """\
lesson:
  aim: Tell which sessions are lost.
  alone: Strike right after a sync.
  misconceptions: [{belief: All is copied., instead: "{lost} sessions were not."}]
  otherwise: [{when: Nothing is lost., say: Strike again.}]
  sources: [{figure: Ticks, source: "man: conntrackd.conf(5)"}]
"""
MISCONCEPTIONS = '[{belief: All is copied., instead: "{lost} sessions were not."}]'
CASES = "[{when: Nothing is lost., say: Strike again.}]"
SOURCES = '[{figure: Ticks, source: "man: conntrackd.conf(5)"}]'


def many(entries: str, count: int) -> str:
    return f"¦[{', '.join([entries[1:-1]] * count)}]"


MISTAKES = {
    ("aim: Tell which", "¦goal: Tell which"): (
        "the key `goal` is unknown here; the keys are: aim, alone, misconceptions, otherwise, sources"
    ),
    ("{lost}", "{lots}"): "lesson.misconceptions.0.instead: there is no figure `lots`; did you mean `lost`?",
    ("aim: Tell which sessions are lost.", "aim: ¦''"): "lesson.aim: the text is empty; write a few words",
    (MISCONCEPTIONS, "¦[]"): (
        "`lesson.misconceptions` is not a list of 1 to 8 misconceptions; write at least one below it"
    ),
    (MISCONCEPTIONS, many(MISCONCEPTIONS, 9)): (
        "`lesson.misconceptions` is not a list of 1 to 8 misconceptions; take some away"
    ),
    (CASES, "¦[]"): "`lesson.otherwise` is not a list of 1 to 8 such cases; write at least one below it",
    (CASES, many(CASES, 9)): "`lesson.otherwise` is not a list of 1 to 8 such cases; take some away",
    (SOURCES, "¦[]"): "`lesson.sources` is not a list of 1 to 16 sources; say where each figure comes from",
    (SOURCES, many(SOURCES, 17)): "`lesson.sources` is not a list of 1 to 16 sources; take some away",
    (SOURCES, "¦book"): "`lesson.sources` is not a list; start each line below it with `- `",
}


@pytest.mark.parametrize("change", MISTAKES)
def test_each_mistake_is_told_at_its_place(change: tuple[str, str]) -> None:
    assert change[0] in LESSON
    text = told("{at: start, say: x}") + LESSON.replace(*change, 1)
    place = None
    if "¦" in text:
        text, place = marked(text)
    lines = lines_of(text)
    wanted = f"{place}: {MISTAKES[change]}" if place else MISTAKES[change]
    assert any(line.endswith(wanted) and line.startswith("f.yaml:") for line in lines), lines
