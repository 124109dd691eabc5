"""What the person at the controls can do to a run, without a window: every act by name, nothing drawn.

`Controls` is all that the window knows beside its pixels. Each act leaves at most one line in `notice`; none
raises for something that cannot be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from visualizer.app.choices import menu_for
from visualizer.app.moments import act_us
from visualizer.app.player import Player
from visualizer.app.pointing import aim, faults_of_key, keys_of_faults, refusal, sentence
from visualizer.scene.look import Menu
from visualizer.scene.targets import fault_of_click, standing_of, target_of, title_of
from visualizer.sim.command import Strike, Target
from visualizer.sim.faults import FAULTS
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
        self.menu: Menu | None = None
        self.reduced_motion = reduced_motion
        self.leaving = False
        self.targets: Sequence[str] = ()
        self._story = run.acts
        self._before_reset: Run | None = None
        self._save = save

    def act(self, fault: str, target: Target) -> None:
        """Do `fault` to `target` now, or say why it would change nothing."""
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
            self._click(target)
        elif name.startswith("menu:"):
            self._press_menu(name.removeprefix("menu:"))
        elif name.startswith("button:"):
            self.do(name.removeprefix("button:"))
        elif name == "timeline":
            self.play()

    def _click(self, target: Target) -> None:
        fault = fault_of_click(self.run.state, target)
        if fault:
            self.act(fault, target)
        else:
            is_now = standing_of(self.run.state, target)
            is_now = f" It is {is_now}." if is_now else ""
            self.notice = f"There is nothing to do to {title_of(self.run.setup, target)} now.{is_now}"

    def key_of_fault(self, key: str) -> None:
        """Do what a fault's hot key means to what is pointed at, else to the first thing it would change."""
        names = faults_of_key(key)
        found = aim(self.run.state, names, self._pointed())
        if found:
            self.act(*found)
        elif all(FAULTS[name].mends for name in names):
            self.notice = "Nothing is broken."
        else:
            self.notice = "There is nothing to do that to."

    def open_menu(self, name: str | None = None, at: tuple[float, float] | None = None) -> None:
        """All that can be done to a target (None: what is pointed at), at a place or beside it."""
        name = name or self.focus or self.hover
        target = target_of(name)
        if name is None or target is None:
            self.notice = "Point at a unit, a cable or a site first; then choose what happens to it."
            return
        self.menu = menu_for(self.run.state, name, target, at)
        if not self.menu.choices:
            self.menu = None
            self._click(target)

    def move_choice(self, steps: int) -> None:
        """So many lines down (or up) the menu, round its end."""
        if self.menu:
            count = len(self.menu.choices)
            self.menu = replace(self.menu, chosen=(self.menu.chosen + steps) % count)

    def accept(self) -> None:
        """Do what is chosen in the menu."""
        if not self.menu:
            return
        choice, self.menu = self.menu.choices[self.menu.chosen], None
        target = target_of(choice.target)
        if target:
            self.act(choice.fault, target)

    def _press_menu(self, line: str) -> None:
        if self.menu and line.isdecimal():
            self.menu = replace(self.menu, chosen=int(line))
            self.accept()
        self.menu = None

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
        if self.menu:
            line = (name or "").removeprefix("menu:")
            if line.isdecimal():
                self.menu = replace(self.menu, chosen=int(line))
        elif name != self.hover:
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
        """Close the menu or the help, else leave."""
        if self.menu:
            self.menu = None
        elif self.help_open:
            self.help_open = False
        else:
            self.leaving = True

    def do(self, act: str) -> None:
        """Do the act of that name, a key of `ACTS`."""
        self.notice = None
        menu = self.menu
        ACTS[act](self)
        if self.menu is menu:  # it said what could be done at an instant that may be past now
            self.menu = None

    def _pointed(self) -> Target | None:
        return target_of(self.menu.target if self.menu else self.focus or self.hover)


def _toggle(name: str) -> Callable[[Controls], None]:
    return lambda controls: setattr(controls, name, not getattr(controls, name))


def _key_of_fault(key: str) -> Callable[[Controls], None]:
    return lambda controls: controls.key_of_fault(key)


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
    **{f"fault:{key}": _key_of_fault(key) for key in keys_of_faults()},
    "menu": Controls.open_menu,
    "menu_up": lambda controls: controls.move_choice(-1),
    "menu_down": lambda controls: controls.move_choice(1),
    "menu_accept": Controls.accept,
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
