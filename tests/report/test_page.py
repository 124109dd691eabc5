"""Every shipped scenario makes a page that is whole, needs nothing beside it, and can be read by anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from report.page_reader import Element, read

from visualizer.scenario import shipped_names


@pytest.fixture(params=shipped_names())
def root(request: pytest.FixtureRequest, page: Callable[..., str]) -> Element:
    return read(page(request.param))


def test_the_page_is_whole_and_stands_alone(root: Element):
    every = list(root.everything())
    ids = [each.attributes["id"] for each in every if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in every:
        assert each.name not in {"script", "link", "iframe", "object", "embed", "base", "form"}
        assert not any(name.startswith("on") for name in each.attributes)
        address = (
            each.attributes.get("src") or each.attributes.get("href") or each.attributes.get("xlink:href", "")
        )
        if address.startswith("#"):
            assert address[1:] in ids
        elif each.name == "a":
            assert address.startswith(("http://", "https://"))
            assert each.attributes["rel"] == "noreferrer"
        elif address:
            assert address.startswith("data:")
    style = root.the("style").text
    assert "http" not in style
    assert "@import" not in style
    (policy,) = (each.attributes["content"] for each in root.all("meta") if "http-equiv" in each.attributes)
    assert "default-src 'none'" in policy


def test_the_page_can_be_heard(root: Element):
    assert root.the("html").attributes["lang"] == "en"
    assert root.the("title").text
    assert len(list(root.all("main"))) == len(list(root.all("h1"))) == 1
    levels = [int(each.name[1]) for each in root.all("h1", "h2", "h3")]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for image in root.all("img"):
        assert len(image.attributes["alt"]) > 10
    for table in root.all("table"):
        heads = list(table.all("th"))
        assert heads
        assert all(head.attributes.get("scope") in ("row", "col") for head in heads)
    ids = {each.attributes.get("id") for each in root.everything()}
    assert all(section.attributes["aria-labelledby"] in ids for section in root.all("section"))


def test_nothing_reads_like_a_program(root: Element):
    body = " ".join(
        each.text for each in (root.the("header"), *root.all("h2", "h3", "p", "td", "th", "figcaption"))
    )
    assert not re.search(
        r"None|\bnan\b|_us\b|Undefined|[{]{2}|[}]{2}|(?<![\d\u2009.])1 (sessions|losses|transactions)", body
    )
