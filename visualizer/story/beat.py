"""What binds, in plain words: its name, and one sentence with what would help and what that costs."""

from __future__ import annotations

from visualizer.language import decimal, marked, say, say_many, thousands, translated
from visualizer.sim.setup import US_PER_S

_HELD = "\u00a0"
"""Between a number and its unit, which stay on one line."""

TITLES = {
    "bandwidth": marked("waiting for room on the cable"),
    "latency": marked("on its way on the cable"),
    "copying work": marked("made while a copy was written"),
    "left out": marked("left out of the copies"),
    "no copies": marked("never copied"),
    "sync period": marked("since the last sync"),
    "nervous": marked("lost to a false alarm"),
    "cut cable": marked("while the cable is cut"),
    "one site": marked("one site for both units"),
    "shared power": marked("one power feed for both units"),
    "second failure": marked("the second failure"),
    "detection": marked("missing heartbeats (detection)"),
    "fence": marked("switching the other off (fence)"),
    "start": marked("starting the standby"),
    "address": marked("clients learn the address (ARP)"),
    "retries": marked("clients wait to try again"),
    "answers": marked("answers wait for the copy"),
    "false alarms": marked("false alarms"),
}
"""Each term as a line of the panel names it."""

_LOSS = {
    "bandwidth": marked("The cable's width binds: {part} had to wait for room on it. Take a wider cable."),
    "latency": marked(
        "The distance binds: {part} were still on the cable. No cable is faster than light: "
        "wait for each copy, or lose what is on its way."
    ),
    "copying work": marked(
        "The work of copying binds: {part} were made while a copy was being written. "
        "Copy each change at once."
    ),
    "left out": marked(
        "What is left out binds: {part} were too young, or of a kind that is never copied. Copy them too."
    ),
    "no copies": marked(
        "Nothing is copied, and that binds: {part} were on one unit only. Choose a way of copying."
    ),
    "sync period": marked(
        "The sync period binds: {part} were not copied yet. Copy more often, or wait for each copy."
    ),
    "nervous": marked(
        "False alarms bind: the standby takes over from a primary that is well. "
        "Allow more misses, or take a better cable."
    ),
    "cut cable": marked(
        "The cut cable binds: {part} were answered while no copy could be made. "
        "Wait for the copy, and nobody is answered."
    ),
    "one site": marked(
        "The site binds: both units stand in it, and {part} are gone with it. "
        "Put the standby elsewhere; then it is farther away."
    ),
    "shared power": marked(
        "Shared power binds: both units hang on one feed, and {part} are gone when it "
        "fails. "
        "Give each unit a feed of its own."
    ),
}

_GAP = {
    "detection": marked(
        "Detection binds: for {part} the standby waits for heartbeats. "
        "Send them more often, or allow fewer misses; then a late one looks like a death."
    ),
    "fence": marked(
        "The fence binds: for {part} the other unit is switched off first. "
        "Without a fence both can be active."
    ),
    "start": marked("The start binds: for {part} the standby starts. Keep it running, and pay for it."),
    "address": marked(
        "The address binds: for {part} clients send to the dead unit. "
        "Announce the new one more often, or let the address move."
    ),
    "retries": marked("The clients bind: for {part} they wait for their own next try. Nobody tells them."),
    "latency": marked("The cable binds: for {part} the news is on its way."),
    "cut cable": marked(
        "The cut cable binds: for {part} answers wait for a copy that cannot be made. "
        "Answer without it, and that can be lost."
    ),
    "one site": marked(
        "The site binds: when it fails nobody is left to take over. Put the standby elsewhere."
    ),
    "shared power": marked(
        "Shared power binds: when the feed fails nobody is left to take over. "
        "Give each unit a feed of its own."
    ),
}

_ENDLESS_FENCE = marked("The fence binds: if it does not work nobody takes over, and the gap has no end.")


