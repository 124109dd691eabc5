"""How loud: sounds step back behind a voice, nothing clips, nothing is cut off at the end.

All of it is arithmetic on the place of a sample in the film, so that blocks of any length give the same
samples on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.canvas.sound import RATE_HZ

Wave = NDArray[np.float64]
"""Shape (samples, 2), left and right; full scale is 1."""

UNDER_VOICE = 0.35
"""While somebody speaks the other sounds are at 35 %: 9 dB down."""

STEP_BACK = RATE_HZ // 5
"""So many samples before a voice the other sounds begin to step back: 0.2 s."""

COME_BACK = RATE_HZ // 2
"""So many samples after it they are back: 0.5 s."""

KNEE = 0.8
"""Up to here nothing is changed; louder is bent so that it never reaches 1."""

FADE = RATE_HZ // 10
"""A sound that still rings when the film ends fades in 0.1 s."""


def ducked(wave: Wave, low: int, spoken: Sequence[tuple[int, int]]) -> Wave:
    """`wave`, which begins at the sample `low` of the film, behind voices: (first sample, how many) each."""
    high, gain = low + len(wave), None
    for start, length in spoken:
        if start - STEP_BACK < high and start + length + COME_BACK > low:
            place = np.arange(low, high)
            near = np.minimum(
                (place - (start - STEP_BACK)) / STEP_BACK, (start + length + COME_BACK - place) / COME_BACK
            )
            this = 1 - (1 - UNDER_VOICE) * _smooth(near)
            gain = this if gain is None else np.minimum(gain, this)
    return wave if gain is None else wave * gain[:, None]


def faded(wave: Wave, low: int, length: int) -> Wave:
    """`wave`, which begins at the sample `low`, silent at the end of a film of `length` samples."""
    if low + len(wave) <= length - FADE:
        return wave
    left = length - 1 - np.arange(low, low + len(wave))
    return wave * _smooth(left / FADE)[:, None]


def limited(wave: Wave) -> Wave:
    """`wave` with all its samples within -1 and 1: bent softly above the `KNEE`, as it is below."""
    loud = np.abs(wave)
    if not loud.size or loud.max() <= KNEE:
        return wave
    over = np.maximum(loud - KNEE, 0) / (1 - KNEE)
    result: Wave = np.sign(wave) * (np.minimum(loud, KNEE) + (1 - KNEE) * over / (1 + over))
    return result


def _smooth(share: Wave) -> Wave:
    """From 0 to 1 without a corner, 0 and 1 beyond."""
    share = np.clip(share, 0, 1)
    return share * share * (3 - 2 * share)
