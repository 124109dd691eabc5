"""The story that an author tells about the run on show: sentences, camera, speed, questions, at its beats.

It is found anew in every version of the run: somebody strikes or turns a knob, and what no longer happens is
left out. Told or not, the run is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.playback import CAP_NS
from visualizer.app.questions import Questions
from visualizer.app.telling import LONG_NS, Telling
from visualizer.app.twin import TwinRun
from visualizer.language import marked, say, translated
from visualizer.scene.growing import grow
from visualizer.scene.look import Look
from visualizer.scene.told import Told, before_all, told_of
from visualizer.script.script import SPEED_ONE, Script
from visualizer.sim.command import Command
from visualizer.story.chapters import Chapter
from visualizer.story.question import Question
from visualizer.story.screenplay import Screenplay, ToldBeat, screenplay
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_WELCOME = marked("This one tells a story: Space plays it. A turns it off, to explore freely.")
_FIRST_SLICE_S = 0.1  # most runs are known after that, and the picture that follows an act tells already


class Story(Feature):
    """`on`: whether stories are told, for this evening."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.on = True
        self._telling: Telling | None = None
        self._version: tuple[Script, Run, tuple[Command, ...]] | None = None
        self._tried: object = None
        self._named: object = None
        self._own_speed: float | None = None
        self._told_speed: float | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """On and off."""
        return {"story": self._toggle}

    @property
    def script(self) -> Script | None:
        """What there is to tell; of several designs only what is meant for them."""
        document = self.controls.document
        script = document.script if document else None
        compared = self.controls.feature(TwinRun).key
        return script if script and compared in (None, script.compare) else None

    @property
    def tells(self) -> bool:
        """Whether a story has the speed and the stops of what is played."""
        return self.on and self.script is not None

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The author's, as far as they come in this run; none while no story is told."""
        run = self.controls.run
        if self.tells and run.played_us < run.setup.duration_us:
            run.finish()
        telling = self._known()
        return telling.play.chapters if telling else ()

    @property
    def play(self) -> Screenplay | None:
        """What is told of the run as it is now; None while that is not known, and where nothing is told."""
        telling = self._known()
        return telling.play if telling else None

    @property
    def beat(self) -> ToldBeat | None:
        """The beat that is told now."""
        telling = self._known()
        return telling.beat if telling else None

    @property
    def over(self) -> bool:
        """Whether nothing is left to be told or asked; so it is where nothing is told."""
        if not self.tells:
            return True
        telling = self._known()
        if telling is None or telling.due_us is not None:
            return False
        return not (telling.hold_ns and telling.beat and telling.beat.question)

    @property
    def frozen(self) -> bool:
        """While a beat holds; and at first, until it is known what there is to tell."""
        telling = self._known()
        return telling.hold_ns > 0 if telling else self.tells and self._telling is None

    @property
    def halt_us(self) -> int | None:
        """The next beat."""
        telling = self._known()
        return telling.due_us if telling else None

    def look(self, look: Look) -> Look:
        """With what is told. Of a run that is still computed no words: nobody knows whether they hold."""
        known = self._known()
        telling = known or (self._telling if self.tells else None)
        if telling is None or not telling.play.beats:
            return look
        told = _told(telling, reduced_motion=look.reduced_motion)
        if telling is not known:
            told = replace(told, sentence="", highlight=(), labels=())
        return replace(look, told=told)

    def skip(self) -> bool:
        """A hold is over at once."""
        telling = self._known()
        if telling is None or not telling.hold_ns:
            return False
        telling.hold_ns = 0
        self._ask(telling)
        return True

    def begin(self) -> None:
        """Say that there is a story."""
        if self.script and not self.controls.notice:
            self.controls.notice = translated(_WELCOME)

    def changed(self) -> None:
        """Without a story the speed is one's own again."""
        if not self.tells:
            self._give_back_speed()

    def sought(self) -> None:
        """What is told there."""
        telling = self._known()
        if telling:
            shown = telling.shown
            telling.place(self.controls.run.now_us)
            if telling.shown != shown:
                self._take_speed(telling)

    def respoken(self) -> None:
        """The same story in another language, from where somebody is in it."""
        self._version = None

    def elapse(self, wall_ns: int) -> None:
        """Begin what is due, hold, and ask, while it is played."""
        telling, controls = self._known(), self.controls
        if telling is None:
            return
        now_us, wall_ns = controls.run.now_us, min(max(wall_ns, 0), CAP_NS)
        if not controls.playing:
            telling.told_ns = LONG_NS
            if telling.due_us is not None and telling.due_us <= now_us and telling.due != telling.shown:
                self.sought()
            return
        telling.told_ns += wall_ns
        if self._others_hold:
            return
        if telling.pass_hold(wall_ns):
            self._ask(telling)
        while telling.due_us == now_us and not telling.hold_ns and not self._others_hold:
            telling.begin()
            self._take_speed(telling)
            if not telling.hold_ns:
                self._ask(telling)

    @property
    def _others_hold(self) -> bool:
        """Whether time stands still for something else: a menu, a list, a question."""
        controls = self.controls
        return bool(controls.menu) or any(one.frozen for one in controls.features if one is not self)

    def _known(self) -> Telling | None:
        """What is told of the run as it is now; None while that is not known, and where there is nothing."""
        document, run, script = self.controls.document, self.controls.run, self.script
        if not self.on or document is None or script is None:
            return None
        version = (script, run, run.acts)
        if version == self._version:
            return self._telling
        if self._named != (document.name, document.path):
            self._named, self._telling = (document.name, document.path), None
        if version != self._tried:
            self._tried = version
            grow(run, _FIRST_SLICE_S)
        if run.played_us < run.setup.duration_us:
            return None
        older, new_script = self._telling, self._version is None or self._version[0] is not script
        telling = Telling(screenplay(script, run.setup, run.events, run.state_at), run.now_us)
        self._version, self._telling = version, telling
        if older is None or not telling.follow(older, run.now_us):
            self._take_speed(telling)
        if new_script and not run.acts:
            self._say_left_out(telling.play)
        return telling

    def _say_left_out(self, play: Screenplay) -> None:
        """To an author: what the file says and the run does not have."""
        if play.left_out:
            path = self.controls.document.path if self.controls.document else None
            line = play.left_out[0].replace(str(path), path.name) if path else play.left_out[0]
            more = len(play.left_out) - 1
            self.controls.notice = f"{line} {say('And {n} more.', n=more)}" if more else line

    def _ask(self, telling: Telling) -> None:
        """The hold of a beat is over: its question."""
        if telling.beat and telling.beat.question:
            again = partial(self._question, telling.shown)
            self.controls.feature(Questions).ask(telling.beat.question, again=again)

    def _question(self, place: int | None) -> Question | None:
        """That of a beat, in the language that is spoken now."""
        self.respoken()
        telling = self._known()
        return telling.play.beats[place].question if telling and place is not None else None

    def _take_speed(self, telling: Telling) -> None:
        """That of the beat, until the next one or until somebody chooses another."""
        if self.controls.speed != self._told_speed:
            self._own_speed = self.controls.speed
        if telling.beat:
            self.controls.speed = self._told_speed = telling.beat.speed / SPEED_ONE
        else:
            self._give_back_speed()

    def _give_back_speed(self) -> None:
        if self._own_speed is not None and self.controls.speed == self._told_speed:
            self.controls.speed = self._own_speed
        self._own_speed = self._told_speed = None

    def _toggle(self) -> None:
        controls = self.controls
        if self.script is None:
            controls.notice = say("No story comes with this.")
            return
        if self.on:
            controls.feature(Questions).drop_told()
            self._give_back_speed()
        self.on = not self.on
        self.sought()
        on = say("The story is on.")
        controls.notice = on if self.on else say("The story is off: explore freely. A tells it again.")


def _told(telling: Telling, *, reduced_motion: bool) -> Told:
    """With less motion the camera is where it goes to at once."""
    if telling.shown is None:
        return before_all(telling.play)
    told = told_of(telling.play, telling.shown, telling.told_ns // 1000)
    there = told_of(telling.play, telling.shown, LONG_NS // 1000)
    return replace(there, title=told.title) if reduced_motion else told
