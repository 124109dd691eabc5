"""How what moves sets out and arrives: gently."""

from __future__ import annotations


def eased(share: float) -> float:
    """0 to 1, gently at both ends (smoothstep)."""
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)
