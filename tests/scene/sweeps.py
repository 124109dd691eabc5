"""Made-up sweeps for the tests of the picture."""

from __future__ import annotations

from math import sqrt

from visualizer.scene.lab_sweep_shown import SweepAxis, SweepCell, SweepLook

ABOUT = (
    "Each run: lightning strikes the Firewall primary at another instant, with other traffic. "
    "The runs last 2 min, so that every instant is as likely."
)


def axis(title: str, labels: tuple[str, ...], now: int | None = None, *, joined: bool = True) -> SweepAxis:
    places = tuple(
        (n + 0.5) / len(labels) if not joined else n / (len(labels) - 1) for n in range(len(labels))
    )
    return SweepAxis(title, labels, places, now, joined)


SYNC = axis("Sync every", tuple(f"{n / 2:g} s" for n in range(1, 19)), 5)
MISSES = axis("Misses to declare dead", tuple(str(n) for n in range(1, 9)), 2)
POLICY = axis("Copying", ("none", "periodic", "batched", "streaming", "synchronous"), 1, joined=False)
RATE = axis("New sessions per second", ("1", "2", "5", "10", "20", "50", "100", "200"), 3)


def cell(value: float, *, runs: int = 100, expected: bool = True) -> SweepCell:
    half = 1.2 * value / sqrt(runs)
    return SweepCell(
        runs, value, value - half, value + half, 0.4 * value, 1.6 * value, 0.98 * value if expected else None
    )


def along(one: SweepAxis = SYNC, **changes: object) -> SweepLook:
    cells = tuple(cell(5.0 * n / 2) for n in range(1, len(one.labels) + 1))
    given = {"cells": cells, "seeds": 100, "of": 100, "about": ABOUT, "chosen": 5, "measure": "Sessions lost",
             "unit": "sessions"} | changes  # fmt: skip
    return SweepLook(axes=(one,), **given)


def field(one: SweepAxis = SYNC, other: SweepAxis = RATE, **changes: object) -> SweepLook:
    cells = tuple(
        cell(0.4 * (x + 1) * (y + 1) ** 1.6) for x in range(len(one.labels)) for y in range(len(other.labels))
    )
    given = {"cells": cells, "seeds": 12, "of": 50, "about": ABOUT, "chosen": 11, "measure": "Sessions lost",
             "unit": "sessions"} | changes  # fmt: skip
    return SweepLook(axes=(one, other), **given)
