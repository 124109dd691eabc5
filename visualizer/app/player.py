"""Playing a run: the playhead, the speed, and where to stop. No window, nothing drawn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from visualizer.app.moments import LOOK_AHEAD_US, next_us, previous_us
from visualizer.app.playback import Playback
from visualizer.language import say
from visualizer.scene.look import SPEEDS
from visualizer.sim.setup import US_PER_S
from visualizer.timeline.run import Run


class Player:
    """A run and how it is played; `notice` is one line for the person at the controls, or None.

    `others`: runs that are played beside it on the same clock (a twin run). `seen_us`: how far this version
    of history has been shown.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.others: tuple[Run, ...] = ()
        self.seen_us = run.now_us
        self.speed = 1.0
        self.playing = False
        self.notice: str | None = None
        self._playback = Playback()

    @property
    def runs(self) -> tuple[Run, ...]:
        """The run, and those beside it."""
        return (self.run, *self.others)

    @property
    def stop_us(self) -> int:
        """Where playing stops by itself."""
        return self.run.setup.duration_us

    @property
    def halt_us(self) -> int | None:
        """The next instant that playing does not skip, this one included: there something has its own time,
        and playing goes on by itself. None: there is none.
        """
        return None

    def sought(self) -> None:
        """The playhead was put somewhere else, not by playing."""

    def _move(self, at_us: int) -> None:
        for run in self.runs:
            run.seek(at_us)
        self.seen_us = max(self.seen_us, self.run.now_us)

    def elapse(self, wall_ns: int) -> None:
        """So much wall time has passed; stops at the end of the run."""
        if not self.playing:
            return
        step_us = self._playback.elapse(wall_ns, self.speed)
        stop_us = self.stop_us
        if step_us:
            halt_us = self.halt_us
            self._move(min(self.run.now_us + step_us, stop_us, stop_us if halt_us is None else halt_us))
        if self.run.now_us >= stop_us and not self._halts_at_end:
            self.playing = False
        if self._at_end and not self.playing:
            self.notice = say("This is the end of the run. Space plays it again.")

    def play(self) -> None:
        """Play or pause; at the end, from the start again."""
        if not self.playing and self._at_end and not self._halts_at_end:
            self._move(0)
            self.sought()
        self.playing = not self.playing
        self._playback.forget()

    def play_on(self) -> None:
        """Play, if that is not so already."""
        if not self.playing:
            self.play()

    def seek(self, at_us: int) -> None:
        """Jump to any instant within the run."""
        self._move(at_us)
        self._playback.forget()
        self.sought()

    def scrub(self, share: float) -> None:
        """Jump to a share (0 to 1, clipped) of the run, on a tick."""
        ticks = round(min(max(share, 0.0), 1.0) * self.run.setup.duration_us / self.run.setup.tick_us)
        self.seek(ticks * self.run.setup.tick_us)

    def step(self, ticks: int) -> None:
        """Pause and go to a start of a tick, `ticks` away (backwards when negative)."""
        self.playing = False
        tick_us = self.run.setup.tick_us
        number = self.run.now_us // tick_us if ticks > 0 else -(-self.run.now_us // tick_us)
        self.seek((number + ticks) * tick_us)

    def step_seconds(self, seconds: int) -> None:
        """Pause and go so many seconds on, or back."""
        self.playing = False
        self.seek(self.run.now_us + seconds * US_PER_S)

    def next(self) -> None:
        """Pause at the next event that matters."""
        self.playing = False
        here_us = self.run.now_us
        found = [at_us for run in self.runs if (at_us := next_us(run)) is not None]
        self.seek(min(found, default=here_us))
        if not found:
            left_us = self.run.setup.duration_us - here_us
            if left_us <= LOOK_AHEAD_US:
                self.notice = say("Nothing that matters happens before the end.")
            else:
                self.notice = say("Nothing that matters happens in the next ten minutes.")

    def previous(self) -> None:
        """Pause at the last event that mattered."""
        self.playing = False
        self.seek(max(previous_us(run) for run in self.runs))

    def change_speed(self, steps: int) -> None:
        """So many steps faster (or, negative, slower) in `SPEEDS`, from any speed."""
        if steps:
            here = bisect_right(SPEEDS, self.speed) - 1 if steps > 0 else bisect_left(SPEEDS, self.speed)
            self.speed = SPEEDS[min(max(here + steps, 0), len(SPEEDS) - 1)]

    @property
    def _at_end(self) -> bool:
        return self.run.now_us >= self.run.setup.duration_us

    @property
    def _halts_at_end(self) -> bool:
        """Whether there is something to be told yet, although the run is over."""
        return self._at_end and self.halt_us == self.run.now_us
