"""Numbers and times as people read them."""

from __future__ import annotations

from visualizer.language import decimal, marked, say, say_many, spoken, thousands
from visualizer.language.speaking import ENGLISH
from visualizer.sim.setup import US_PER_S

CHOICES = (
    marked("parallel"),
    marked("cross"),
    marked("none"),
    marked("periodic"),
    marked("semi-sync"),
    marked("snapshot"),
    marked("streaming"),
    marked("synchronous"),
)
"""What the knobs that are choices can be set to, as scenario files have it: for the catalogues."""

_FRACTIONS = {0.25: "1/4", 0.5: "1/2", 0.2: "1/5", 0.1: "1/10", 0.05: "1/20", 0.01: "1/100", 0.001: "1/1000"}


def sessions(count: int) -> str:
    """ "1 session", "1 204 sessions"."""
    return say_many("{n} session", "{n} sessions", count, n=thousands(count))


def entries(count: int) -> str:
    """ "1 entry", "1 204 entries"."""
    return say_many("{n} entry", "{n} entries", count, n=thousands(count))


def clock(time_us: int) -> str:
    """Minutes, seconds and hundredths: "00:09.20"."""
    hundredths = time_us // (US_PER_S // 100)
    return decimal(f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}")


def duration(time_us: int) -> str:
    """As short as exact: "10 min", "3 s", "2.5 s", "250 ms", "80 us"."""
    if time_us >= 120 * US_PER_S and time_us % (60 * US_PER_S) == 0:
        return f"{time_us // (60 * US_PER_S)} min"
    for unit_us, name in ((US_PER_S, "s"), (1000, "ms")):
        if time_us >= unit_us or (not time_us and name == "s"):
            return f"{_exact(time_us / unit_us)} {name}"
    return f"{time_us} us"


def bits_a_second(bps: int) -> str:
    """As short as exact: "64 kbit/s", "1.5 Mbit/s", "100 bit/s"."""
    for unit_bps, name in ((10**9, "Gbit/s"), (10**6, "Mbit/s"), (1000, "kbit/s")):
        if bps >= unit_bps and bps * 1000 % unit_bps == 0:
            return f"{_exact(bps / unit_bps)} {name}"
    return f"{thousands(bps)} bit/s"


def instant(time_us: int) -> str:
    """When something happened, to hundredths: "13 s", "9.25 s"; late ones as "36 min 14 s"."""
    if time_us >= 600 * US_PER_S:
        return f"{time_us // (60 * US_PER_S)} min {time_us // US_PER_S % 60:02d} s"
    return decimal(_hundredths(time_us).rstrip("0").rstrip(".")) + " s"


def on_axis(time_us: int, step_us: int) -> str:
    """A label of a time axis with one every `step_us`: in minutes where these are whole."""
    if step_us % (60 * US_PER_S) == 0:
        return f"{time_us // (60 * US_PER_S)} min"
    return duration(time_us)


def span(time_us: int) -> str:
    """A measured time, two decimals, which do not jump about: "1.30 s"; long ones as "183 min 03 s"."""
    if time_us >= 600 * US_PER_S:
        return f"{time_us // (60 * US_PER_S)} min {time_us // US_PER_S % 60:02d} s"
    return decimal(_hundredths(time_us)) + " s"


def _hundredths(time_us: int) -> str:
    """Seconds, halves up, as stories say them: a float would round 4.045 down and 4.055 up."""
    whole, rest = divmod((time_us + 5_000) // 10_000, 100)
    return f"{whole}.{rest:02d}"


def speed(times: float) -> str:
    """How fast the picture runs: "1/4 speed", "8x speed"."""
    return say("{times} speed", times=short_speed(times))


def short_speed(times: float) -> str:
    """The same for a narrow place: "1/4", "8×"."""
    return _FRACTIONS.get(times) or decimal(f"{times:g}") + "×"


def within(title: str) -> str:
    """A title inside a sentence or a label: in English it begins small."""
    return title.lower() if spoken().code == ENGLISH else title


def _exact(number: float) -> str:
    return decimal(f"{number:.3f}".rstrip("0").rstrip("."))
