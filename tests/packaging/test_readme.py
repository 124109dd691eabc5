"""What the README and the other documents promise: commands that CI runs, links that lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTRACTOR = Path(__file__).with_name("readme_command.py")
LINK = re.compile(r"""(?:\]\(|(?:src|srcset|href)=")\s*([^)\s"]+)""")
DOCUMENTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part in {"build", "dist"} for part in path.relative_to(ROOT).parts)
)


def extract(name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, EXTRACTOR, name], capture_output=True, text=True, check=False)


def relative_links(document: Path) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return [link for link in LINK.findall(prose) if not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("name", ["run", "test"])
def test_the_readme_has_one_set_up_command_that_starts_from_nothing(name: str) -> None:
    result = extract(name)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("python3 -m venv .venv && .venv/bin/pip install -e ")
    assert result.stdout.count("\n") == 1


def test_the_test_command_runs_pytest_and_the_run_command_the_program() -> None:
    assert extract("test").stdout.strip().endswith(".venv/bin/python -m pytest")
    assert extract("run").stdout.strip().endswith(".venv/bin/failover-visualizer")


def test_a_command_that_is_not_there_is_an_error() -> None:
    result = extract("launch")
    assert result.returncode != 0
    assert "README.md has 0 commands marked 'launch'" in result.stderr


def test_the_link_check_sees_links_of_every_kind(tmp_path: Path) -> None:
    document = tmp_path / "x.md"
    document.write_text(
        '[a](b.md#c) ![p](d.png) <img src="e.svg">\n'
        "[far](https://example.org) [here](#x)\n"
        "```\n[no](f.md)\n```\n"
    )
    assert relative_links(document) == ["b.md#c", "d.png", "e.svg"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_of_a_document_leads_to_a_file(document: Path) -> None:
    targets = {link: document.parent / link.partition("#")[0] for link in relative_links(document)}
    assert [link for link, target in targets.items() if not target.exists()] == []
