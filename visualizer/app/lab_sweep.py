"""From one run to many and back: what is lost along a knob or two, and one of those runs opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.lab_curve import BEHIND, StrikeCurve
from visualizer.app.lab_sweep_asked import Asked, Asking
from visualizer.app.lab_sweep_choices import choices
from visualizer.app.lab_sweep_found import Found
from visualizer.app.lab_sweep_list import SweepList, choice_row, measure_rows, nothing_row
from visualizer.app.lab_sweep_look import look_of, moved, start_of
from visualizer.app.lab_sweep_plan import Drawn, drawn, values_of
from visualizer.app.lab_sweep_work import Answers
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.app.why import Why
from visualizer.lab.measures import MEASURES, Measure
from visualizer.language import marked, say, spoken
from visualizer.scene.lab_sweep import ALONG, AND, MEASURE
from visualizer.scene.lab_sweep_shown import CELL, PREFIX, SweepLook
from visualizer.scene.lab_sweep_words import called, in_short
from visualizer.scene.look import Look
from visualizer.story.caption import opening_us
from visualizer.story.words import instant
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_LOOK_NS = 200_000_000
"""So often what is known is drawn anew."""

_AHEAD_US = 500_000
"""So long before its strike a run is paused."""

_FAR = 10_000
_ABOUT_TIME = ("heartbeat", "misses", "convergence")
"""Knobs that change how long it takes, and not what is lost."""
_ASKING = {MEASURE: "sweep_measure", ALONG: "sweep_along", AND: "sweep_and"}


class Sweeps(Feature):
    """`Look.sweep` while its panel is open. What was found is kept for each question."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._open = False
        self._measure: str | None = None
        self._cursor: int | None = None
        self._asking = Asking()
        self._found = Found()
        self._version = 0
        self._since_ns = 0
        self._look: tuple[object, SweepLook] | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """Open and close, ask something else, move the cursor, open a run."""
        inside: dict[str, Act] = {
            "sweep_escape": self._escape,
            "sweep_measure": self._choose_measure,
            "sweep_along": lambda: self._choose_along(0),
            "sweep_and": lambda: self._choose_along(1),
            "sweep_left": lambda: self._move(-1, 0),
            "sweep_right": lambda: self._move(1, 0),
            "sweep_up": lambda: self._move(0, 1),
            "sweep_down": lambda: self._move(0, -1),
            "sweep_first": lambda: self._move(-_FAR, 0),
            "sweep_last": lambda: self._move(_FAR, 0),
            "sweep_enter": self._enter,
        }
        return {"sweep": self.toggle, **{name: partial(self._inside, act) for name, act in inside.items()}}

    def _inside(self, act: Act) -> None:
        """What means nothing while the panel is not seen."""
        if self.shown:
            act()

    @property
    def context(self) -> str | None:
        """The arrows move the cursor."""
        return "sweep" if self.shown else None

    @property
    def shown(self) -> bool:
        """Whether the panel is seen: not beside several runs, a question or a story, which it would tell."""
        controls = self.controls
        others = controls.others or controls.document is None or controls.feature(Why).context
        tells = controls.feature(Questions).waits or controls.feature(Story).tells
        return self._open and not others and not tells and not controls.feature(StrikeCurve).shown

    @property
    def measure(self) -> Measure:
        """What is measured: what somebody chose, else what the knob is about."""
        about_time = self.asked.keys[0] in _ABOUT_TIME
        return MEASURES[self._measure or ("outage_s" if about_time else "lost_sessions")]

    @property
    def asked(self) -> Asked:
        """What is asked of the scenario on show."""
        document = self.controls.document
        assert document is not None
        return self._asking.of(document, self.controls.run)

    @property
    def answers(self) -> Answers | None:
        """What is known of it; None while it is not planned yet, or cannot be."""
        found = self._found.of(self.asked)
        return found if isinstance(found, Answers) else None

    def toggle(self) -> None:
        """The panel, or the stage again."""
        controls = self.controls
        if controls.document is None:
            controls.notice = say("This run cannot be asked about: its scenario is not known.")
        elif controls.feature(Story).tells:
            controls.notice = say(
                "A story shows what comes when it comes. A turns it off; then Y asks many runs."
            )
        else:
            self._open = not self.shown
            if self._open:
                controls.playing, controls.menu, controls.focus = False, None, None
                controls.feature(StrikeCurve).shut()
                controls.feature(Why).shut()

    def shut(self) -> None:
        """The stage again."""
        self._open = False

    def forbids(self, act: str) -> str | None:
        """What happens on the stage would not be seen."""
        if self.shown and (act in BEHIND or act.startswith("fault:")):
            return say("Esc closes this first; Enter opens one of the runs at the cursor.")
        return None

    def look(self, look: Look) -> Look:
        """With the panel, in the place of the stage."""
        return replace(look, sweep=self._shown_now()) if self.shown else look

    def press(self, name: str) -> bool:
        """What is asked, or one of the answers."""
        if name.startswith(CELL):
            self._cursor = int(name.removeprefix(CELL))
            self.open_run()
        elif name in _ASKING:
            self.acts[_ASKING[name]]()
        return name.startswith(PREFIX)

    def point(self, name: str | None) -> bool:
        """The cursor goes where the pointer goes."""
        if self.shown and name is not None and name.startswith(CELL):
            self._cursor = int(name.removeprefix(CELL))
        return False

    def wheel(self, name: str | None, notches: int) -> bool:
        """Over the panel nothing changes its speed."""
        return self.shown and (name or "").startswith(PREFIX)

    def changed(self) -> None:
        """Another scenario, another place of what is on show."""
        self._cursor = None

    def elapse(self, wall_ns: int) -> None:
        """Find out more, and show it now and then."""
        if not self.shown:
            return
        self._found.go_on(self.asked)
        self._since_ns += wall_ns
        answers = self.answers
        if answers and (answers.done or self._since_ns > _LOOK_NS):
            self._version, self._since_ns = answers.version, 0

    def close(self) -> None:
        """Leave."""
        self._found.close()

    def open_run(self) -> None:
        """A run of the point at the cursor, the one nearest to its mean, in the place of the run on show."""
        controls, answers, asked = self.controls, self.answers, self.asked
        cursor = self._shown_now().chosen or 0
        found = drawn(answers, cursor, self.measure) if answers else None
        if answers is None or found is None:
            controls.notice = say("Nothing is known of this point yet: a moment.")
            return
        run = Run(found.opened.setup)
        run.seek(_before(found))
        self._asking.opened(found.opened, asked, values_of(answers.plan, cursor))
        self._open = False
        controls.focus = controls.hover = None
        controls.show(run, found.opened)
        told = _told(found, self.measure)
        controls.notice = f"{told} {say('Space plays it, Y: back to all, U: undo.')}"

    def _shown_now(self) -> SweepLook:
        """Made anew only when something changed."""
        asked = self.asked
        found = self._found.of(asked)
        version = self._version if found else 0
        now = (asked, found, self.measure.key, self._cursor, version, spoken())
        if self._look is None or self._look[0] != now:
            made = look_of(asked.question, asked.values, found, self.measure)
            cursor = start_of(made) if self._cursor is None else self._cursor
            self._look = now, replace(made, chosen=min(cursor, len(made.cells) - 1))
        return self._look[1]

    def _move(self, right: int, up: int) -> None:
        """The cursor goes on, to the ends and no farther."""
        self._cursor = moved(self._shown_now(), right, up)
        self.controls.focus = None

    def _choose_measure(self) -> None:
        keys = tuple(MEASURES)

        def choose(place: int) -> None:
            self._measure = keys[place]

        here = keys.index(self.measure.key)
        self.controls.feature(SweepList).ask(marked("What is measured"), measure_rows(), here, choose)

    def _choose_along(self, number: int) -> None:
        """The knob of the first axis, or of the second."""
        question, along = self.asked.question, self.asked.keys
        offered = choices(question.opened.setup, question.tier)
        keys = [one.knob.key for one in offered if number == 0 or one.knob.key != along[0]]
        rows = [choice_row(one) for one in offered if one.knob.key in keys]
        if number:
            keys, rows = ["", *keys], [nothing_row(), *rows]
        here = along[number] if number < len(along) else ""
        heading = marked("Against what") if number == 0 else marked("And against what")

        def choose(place: int) -> None:
            chosen = (keys[place], *along[1:]) if number == 0 else (along[0], keys[place])
            self._asking.along = tuple(dict.fromkeys(key for key in chosen if key))
            self._cursor = None

        self.controls.feature(SweepList).ask(heading, rows, keys.index(here), choose)

    def _enter(self) -> None:
        if self.controls.menu:
            self.controls.accept()
        elif self.controls.focus:
            self.controls.press(self.controls.focus)
        else:
            self.open_run()

    def _escape(self) -> None:
        if self.controls.menu or self.controls.help_open:
            self.controls.escape()
        else:
            self.shut()


def _before(found: Drawn) -> int:
    """Shortly before it is struck: one sees it come."""
    setup = found.opened.setup
    if found.at_us is None:
        return opening_us(setup)
    return max(found.at_us - _AHEAD_US, 0) // setup.tick_us * setup.tick_us


def _told(found: Drawn, measure: Measure) -> str:
    """ "Seed 37: struck at 11.4 s, 10 sessions." """
    value = in_short(found.value, called(measure.unit), shares=not measure.unit)
    if found.at_us is None:
        return say("Seed {seed}: {value}.", seed=found.seed, value=value)
    at = instant(found.at_us)
    return say("Seed {seed}: struck at {at}, {value}.", seed=found.seed, at=at, value=value)
