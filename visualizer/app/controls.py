"""What the person at the controls can do to a run, without a window: every act by name, nothing drawn.

`Controls` is all that the window knows beside its pixels. Each act leaves at most one line in `notice`; none
raises for something that cannot be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visualizer.app.moments import act_us
from visualizer.app.player import Player
from visualizer.app.pointing import active_unit, broken, fault_of_click, refusal, sentence, target_of
from visualizer.sim.command import LinkTarget, Strike, Target, UnitTarget
from visualizer.timeline.run import Run

Save = Callable[[Run], str]
"""Writes what was played; returns the line that says where. Raises OSError or ValueError with the reason."""


class Controls(Player):
    """A run, how it is played, and what is pointed at. `targets`: what Tab goes through, in order."""

    def __init__(self, run: Run, save: Save | None = None, *, reduced_motion: bool = False) -> None:
        super().__init__(run)
        self.hover: str | None = None
        self.focus: str | None = None
        self.help_open = False
        self.reduced_motion = reduced_motion
        self.leaving = False
        self.targets: Sequence[str] = ()
        self._story = run.acts
        self._before_reset: Run | None = None
        self._save = save

    def act(self, fault: str, target: Target | None) -> None:
        """Do `fault` to `target` now, or say why it would change nothing."""
        if target is None:
            self.notice = "There is nothing to do that to."
            return
        refused = refusal(self.run.state, fault, target)
        if refused:
            self.notice = refused
            return
        # slower than life a tick lasts long enough to be seen: going back to its start would show as a jump
        on_tick = self.playing and self.speed >= 1
        strike = Strike(act_us(self.run, on_tick=on_tick), fault, target)
        self.run.act(strike)
        self._before_reset = None
        self.notice = sentence(self.run.setup, strike)
        if self.run.abandoned:
            self.notice += " What you did later is dropped; U brings it back."
        elif not self.playing:
            self.notice += " Press Space to see what follows."

    def press(self, name: str) -> None:
        """Click a target, or Enter on it."""
        self.notice = None
        target = target_of(name)
        if target:
            self.act(fault_of_click(self.run.state, target), target)
        elif name.startswith("button:"):
            self.do(name.removeprefix("button:"))
        elif name == "timeline":
            self.play()

    def strike(self, fault: str) -> None:
        """Do `fault` to the unit that is pointed at, else to the first active one."""
        target = self._pointed()
        unit = target if isinstance(target, UnitTarget) else active_unit(self.run.state)
        self.act(fault, unit)

    def cut(self) -> None:
        """Cut or heal the cable that is pointed at, else the first."""
        target = self._pointed()
        link = target if isinstance(target, LinkTarget) else LinkTarget(0, 0)
        self.act(fault_of_click(self.run.state, link), link)

    def repair(self) -> None:
        """Repair what is pointed at, else the first thing that is broken."""
        target = self._pointed() or broken(self.run.state)
        if target is None:
            self.notice = "Nothing is broken."
        else:
            self.act("repair" if isinstance(target, UnitTarget) else "heal", target)

    def undo(self) -> None:
        """Take back the last act, or the reset."""
        if self._before_reset:
            self.run, self._before_reset = self._before_reset, None
        elif not self.run.undo():
            self.notice = "There is nothing to undo."

    def redo(self) -> None:
        """Do again what was taken back."""
        if not self.run.redo():
            self.notice = "There is nothing to redo."

    def reset(self) -> None:
        """The scenario's own story again, paused at its start."""
        self.playing = False
        if self.run.acts != self._story:
            self._before_reset, self.run = self.run, Run(self.run.setup, self._story)
            self.notice = "Back to the scenario's own story. U brings back what you did."
        self.seek(0)

    def save(self) -> None:
        """Write what was played; the notice says where, or why not."""
        if self._save is None:
            self.notice = "Saving is not possible here."
            return
        try:
            self.notice = self._save(self.run)
        except OSError as error:
            self.notice = f"Not saved: {error.strerror or error}."
        except ValueError as error:
            self.notice = f"Not saved: {error}"

    def point(self, name: str | None) -> None:
        """The pointer moved onto something, or off everything; it takes over from the keyboard's focus."""
        if name != self.hover:
            self.hover, self.focus = name, None

    def move_focus(self, steps: int) -> None:
        """Tab through the targets; the focus takes over from the pointer."""
        if not self.targets:
            return
        names = list(self.targets)
        start = names.index(self.focus) if self.focus in names else (-1 if steps > 0 else 0)
        self.focus, self.hover = names[(start + steps) % len(names)], None

    def enter(self) -> None:
        """Act on the focus."""
        if self.focus:
            self.press(self.focus)
        else:
            self.notice = "Tab chooses a thing first, Enter acts on it."

    def escape(self) -> None:
        """Close the help, else leave."""
        if self.help_open:
            self.help_open = False
        else:
            self.leaving = True

    def do(self, act: str) -> None:
        """Do the act of that name, a key of `ACTS`."""
        self.notice = None
        ACTS[act](self)

    def _pointed(self) -> Target | None:
        return target_of(self.focus or self.hover)


def _toggle(name: str) -> Callable[[Controls], None]:
    return lambda controls: setattr(controls, name, not getattr(controls, name))


ACTS: dict[str, Callable[[Controls], None]] = {
    "play": Controls.play,
    "back": lambda controls: controls.step(-1),
    "forward": lambda controls: controls.step(1),
    "back_second": lambda controls: controls.step_seconds(-1),
    "forward_second": lambda controls: controls.step_seconds(1),
    "next": Controls.next,
    "previous": Controls.previous,
    "start": lambda controls: controls.seek(0),
    "end": lambda controls: controls.seek(controls.run.setup.duration_us),
    "slower": lambda controls: controls.change_speed(-1),
    "faster": lambda controls: controls.change_speed(1),
    "strike": lambda controls: controls.strike("lightning"),
    "fail_host": lambda controls: controls.strike("host"),
    "cut": Controls.cut,
    "repair": Controls.repair,
    "undo": Controls.undo,
    "redo": Controls.redo,
    "reset": Controls.reset,
    "save": Controls.save,
    "focus_next": lambda controls: controls.move_focus(1),
    "focus_previous": lambda controls: controls.move_focus(-1),
    "enter": Controls.enter,
    "help": _toggle("help_open"),
    "reduced_motion": _toggle("reduced_motion"),
    "escape": Controls.escape,
    "leave": _toggle("leaving"),
}
"""Every act by its name; keys and the picture's buttons name these."""
