"""This run beside many others, in words."""

from __future__ import annotations

from visualizer.lab.beside import Others
from visualizer.language import marked, say, say_many, thousands, translated
from visualizer.scene.beside_shown import BesideLook
from visualizer.scene.chart import three_digits
from visualizer.script.quantities import text_of

_TITLES = {
    "lost": marked("Sessions lost"),
    "outage": marked("Without service"),
    "met nobody": marked("Requests that met nobody"),
}


def title(shown: BesideLook) -> str:
    """What is shown of each run."""
    return translated(_TITLES[shown.measure])


def figure(shown: BesideLook, value: int) -> str:
    """A value as people read it: "1 204", "3.6 s"."""
    return text_of(value, "time" if shown.measure == "outage" else "count")


def mean_of(shown: BesideLook, others: Others) -> str:
    """The mean with three digits."""
    if shown.measure == "outage":
        return figure(shown, round(others.mean))
    return three_digits(others.mean)


def heading(shown: BesideLook) -> str:
    """What the card is."""
    return say("THIS RUN BESIDE {n} OTHERS", n=thousands(shown.runs))


def how(shown: BesideLook) -> str:
    """How the others differ from this run; while that is not known yet how far it is."""
    if shown.others is None:
        return counting(shown)
    if shown.others.struck:
        return say("the same, struck at {n} other instants", n=thousands(shown.runs))
    return say("the same with {n} other seeds", n=thousands(shown.runs))


def counting(shown: BesideLook) -> str:
    """How far it is."""
    if not shown.known:
        return say("counting {n} runs ...", n=thousands(shown.runs))
    return say("counting {n} runs ... {known}", n=thousands(shown.runs), known=thousands(shown.known))


def sentences(shown: BesideLook) -> tuple[str, ...]:
    """The chart in words: this run, the others, those of them without any loss."""
    this = say("This run: {value}.", value=figure(shown, shown.value))
    others = shown.others
    if others is None:
        return (this,)
    first, last = others.values[0], others.values[-1]
    if first == last:
        return this, say("All {n} others: {value}.", n=thousands(others.runs), value=figure(shown, first))
    low, high = (figure(shown, value) for value in others.within)
    return this, _spread(shown, others, low, high), _none(shown.measure, others.none)


def _spread(shown: BesideLook, others: Others, low: str, high: str) -> str:
    mean, runs = mean_of(shown, others), thousands(others.runs)
    if low == high:
        return say(
            "The mean of {n} others: {mean}; 9\u00a0of\u00a010: {value}.", n=runs, mean=mean, value=low
        )
    return say(
        "The mean of {n} others: {mean}; 9\u00a0of\u00a010 lie between {low} and {high}.",
        n=runs, mean=mean, low=low, high=high,
    )  # fmt: skip


def _none(measure: str, none: int) -> str:
    """In how many of the others it was nothing at all."""
    count = thousands(none)
    match measure, none:
        case "lost", 0:
            return say("Each of them lost at least one.")
        case "lost", _:
            return say_many("One of them lost nothing.", "{n} of them lost nothing.", none, n=count)
        case "outage", 0:
            return say("In each of them service was gone for a while.")
        case "outage", _:
            return say_many(
                "In one of them service was never gone.",
                "In {n} of them service was never gone.",
                none,
                n=count,
            )
        case _, 0:
            return say("In each of them at least one met nobody.")
        case _:
            return say_many(
                "In one of them all were served at once.", "In {n} of them all were served at once.", none,
                n=count,
            )  # fmt: skip


def reading(shown: BesideLook) -> str:
    """The whole card for who does not see it."""
    return " ".join([f"{title(shown)}, {how(shown)}.", *sentences(shown)])
