"""A page of HTML as a tree, by the parser that comes with Python; what is not well-formed is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = frozenset({"meta", "img", "br", "hr", "wbr", "link", "input", "col"})


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        """Those inside it, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.name in names:
                    yield child
                yield from child.all(*names)

    def the(self, name: str) -> Element:
        """The first inside it."""
        return next(self.all(name))

    def classed(self, name: str) -> Iterator[Element]:
        return (each for each in self.everything() if name in each.attributes.get("class", "").split())

    def everything(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.everything()

    @property
    def text(self) -> str:
        """What it says, with single spaces."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (self.getpos(), tag, names)
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, (self.getpos(), tag, self.open[-1].name)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    """The page; AssertionError where a tag is not closed, or closed twice."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], [each.name for each in reader.open]
    return reader.root


def table(root: Element, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so, its heads too, as what each cell says."""
    for each in root.all("table"):
        head = next(each.all("caption"), None)
        if head is not None and head.text.startswith(caption):
            return rows(each)
    raise KeyError(caption)


def rows(one: Element) -> list[list[str]]:
    return [[cell.text for cell in row.all("th", "td")] for row in one.all("tr")]
