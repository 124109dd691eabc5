"""Numbers and times as people read them."""

from __future__ import annotations

from visualizer.sim.setup import US_PER_S

THIN_SPACE = "\u2009"
_FRACTIONS = {0.25: "1/4", 0.5: "1/2", 0.2: "1/5", 0.1: "1/10", 0.05: "1/20", 0.01: "1/100", 0.001: "1/1000"}


def thousands(count: int) -> str:
    """1204 -> "1 204", with thin spaces."""
    return f"{count:,}".replace(",", THIN_SPACE)


def sessions(count: int) -> str:
    """ "1 session", "1 204 sessions"."""
    return f"{thousands(count)} session{'' if count == 1 else 's'}"


def entries(count: int) -> str:
    """ "1 entry", "1 204 entries"."""
    return f"{thousands(count)} entr{'y' if count == 1 else 'ies'}"


def clock(time_us: int) -> str:
    """Minutes, seconds and hundredths: "00:09.20"."""
    hundredths = time_us // (US_PER_S // 100)
    return f"{hundredths // 6000:02d}:{hundredths // 100 % 60:02d}.{hundredths % 100:02d}"


def duration(time_us: int) -> str:
    """As short as exact: "10 min", "3 s", "2.5 s", "250 ms", "80 us"."""
    if time_us >= 120 * US_PER_S and time_us % (60 * US_PER_S) == 0:
        return f"{time_us // (60 * US_PER_S)} min"
    for unit_us, name in ((US_PER_S, "s"), (1000, "ms")):
        if time_us >= unit_us or (not time_us and name == "s"):
            return f"{time_us / unit_us:.3f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{time_us} us"


def bits_a_second(bps: int) -> str:
    """As short as exact: "64 kbit/s", "1.5 Mbit/s", "100 bit/s"."""
    for unit_bps, name in ((10**9, "Gbit/s"), (10**6, "Mbit/s"), (1000, "kbit/s")):
        if bps >= unit_bps and bps * 1000 % unit_bps == 0:
            return f"{bps / unit_bps:.3f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{thousands(bps)} bit/s"


def instant(time_us: int) -> str:
    """When something happened, to hundredths: "13 s", "9.25 s"; late ones as "36 min 14 s"."""
    if time_us >= 600 * US_PER_S:
        return f"{time_us // (60 * US_PER_S)} min {time_us // US_PER_S % 60:02d} s"
    return f"{time_us / US_PER_S:.2f}".rstrip("0").rstrip(".") + " s"


def on_axis(time_us: int, step_us: int) -> str:
    """A label of a time axis with one every `step_us`: in minutes where these are whole."""
    if step_us % (60 * US_PER_S) == 0:
        return f"{time_us // (60 * US_PER_S)} min"
    return duration(time_us)


def span(time_us: int) -> str:
    """A measured time, two decimals, which do not jump about: "1.30 s"; long ones as "183 min 03 s"."""
    if time_us >= 600 * US_PER_S:
        return f"{time_us // (60 * US_PER_S)} min {time_us // US_PER_S % 60:02d} s"
    return f"{time_us / US_PER_S:.2f} s"


def speed(times: float) -> str:
    """How fast the picture runs: "1/4 speed", "8x speed"."""
    name = _FRACTIONS.get(times) or f"{times:g}×"
    return f"{name} speed"


def short_speed(times: float) -> str:
    """The same for a narrow place: "1/4", "8×"."""
    return _FRACTIONS.get(times) or f"{times:g}×"
