"""What a person can do at the window besides playing and striking: one class each, listed in `features`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.scene.look import Look

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

Act = Callable[[], None]


class Feature:
    """One more thing that can be done. A feature keeps its own state and reads the rest from `controls`.

    Every method has a way of doing nothing, so that a feature says only what is its own. None may raise for
    what a person does; what went wrong is a line in `controls.notice`.
    """

    def __init__(self, controls: Controls) -> None:
        self.controls = controls

    @property
    def acts(self) -> Mapping[str, Act]:
        """Its acts by name, which nobody else has; `keys.ROWS` and buttons (`button:NAME`) name these."""
        return {}

    @property
    def context(self) -> str | None:
        """The table of `contexts.CONTEXTS` that goes before all other keys; None when it is not at work."""
        return None

    @property
    def modal(self) -> bool:
        """Whether it takes all keys and clicks for itself: then only the keys of its own table mean anything,
        and what they do not mean is `typed`.
        """
        return False

    @property
    def frozen(self) -> bool:
        """Whether simulated time stands still for it."""
        return False

    @property
    def theme(self) -> str | None:
        """The theme that it shows everything in, whatever the settings say; None for theirs."""
        return None

    @property
    def stop_us(self) -> int | None:
        """Where playing stops by itself: the next such instant after the playhead; None: nowhere."""
        return None

    @property
    def halt_us(self) -> int | None:
        """The next instant, now included, that playing must not skip because something is told there. Playing
        goes on by itself afterwards; None: there is none.
        """
        return None

    def forbids(self, act: str) -> str | None:
        """Why an act of that name (or a press of a target of that name) must not be done now; else None."""
        return None

    def look(self, look: Look) -> Look:
        """The look with what it has to show."""
        return look

    def press(self, name: str) -> bool:
        """A target was clicked, or Enter pressed on it; whether it was its own."""
        return False

    def point(self, name: str | None) -> bool:
        """The pointer moved onto a target, or off everything; whether that is nobody else's business."""
        return False

    def drag(self, name: str, share: float) -> bool:
        """A target is held at `share` (0 left to 1 right, beyond when the pointer leaves it); whether it was
        its own. Comes once when the button goes down, then with each move; nothing is pressed then.
        """
        return False

    def wheel(self, name: str | None, notches: int) -> bool:
        """The wheel turned over a target (None: over nothing); whether it was its own."""
        return False

    def typed(self, text: str) -> bool:
        """A character was typed that no key of the table means; whether it was its own."""
        return False

    def skip(self) -> bool:
        """Somebody wants to go on although it is played and time stands still; whether that was for this."""
        return False

    def dropped(self, path: Path) -> bool:
        """A file was dropped on the window; whether it took it."""
        return False

    def begin(self) -> None:
        """The window is there, and nothing has been done yet."""

    def changed(self) -> None:
        """Somebody acted, undid or opened something: `controls.run` or its acts are not what they were."""

    def sought(self) -> None:
        """The playhead was put somewhere else, not by playing."""

    def respoken(self) -> None:
        """Another language is spoken from now on: what was said and is kept must be said anew."""

    def elapse(self, wall_ns: int) -> None:
        """So much wall time has passed, played or not; the playhead stands where it is now."""

    def close(self) -> None:
        """The person leaves."""
