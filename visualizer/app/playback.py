"""Wall clock -> simulated time, exactly: integers only, and a gap of the wall clock is never made up for."""

from __future__ import annotations

CAP_NS = 100_000_000
"""What one step may cover at most: after a suspended minute the picture goes on where it stopped."""

_PARTS = 1000  # every speed is a whole number of thousandths
_PARTS_PER_US = 1000 * _PARTS


class Playback:
    """Turns nanoseconds of the wall clock into microseconds of the simulation, carrying what is left over.

    However a stretch of wall time is cut into steps (none over the cap), the same simulated time comes out.
    """

    def __init__(self) -> None:
        self._carry = 0

    def elapse(self, wall_ns: int, speed: float) -> int:
        """How far to move on, in whole microseconds; `speed` is in simulated seconds per second."""
        covered_ns = min(max(wall_ns, 0), CAP_NS)
        step_us, self._carry = divmod(self._carry + covered_ns * round(speed * _PARTS), _PARTS_PER_US)
        return step_us

    def forget(self) -> None:
        """Drop the fraction, after a jump to another instant."""
        self._carry = 0
