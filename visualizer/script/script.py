"""What an author tells about a run: chapters of beats, each tied to something that happens.

Plain frozen values. `scenario` makes them from a file, `story` finds in a run when each beat comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from visualizer.sim.command import Target

SPEED_ONE = 1000
"""Speeds are whole thousandths of simulated time by time of the film: 200 is a fifth, 1000 as it happens."""

ZOOM_ONE = 100
"""Zooms are whole hundredths."""


@dataclass(frozen=True, slots=True)
class TierSpot:
    """Both units of a tier, and what is between them."""

    tier: int


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the picture that is there in every run; `stage`: all units and cables."""

    name: Literal["stage", "clients", "timeline", "ledger"]


Spot = Target | TierSpot | Region
"""What can be looked at, lit or labelled."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """An instant in an author's words: "last sync before first lightning - 200ms".

    `moment` is a key of `moments.MOMENTS`, or `start`, `end`, or `time` (then `time_us` is the instant).
    `which`: 1 the first, 2 the second, -1 the last, None the next one from the beat before (its own instant
    included). `of`: only those of this spot. `relation` and `other`: only those before (or after) another
    instant; `which` counts from the start then, -1 (and None with `before`) is the nearest before it.
    `offset_us` is added at the end.
    """

    moment: str
    which: int | None = None
    of: Target | TierSpot | None = None
    relation: Literal["before", "after"] | None = None
    other: Anchor | None = None
    time_us: int = 0
    offset_us: int = 0


@dataclass(frozen=True, slots=True)
class AskChoice:
    """An answer that can be taken. `value`: a number, a quantity (see `quantities`) at the beat's instant, or
    `right`: what the run says. `belief` leads to it; `reply` is said to who believed it and was wrong. Both
    are templates.
    """

    value: int | str
    belief: str
    reply: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: the right answer is the quantity `answer` as it is at `until`.

    `builtin`: one of `BUILTIN` instead, whose words, answer and choices `story.question` makes; the other
    fields mean nothing then.

    `counted`: the answers are numbers, out of the quantity `most` (None: the greatest value); else their
    beliefs alone are shown. `because` is a template, filled at `until`. `thinking_us`: how long a film waits.
    """

    question: str
    answer: str
    until: Anchor
    because: str
    choices: tuple[AskChoice, ...]
    most: str | None = None
    of_what: str = ""
    counted: bool = True
    thinking_us: int | None = None
    builtin: str | None = None


BUILTIN = {"survivors": "How many sessions outlive the next strike on an active unit?"}
"""The questions that need no words of an author, by the word that asks for them."""


BESIDE = {
    "lost": "Sessions lost.",
    "outage": "The time in which nobody was served.",
    "met nobody": "Requests that were not served at once.",
}
"""The figures that many runs can be asked for."""

OTHERS = {
    "struck": "The primary is struck, at another instant in each, as first in the scenario.",
    "as written": "All of it as in the file, with another seed in each.",
}
"""How the other runs differ from this one."""

FEWEST_RUNS, USUAL_RUNS, MOST_RUNS = 20, 200, 1000


@dataclass(frozen=True, slots=True)
class Beside:
    """This run beside `runs` others: `measure`, a key of `BESIDE`, in all of them. `others`: a key of
    `OTHERS`; None: struck where the scenario strikes a unit, else as written.
    """

    measure: str
    runs: int = USUAL_RUNS
    others: str | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """At an instant: what to say, where to look, how fast to go on, what to ask.

    `say`: a template (see `figures`), "" for nothing: the caption goes on by itself. `hold_us`: how long time
    stands still, None: as long as the sentence needs to be read. `speed` (thousandths), `focus` and `zoom`
    hold until another beat says otherwise (None: as before; focus `stage` with zoom 100 is the whole
    picture). `highlight` and `labels` (spot, template) are of this beat alone. `claims` (see `claims`): what
    must be true for it to be told. `beside`: many other runs are shown while it is told. `place`:
    "file:line:column" of the beat, for what is to be said about it.
    """

    at: Anchor
    say: str = ""
    hold_us: int | None = None
    speed: int | None = None
    focus: Spot | None = None
    zoom: int | None = None
    highlight: tuple[Spot, ...] = ()
    labels: tuple[tuple[Spot, str], ...] = ()
    ask: Ask | None = None
    claims: tuple[str, ...] = ()
    beside: Beside | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ScriptChapter:
    """A stretch that makes one point. It begins with its first beat."""

    title: str
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The story of a scenario. `compare`: a key of the comparisons when it is told of several designs;
    `compare_place`: "file:line:column" of it.
    """

    chapters: tuple[ScriptChapter, ...]
    compare: str | None = None
    compare_place: str = ""
