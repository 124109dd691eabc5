"""Texts with figures in them: "{lost|session|sessions} lost, {exposed of firewall} at risk".

Between braces stands a quantity (see `quantities`); behind bars the words for one and for several of it. A
brace that is meant is written twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from visualizer.language import say, translated
from visualizer.script.anchors import Parts
from visualizer.script.quantities import Quantity, Telling, quantity_of, text_of
from visualizer.script.spots import parts as parts_of
from visualizer.script.wrong import WrongValueError, quoted
from visualizer.sim.setup import Setup

_PIECE = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|[{}])")


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that is filled with a number; `one` and `many`: the words behind it, if any."""

    quantity: Quantity
    one: str = ""
    many: str = ""


Piece = str | Blank


def template_of(text: str, parts: Parts) -> tuple[Piece, ...]:
    """The pieces of a template; `parts`: what there is in the setup, by name. WrongValueError when a brace is
    open, or there is no such figure.
    """
    return tuple(_piece(piece, parts) for piece in _PIECE.split(text) if piece)


def fill(text: str, telling: Telling, at_us: int) -> str:
    """The text, in the language that is spoken, with the numbers of a run at an instant of it; `text` is a
    template that has been judged.
    """
    return "".join(
        piece if isinstance(piece, str) else _filled(piece, telling, at_us)
        for piece in _spoken_pieces(text, telling.finder.setup)
    )


def _spoken_pieces(text: str, setup: Setup) -> tuple[Piece, ...]:
    """Those of its translation; where that is no template of this setup, its own."""
    try:
        return _pieces(translated(text), setup)
    except WrongValueError:
        return _pieces(text, setup)


def _filled(blank: Blank, telling: Telling, at_us: int) -> str:
    amount = telling.amount(blank.quantity, at_us)
    said = text_of(amount, blank.quantity.unit)
    if not blank.many:
        return said
    return f"{said} {blank.one if amount == 1 else blank.many}"


def _piece(text: str, parts: Parts) -> Piece:
    match text:
        case "{{" | "}}":
            return text[0]
        case "{" | "}":
            raise WrongValueError(
                say("a {sign} stands alone", sign=quoted(text)),
                say("write {open} or {close} if you mean the sign itself", open="{{", close="}}"),
            )
    if not text.startswith("{"):
        return text
    said, *words = text[1:-1].split("|")
    if len(words) not in (0, 2):
        raise WrongValueError(
            say("{text} has only one word", text=quoted(text))
            if len(words) == 1
            else say("{text} has too many words", text=quoted(text)),
            say("say one and several, like {example}", example="{lost|session|sessions}"),
        )
    if not said.strip():
        raise WrongValueError(
            say("there is nothing between the braces"), say("say a figure, like {example}", example="{lost}")
        )
    quantity = quantity_of(said, parts)
    if words and quantity.unit != "count":
        raise WrongValueError(
            say("{name} is no count", name=quoted(said)), say("take the words behind the bars away")
        )
    return Blank(quantity, *(word.strip() for word in words))


@lru_cache(maxsize=1024)
def _pieces(text: str, setup: Setup) -> tuple[Piece, ...]:
    return template_of(text, parts_of(setup))
