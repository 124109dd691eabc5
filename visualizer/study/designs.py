"""Several designs side by side: the same clients, and the same bolts at the same instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from visualizer.lab.trials import Family
from visualizer.lab.window import Window
from visualizer.language import say
from visualizer.study.error import StudyError
from visualizer.study.fairness import Wrong, fair_windows
from visualizer.study.plan import Plan, Point
from visualizer.study.special import Draft
from visualizer.study.sweep import about

_WORTH = 4.0
"""So many times longer may runs become for the sake of the same instants in all designs."""


@dataclass(frozen=True, slots=True)
class Designs:
    """What is compared: `points` by `names`, each with the same `seeds`. `remarks`: what the person should
    know of it, each some sentences when it is called. `about`: as of a `Table`.
    """

    names: tuple[str, ...]
    points: tuple[Point, ...]
    seeds: tuple[int, ...]
    remarks: tuple[Callable[[], list[str]], ...]
    about: Mapping[str, str]

    @property
    def said(self) -> tuple[str, ...]:
        """The remarks, in the language that is spoken."""
        return tuple(one for remark in self.remarks for one in remark())

    @property
    def families(self) -> tuple[Family, ...]:
        """Of all designs, in order."""
        return tuple(point.family for point in self.points)


def designs_of(plans: Sequence[Plan], names: Sequence[str] | None = None) -> Designs:
    """Every point of every plan is a design; `names`: one for each plan (None: those of the scenarios).

    The seeds of all plans must be the same. Struck at random, all designs are struck at the same instants, in
    a window that is fair in all of them. Raises StudyError.
    """
    points = [point for plan in plans for point in plan.points]
    if len(points) < 2:
        what = say("one design alone; name another scenario, or two values with --vary")
        raise StudyError(f"compare: {what}")
    if len({plan.seeds for plan in plans}) > 1:
        what = say("the designs have different seeds; use the same for all of them")
        raise StudyError(f"compare: {what}")
    labels = names_of(plans, names)
    points = _at_the_same_instants(points, labels)
    told = {**about(plans[0]), "designs": "; ".join(labels)}
    remarks = (
        lambda: _of_names(plans[0]),
        lambda: _of_plans(plans, names),
        lambda: _of_instants(points, labels),
        lambda: _of_traffic(points, labels),
    )
    return Designs(labels, tuple(points), plans[0].seeds, remarks, told)


def _of_plans(plans: Sequence[Plan], names: Sequence[str] | None) -> list[str]:
    """Once, if it is the same of all; else with the name of each."""
    if len({plan.said for plan in plans}) == 1:
        return list(plans[0].said)
    firsts = names or [plan.opened.name for plan in plans]
    return [f"{name}: {one}" for name, plan in zip(firsts, plans, strict=True) for one in plan.said]


def names_of(plans: Sequence[Plan], names: Sequence[str] | None = None) -> tuple[str, ...]:
    """What each design is called: its scenario where there are several, its values where it has some."""
    firsts = list(names or (plan.opened.name for plan in plans))
    labels = []
    for first, plan in zip(firsts, plans, strict=True):
        for point in plan.points:
            words = [first] if len(plans) > 1 or not plan.axes else []
            labels.append(", ".join([*words, *point.values]))
    twice = {label for label, count in Counter(labels).items() if count > 1}
    return tuple(f"{label} ({place})" if label in twice else label for place, label in enumerate(labels, 1))


def _of_names(plan: Plan) -> list[str]:
    """A number alone does not say what it is of."""
    if all(axis.numbers is None for axis in plan.axes):
        return []
    first, *others = (axis.title for axis in plan.axes)
    if others:
        return [say("The designs differ in {first} and {second}.", first=first, second=others[0])]
    return [say("The designs differ in {parameter}.", parameter=first)]


def _at_the_same_instants(points: Sequence[Point], labels: Sequence[str]) -> list[Point]:
    """The points, those that are struck at random in one window, if there is one."""
    places = [place for place, point in enumerate(points) if _is_random(point)]
    drafts = [_draft(points[place]) for place in places]
    found = list(points)
    for place, one in zip(places, fair_windows(drafts, _WORTH), strict=True):
        if isinstance(one, Wrong):
            raise StudyError(f"{labels[place]}: {one}")
        found[place] = _struck(points[place], *one)
    return found


def _of_instants(points: Sequence[Point], labels: Sequence[str]) -> list[str]:
    said = []
    others = [label for point, label in zip(points, labels, strict=True) if not _is_random(point)]
    if 0 < len(others) < len(points):
        listed = ", ".join(others)
        said.append(say("Not struck at random, so that it is as written: {designs}.", designs=listed))
    windows = {blow.window_us for point in points if _is_random(point) and (blow := point.family.blow)}
    if len(windows) > 1:
        said.append(say("Their rhythms have too little in common: each is struck in a window of its own."))
    return said


def _is_random(point: Point) -> bool:
    blow = point.family.blow
    return blow is not None and blow.window_us[1] - blow.window_us[0] > 1


def _draft(point: Point) -> Draft:
    blow = point.family.blow
    assert blow is not None
    return Draft(point.opened, blow.tier, blow.fault, point.family.seeds)


def _struck(point: Point, draft: Draft, window: Window) -> Point:
    assert point.family.blow is not None
    longer = draft.opened.overrides[len(point.opened.overrides) :]
    blow = replace(point.family.blow, window_us=window)
    family = replace(point.family, setup=draft.opened.setup, blow=blow)
    return replace(point, sets=(*point.sets, *longer), opened=draft.opened, family=family)


def _of_traffic(points: Sequence[Point], labels: Sequence[str]) -> list[str]:
    """Pairs are alike only where the clients are: another traffic is other clients."""
    first = points[0].family.setup.traffic
    others = [
        label for point, label in zip(points, labels, strict=True) if point.family.setup.traffic != first
    ]
    if not others:
        return []
    return [
        say(
            "Other clients come, as the traffic differs from that of {first}: {designs}.",
            first=labels[0],
            designs=", ".join(others),
        )
    ]
