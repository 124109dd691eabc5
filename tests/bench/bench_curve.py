"""The cost against the number of live sessions, as a plot: `cost.svg` and `cost.png` beside this file."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from simpy_model import Parameters, simulate
from stopwatch import best_s
from work import engine_in_one_go, reference_setup, tiers

SIZES = (100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SIMPY_UP_TO = 100_000
HERE = Path(__file__).parent
Curve = list[tuple[int, float]]


def measure(count: int) -> Curve:
    """(live sessions, processor seconds) of the engine with so many tiers."""
    curve = []
    for size in SIZES:
        parameters = Parameters(size)
        cost_s = best_s(
            engine_in_one_go,
            lambda seed, given=parameters: tiers(count)(reference_setup(given, seed), given),
            5 if size <= 100_000 else 1,
        )
        curve.append((size, cost_s))
    return curve


def measure_simpy() -> Curve:
    """The same of SimPy, as far as patience goes."""
    sizes = [size for size in SIZES if size <= SIMPY_UP_TO]
    return [(size, best_s(partial(simulate, Parameters(size)), lambda seed: seed, 1)) for size in sizes]


def draw(curves: dict[str, Curve]) -> None:
    """Write the plot; matplotlib is loaded only here."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "cost"
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for (name, curve), marker in zip(curves.items(), "so^", strict=True):
        axes.loglog(*zip(*curve, strict=True), marker=marker, label=name)
    axes.set_xlabel("live sessions")
    axes.set_ylabel("processor seconds for 60 s of the reference work")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(HERE / "cost.svg", metadata={"Date": None})
    figure.savefig(HERE / "cost.png", dpi=120, metadata={"Software": None})


def main() -> int:
    """Measure, print, draw."""
    curves = {"SimPy": measure_simpy(), "engine, one tier": measure(1), "engine, four tiers": measure(4)}
    print("\n| live sessions | " + " | ".join(f"{name} s" for name in curves) + " | SimPy / engine |")
    print("|---:" * (len(curves) + 2) + "|")
    values = [dict(curve) for curve in curves.values()]
    for size in SIZES:
        cells = " | ".join(f"{known[size]:.4f}" if size in known else "-" for known in values)
        ratio = f"{values[0][size] / values[1][size]:.1f}" if size in values[0] else "-"
        print(f"| {size:,} | {cells} | {ratio} |")
    draw(curves)
    return 0


if __name__ == "__main__":
    sys.exit(main())
