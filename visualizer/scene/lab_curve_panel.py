"""All strike instants of this scenario at once: what lightning costs as a function of when it comes."""

from __future__ import annotations

from dataclasses import replace

from visualizer.language import decimal, marked, say, thousands
from visualizer.scene.axis import axis
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.lab_curve import Costs, Known, LabCurve, reading
from visualizer.scene.lab_curve_chart import Chart
from visualizer.scene.lab_curve_spread import scale_of
from visualizer.scene.layout import SMALL, Layout, clamp
from visualizer.scene.lettering import fitting, fitting_size, text_width
from visualizer.scene.look import Look
from visualizer.scene.lost_list import heading
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Icon, Path, Primitive, Rectangle, Role, Text
from visualizer.scene.wording import duration, instant, on_axis, span

PLOT = "curve:plot"
"""The target that an instant is chosen on; x is linear over the whole scenario."""

TIER = "curve:tier"
"""The target that goes from tier to tier: its left half back, its right half forward."""

WORST_LOSS, WORST_OUTAGE = "curve:worst:loss", "curve:worst:outage"
"""The targets that go to the worst instants."""

_BELOW_HEADER = 6.0
_INSET = 24.0
_HEAD, _FOOT = 70.0, 88.0
_LEGEND, _MARKS = 30.0, 22.0
_AXIS = 44.0
_LABELS = 58.0
_SIDE_GAP = 14.0
_KEYS = (
    (marked("Enter"), marked("open this run")),
    ("← →", marked("another instant")),
    (marked("Esc"), marked("close")),
)
_TIER_KEY = ("↑ ↓", marked("another tier"))


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Heading, loss above, outage below on the same time axis, the reading, keys."""
    shown = look.lab_curve
    if shown is None or look.locked:
        return Part()
    room = place_of(look, layout)
    loss, outage = _charts(shown, room)
    over = Box(loss.plot.x, loss.plot.y - _MARKS, loss.plot.width, 0)
    target = replace(over, height=outage.plot.y + outage.plot.height + _AXIS - 14 - over.y)
    targets = {"curve:panel": room, PLOT: target}
    still: list[Primitive] = [
        Rectangle(room.x, room.y, room.width, room.height, "panel", "focus", 1.5, 16),
        *_head(shown, room),
    ]
    for chart in (loss, outage):
        legend, places = chart.legend(look)
        targets.update(places)
        still += [*chart.still(), *legend]
    still += axis(shown.known.duration_us, outage.plot, outage.plot.x + outage.plot.width + 6)
    still += _counted(shown.known, outage)
    tier, places = _tier(shown, look, room)
    targets.update(places)
    moving = [*_pointed(shown, (loss, outage), look), *_foot(shown, look, room)]
    return Part(still=(*still, *tier), moving=tuple(moving), targets=targets)


def place_of(look: Look, layout: Layout) -> Box:
    """Over stage, caption and timeline; for a class over the ledger too."""
    stage, timeline = layout.stage, layout.timeline
    width = timeline.width if look.room else stage.width
    y = stage.y + _BELOW_HEADER
    return Box(stage.x, y, width, timeline.y + timeline.height - y)


def _charts(shown: LabCurve, room: Box) -> tuple[Chart, Chart]:
    """The loss has more room than the outage."""
    known, before = shown.known, shown.before
    then = (before.known.losses, before.known.outages) if before else (None, None)
    label = before.label if before else ""
    inner = room.width - 2 * _INSET - _LABELS
    side = clamp(0.22 * inner, 128, 300)
    x, width = room.x + _INSET + _LABELS, inner - side - _SIDE_GAP
    free = room.height - _HEAD - _FOOT - 2 * _LEGEND - _MARKS - _AXIS
    first = 0.58 * free
    top = room.y + _HEAD + _LEGEND + _MARKS
    upper = Box(x, top, width, first)
    lower = Box(x, top + first + _LEGEND + 8, width, free - first - 8)
    right = x + width + _SIDE_GAP
    loss = Chart(
        say("Sessions lost"), known, known.losses, upper, Box(right, upper.y, side, upper.height),
        scale_of(_most(known.losses, then[0]), upper.height, whole=True), "sync",
        _count, _number, WORST_LOSS, 13 + _MARKS, then[0], label,
    )  # fmt: skip
    outage = Chart(
        say("Without service"), known, known.outages, lower, Box(right, lower.y, side, lower.height),
        scale_of(_most(known.outages, then[1]), lower.height, whole=False), "heartbeat",
        _time, _label, WORST_OUTAGE, 13, then[1], label,
    )  # fmt: skip
    return loss, outage


def _number(value: float, step: int) -> str:
    return thousands(round(value))


def _most(*costs: Costs | None) -> float:
    return max(max(one.most, one.expected or 0.0) for one in costs if one is not None)


def _count(value: float) -> str:
    return thousands(round(value)) if value == round(value) or value >= 1000 else decimal(f"{value:.2f}")


def _time(value: float) -> str:
    return span(round(value))


def _label(value: float, step: int) -> str:
    return on_axis(round(value), step) if value else "0"


def _head(shown: LabCurve, room: Box) -> list[Primitive]:
    """What this is, and how it is known."""
    x, y, width = room.x + _INSET, room.y + 56, room.width - 2 * _INSET
    known = shown.known
    equal = known.checked is not None and not known.wrong
    told, small = fitting(_told(known), SMALL, SMALL, 0.5 * width)
    left = x + width - text_width(told, small)
    said, size = fitting(_what(shown), 15.0, SMALL, left - 36 - x)
    items: list[Primitive] = [
        *heading(say("WHAT IF IT HAD STRUCK AT ANOTHER INSTANT?"), room),
        Text(x, y, said, size, "text_dim"),
        Text(left, y, told, small, "struck" if known.wrong else "text_dim"),
    ]
    if equal:
        items.append(Path(((left - 17, y - 5), (left - 13, y), (left - 6, y - 10)), "active", 2.2))
    return items


def _what(shown: LabCurve) -> tuple[str, ...]:
    """What the points are; the longest way to say it first."""
    known = shown.known
    if known.every_us:
        every = duration(known.every_us)
        whole = say("One bolt on the active unit, tried every {time}.", time=every)
        bare = say("One bolt, tried every {time}.", time=every)
    else:
        count = thousands(known.instants)
        whole = say("One bolt on the active unit, at each of {n} instants.", n=count)
        bare = say("One bolt, at each of {n} instants.", n=count)
    if len(shown.here_us) != 1:
        return whole, whole, bare
    return f"{whole} {say('This run has only one of them.')}", whole, bare


def _told(known: Known) -> tuple[str, ...]:
    """How far it is, or how it was checked; the longest way to say it first."""
    if known.window_us is None:
        return (say("finding out …"),)
    if known.checked is None:
        return (say("checking by re-running …"), say("checking …"))
    if known.wrong:
        found = say("re-running at {n} instants: {wrong} not equal", n=known.checked, wrong=known.wrong)
        return found, say("{wrong} of {n} not equal", n=known.checked, wrong=known.wrong)
    return say("checked by re-running at {n} instants: all equal", n=known.checked), say("checked")


def _counted(known: Known, chart: Chart) -> list[Primitive]:
    """Which random instants the bars are of."""
    window = known.window_us
    if window is None:
        return []
    low, high = (instant(at_us) for at_us in window)
    forms: tuple[str, ...] = (say("chances"),)
    if known.fair:
        ends = {"low": low, "high": high}
        forms = (say("chances from {low} to {high}", **ends), say("from {low} to {high}", **ends), *forms)
    said, size = fitting(forms, SMALL, SMALL, chart.side.width + 8)
    base = chart.side.y + chart.side.height
    return [Text(chart.side.x + chart.side.width, base + 26, said, size, "text_dim", anchor="right")]


def _tier(shown: LabCurve, look: Look, room: Box) -> tuple[list[Primitive], dict[str, Box]]:
    """Which tier is struck, between two arrows where there are several."""
    right, y = room.x + room.width - _INSET, room.y + 29
    most = 0.4 * room.width
    size = fitting_size(shown.title, 18, SMALL, most - 60, "bold")
    width = min(text_width(shown.title, size, "bold"), most - 60)
    if shown.tiers == 1:
        return [Text(right, y + 2, shown.title, size, weight="bold", anchor="right", max_width=width)], {}
    box = Box(right - width - 56, room.y + 10, width + 56, 30)
    lit: Role = "text" if TIER in (look.hover, look.focus) else "text_dim"
    items: list[Primitive] = []
    if TIER in (look.hover, look.focus):
        edge: Role | None = "focus" if look.focus == TIER else None
        items.append(Rectangle(box.x, box.y, box.width, box.height, "track", edge, 2.5 if edge else 0, 9))
    middle = box.y + 15
    for tip, end in ((box.x + 10, box.x + 16), (right - 10, right - 16)):
        items.append(Path(((end, middle - 6), (tip, middle), (end, middle + 6)), lit, 2.4))
    centre = box.x + box.width / 2
    items.append(Text(centre, y + 2, shown.title, size, weight="bold", anchor="centre", max_width=width))
    return items, {TIER: box}


def _pointed(shown: LabCurve, charts: tuple[Chart, Chart], look: Look) -> list[Primitive]:
    """The bars, this run, what was opened from here, and what is pointed at."""
    loss, outage = charts
    items: list[Primitive] = []
    for chart in charts:
        items += chart.bars(shown.cursor_us)
        for at_us in shown.opened_us:
            items += chart.ring(at_us)
    items += _here(shown, loss, outage)
    if shown.cursor_us is not None:
        for chart in charts:
            items += [chart.upright(shown.cursor_us, "knob", 2, None), *chart.mark(shown.cursor_us)]
    if look.focus == PLOT:
        box = Box(loss.plot.x - 6, loss.plot.y - 6, loss.plot.width + 12, 0)
        height = outage.plot.y + outage.plot.height + 6 - box.y
        items.append(Rectangle(box.x, box.y, box.width, height, None, "focus", 2.5, 8))
    return items


def _here(shown: LabCurve, loss: Chart, outage: Chart) -> list[Primitive]:
    """Where this run was struck: a line through both charts under a bolt, and words beside it."""
    items: list[Primitive] = []
    for number, at_us in enumerate(shown.here_us):
        x, y = loss.x(at_us), loss.plot.y - _MARKS / 2
        items += [chart.upright(at_us, "bolt_glow", 1.6, (5, 4)) for chart in (loss, outage)]
        items.append(Icon(x, y - 1, "bolt", 18, "bolt_glow"))
        if number == 0:
            for chart in (loss, outage):
                items += [*chart.ring(at_us), *chart.level(at_us)]
            said = say("this run: {at}", at=instant(at_us))
            width = text_width(said, SMALL, "semibold")
            right = x + 14 + width <= loss.plot.x + loss.plot.width
            items.append(
                Text(x + 12 if right else x - 12, y + 4, said, SMALL, "text", "semibold",
                     "left" if right else "right")
            )  # fmt: skip
    return items


def _foot(shown: LabCurve, look: Look, room: Box) -> list[Primitive]:
    """What is read at the cursor, large, and the keys."""
    x, width = room.x + _INSET, room.width - 2 * _INSET
    y = room.y + room.height - _FOOT + 4
    said = say("Point at an instant to read it. A click opens that run.")
    if shown.cursor_us is not None:
        said = reading(shown.known, shown.cursor_us)
    box = Box(x, y, width, 40)
    size = fitting_size(said, 20, SMALL, width - 32, "semibold")
    keys = _KEYS if shown.tiers == 1 else (*_KEYS[:2], _TIER_KEY, *_KEYS[2:])
    return [
        Rectangle(box.x, box.y, box.width, box.height, "track", radius=11, alpha=0.55),
        Text(x + 16, y + 20 + 0.35 * size, said, size, weight="semibold"),
        *keycaps(x, room.y + room.height - 18, width, keys),
    ]
