"""Runs that last long enough to be struck at a fair instant, and as far as possible at the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from visualizer.lab.window import Aim, Window, fair_window, lasting_us, rhythm_us
from visualizer.language import say
from visualizer.opening import with_overrides
from visualizer.scenario import ScenarioError
from visualizer.script.durations import DAY_US, duration_text
from visualizer.script.wrong import WrongValueError
from visualizer.study.special import Draft

Fair = tuple[Draft, Window]
Wrong = WrongValueError | ScenarioError


def fair_windows(drafts: Sequence[Draft], worth: float = 1.25) -> list[Fair | Wrong]:
    """Each draft, made longer where it is too short, with a window that is fair in it, or why there is none.

    One window for all of them if that makes all runs together no longer than `worth` times what they have to
    be anyway: then a seed strikes at the same instant everywhere, and what differs is the design. Else one
    for all in which the same periods repeat.
    """
    together = lasting_us(_aims(drafts))
    if together == [one.opened.setup.duration_us for one in drafts]:
        return _in_one_window(drafts, together)
    alone_us = sum(sum(lasting_us(_aims([one])) or [0]) for one in drafts)
    if together and sum(together) <= worth * alone_us and max(together) <= DAY_US:
        return _in_one_window(drafts, together)
    groups: dict[object, list[int]] = defaultdict(list)
    for place, aim in enumerate(_aims(drafts)):
        groups[rhythm_us([aim])].append(place)
    found: dict[int, Fair | Wrong] = {}
    for places in groups.values():
        members = [drafts[place] for place in places]
        found.update(zip(places, _in_one_window(members, lasting_us(_aims(members))), strict=True))
    return [found[place] for place in range(len(drafts))]


def _aims(drafts: Sequence[Draft]) -> list[Aim]:
    return [(one.opened.setup, one.tier) for one in drafts]


def _in_one_window(drafts: Sequence[Draft], durations_us: Sequence[int] | None) -> list[Fair | Wrong]:
    if durations_us is None:
        problem = WrongValueError(
            say("no stretch of time is fair to strike in"), say("say --strike as-written")
        )
        return [problem] * len(drafts)
    longer = [_lasting(one, least_us) for one, least_us in zip(drafts, durations_us, strict=True)]
    fitting = [one for one in longer if isinstance(one, Draft)]
    window = fair_window(_aims(fitting)) if fitting else (0, 0)
    return [(one, window) if isinstance(one, Draft) else one for one in longer]


def _lasting(draft: Draft, least_us: int) -> Draft | Wrong:
    opened = draft.opened
    if opened.setup.duration_us >= least_us:
        return draft
    if least_us > DAY_US:
        what = say(
            "a strike at a random instant needs a run of {length}, longer than 24h",
            length=duration_text(least_us),
        )
        return WrongValueError(what, say("say --strike as-written, or an instant"))
    try:
        longer = f"duration={duration_text(least_us)}"
        return draft._replace(opened=with_overrides(opened, (*opened.overrides, longer)))
    except ScenarioError as error:
        return error
