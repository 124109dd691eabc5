"""From one run to all runs and back: what a strike at any other instant would cost, and that run opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from visualizer.app.feature import Act, Feature
from visualizer.app.lab_curve_cursor import Cursor
from visualizer.app.lab_curve_findings import Findings, Key
from visualizer.app.lab_curve_run import strikes, struck_run
from visualizer.app.questions import Questions
from visualizer.app.story import Story
from visualizer.lab.control_strike import NOBODY
from visualizer.language import marked, say, translated
from visualizer.scene.lab_curve import Before, Costs, Known, LabCurve, reading
from visualizer.scene.lab_curve_panel import PLOT, TIER, WORST_LOSS, WORST_OUTAGE
from visualizer.scene.look import Look
from visualizer.sim.setup import Setup

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_WELCOME = marked("Turn a knob (K) and see it change.")
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
        self._tier: tuple[str, int] | None = None
        self._cursor = Cursor()
        self._held: str | None = None
        self._findings = Findings()
        self._opened: dict[Key, tuple[int, ...]] = {}

    @property
    def acts(self) -> Mapping[str, Act]:
        """Open and close, move the cursor, open the run that it is at, go from tier to tier."""
        return {
            "curve": self.toggle,
            "curve_escape": self._escape,
            "curve_earlier": lambda: self._cursor.move(-1, self._setup),
            "curve_later": lambda: self._cursor.move(1, self._setup),
            "curve_much_earlier": lambda: self._cursor.move_far(-1, self._setup),
            "curve_much_later": lambda: self._cursor.move_far(1, self._setup),
            "curve_first": lambda: self._cursor.go(0, self._setup),
            "curve_last": lambda: self._cursor.go(self._setup.duration_us, self._setup),
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
        return self._findings.known(self._key)

    @property
    def tier(self) -> int:
        """Whose strikes these are: at first those on the tier that is struck first."""
        if self._tier is not None and self._tier[0] == self._setup.name:
            return min(self._tier[1], len(self._setup.tiers) - 1)
        here = strikes(self.controls.run)
        return here[0][1] if here else 0

    @property
    def cursor_us(self) -> int | None:
        """The instant that is pointed at."""
        return self._cursor.at_us

    def toggle(self) -> None:
        """The panel, or the stage again."""
        if self.controls.feature(Story).tells:
            self.controls.notice = say(
                "A story shows what comes when it comes. A turns it off; then D shows all."
            )
            return
        self._open = not self._open
        if self._open:
            self.controls.playing = False
            self.controls.menu = None
            self.controls.notice = translated(_WELCOME)
            self._cursor.go(next(iter(self._here_us), self.controls.run.now_us), self._setup)

    def shut(self) -> None:
        """The stage again."""
        self._open = False

    def forbids(self, act: str) -> str | None:
        """What happens on the stage would not be seen."""
        if self.shown and (act in BEHIND or act.startswith("fault:")):
            return say("Esc closes the curve first; Enter opens the run at the cursor.")
        return None

    def look(self, look: Look) -> Look:
        """With the panel, in the place of the stage."""
        known = self.known
        if not self.shown or known is None:
            return look
        self._cursor.follow(look, self._setup)
        shown = LabCurve(
            known=known,
            title=translated(self._setup.tiers[self.tier].title),
            tier=self.tier,
            tiers=len(self._setup.tiers),
            here_us=self._here_us,
            opened_us=self._opened.get(self._key, ()),
            cursor_us=self._cursor.at_us,
            before=self._before(),
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
            self._cursor.go_to_share(share, self._setup)
        elif name != TIER:
            return False
        elif self._held is None:
            self._change_tier(1 if share >= 0.5 else -1)
        self._held = name
        return True

    def wheel(self, name: str | None, notches: int) -> bool:
        """Over the panel the cursor goes on; nothing changes its speed."""
        if self.shown and (name or "").startswith("curve:"):
            self._cursor.move_far(-notches, self._setup)
            return True
        return False

    def elapse(self, wall_ns: int) -> None:
        """Find out more, as much as a frame allows. What was held is let go."""
        held, self._held = self._held, None
        if not self.shown:
            return
        if held == PLOT:
            self.open_run()
            return
        before = self._key_before
        self._findings.find([self._key, before] if before else [self._key])

    def open_run(self) -> None:
        """The run with one strike, at the cursor, in the place of this one: paused shortly before it."""
        controls, at_us, known = self.controls, self._cursor.at_us, self.known
        if at_us is None or known is None:
            return
        if known.unit_at(at_us) == NOBODY:
            controls.notice = say("No unit is active at that instant: there is none to strike.")
            return
        key, said = self._key, reading(known, at_us) if known.losses.at(at_us) is not None else ""
        unit = known.unit_at(at_us)
        run, document = struck_run(controls.run, controls.document, at_us, self.tier, unit)
        self._opened[key] = (*(one for one in self._opened.get(key, ()) if one != at_us), at_us)
        self.shut()
        controls.focus = controls.hover = None
        controls.show(run, document)
        controls.notice = f"{said} {say('Space plays it, D: back to all, U: undo.')}".strip()

    def _before(self) -> Before | None:
        """The design that this one is compared with, as soon as it is known."""
        before, key = self.controls.before, self._key_before
        known = self._findings.known(key) if key else None
        return Before(known, translated(before.label)) if before and known else None

    @property
    def _key_before(self) -> Key | None:
        """Of the run that this one is compared with, where that is another design and as long."""
        before = self.controls.before
        if before is None or self.tier >= len(before.run.setup.tiers):
            return None
        key = self._findings.key(before.run, self.tier)
        return key if key != self._key and key[0].duration_us == self._setup.duration_us else None

    @property
    def _tells(self) -> bool:
        """Whether it would tell what is asked, or told, elsewhere."""
        controls = self.controls
        return controls.feature(Questions).waits or controls.feature(Story).tells

    @property
    def _setup(self) -> Setup:
        return self.controls.run.setup

    @property
    def _here_us(self) -> tuple[int, ...]:
        """When the run on show is struck on this tier."""
        return tuple(at_us for at_us, tier in strikes(self.controls.run) if tier == self.tier)

    @property
    def _key(self) -> Key:
        return self._findings.key(self.controls.run, self.tier)

    def _go_to_worst(self, costs: Costs) -> None:
        if costs.spread:
            self._cursor.go(costs.spread.worst_us, self._setup)

    def _change_tier(self, steps: int) -> None:
        self._tier = (self._setup.name, (self.tier + steps) % len(self._setup.tiers))

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
