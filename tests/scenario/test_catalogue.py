"""The tables in the READMEs of scenarios and presets say what the files themselves say.

`CATALOGUE=write python -m pytest tests/scenario/test_catalogue.py` writes them again.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from visualizer import files
from visualizer.ledger import summarise
from visualizer.scenario import load, load_preset, preset_names, shipped_names
from visualizer.sim import advance, start
from visualizer.sim.setup import Setup

MOST_FAILOVERS = 3

TABLE = re.compile(
    r"(<!-- written by tests/scenario/test_catalogue.py -->\n)(.*?)(<!-- end -->\n)", re.DOTALL
)


def scenarios() -> Iterator[str]:
    yield "| scenario | what happens, and what it teaches | sessions lost | met nobody | RPO, RTO |"
    yield "|---|---|---|---|---|"
    for name in shipped_names():
        setup = load(name).setup
        yield f"| [`{name}`]({name}.yaml) | **{setup.title}.** {setup.description} | {figures(setup)} |"


def figures(setup: Setup) -> str:
    """What the run really gives: no figure in the table is typed in by hand."""
    state = start(setup)
    advance(state, setup.duration_us)
    found = summarise(state)
    loss, gap = found["state_loss"], found["interruption"]
    objectives = [
        f"{one['tier']}: {seconds(one['achieved_rpo_s'])}, {seconds(one['achieved_rto_s'])}"
        for one in found["failovers"][:MOST_FAILOVERS]
    ]
    if len(found["failovers"]) > MOST_FAILOVERS:
        objectives.append(f"and {len(found['failovers']) - MOST_FAILOVERS} more")
    lost, met = counts(loss["sessions"], loss["by_cause"]), counts(gap["requests"], gap["by_cause"])
    return f"{lost} | {met} | {'; '.join(objectives) or 'no failover'}"


def counts(total: int, by_cause: dict[str, int]) -> str:
    if len(by_cause) < 2:
        return f"{total:,} {''.join(f'`{cause}`' for cause in by_cause)}".rstrip()
    return f"{total:,}: {', '.join(f'{count:,} `{cause}`' for cause, count in by_cause.items())}"


def seconds(value: float | None) -> str:
    return "none" if value is None else f"{value:.6f}".rstrip("0").rstrip(".") + " s"


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
