"""The README of the scenarios tells all that a story can say: its example works, and its tables are current.

`CATALOGUE=write python -m pytest tests/scenario/test_story_readme.py` writes the tables again.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest

from visualizer import files
from visualizer.scenario import parse
from visualizer.script.figures import FIGURES
from visualizer.script.moments import MOMENTS
from visualizer.script.quantities import part_names
from visualizer.sim.setup import US_PER_S
from visualizer.story.screenplay import screenplay
from visualizer.timeline import Run

README = files.shipped("scenarios") / "README.md"
EXAMPLE = re.compile(r"<!-- the example;.*?-->\n```yaml\n(.*?)```\n", re.DOTALL)


def moments() -> Iterator[str]:
    yield from ("| moment | it is the moment when ... | `of` |", "|---|---|---|")
    for name, moment in MOMENTS.items():
        yield f"| `{name}` | {moment.summary} | {moment.parts} |"


def figures() -> Iterator[str]:
    yield from ("| figure | what it is | `of` |", "|---|---|---|")
    for name, figure in FIGURES.items():
        yield f"| `{name}` | {figure.summary} | {part_names(figure)} |"


@pytest.mark.parametrize(("name", "rows"), [("moments", moments), ("figures", figures)])
def test_the_table_is_current(name: str, rows: Callable[[], Iterator[str]]) -> None:
    text = README.read_text(encoding="utf-8")
    table = re.compile(rf"(<!-- {name}, .*? -->\n)(.*?)(<!-- end of {name} -->\n)", re.DOTALL)
    said = "".join(f"{row}\n" for row in rows())
    current, tables = table.subn(lambda found: found[1] + said + found[3], text)
    assert tables == 1
    if os.environ.get("CATALOGUE") == "write":
        README.write_text(current, encoding="utf-8", newline="\n")
    assert README.read_text(encoding="utf-8") == current, "write it again; this file says how"


def test_the_example_is_told_from_its_first_beat_to_its_last() -> None:
    [example] = EXAMPLE.findall(README.read_text(encoding="utf-8"))
    scenario = parse(example, "example.yaml")
    assert scenario.script is not None
    run = Run(scenario.setup)
    run.compute(scenario.setup.duration_us)
    told = screenplay(scenario.script, scenario.setup, run.events, run.state_at)
    assert not told.left_out
    assert len(told.beats) == sum(len(chapter.beats) for chapter in scenario.script.chapters)
    said = {beat.at_us: beat.sentence for beat in told.beats}
    assert said[9 * US_PER_S] == "The last copy: the secondary has 91 sessions."
    assert said[11 * US_PER_S] == "The primary is dead, and 19 sessions are gone with it."
    assert said[13 * US_PER_S] == "It takes over after 2 s."
    [question] = [beat.question for beat in told.beats if beat.question]
    state = run.state_at(question.until_us)
    assert [choice.value for choice in question.choices] == [110, 91, 0]
    assert question.result(state) == 91
    assert question.because(state) == "19 had opened since the last copy, at 9.0 s."


def test_the_example_is_told_of_other_intervals_too() -> None:
    """The strike stays in its chapter, the figures follow."""
    [example] = EXAMPLE.findall(README.read_text(encoding="utf-8"))
    for interval, lost in (("1s", 9), ("2s", 9), ("4s", 29), ("5s", 9), ("7s", 39)):
        scenario = parse(example, "example.yaml", [f"tiers.firewall.sync.interval={interval}"])
        assert scenario.script is not None
        run = Run(scenario.setup)
        run.compute(scenario.setup.duration_us)
        told = screenplay(scenario.script, scenario.setup, run.events, run.state_at)
        assert not told.left_out
        sentences = [beat.sentence for beat in told.beats]
        assert f"The primary is dead, and {lost} sessions are gone with it." in sentences
