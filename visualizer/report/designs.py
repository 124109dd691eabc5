"""Several designs of which one story is told: their names, and what each of them cost."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.language import thousands, translated
from visualizer.ledger import account
from visualizer.report.material import Material
from visualizer.scene.wording import within
from visualizer.story.words import about


@dataclass(frozen=True, slots=True)
class Cost:
    """What the run of one design cost."""

    name: str
    sessions: str
    transactions: str
    requests: str
    no_service: str


@dataclass(frozen=True, slots=True)
class ToldDesigns:
    """`listed`, `first`: their names inside a sentence, of all and of the first. `said`: what one should know
    of how they were made, "" for nothing.
    """

    listed: str
    first: str
    said: str
    costs: tuple[Cost, ...]


def told_designs(material: Material) -> ToldDesigns | None:
    """None where the story is told of one run alone."""
    if material.designs is None:
        return None
    names = tuple(translated(variant.title) for variant in material.designs.comparison.variants)
    costs = []
    for name, run in zip(names, material.runs, strict=True):
        books = account(run.finish())
        costs.append(
            Cost(
                name,
                thousands(books.lost.sessions),
                thousands(books.lost.transactions),
                thousands(books.requests_interrupted),
                about(books.no_service_us),
            )
        )
    inside = [within(name) for name in names]
    return ToldDesigns(", ".join(inside), inside[0], material.designs.said or "", tuple(costs))
