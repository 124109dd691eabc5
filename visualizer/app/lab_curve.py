"""From one run to all runs and back: what a strike at any other instant would cost, and that run opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter_ns
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.lab_curve_work import Finding, finding
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.strike import struck, undisturbed
from visualizer.opening import Opened, struck_at
from visualizer.scene.lab_curve import Costs, Known, LabCurve, reading
from visualizer.scene.lab_curve_panel import PLOT, TIER, WORST_LOSS, WORST_OUTAGE
from visualizer.scene.look import Look
from visualizer.sim.command import Command, Strike, UnitTarget
from visualizer.sim.setup import US_PER_S, Setup
from visualizer.timeline.run import Run

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_FRAME_NS = 8_000_000
"""How much of a frame finding out may take."""

_KEPT = 12
_AHEAD_US = US_PER_S // 2
"""So long before its strike a run is paused: one sees it come."""

_WELCOME = "What one bolt costs, whenever it comes. Turn a knob (K), and see it change."
_FAR = 100
"""A large step is so small a part of the run."""

BEHIND = frozenset(
    {"play", "back", "forward", "back_second", "forward_second", "next", "previous", "start", "end", "menu",
     "chapter_next", "chapter_previous", "chapter_start", "story", "predict"}
)  # fmt: skip
"""What needs the stage or the timeline, over which a panel of the lab stands."""


class StrikeCurve(Feature):
    """`Look.lab_curve` while its panel is open. What was found is kept for each design and tier."""

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self._open = False
        self._tier: int | None = None
        self._cursor_us: int | None = None
        self._pointer: float | None = None
        self._held = False
        self._found: dict[tuple[Setup, int], Known] = {}
        self._opened: dict[tuple[Setup, int], tuple[int, ...]] = {}
        self._work: tuple[tuple[Setup, int], Finding] | None = None
        self._bare: tuple[Setup, tuple[Command, ...], Setup] | None = None

    @property
    def acts(self) -> Mapping[str, Act]:
        """Open and close, move the cursor, open the run that it is at, go from tier to tier."""
        return {
            "curve": self.toggle,
            "curve_escape": self._escape,
            "curve_earlier": lambda: self._move(-1),
            "curve_later": lambda: self._move(1),
            "curve_much_earlier": lambda: self._move(-self._far),
            "curve_much_later": lambda: self._move(self._far),
            "curve_first": lambda: self._go(0),
            "curve_last": lambda: self._go(self._setup.duration_us),
            "curve_tier_above": lambda: self._change_tier(-1),
            "curve_tier_below": lambda: self._change_tier(1),
            "curve_enter": self._enter,
        }

    @property
    def context(self) -> str | None:
        """The arrows move the cursor."""
        return "curve" if self.shown else None

    @property
    def shown(self) -> bool:
        """Whether the panel is seen: not over a twin run, nor where it would tell what is asked or told."""
        controls = self.controls
        return self._open and not controls.others and not self._tells

    @property
    def known(self) -> Known | None:
        """What is known so far of the strikes on the chosen tier; None before the first look at it."""
        return self._found.get(self._key)

    @property
    def tier(self) -> int:
        """Whose strikes these are: at first those on the tier that is struck first."""
        last = len(self._setup.tiers) - 1
        if self._tier is not None:
            return min(self._tier, last)
        here = _strikes(self.controls.run)
        return here[0].target.tier if here and isinstance(here[0].target, UnitTarget) else 0

    @property
    def cursor_us(self) -> int | None:
        """The instant that is pointed at."""
        return self._cursor_us

    def toggle(self) -> None:
        """The panel, or the stage again."""
        if self.controls.feature(Story).tells:
            self.controls.notice = "A story shows what comes when it comes. A turns it off; then D shows all."
            return
        self._open = not self._open
        if self._open:
            self.controls.playing = False
            self.controls.menu = None
            self.controls.notice = _WELCOME
            here = [strike.at_us for strike in _strikes(self.controls.run) if _tier_of(strike) == self.tier]
            self._go(here[0] if here else self.controls.run.now_us)

    def shut(self) -> None:
        """The stage again."""
        self._open = False

    def forbids(self, act: str) -> str | None:
        """What happens on the stage would not be seen."""
        if self.shown and (act in BEHIND or act.startswith("fault:")):
            return "Esc closes the curve first; Enter opens the run at the cursor."
        return None

    def look(self, look: Look) -> Look:
        """With the panel, in the place of the stage."""
        known = self.known
        if not self.shown or known is None:
            return look
        self._follow(look)
        shown = LabCurve(
            known=known,
            title=self._setup.tiers[self.tier].title,
            tier=self.tier,
            tiers=len(self._setup.tiers),
            here_us=tuple(
                strike.at_us for strike in _strikes(self.controls.run) if _tier_of(strike) == self.tier
            ),
            opened_us=self._opened.get(self._key, ()),
            cursor_us=self._cursor_us,
        )
        return replace(look, lab_curve=shown)

    def press(self, name: str) -> bool:
        """The plot opens the run at the cursor; the worst is gone to; the tier is the next one."""
        known = self.known
        if name == PLOT:
            self.open_run()
        elif name == TIER:
            self._change_tier(1)
        elif name == WORST_LOSS and known:
            self._go_to_worst(known.losses)
        elif name == WORST_OUTAGE and known:
            self._go_to_worst(known.outages)
        else:
            return name.startswith("curve:")
        return True

    def drag(self, name: str, share: float) -> bool:
        """The cursor follows the pointer, and its run is opened where it is let go."""
        if name == PLOT:
            self._go_to(share)
        elif name != TIER:
            return False
        elif not self._held:
            self._change_tier(1 if share >= 0.5 else -1)
        self._held = name == PLOT
        return True

    def wheel(self, name: str | None, notches: int) -> bool:
        """Over the panel the cursor goes on; nothing changes its speed."""
        if self.shown and (name or "").startswith("curve:"):
            self._move(-notches * self._far)
            return True
        return False

    def elapse(self, wall_ns: int) -> None:
        """Find out more, as much as a frame allows. What was held is let go."""
        held, self._held = self._held, False
        if not self.shown:
            return
        if held:
            self.open_run()
            return
        key = self._key
        if self._work is None or self._work[0] != key:
            if key in self._found and _whole(self._found[key]):
                return
            self._work = (key, finding(*key))
        until_ns = perf_counter_ns() + _FRAME_NS
        while perf_counter_ns() < until_ns:
            try:
                found = next(self._work[1])
            except StopIteration:
                return
            if found is not None:
                self._keep(key, found)

    def open_run(self) -> None:
        """The run with one strike, at the cursor, in the place of this one: paused shortly before it."""
        controls, at_us, known = self.controls, self._cursor_us, self.known
        if at_us is None or known is None:
            return
        if known.unit_at(at_us) == NOBODY:
            controls.notice = "No unit is active at that instant: there is none to strike."
            return
        key, said = self._key, reading(known, at_us) if known.losses.at(at_us) is not None else ""
        run, document = self._struck(at_us, known.unit_at(at_us))
        run.seek(max(at_us - _AHEAD_US, 0) // run.setup.tick_us * run.setup.tick_us)
        self._opened[key] = (*(one for one in self._opened.get(key, ()) if one != at_us), at_us)
        self.shut()
        controls.focus = controls.hover = None
        controls.show(run, document)
        controls.notice = f"{said} Space plays it, D: back to all, U: undo.".strip()

    def _struck(self, at_us: int, unit: int) -> tuple[Run, Opened | None]:
        """The run on show with one strike instead of its own, what else was done to it included."""
        controls, run = self.controls, self.controls.run
        kept = tuple(act for act in run.acts if not _on_unit(act))
        if controls.document is None:
            return Run(struck(run.setup, at_us, tier=self.tier, unit=unit), kept), None
        document = struck_at(controls.document, at_us, self.tier, index=unit)
        return Run(document.setup, kept), document

    @property
    def _tells(self) -> bool:
        """Whether it would tell what is asked, or told, elsewhere."""
        controls = self.controls
        return controls.feature(Questions).waits or controls.feature(Story).tells

    @property
    def _setup(self) -> Setup:
        return self.controls.run.setup

    @property
    def _key(self) -> tuple[Setup, int]:
        """The design on show with all that befalls it but strikes on units, whatever it is called."""
        setup, acts = self._setup, self.controls.run.acts
        if self._bare is None or self._bare[0] is not setup or self._bare[1] is not acts:
            every = tuple(sorted((*setup.commands, *acts), key=lambda act: act.at_us))
            bare = undisturbed(replace(setup, commands=every, title="", description=""))
            self._bare = (setup, acts, bare)
        return self._bare[2], self.tier

    @property
    def _far(self) -> int:
        """Ticks of a large step."""
        return max(self._setup.duration_us // self._setup.tick_us // _FAR, 1)

    def _keep(self, key: tuple[Setup, int], found: Known) -> None:
        self._found.pop(key, None)
        self._found[key] = found
        if len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]

    def _follow(self, look: Look) -> None:
        """The cursor goes where the pointer went."""
        if look.hover == PLOT and look.pointer is not None and look.pointer != self._pointer:
            self._go_to(look.pointer)
        self._pointer = look.pointer

    def _go_to(self, share: float) -> None:
        setup = self._setup
        self._go(round(share * setup.duration_us / setup.tick_us) * setup.tick_us)

    def _go(self, at_us: int) -> None:
        self._cursor_us = min(max(at_us, 0), self._setup.duration_us)

    def _go_to_worst(self, costs: Costs) -> None:
        if costs.spread:
            self._go(costs.spread.worst_us)

    def _move(self, ticks: int) -> None:
        tick_us = self._setup.tick_us
        here_us = self._cursor_us or 0
        place = here_us // tick_us if ticks > 0 else -(-here_us // tick_us)
        self._go((place + ticks) * tick_us)

    def _change_tier(self, steps: int) -> None:
        self._tier = (self.tier + steps) % len(self._setup.tiers)

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


def _whole(known: Known) -> bool:
    return known.checked is not None


def _on_unit(act: Command) -> bool:
    return isinstance(act, Strike) and isinstance(act.target, UnitTarget)


def _tier_of(strike: Strike) -> int:
    return strike.target.tier if isinstance(strike.target, UnitTarget) else -1


def _strikes(run: Run) -> list[Strike]:
    """The strikes on units of a run, in order of time."""
    found = [act for act in (*run.setup.commands, *run.acts) if isinstance(act, Strike) and _on_unit(act)]
    return sorted(found, key=lambda strike: strike.at_us)
