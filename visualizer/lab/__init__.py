"""Many runs: Monte-Carlo, strike-instant curves and paired comparisons, here or on any executor."""

from visualizer.lab.columns import Columns
from visualizer.lab.curve import Curve, strike_curve
from visualizer.lab.estimate import Estimate, estimate
from visualizer.lab.many import measure
from visualizer.lab.monte_carlo import Comparison, compare, monte_carlo
from visualizer.lab.strike import strike_instant_us, strike_window, struck, undisturbed

__all__ = [
    "Columns",
    "Comparison",
    "Curve",
    "Estimate",
    "compare",
    "estimate",
    "measure",
    "monte_carlo",
    "strike_curve",
    "strike_instant_us",
    "strike_window",
    "struck",
    "undisturbed",
]