def loss_sentence(name: str, amount: int, whole: int, noun: str) -> str:
    """`amount` of the `whole` loss is there because of this; `noun`: "session" or "transaction"."""
    n, most = thousands(amount), thousands(whole)
    part = (
        say("{n} of {most} lost sessions", n=n, most=most)
        if noun == "session"
        else say("{n} of {most} lost transactions", n=n, most=most)
    )
    return translated(_LOSS[name]).format(part=part)


def gap_sentence(name: str, amount_us: int | None, whole_us: int | None) -> str:
    """`amount_us` of the gap is there because of this; None: it has no end."""
    if amount_us is None or whole_us is None:
        return translated(_ENDLESS_FENCE if name == "fence" else _GAP[name])
    part = say("{time} of {whole}", time=lasting(amount_us), whole=lasting(whole_us))
    return translated(_GAP[name]).format(part=part)


def answers_sentence(answer_us: int, allowed_us: int) -> str:
    """Waiting for the copy costs too much."""
    return say(
        "The budget binds: an answer waits {time} for its copy, there and back; {allowed} are allowed. "
        "Answer "
        "before that, and it can be lost.",
        time=lasting(answer_us),
        allowed=lasting(allowed_us),
    )


def alarms_sentence(seldom_s: float, allowed_s: int) -> str:
    """Watching so closely costs too much."""
    return say(
        "The budget binds: false failovers come {time} apart, and must be {allowed} apart. Allow more "
        "misses, "
        "and detection takes longer.",
        time=long(seldom_s),
        allowed=long(allowed_s),
    )


def done_sentence(together: int, noun: str, *, limits: bool) -> str:
    """The goal is reached, for one failure; `limits`: it says what one failure may cost."""
    n = thousands(together)
    binds = (
        say(
            "The second failure binds now: one bolt on both units takes all {n} sessions. No copy "
            "between two "
            "helps against that.",
            n=n,
        )
        if noun == "session"
        else say(
            "The second failure binds now: one bolt on both units takes all {n} transactions. No copy "
            "between "
            "two helps against that.",
            n=n,
        )
    )
    return f"{say('Done, for one bolt.')} {binds}" if limits else binds


def tries_sentence(tries: int, lost: int, gap_us: int | None) -> str:
    """How close the best of so many tries came."""
    gone = say("for good") if gap_us is None else say("for {time}", time=lasting(gap_us))
    return say_many(
        "One try: it lost {lost} and was gone {gone}.",
        "{n} tries; the closest lost {lost} and was gone {gone}.",
        tries,
        n=tries,
        lost=thousands(lost),
        gone=gone,
    )


def lasting(time_us: int) -> str:
    """A measured time: "3.00 s", "80 ms", "0.5 ms", "135 s"."""
    if time_us >= 100 * US_PER_S:
        return f"{time_us / US_PER_S:.0f}{_HELD}s"
    if time_us >= US_PER_S // 10:
        return decimal(f"{time_us / US_PER_S:.2f}{_HELD}s")
    return decimal(f"{time_us / 1000:.3g}{_HELD}ms")


def long(time_s: float) -> str:
    """A long time, roughly: "17 min", "3.4 hours", "2 years"."""
    for length_s, name in ((365 * 86_400, _years), (86_400, _days), (3600, _hours), (60, _minutes)):
        if time_s >= length_s:
            number = (
                f"{time_s / length_s:.2g}" if time_s < 100 * length_s else thousands(round(time_s / length_s))
            )
            return name(decimal(number))
    return decimal(f"{time_s:.2g}{_HELD}s")


def _years(number: str) -> str:
    return say_many("{n}\u00a0year", "{n}\u00a0years", _some(number), n=number)


def _days(number: str) -> str:
    return say_many("{n}\u00a0day", "{n}\u00a0days", _some(number), n=number)


def _hours(number: str) -> str:
    return say_many("{n}\u00a0hour", "{n}\u00a0hours", _some(number), n=number)


def _minutes(number: str) -> str:
    return f"{number}{_HELD}min"


def _some(number: str) -> int:
    """Which form of a word stands behind a number: that for one, or for all others."""
    return 1 if number == "1" else 2
