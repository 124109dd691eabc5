"""Which measures tell most of what was asked, for whoever does not say which."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from visualizer.lab.measures import MEASURES, Measure, Reals
from visualizer.study.cells import summary

_FIRST = ("lost_sessions", "lost_transactions", "outage_s", "interrupted", "in_doubt", "stateful")
"""What people ask first, in this order."""

_CLEAR = 4.0
"""So many standard errors between the highest mean and the lowest are no chance."""


def telling(values: Callable[[Measure], Reals]) -> tuple[Measure, ...]:
    """What says anything at all of these runs (`values`: shape (points, seeds)), what differs between the
    points first; at least one measure.
    """
    found = {key: values(MEASURES[key]) for key in _FIRST}
    some = [MEASURES[key] for key, one in found.items() if np.nan_to_num(one).any()] or [MEASURES[_FIRST[0]]]
    return tuple(sorted(some, key=lambda measure: not _differs(found[measure.key])))


def _differs(values: Reals) -> bool:
    """Whether the points have clearly different means."""
    found = summary(values, np.full(len(values), np.nan))
    means = found.mean[np.isfinite(found.mean)]
    errors = found.standard_error[np.isfinite(found.standard_error)]
    apart = float(np.ptp(means)) if len(means) else 0.0
    return apart > _CLEAR * float(np.median(errors)) if len(errors) else apart > 0
