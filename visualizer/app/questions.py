"""Commit, then see: a question, all that would tell hidden until it is answered, guess beside result.

Who asks says what follows an answer: `Predict` strikes, a story goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visualizer.app.answers import demand, judged, moved, rubbed_out, spoken, with_digit
from visualizer.app.feature import Act, Feature
from visualizer.app.why import Why
from visualizer.language import say, thousands
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.look import Look
from visualizer.story.question import Question

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_HARMLESS = frozenset(
    {
        "help", "focus_next", "focus_previous", "enter", "escape", "leave", "reduced_motion", "sound",
        "theme", "larger", "smaller", "usual_size", "full_screen", "settings", "room", "room_leave", "blank",
    }
)  # fmt: skip
_ELSEWHERE = ("question:", "dialog", "problems")
"""What tells nothing and moves nothing, and what is asked by others meanwhile; the rest waits."""


@dataclass(frozen=True, slots=True)
class _Watched:
    """A guess (None: none was made) whose result is being played; `speed` is what the person had chosen."""

    question: Question
    guess: int | None
    speed: float


class Questions(Feature):
    """Asks, waits while it is played, shows the guess beside the result. The score lasts one evening."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._now: Asked | _Watched | Answered | None = None
        self._told = False
        self._committed: Callable[[], None] | None = None
        self._again: Callable[[], Question | None] | None = None
        self._right = 0
        self._count = 0

    @property
    def acts(self) -> Mapping[str, Act]:
        """Answering, taking back, going on."""
        answers = {f"answer_{n + 1}": self._answerer(n) for n in range(5)}
        return answers | {
            "answer_up": lambda: self._move(-1),
            "answer_down": lambda: self._move(1),
            "answer_accept": self._accept,
            "answer_delete": self._delete,
            "answer_close": self._close,
            "answer_why": self._why,
            "answer_play": self._play,
        }

    @property
    def context(self) -> str | None:
        """The keys of the question, of a number that is typed, or of the result."""
        match self._now:
            case _ if self.controls.help_open:
                return None
            case Asked(typed=None):
                return "question"
            case Asked():
                return "number"
            case Answered():
                return "answered"
            case _:
                return None

    @property
    def waits(self) -> bool:
        """Whether a question waits for its answer."""
        return isinstance(self._now, Asked)

    @property
    def frozen(self) -> bool:
        """Time stands still until the answer is committed; in a story, until its result was read."""
        return isinstance(self._now, Asked) or (self._told and isinstance(self._now, Answered))

    @property
    def stop_us(self) -> int | None:
        """Where the result is known, while it is awaited; a story goes on by itself there."""
        return self._now.question.until_us if isinstance(self._now, _Watched) and not self._told else None

    @property
    def halt_us(self) -> int | None:
        """The same in a story."""
        return self._now.question.until_us if isinstance(self._now, _Watched) and self._told else None

    def forbids(self, act: str) -> str | None:
        """While it waits for an answer, all that would tell it, change the run or move time."""
        if not isinstance(self._now, Asked) or act in self.acts:
            return None
        if act in _HARMLESS or act.startswith(_ELSEWHERE) or (self._told and act == "room_forth"):
            return None
        return demand(self._now)

    def look(self, look: Look) -> Look:
        """The question, or guess beside result."""
        shown = self._now
        return replace(look, asked=shown) if isinstance(shown, Asked | Answered) else look

    def ask(
        self,
        question: Question,
        committed: Callable[[], None] | None = None,
        *,
        again: Callable[[], Question | None] | None = None,
    ) -> None:
        """Freeze, and ask. `committed` is done when an answer has been committed, before it is played on.
        Without it the question is a story's: Esc goes on without an answer, and so does playing afterwards.
        `again`: the same question, in the language that is spoken then.
        """
        self.controls.feature(Why).shut()
        self._again = again
        self._told, self._committed, self._now = committed is None, committed, None
        self._now = Asked(question, told=self._told)

    def drop(self) -> None:
        """What was asked means nothing any more."""
        if isinstance(self._now, _Watched) and not self._told:
            self.controls.speed = self._now.speed
        self._now = None

    def drop_told(self) -> None:
        """The story that asked is told no more."""
        if self._told:
            self.drop()

    def go_on(self) -> bool:
        """Go on without an answer, or after the result; whether a story waited for that."""
        waits = self.frozen and self._told
        if waits:
            self._close()
        return waits

    def skip(self) -> bool:
        """Space after the result goes on with the story."""
        return self.go_on()

    def press(self, name: str) -> bool:
        """A choice, the field for a number, or the panel itself."""
        match name.split(":"):
            case ["question", "close"]:
                self._close()
            case ["question", number] if number.isdecimal():
                self._answerer(int(number))()
            case ["question", *_]:
                pass
            case _:
                return False
        return True

    def wheel(self, name: str | None, notches: int) -> bool:
        """Time does not move under a question."""
        return isinstance(self._now, Asked)

    def typed(self, text: str) -> bool:
        """One more digit of a number."""
        asked = self._now
        if not isinstance(asked, Asked) or asked.typed is None:
            return False
        self._now = with_digit(asked, text)
        return True

    def changed(self) -> None:
        """Somebody did something else: the question means nothing any more."""
        self.drop()

    def sought(self) -> None:
        """Who jumps somewhere else in a story does not wait for what came of it."""
        if self._told and not isinstance(self._now, Asked):
            self._now = None

    def respoken(self) -> None:
        """The question, or guess beside result, in another language."""
        question = self._again() if self._again else None
        if question is None:
            return
        match self._now:
            case Asked() | _Watched():
                self._now = replace(self._now, question=question)
            case Answered(guess, right=right, asked=asked):
                state = self.controls.run.state_at(question.until_us)
                told = judged(question, guess, state, right=right, asked=asked)
                self._now = replace(told, right=right, asked=asked)

    def elapse(self, wall_ns: int) -> None:
        """When the result is known, the run stands still there and shows what came of it."""
        watched, controls = self._now, self.controls
        if not isinstance(watched, _Watched) or controls.run.now_us < watched.question.until_us:
            return
        if controls.run.now_us > watched.question.until_us:  # somebody jumped ahead
            controls.seek(watched.question.until_us)
        if not self._told:
            controls.playing, controls.speed = False, watched.speed
        controls.notice = None
        told = judged(
            watched.question, watched.guess, controls.run.state, right=self._right, asked=self._count
        )
        self._now, self._right, self._count = told, told.right, told.asked

    def _answerer(self, place: int) -> Act:
        """Commits to the choice at a place; after the choices a number is typed."""

        def answer() -> None:
            asked = self._now
            if not isinstance(asked, Asked):
                return
            if place < asked.own:
                self._commit(asked.question, asked.question.choices[place].value)
            elif asked.typed is None and asked.question.counted:
                self._now = replace(asked, chosen=asked.own, typed="")

        return answer

    def _move(self, steps: int) -> None:
        if isinstance(self._now, Asked):
            self._now = moved(self._now, steps)

    def _accept(self) -> None:
        """Enter: what has the focus, what is chosen, the number that was typed; or go on."""
        asked, focus = self._now, self.controls.focus or ""
        if isinstance(asked, Answered):
            self._close()
        elif isinstance(asked, Asked) and asked.typed is not None:
            self._take(asked.question, asked.typed)
        elif focus.startswith("question:"):
            self.press(focus)
        elif isinstance(asked, Asked) and asked.chosen is not None:
            self._answerer(asked.chosen)()
        else:
            self.controls.notice = self.forbids("play")

    def _take(self, question: Question, typed: str) -> None:
        """A number of one's own."""
        if typed and int(typed) <= question.most:
            self._commit(question, int(typed))
        else:
            self.controls.notice = say(
                "Type a number from 0 to {most}, then Enter.", most=thousands(question.most)
            )

    def _delete(self) -> None:
        if isinstance(self._now, Asked):
            self._now = rubbed_out(self._now)

    def _close(self) -> None:
        match self._now:
            case Asked() if self._told:
                self._now = _Watched(self._now.question, None, self.controls.speed)
            case Asked():
                self._now = None
                self.controls.notice = say("The question is taken back; nothing was struck.")
            case Answered() if self._told:
                self._now = None
                self.controls.play_on()
            case _:
                self._now = None

    def _why(self) -> None:
        self._close()
        self.controls.do("why")

    def _play(self) -> None:
        """Space goes on from the result."""
        self._close()
        self.controls.play_on()

    def _commit(self, question: Question, guess: int) -> None:
        """Go on, and watch what comes of it."""
        watched = _Watched(question, guess, self.controls.speed)
        if self._committed:
            self._committed()
        self._now = watched
        said = spoken(question, guess)
        if self._committed:
            self.controls.notice = say("You said {answer}. Watch what is left.", answer=said)
        else:
            self.controls.notice = say("You said {answer}. Watch what comes of it.", answer=said)
        self.controls.play_on()
