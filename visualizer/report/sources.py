"""Where the figures come from: each of a preset with what its source says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from visualizer.language import translated
from visualizer.report.material import Material

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a source; `address`: where they lead, "" for nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`number`: its note in the tables of what was set up. `steps`: its key in the scenario, step by step."""

    number: int
    steps: tuple[str, ...]
    figure: str
    source: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """A preset, and the figures that are taken from it."""

    name: str
    title: str
    summary: str
    figures: tuple[Figure, ...]


def products(material: Material) -> tuple[Product, ...]:
    """In the order of the numbers of their figures; none where the scenario names no preset."""
    presets = {taken.preset.name: taken.preset for taken in material.taken}
    return tuple(
        Product(name, translated(preset.title), translated(preset.summary), tuple(_figures(material, name)))
        for name, preset in presets.items()
    )


def _figures(material: Material, name: str) -> Iterator[Figure]:
    for number, taken in enumerate(material.taken, 1):
        if taken.preset.name == name:
            found = taken.source
            yield Figure(number, tuple(taken.path.split(".")), found.figure, pieces(found.source))


def pieces(text: str) -> tuple[Piece, ...]:
    """A source's words and addresses, in order."""
    found, end = [], 0
    for match in _ADDRESS.finditer(text):
        found += [Piece(text[end : match.start()])] if match.start() > end else []
        found.append(Piece(match.group(), match.group()))
        end = match.end()
    return (*found, Piece(text[end:])) if end < len(text) else tuple(found)
