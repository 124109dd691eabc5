"""Commit, then see: a question before the lightning, and all that would tell hidden until it is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.moments import act_us
from visualizer.app.why import Why
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.look import SPEEDS, Look
from visualizer.scene.targets import target_of
from visualizer.scene.wording import thousands
from visualizer.sim import State, exposure
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role
from visualizer.story.question import LONGEST_US, Question, how_many_survive

if TYPE_CHECKING:
    from visualizer.app.controls import Controls
    from visualizer.timeline.run import Run

_FAULT = "lightning"
_WATCHED_S = 5.0
"""About how long, on the wall clock, it takes from the strike to the takeover."""
_DIGITS = 7
_FIRST = "Answer first: {keys}, or a number. Esc takes the question back."
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
    """A guess whose result is being played; `speed` is what the person had chosen."""

    question: Question
    guess: int
    speed: float


class Predict(Feature):
    """Asks, waits while it is played, shows the guess beside the result. The score lasts one evening."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._strike: Strike | None = None
        self._now: Asked | _Watched | Answered | None = None
        self._right = 0
        self._count = 0

    @property
    def acts(self) -> Mapping[str, Act]:
        """Asking, answering, taking back."""
        answers = {f"answer_{n + 1}": self._answerer(n) for n in range(5)}
        return answers | {
            "predict": self.ask,
            "answer_up": lambda: self._move(-1),
            "answer_down": lambda: self._move(1),
            "answer_accept": self._accept,
            "answer_delete": self._delete,
            "answer_close": self._close,
            "answer_why": self._why,
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
    def frozen(self) -> bool:
        """Time stands still until the answer is committed."""
        return isinstance(self._now, Asked)

    @property
    def stop_us(self) -> int | None:
        """The takeover, while it is awaited."""
        return self._now.question.until_us if isinstance(self._now, _Watched) else None

    def forbids(self, act: str) -> str | None:
        """While it waits for an answer, all that would tell it, change the run or move time."""
        if not isinstance(self._now, Asked) or act in self.acts.keys() - {"predict"}:
            return None
        if act in _HARMLESS or act.startswith(_ELSEWHERE):
            return None
        count = len(self._now.question.choices)
        return _FIRST.format(keys=f"1 to {count}" if count > 1 else "1")

    def look(self, look: Look) -> Look:
        """The question, or guess beside result."""
        shown = self._now
        return replace(look, asked=shown) if isinstance(shown, Asked | Answered) else look

    def ask(self) -> None:
        """Freeze, and ask what lightning would leave."""
        state = self.controls.run.state
        target = _aim(state, self.controls.focus or self.controls.hover)
        if target is None:
            self.controls.notice = "Nobody serves now: there is nothing to predict. R repairs."
            return
        self.controls.playing = False
        strike = Strike(act_us(self.controls.run, on_tick=False), _FAULT, target)
        question = how_many_survive(state, _tried(self.controls.run, strike, target.tier), strike, target)
        if question.most == 0:
            self.controls.notice = "No session is open now: there is nothing to predict."
            return
        self.controls.feature(Why).shut()
        self._strike, self._now = strike, Asked(question)

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
        if text.isdecimal() and text.isascii() and len(asked.typed) < _DIGITS:
            self._now = replace(asked, typed=(asked.typed + text).lstrip("0") or "0")
        return True

    def changed(self) -> None:
        """Somebody did something else: the question means nothing any more."""
        if isinstance(self._now, _Watched):
            self.controls.speed = self._now.speed
        self._now = None

    def elapse(self, wall_ns: int) -> None:
        """When the takeover is reached the run pauses there, and shows what came of it."""
        watched = self._now
        if isinstance(watched, _Watched) and self.controls.run.now_us >= watched.question.until_us:
            self.controls.playing = False
            self.controls.seek(watched.question.until_us)
            self.controls.speed = watched.speed
            self.controls.notice = None
            self._now = self._judged(watched)

    def _judged(self, watched: _Watched) -> Answered:
        question, state = watched.question, self.controls.run.state
        result = question.result(state)
        self._count += 1
        self._right += watched.guess == result
        choice = question.choice(watched.guess)
        return Answered(
            guess=watched.guess,
            result=result,
            of=question.most,
            of_what=question.of_what,
            why=question.because(state),
            reply=choice.reply if choice and watched.guess != result else "",
            right=self._right,
            asked=self._count,
        )

    def _answerer(self, place: int) -> Act:
        """Commits to the choice at a place; after the choices a number is typed."""

        def answer() -> None:
            asked = self._now
            if not isinstance(asked, Asked):
                return
            if place < asked.own:
                self._commit(asked.question, asked.question.choices[place].value)
            elif asked.typed is None:
                self._now = replace(asked, chosen=asked.own, typed="")

        return answer

    def _move(self, steps: int) -> None:
        if isinstance(self._now, Asked):
            start = self._now.chosen
            count = self._now.own + 1
            chosen = (0 if steps > 0 else count - 1) if start is None else (start + steps) % count
            self._now = replace(self._now, chosen=chosen, typed="" if chosen == self._now.own else None)

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
            self.controls.notice = f"Type a number from 0 to {thousands(question.most)}, then Enter."

    def _delete(self) -> None:
        asked = self._now
        if isinstance(asked, Asked) and asked.typed:
            self._now = replace(asked, typed=asked.typed[:-1])
        elif isinstance(asked, Asked):
            self._now = replace(asked, typed=None, chosen=None)

    def _close(self) -> None:
        if isinstance(self._now, Asked):
            self.controls.notice = "The question is taken back; nothing was struck."
        self._now = None

    def _why(self) -> None:
        self._close()
        self.controls.do("why")

    def _commit(self, question: Question, guess: int) -> None:
        """Strike, and play on at a speed at which it can be followed."""
        assert self._strike is not None
        speed = self.controls.speed
        self.controls.perform(self._strike)
        self._now = _Watched(question, guess, speed)
        self.controls.speed = _speed(question.until_us - self._strike.at_us)
        self.controls.notice = f"You said {thousands(guess)}. Watch what is left."
        self.controls.play_on()


def _tried(run: Run, strike: Strike, tier: int) -> State:
    """The same run with the strike, played in the background as far as the question reaches."""
    trial = run.fork()
    trial.act(strike)
    end_us = min(strike.at_us + LONGEST_US, run.setup.duration_us)
    while trial.played_us < end_us and not any(
        one.takeover_us is not None and (one.tier, one.fault_us) == (tier, strike.at_us)
        for one in trial.compute(trial.played_us).failovers
    ):
        trial.compute(min(trial.played_us + US_PER_S, end_us))
    return trial.compute(trial.played_us)


def _speed(time_us: int) -> float:
    """The speed at which that time takes about as long as it can be watched with attention."""
    wanted = time_us / US_PER_S / _WATCHED_S
    return min(SPEEDS, key=lambda speed: max(speed, wanted) / max(min(speed, wanted), 1e-9))


def _aim(state: State, pointed: str | None) -> UnitTarget | None:
    """The active unit that is pointed at, else that of the pair whose loss would be the greatest."""
    target = target_of(pointed)
    if isinstance(target, UnitTarget) and _serves(state, target):
        return target
    exposed = exposure(state).by_tier
    serving = [
        UnitTarget(tier, unit)
        for tier in sorted(range(len(exposed)), key=lambda tier: (-exposed[tier], tier))
        for unit in (0, 1)
        if _serves(state, UnitTarget(tier, unit))
    ]
    return serving[0] if serving else None


def _serves(state: State, target: UnitTarget) -> bool:
    here = state.tiers[target.tier]
    return here.units[target.unit].role is Role.ACTIVE and here.serving == target.unit
