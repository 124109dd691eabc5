"""Many runs: Monte-Carlo, strike-instant curves, here or on any executor."""

from visualizer.lab.columns import Columns
from visualizer.lab.control import control_of, controlling
from visualizer.lab.control_result import Control
from visualizer.lab.curve import Curve, curving, strike_curve
from visualizer.lab.curve_proof import Proof, prove, proving
from visualizer.lab.curve_spread import Spread
from visualizer.lab.estimate import Estimate, estimate
from visualizer.lab.many import measure
from visualizer.lab.monte_carlo import monte_carlo
from visualizer.lab.strike import strike_instant_us, strike_window, struck, undisturbed

__all__ = [
    "Columns",
    "Control",
    "Curve",
    "Estimate",
    "Proof",
    "Spread",
    "control_of",
    "controlling",
    "curving",
    "estimate",
    "measure",
    "monte_carlo",
    "prove",
    "proving",
    "strike_curve",
    "strike_instant_us",
    "strike_window",
    "struck",
    "undisturbed",
]
