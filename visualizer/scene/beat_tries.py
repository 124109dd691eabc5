"""The history of tries: each design a dot, what it lost against how long it was gone."""

from __future__ import annotations

from math import sqrt

from visualizer.language import say
from visualizer.scene.layout import SMALL
from visualizer.scene.ledger_lines import Row
from visualizer.scene.lettering import wrapped
from visualizer.scene.look import BeatLook, Try
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Role, Text
from visualizer.story.beat import tries_sentence

_NEVER = 1.12
"""Where a gap without end stands, beyond the longest that has one."""


def closest(shown: BeatLook) -> Try:
    """The try that came nearest to the goal: within the budget, then what the goal asks for."""
    goal = shown.goal

    def distance(one: Try) -> tuple[bool, int, float]:
        lost = 0 if goal.lost is None else max(one.lost - goal.lost, 0)
        return not one.paid, lost, float("inf") if one.gap_us is None else one.gap_us

    return min(shown.tries, key=distance)


def tries_rows(shown: BeatLook, *, low: bool) -> list[Row]:
    """The dots (`low`: without them), and how close the best of them came."""
    if not shown.tries:
        return []
    best = closest(shown)
    said = tries_sentence(len(shown.tries), best.lost, best.gap_us)

    def words(x: float, y: float, width: float, height: float) -> list[Primitive]:
        return [
            Text(x, y + 14 + 16 * n, line, SMALL, "text_dim", max_width=width)
            for n, line in enumerate(wrapped(said, SMALL, width, 2))
        ]

    dots = Row(84, lambda x, y, width, height: _plot(shown, best, Box(x, y + 8, width, height - 14)))
    return [Row(24, words)] if low else [dots, Row(24, words)]


def _plot(shown: BeatLook, best: Try, box: Box) -> list[Primitive]:
    """To the left and down is better; the corner that the goal asks for is green. Roots, so that what is
    small can be told from nothing.
    """
    goal, plot = shown.goal, Box(box.x, box.y, box.width, box.height - 14)
    most_lost = max(*(one.lost for one in shown.tries), goal.lost or 0, 1)
    most_us = max(*(one.gap_us or 0 for one in shown.tries), 2 * (goal.gap_us or 0), 1)

    def place(lost: int, gap_us: int | None) -> tuple[float, float]:
        share = _NEVER if gap_us is None else sqrt(gap_us / most_us)
        x = plot.x + 8 + (plot.width - 16) * share / _NEVER
        return x, plot.y + plot.height - 7 - (plot.height - 14) * sqrt(lost / most_lost)

    right = plot.x + plot.width if goal.gap_us is None else place(0, goal.gap_us)[0]
    top = plot.y if goal.lost is None else place(goal.lost, 0)[1] - 7
    bottom = plot.y + plot.height
    items: list[Primitive] = [
        Rectangle(plot.x, plot.y, plot.width, plot.height, "track", radius=4, alpha=0.45),
        Rectangle(plot.x, top, right - plot.x, bottom - top, "active", radius=3, alpha=0.28),
        Path(((plot.x, plot.y), (plot.x, bottom), (plot.x + plot.width, bottom)), "text_dim", 1.2),
        Text(plot.x, bottom + 12, "0", 12, "text_dim"),
        Text(
            plot.x + plot.width, bottom + 12, say("longer without service →"), 12, "text_dim", anchor="right"
        ),
        Text(plot.x + 6, plot.y + 13, say("↑ more lost"), 12, "text_dim"),
    ]
    items += [Disc(*place(one.lost, one.gap_us), 3.6, _tone(one), alpha=0.75) for one in shown.tries]
    items.append(Disc(*place(best.lost, best.gap_us), 7, None, "active", 2))
    items.append(Disc(*place(shown.tries[-1].lost, shown.tries[-1].gap_us), 5, "text"))
    return items


def _tone(one: Try) -> Role:
    """Hollow hopes are of another colour: what the budget does not allow."""
    return "suspect" if not one.paid else "request"
