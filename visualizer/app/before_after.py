"""Before and after: the run on show and the one that it is compared with change places, or that one goes."""

from __future__ import annotations

from collections.abc import Mapping

from visualizer.app.branches import BEFORE, BEFORE_THE_EDIT, Before
from visualizer.app.feature import Act, Feature
from visualizer.language import marked, say, translated


class BeforeAfter(Feature):
    """Acts on `controls.before`."""

    @property
    def acts(self) -> Mapping[str, Act]:
        """Show the one or the other; compare no longer."""
        return {"before": self.swap, "forget": self.forget}

    def swap(self) -> None:
        """What is compared with comes on show, at the same instant; undo brings this one back."""
        controls, before = self.controls, self.controls.before
        if before is None or controls.others:
            controls.notice = say("There is no before yet: turn a knob (K), or strike in the past.")
            return
        label = _other(before.label)
        left = Before(controls.run, label, controls.document)
        before.run.seek(controls.run.now_us)
        controls.show(before.run, before.document or controls.document, before=left)
        controls.notice = say(
            "This is {run}. B shows {other}.", run=translated(before.label), other=translated(label)
        )

    def forget(self) -> None:
        """The run on show stays, without comparison."""
        controls = self.controls
        controls.notice = (
            say("There is no before.") if controls.before is None else say("No longer compared.")
        )
        controls.before = None


def _other(label: str) -> str:
    """Before the edit: after the edit, and the other way round."""
    pairs = ((BEFORE, marked("after")), (BEFORE_THE_EDIT, marked("after the edit")))
    return next(there if label == here else here for here, there in pairs if label in (here, there))
