"""Sections put together to one page of HTML that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from visualizer.language import marked, say, say_many, spoken, translated
from visualizer.report.fonts import font_faces


@dataclass(frozen=True, slots=True)
class Section:
    """`key`: its anchor, and the name of its template."""

    key: str
    title: str


SECTIONS = (
    Section("setting", marked("What was set up")),
    Section("happened", marked("What happened")),
    Section("cost", marked("What it cost")),
    Section("losses", marked("Why each of them was lost")),
    Section("instants", marked("If it had struck at another instant")),
    Section("chance", marked("The same design many times")),
    Section("sources", marked("Where the figures come from")),
    Section("again", marked("How to make it again")),
)
"""In the order of the page."""


def page(context: Mapping[str, object]) -> str:
    """The whole page; `context` has what each template reads, by name. What is missing is an error."""
    return filled("page.html", {"sections": SECTIONS, "language": spoken().code, **context})


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
