"""Where somebody is in a screenplay: which beat is told, for how long, and how long time stands still for it.

Pure bookkeeping on two clocks, the instants of the run and the wall clock. It knows no window.
"""

from __future__ import annotations

from visualizer.story.screenplay import Screenplay, ToldBeat

LONG_NS = 10**12
"""Told for so long: the camera has arrived, the title has gone."""


class Telling:
    """`shown` is the index of the beat that is told, None before the first; `due` that of the next to begin.
    They are the same where somebody has jumped to a beat that has not been played yet. `told_ns`: for how
    long it has been told; `hold_ns`: for how long time still stands for it.
    """

    def __init__(self, play: Screenplay, now_us: int) -> None:
        self.play = play
        self.shown: int | None = None
        self.due = 0
        self.told_ns = LONG_NS
        self.hold_ns = 0
        self.place(now_us)

    @property
    def beat(self) -> ToldBeat | None:
        """The one that is told."""
        return None if self.shown is None else self.play.beats[self.shown]

    @property
    def due_us(self) -> int | None:
        """When the next beat begins; None after the last."""
        return self.play.beats[self.due].at_us if self.due < len(self.play.beats) else None

    def place(self, now_us: int) -> None:
        """Show what is told at an instant, as if it had been told for long. Of several beats that begin there
        the first of the last chapter is shown, and all of them are to be played.
        """
        beats = self.play.beats
        self.due = sum(beat.at_us <= now_us for beat in beats)
        last = beats[self.due - 1] if self.due else None
        if last and last.at_us == now_us:
            here = (beat.at_us == now_us and beat.chapter == last.chapter for beat in beats)
            self.due = next(index for index, is_here in enumerate(here) if is_here)
            self.shown = self.due
        else:
            self.shown = self.due - 1 if self.due else None
        self.told_ns, self.hold_ns = LONG_NS, 0

    def begin(self) -> ToldBeat:
        """The next beat is told from now on."""
        beat = self.play.beats[self.due]
        self.shown, self.due = self.due, self.due + 1
        self.told_ns, self.hold_ns = 0, beat.hold_us * 1000
        return beat

    def pass_hold(self, wall_ns: int) -> bool:
        """So much of the hold has passed; whether it has come to its end with that."""
        held = self.hold_ns > 0
        self.hold_ns = max(self.hold_ns - wall_ns, 0)
        return held and not self.hold_ns

    def follow(self, older: Telling, now_us: int) -> bool:
        """Go on where `older`, of another version of the run, was: with the same beat. False when that is
        not what is told here.
        """
        index = self._like(older)
        following = self.play.beats[index + 1 :] if index is not None else ()
        if index is None or any(beat.at_us < now_us for beat in following):
            return False
        self.shown, self.told_ns, self.hold_ns = index, older.told_ns, older.hold_ns
        self.due = index if older.due == older.shown else index + 1
        return True

    def _like(self, older: Telling) -> int | None:
        """The beat at the same place in its chapter's beats of the same instant."""
        if older.beat is None or older.shown is None:
            return None
        same = _group(older.play, older.beat)
        here = _group(self.play, older.beat)
        place = same.index(older.shown)
        return here[place] if place < len(here) else None


def _group(play: Screenplay, beat: ToldBeat) -> list[int]:
    """The beats that begin at the instant of this one, in its chapter."""
    return [
        index
        for index, other in enumerate(play.beats)
        if (other.at_us, other.chapter) == (beat.at_us, beat.chapter)
    ]
