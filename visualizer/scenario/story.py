"""The keys of a story, as pydantic models: chapters of beats, each tied to something that happens.

What needs the rest of the scenario to be judged (instants, places, figures) is in `telling`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from visualizer.scenario import choices
from visualizer.scenario import story_values as values
from visualizer.scenario.part import Part, key
from visualizer.scenario.story_values import LONGEST_LABEL, LONGEST_SENTENCE, MOST_PLACES
from visualizer.scenario.values import Flag, Runs
from visualizer.script.figures import FIGURES
from visualizer.script.moments import MOMENTS
from visualizer.script.script import FEWEST_RUNS, MOST_RUNS, USUAL_RUNS

MAX_CHAPTERS = 20
MAX_BEATS = 100
FEWEST_CHOICES, MOST_CHOICES = 2, 4


class Choice(Part):
    """An answer that can be taken."""

    value: values.Value = key(
        "A number, a figure as it is at the beat, or `right`: what the run says.",
        examples=["right", "open", 0],
    )
    belief: values.Sentence = key(
        "What leads to this answer, in a few words.", examples=["all: the standby has a copy"]
    )
    reply: values.Sentence | None = key(
        "What is said to somebody who believed it and was wrong.", None, examples=["It has what was copied."]
    )


class Question(Part):
    """A question about what will happen: in the window one must answer first, a film waits and then tells."""

    question: values.Sentence = key(
        "The question.", examples=["Of {open} sessions, how many will the standby still have?"]
    )
    answer: values.Quantity = key(
        "The figure that is the right answer, as it is at `until`.", examples=["survivors", *FIGURES]
    )
    until: values.Instant = key("When the answer is known.", examples=["first takeover"])
    most: values.Quantity | None = key(
        "Out of which figure, as it is at the beat. Left out: the greatest answer.", None, examples=["open"]
    )
    of: values.Label | None = key("What those are.", None, examples=["open when it struck"])
    because: values.Sentence = key(
        "Why it is so, said with the answer.", examples=["{lost} had opened since the last sync."]
    )
    thinking: values.Pause | None = key(
        "How long a film waits for people to think. Left out: long enough to read all.", None, examples=["6s"]
    )
    counted: Flag = key(
        "Whether the answers are numbers. If not, only their words are shown; the values tell them apart.",
        True,
        True,
        examples=[False],
    )
    choices: Annotated[list[Choice], Field(min_length=FEWEST_CHOICES, max_length=MOST_CHOICES)] = key(
        "The answers, two to four.",
        examples=[[{"value": "right", "belief": "those that were copied"}, {"value": 0, "belief": "none"}]],
    )


class Beside(Part):
    """This run beside many others of the same scenario. In a story with `compare` there is a chart of each
    design.
    """

    measure: choices.BesideMeasure = key("What is shown of each run.", examples=["lost"])
    runs: Runs = key(
        f"How many others, {FEWEST_RUNS} to {MOST_RUNS}.", USUAL_RUNS, USUAL_RUNS, examples=[500]
    )
    others: choices.BesideOthers | None = key(
        "How they differ from this run. Left out: `struck` where the scenario strikes a unit, else "
        "`as written`.",
        None,
        examples=["as written"],
    )


if TYPE_CHECKING:
    Ask = Question | str
else:
    Ask = Annotated[Question, *values.ASK]


class Beat(Part):
    """At an instant: what to say, where to look, how fast to go on, what to ask."""

    at: values.Instant = key(
        "When: `start`, `end`, a time, or a moment of the run (`first lightning - 500ms`).",
        examples=["first lightning - 500ms", "11s", "last sync before first loss", "start", "end", *MOMENTS],
    )
    say: values.Sentence | None = key(
        f"One sentence, at most {LONGEST_SENTENCE} characters. Figures stand in braces.",
        None,
        examples=["{exposed} sessions exist on this unit only."],
    )
    speed: values.Speed | None = key(
        "How fast the run goes on from here: 1 as it happens, 0.2 a fifth. Left out: as before.",
        None,
        examples=[0.2, "0.2x"],
    )
    hold: values.Hold | None = key(
        "How long time stands still here. Left out: as long as the sentence needs to be read.",
        None,
        examples=["3s"],
    )
    focus: values.Place | None = key(
        "Where to look from here: a tier, a unit, a cable, a site, a feed; stage, clients, timeline, ledger.",
        None,
        examples=["firewall", "firewall.primary", "stage"],
    )
    zoom: values.Zoom | None = key("How close, from 1 to 4. Left out: as before.", None, examples=[1.8])
    highlight: values.Places | None = key(
        "What is lit while this beat is told: a place, or a list of them.",
        None,
        examples=[["firewall.secondary", "firewall.sync"]],
    )
    labels: dict[values.Place, values.Label] = Field(
        {},
        description=f"A few words at a place while this beat is told, {LONGEST_LABEL} characters each.",
        max_length=MOST_PLACES,
        examples=[{"firewall.primary": "{exposed} nowhere else"}],
        json_schema_extra={"additionalProperties": False, "default": {}},
    )
    claim: values.Claims | None = key(
        "What must be true of the run for this beat to be told, or it is left out: a figure, a relation (=, "
        "!=, <, <=, >, >=), and a number, a duration or another figure; or a list of such claims.",
        None,
        examples=["lost = 0", "lost > lost at first takeover", ["rto < 3s", "lost > 0"]],
    )
    beside: Beside | None = key(
        "While this beat is told: a chart of many other runs, this one marked. Time stands still long enough "
        "to read it.",
        None,
        examples=[{"measure": "lost", "runs": 200}],
    )
    ask: Ask | None = key(
        "A question, or `survivors`: how many sessions outlive the next strike.", None, examples=["survivors"]
    )


class Chapter(Part):
    """A stretch that makes one point."""

    title: values.Title = key("Its name, a few words.", examples=["The strike"])
    beats: Annotated[list[Beat], Field(min_length=1, max_length=MAX_BEATS)] = key(
        f"What is told, in order of time, {MAX_BEATS} at most.", examples=[[{"at": "start", "say": "..."}]]
    )


class Story(Part):
    """What is told about the run: the window's chapters, and the script of a film."""

    compare: values.Name | None = key(
        "Tell it of several designs side by side: the name of a comparison.", None, examples=["paths"]
    )
    chapters: Annotated[list[Chapter], Field(min_length=1, max_length=MAX_CHAPTERS)] = key(
        f"The chapters, {MAX_CHAPTERS} at most.",
        examples=[[{"title": "The strike", "beats": [{"at": "first lightning", "say": "..."}]}]],
    )
