"""What a file on a list is, without judging it."""

from __future__ import annotations

from pathlib import Path

import pytest

from visualizer.files import shipped
from visualizer.scenario import headline, load, shipped_names
from visualizer.scenario.headline import LARGEST_BYTES

ARTICLE = (shipped("scenarios") / "article.yaml").read_text()


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_has_its_own(name: str) -> None:
    path = shipped("scenarios") / f"{name}.yaml"
    setup, about = load(name).setup, headline(path)
    assert about is not None
    assert (about.title, about.description) == (setup.title, " ".join(setup.description.split()))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ARTICLE, "The miss"),
        (ARTICLE + "  - {", "The miss"),
        (ARTICLE.replace("title: The miss", "title: [a, b]"), "file"),
        (ARTICLE.replace("title: The miss", "title: {"), "file"),
        ("tiers: {a: {}}\ntitle: Below\n", "Below"),
        ("{title: In a line, tiers: {a: {}}}\n", "In a line"),
        ("tiers: {a: [\ntitle: Below\n", "file"),
        ("services: {web: {image: nginx}}\n", None),
        ("title: A page\n", None),
        ("- 1\n", None),
        ("", None),
        ("tiers: [", None),
    ],
)
def test_what_looks_like_a_scenario_is_one(tmp_path: Path, text: str, title: str | None) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text)
    about = headline(path)
    assert (about.title if about else None) == title


def test_a_large_file_is_listed_unread_and_what_is_none_is_not(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_text("#" * (LARGEST_BYTES + 1))
    about = headline(large)
    assert about is not None
    assert about.title == "large"
    (tmp_path / "noise.yaml").write_bytes(bytes(range(256)))
    assert headline(tmp_path / "noise.yaml") is None
    assert headline(tmp_path / "missing.yaml") is None
    assert headline(tmp_path) is None
