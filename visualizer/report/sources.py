"""Where the figures come from: each of a preset with what its source says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from visualizer.report.material import Material

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a source; `address`: where they lead, "" for nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`number` is its note in the tables of what was set up."""

    number: int
    product: str
    preset: str
    key: str
    figure: str
    source: tuple[Piece, ...]


def sources(material: Material) -> tuple[Figure, ...]:
    """In the order of their numbers; none where the scenario names no preset."""
    return tuple(
        Figure(
            number,
            taken.preset.title,
            taken.preset.name,
            taken.path,
            taken.source.figure,
            pieces(taken.source.source),
        )
        for number, taken in enumerate(material.taken, 1)
    )


def pieces(text: str) -> tuple[Piece, ...]:
    """A source's words and addresses, in order."""
    found, end = [], 0
    for match in _ADDRESS.finditer(text):
        found += [Piece(text[end : match.start()])] if match.start() > end else []
        found.append(Piece(match.group(), match.group()))
        end = match.end()
    return (*found, Piece(text[end:])) if end < len(text) else tuple(found)
