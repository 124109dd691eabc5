"""What binds, in plain words: its name, and one sentence with what would help and what that costs."""

from __future__ import annotations

from visualizer.sim.setup import US_PER_S

_HELD = "\u00a0"
"""Between a number and its unit, which stay on one line."""

TITLES = {
    "bandwidth": "waiting for room on the cable",
    "latency": "on its way on the cable",
    "copying work": "made while a copy was written",
    "left out": "left out of the copies",
    "no copies": "never copied",
    "sync period": "since the last sync",
    "nervous": "lost to a false alarm",
    "cut cable": "while the cable is cut",
    "one site": "one site for both units",
    "shared power": "one power feed for both units",
    "second failure": "the second failure",
    "detection": "missing heartbeats (detection)",
    "fence": "switching the other off (fence)",
    "start": "starting the standby",
    "address": "clients learn the address (ARP)",
    "retries": "clients wait to try again",
    "answers": "answers wait for the copy",
    "false alarms": "false alarms",
}
"""Each term as a line of the panel names it."""

_LOSS = {
    "bandwidth": "The cable's width binds: {part} had to wait for room on it. Take a wider cable.",
    "latency": "The distance binds: {part} were still on the cable. No cable is faster than light: "
    "wait for each copy, or lose what is on its way.",
    "copying work": "The work of copying binds: {part} were made while a copy was being written. "
    "Copy each change at once.",
    "left out": "What is left out binds: {part} were too young, or of a kind that is never copied. "
    "Copy them too.",
    "no copies": "Nothing is copied, and that binds: {part} were on one unit only. Choose a way of copying.",
    "sync period": "The sync period binds: {part} were not copied yet. "
    "Copy more often, or wait for each copy.",
    "nervous": "False alarms bind: the standby takes over from a primary that is well. "
    "Allow more misses, or take a better cable.",
    "cut cable": "The cut cable binds: {part} were answered while no copy could be made. "
    "Wait for the copy, and nobody is answered.",
    "one site": "The site binds: both units stand in it, and {part} are gone with it. "
    "Put the standby elsewhere; then it is farther away.",
    "shared power": "Shared power binds: both units hang on one feed, and {part} are gone when it fails. "
    "Give each unit a feed of its own.",
}

_GAP = {
    "detection": "Detection binds: for {part} the standby waits for heartbeats. "
    "Send them more often, or allow fewer misses; then a late one looks like a death.",
    "fence": "The fence binds: for {part} the other unit is switched off first. "
    "Without a fence both can be active.",
    "start": "The start binds: for {part} the standby starts. Keep it running, and pay for it.",
    "address": "The address binds: for {part} clients send to the dead unit. "
    "Announce the new one more often, or let the address move.",
    "retries": "The clients bind: for {part} they wait for their own next try. Nobody tells them.",
    "latency": "The cable binds: for {part} the news is on its way.",
    "cut cable": "The cut cable binds: for {part} answers wait for a copy that cannot be made. "
    "Answer without it, and that can be lost.",
    "one site": "The site binds: when it fails nobody is left to take over. Put the standby elsewhere.",
    "shared power": "Shared power binds: when the feed fails nobody is left to take over. "
    "Give each unit a feed of its own.",
}

_ENDLESS_FENCE = "The fence binds: if it does not work nobody takes over, and the gap has no end."


def loss_sentence(name: str, amount: int, whole: int, noun: str) -> str:
    """`amount` of the `whole` loss is there because of this; `noun`: "session" or "transaction"."""
    return _LOSS[name].format(part=f"{_count(amount)} of {_count(whole)} lost {noun}s")


def gap_sentence(name: str, amount_us: int | None, whole_us: int | None) -> str:
    """`amount_us` of the gap is there because of this; None: it has no end."""
    if amount_us is None or whole_us is None:
        return _ENDLESS_FENCE if name == "fence" else _GAP[name]
    return _GAP[name].format(part=f"{lasting(amount_us)} of {lasting(whole_us)}")


def answers_sentence(answer_us: int, allowed_us: int) -> str:
    """Waiting for the copy costs too much."""
    return (
        f"The budget binds: an answer waits {lasting(answer_us)} for its copy, there and back; "
        f"{lasting(allowed_us)} are allowed. Answer before that, and it can be lost."
    )


def alarms_sentence(seldom_s: float, allowed_s: int) -> str:
    """Watching so closely costs too much."""
    return (
        f"The budget binds: false failovers come {long(seldom_s)} apart, and must be {long(allowed_s)} "
        "apart. Allow more misses, and detection takes longer."
    )


def done_sentence(together: int, noun: str, *, limits: bool) -> str:
    """The goal is reached, for one failure; `limits`: it says what one failure may cost."""
    done = "Done, for one bolt. " if limits else ""
    return (
        f"{done}The second failure binds now: one bolt on both units takes all {_count(together)} {noun}s. "
        "No copy between two helps against that."
    )


def tries_sentence(tries: int, lost: int, gap_us: int | None) -> str:
    """How close the best of so many tries came."""
    if tries == 1:
        return f"One try: it lost {_count(lost)} and was gone {_gone(gap_us)}."
    return f"{tries} tries; the closest lost {_count(lost)} and was gone {_gone(gap_us)}."


def _gone(gap_us: int | None) -> str:
    return "for good" if gap_us is None else f"for {lasting(gap_us)}"


def lasting(time_us: int) -> str:
    """A measured time: "3.00 s", "80 ms", "0.5 ms", "135 s"."""
    if time_us >= 100 * US_PER_S:
        return f"{time_us / US_PER_S:.0f}{_HELD}s"
    if time_us >= US_PER_S // 10:
        return f"{time_us / US_PER_S:.2f}{_HELD}s"
    return f"{time_us / 1000:.3g}{_HELD}ms"


def long(time_s: float) -> str:
    """A long time, roughly: "17 min", "3.4 hours", "2 years"."""
    for length_s, name in ((365 * 86_400, "year"), (86_400, "day"), (3600, "hour"), (60, "min")):
        if time_s >= length_s:
            number = (
                f"{time_s / length_s:.2g}" if time_s < 100 * length_s else _count(round(time_s / length_s))
            )
            plural = "" if name == "min" or number == "1" else "s"
            return f"{number}{_HELD}{name}{plural}"
    return f"{time_s:.2g}{_HELD}s"


def _count(count: int) -> str:
    return f"{count:,}".replace(",", "\u2009")
