"""Sections put together to one page of HTML that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from visualizer.language import say, say_many, translated
from visualizer.report.fonts import font_faces


@dataclass(frozen=True, slots=True)
class Section:
    """`key`: its anchor, and the name of its template."""

    key: str
    title: str


SECTIONS = (
    Section("setting", "What was set up"),
    Section("happened", "What happened"),
    Section("cost", "What it cost"),
    Section("losses", "Why each of them was lost"),
    Section("instants", "If it had struck at another instant"),
    Section("chance", "The same design many times"),
    Section("sources", "Where the figures come from"),
    Section("again", "How to make it again"),
)
"""In the order of the page."""


def page(context: Mapping[str, object]) -> str:
    """The whole page; `context` has what each template reads, by name. What is missing is an error."""
    return filled("page.html", {"sections": SECTIONS, **context})


def filled(template: str, context: Mapping[str, object]) -> str:
    """A page from its template, with the fonts in it."""
    environment = Environment(
        loader=PackageLoader("visualizer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(say=say, say_many=say_many, translated=translated)
    return environment.get_template(template).render(fonts=Markup(font_faces()), **context)
