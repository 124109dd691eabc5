"""What the person at the controls can do to a run, without a window: every act by name, nothing drawn.

`Controls` is all that the window knows beside its pixels. Each act leaves at most one line in `notice`; none
raises for something that cannot be done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from visualizer.app.branches import Branches
from visualizer.app.choices import menu_for
from visualizer.app.feature import Feature
from visualizer.app.features import FEATURES
from visualizer.app.moments import act_us
from visualizer.app.pointing import aim, faults_of_key, keys_of_faults, refusal, sentence
from visualizer.app.settings import Settings
from visualizer.language import say
from visualizer.opening import Opened
from visualizer.scene.look import Look, Menu
from visualizer.scene.targets import fault_of_click, in_pane, standing_of, target_of, title_of
from visualizer.sim.command import Strike, Target
from visualizer.sim.faults import FAULTS
from visualizer.timeline.run import Run

F = TypeVar("F", bound=Feature)


class Controls(Branches):
    """A run, how it is played, and what is pointed at. `targets`: what Tab goes through, in order.

    `state_folder`: where the program keeps what it remembers (None: it remembers nothing); `fresh`: what is
    there already is left alone.
    """

    def __init__(
        self,
        run: Run,
        document: Opened | None = None,
        *,
        settings: Settings | None = None,
        state_folder: Path | None = None,
        fresh: bool = False,
    ) -> None:
        super().__init__(run, document)
        self.settings = settings or Settings()
        self.state_folder = state_folder
        self.fresh = fresh
        self.hover: str | None = None
        self.focus: str | None = None
        self.pointer: float | None = None
        self.help_open = False
        self.menu: Menu | None = None
        self.leaving = False
        self.targets: Sequence[str] = ()
        self.features = tuple(kind(self) for kind in FEATURES)
        self._acts: dict[str, Callable[[], None]] = {}
        for feature in self.features:
            self._acts.update(feature.acts)

    @property
    def acts(self) -> frozenset[str]:
        """The names of everything that `do` does."""
        return frozenset((*ACTS, *self._acts))

    def feature(self, kind: type[F]) -> F:
        """The feature of that class."""
        return next(one for one in self.features if isinstance(one, kind))

    @property
    def contexts(self) -> tuple[str, ...]:
        """Whose keys go before all others now, the first first; of a modal one nobody else's."""
        if self.modal:
            return tuple(one.context for one in self.features if one.modal and one.context is not None)
        at_work = tuple(one.context for one in self.features if one.context is not None)
        return ("menu", *at_work) if self.menu else at_work

    @property
    def modal(self) -> bool:
        """Whether all keys and clicks are for what is open now."""
        return any(one.modal for one in self.features)

    @property
    def frozen(self) -> bool:
        """Whether simulated time stands still although it is played."""
        return bool(self.menu) or any(one.frozen for one in self.features)

    @property
    def theme(self) -> str:
        """The theme to draw everything in."""
        wanted = (one.theme for one in self.features)
        return next((name for name in wanted if name is not None), self.settings.theme)

    @property
    def stop_us(self) -> int:
        """Where playing stops by itself: at the end, or where the first feature that cares wants it."""
        wanted = (one.stop_us for one in self.features)
        end_us = super().stop_us
        return min(next((at_us for at_us in wanted if at_us is not None), end_us), end_us)

    @property
    def halt_us(self) -> int | None:
        """The first instant at which a feature has something to tell."""
        return min((at_us for one in self.features if (at_us := one.halt_us) is not None), default=None)

    def play(self) -> None:
        """Play or pause; where time stands still for something that is told, go on."""
        if not (self.playing and any(one.skip() for one in self.features)):
            super().play()

    def pass_time(self, wall_ns: int) -> None:
        """So much wall time has passed."""
        if not self.frozen:
            self.elapse(wall_ns)
        for feature in self.features:
            feature.elapse(wall_ns)

    def begin(self) -> None:
        """The window is there."""
        for feature in self.features:
            feature.begin()

    def changed(self) -> None:
        """Tell the features; see `Branches`."""
        for feature in self.features:
            feature.changed()

    def respoken(self) -> None:
        """Another language is spoken: tell the features, so that they say anew what they keep."""
        self.notice = None
        for feature in self.features:
            feature.respoken()

    def sought(self) -> None:
        """Tell the features; see `Player`."""
        for feature in self.features:
            feature.sought()

    def look(self, width_px: int, height_px: int, keys: tuple[tuple[str, str], ...] = ()) -> Look:
        """How the picture is to be drawn now, in a window of that size."""
        look = Look(
            width_px=width_px,
            height_px=height_px,
            text_scale=self.settings.text_scale,
            playing=self.playing,
            speed=self.speed,
            hover=self.hover,
            focus=self.focus,
            pointer=self.pointer,
            help_open=self.help_open,
            reduced_motion=self.settings.reduced_motion,
            menu=self.menu,
            notice=self.notice,
            keys=keys,
        )
        for feature in self.features:
            look = feature.look(look)
        return look

    def act(self, fault: str, target: Target) -> None:
        """Do `fault` to `target` now, in every run where it fits, or say why it would change nothing."""
        refused = [refusal(run.state, fault, target) for run in self.runs]
        if all(refused):
            self.notice = refused[0]
            return
        # slower than life a tick lasts long enough to be seen: going back to its start would show as a jump
        on_tick = self.playing and self.speed >= 1
        strike = Strike(max(act_us(run, on_tick=on_tick) for run in self.runs), fault, target)
        self.perform(strike)
        self.notice = sentence(self.run.setup, strike)
        if self.run.abandoned:
            self.notice += " " + say("What you did later is dropped; U brings it back.")
        elif not self.playing:
            self.notice += " " + say("Press Space to see what follows.")

    def press(self, name: str) -> None:
        """Click a target, or Enter on it."""
        if name.startswith("button:"):
            self.do(name.removeprefix("button:"))
            return
        self.notice = self._forbidden(name)
        target = target_of(name)
        if self.notice:
            return
        if name.startswith("menu:"):
            self._press_menu(name.removeprefix("menu:"))
        elif any(feature.press(name) for feature in self.features):
            return
        elif target:
            self._click(target, self._run_of(name))
        elif name == "timeline":
            self.play()

    def drag(self, name: str, share: float) -> bool:
        """A target is held at a share of its width; whether anything is done with that."""
        if self._forbidden(name):
            return False
        if name == "timeline":
            self.scrub(share)
            return True
        return any(feature.drag(name, share) for feature in self.features)

    def wheel(self, name: str | None, notches: int) -> None:
        """The wheel turned over a target, or over nothing."""
        if any(feature.wheel(name, notches) for feature in self.features):
            return
        if name == "timeline":
            self.step(notches)
        else:
            self.change_speed(notches)

    def type(self, text: str) -> None:
        """A character was typed that no key of the table means."""
        any(feature.typed(text) for feature in self.features)

    def drop(self, path: Path) -> None:
        """A file was dropped on the window."""
        if not any(feature.dropped(path) for feature in self.features):
            self.notice = say("{file}: nothing can be done with this file here.", file=path.name)

    def close(self) -> None:
        """The person leaves."""
        for feature in self.features:
            feature.close()

    def _forbidden(self, name: str) -> str | None:
        return next((said for one in self.features if (said := one.forbids(name)) is not None), None)

    def _run_of(self, name: str | None) -> Run:
        """The run in whose pane a target lies."""
        return self.runs[min(in_pane(name)[0], len(self.others))]

    def _click(self, target: Target, run: Run) -> None:
        fault = fault_of_click(run.state, target)
        if fault:
            self.act(fault, target)
        else:
            is_now = standing_of(run.state, target)
            name = title_of(run.setup, target)
            self.notice = say("There is nothing to do to {what} now.", what=name)
            if is_now:
                self.notice += " " + say("It is {standing}.", standing=is_now)

    def key_of_fault(self, key: str) -> None:
        """Do what a fault's hot key means to what is pointed at, else to the first thing it would change."""
        names = faults_of_key(key)
        found = aim(self._run_of(self._pointed_name()).state, names, target_of(self._pointed_name()))
        if found:
            self.act(*found)
        elif all(FAULTS[name].mends for name in names):
            self.notice = say("Nothing is broken.")
        else:
            self.notice = say("There is nothing to do that to.")

    def open_menu(self, name: str | None = None, at: tuple[float, float] | None = None) -> None:
        """All that can be done to a target (None: what is pointed at), at a place or beside it."""
        self.notice = self._forbidden("menu")
        if self.notice:
            return
        name = name or self.focus or self.hover
        target = target_of(name)
        if name is None or target is None:
            self.notice = say("Point at a unit, a cable or a site first; then choose what happens to it.")
            return
        run = self._run_of(name)
        self.menu = menu_for(run.state, name, target, at)
        if not self.menu.choices:
            self.menu = None
            self._click(target, run)

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

    def point(self, name: str | None, share: float | None = None) -> None:
        """The pointer moved onto something, or off everything; it takes over from the keyboard's focus.
        `share`: where on the timeline, 0 (its left edge) to 1.
        """
        self.pointer = share
        if self.menu:
            line = (name or "").removeprefix("menu:")
            if line.isdecimal():
                self.menu = replace(self.menu, chosen=int(line))
        elif name != self.hover and not any(feature.point(name) for feature in self.features):
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
            self.notice = say("Tab chooses a thing first, Enter acts on it.")

    def toggle_motion(self) -> None:
        """More motion, or less."""
        self.settings = replace(self.settings, reduced_motion=not self.settings.reduced_motion)

    def escape(self) -> None:
        """Close the menu or the help, else leave."""
        if self.menu:
            self.menu = None
        elif self.help_open:
            self.help_open = False
        else:
            self.leaving = True

    def do(self, act: str) -> None:
        """Do the act of that name: one of `ACTS`, or of a feature's `acts`."""
        self.notice = self._forbidden(act)
        if self.notice:
            return
        menu = self.menu
        if act in ACTS:
            ACTS[act](self)
        else:
            self._acts[act]()
        if self.menu is menu:  # it said what could be done at an instant that may be past now
            self.menu = None

    def _pointed_name(self) -> str | None:
        return self.menu.target if self.menu else self.focus or self.hover


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
    "reduced_motion": Controls.toggle_motion,
    "escape": Controls.escape,
    "leave": _toggle("leaving"),
}
"""Every act that is no feature's by its name; keys and the picture's buttons name these."""
