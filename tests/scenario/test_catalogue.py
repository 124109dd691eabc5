"""The tables in the READMEs of scenarios and presets say what the files themselves say.

`CATALOGUE=write python -m pytest tests/scenario/test_catalogue.py` writes them again.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from visualizer import files
from visualizer.scenario import load, load_preset, preset_names, shipped_names

TABLE = re.compile(
    r"(<!-- written by tests/scenario/test_catalogue.py -->\n)(.*?)(<!-- end -->\n)", re.DOTALL
)


def scenarios() -> Iterator[str]:
    yield from ("| scenario | what it shows |", "|---|---|")
    for name in shipped_names():
        setup = load(name).setup
        yield f"| [`{name}`]({name}.yaml) | **{setup.title}.** {setup.description} |"


def presets() -> Iterator[str]:
    yield from ("| preset | product | what it does |", "|---|---|---|")
    for name in preset_names():
        preset = load_preset(name)
        yield f"| [`{name}`]({name}.yaml) | {preset.title} | {preset.summary} |"


@pytest.mark.parametrize(
    ("readme", "rows"),
    [
        (files.shipped("scenarios") / "README.md", scenarios),
        (files.shipped("assets") / "presets" / "README.md", presets),
    ],
    ids=["scenarios", "presets"],
)
def test_the_table_is_current(readme: Path, rows: Callable[[], Iterator[str]]) -> None:
    text = readme.read_text(encoding="utf-8")
    table = "".join(f"{row}\n" for row in rows())
    current, tables = TABLE.subn(lambda found: found[1] + table + found[3], text)
    assert tables == 1
    if os.environ.get("CATALOGUE") == "write":
        readme.write_text(current, encoding="utf-8", newline="\n")
    assert readme.read_text(encoding="utf-8") == current, "write it again; this file says how"
