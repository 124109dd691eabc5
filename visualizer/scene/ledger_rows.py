"""The rows of the ledger: each has a height and can draw itself at a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.ledger import Lost
from visualizer.scene.frame import Before, Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL
from visualizer.scene.lettering import fitting, fitting_size, shortened, text_width
from visualizer.scene.losses import CAUSES
from visualizer.scene.primitives import Area, Box, Path, Primitive, Rectangle, Role, Text, Weight
from visualizer.scene.wording import thousands
from visualizer.sim.event import LossCause, Status
from visualizer.sim.replication import POLICIES
from visualizer.story.causes import INTERRUPTED, LOST, SHORT

_ROW_TEXT = 15.5
_WAS_TEXT = 13.0
_ARROW = 15.0


@dataclass(frozen=True, slots=True)
class Row:
    """`draw(x, y, width, height)`: y is the top; heights may be stretched or squeezed a little. `target`:
    what a click on it means ("": nothing); `place`: where, unless it is the whole row.
    """

    height: float
    draw: Callable[[float, float, float, float], list[Primitive]]
    target: str = ""
    place: Callable[[float, float, float, float], Box] | None = None


@dataclass(frozen=True, slots=True)
class Was:
    """What a number is in the run that is compared with, in words; `worse`: whether it is worse here."""

    words: str
    worse: bool | None = None

    @property
    def width(self) -> float:
        """How much room it takes, with a gap behind it."""
        return text_width(self.words, _WAS_TEXT) + (0 if self.worse is None else _ARROW) + 10

    def draw(self, right: float, y: float) -> list[Primitive]:
        """Up to `right`: the words, and an arrow up where there is more here, down where there is less."""
        if self.worse is None:
            return [Text(right, y, self.words, _WAS_TEXT, "text_dim", anchor="right")]
        x, to = right - 5, -4.5 if self.worse else 4.5
        middle = y - 4.5
        arrow = Area(((x - 5, middle - to), (x + 5, middle - to), (x, middle + to)),
                     "struck" if self.worse else "active")  # fmt: skip
        return [Text(right - _ARROW, y, self.words, _WAS_TEXT, "text_dim", anchor="right"), arrow]


def was(
    frame: Frame, now: int | None, of: Callable[[Before], int | None], say: Callable[[int], str] = thousands
) -> Was | None:
    """The number `of` the run that is compared with, where there is one; more is worse."""
    if frame.before is None:
        return None
    then = of(frame.before)
    same = now is None or then is None or now == then
    said = "–" if then is None else say(then)
    return Was(f"{frame.before.label} {said}", None if same else (now or 0) > (then or 0))


def heading(content: str, *, first: bool = False, beside: Was | None = None) -> Row:
    """The name of a section, in small capitals; `first` at the top of its column. A long one is smaller."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        room = width - (beside.width if beside else 0)
        forms = (content.upper(), content.upper().partition(" · ")[0])
        said, size = fitting(forms, SMALL, 12.5, room)
        spare = (room - text_width(said, SMALL)) / max(len(said) - 1, 1)
        spacing = min(HEADING_SPACING, max(spare, 0.0))
        name = Text(x, y + height - 9, said, size, "text_dim", letter_spacing=spacing)
        return [name, *(beside.draw(x + width, y + height - 9) if beside else ())]

    return Row(22 if first else 38, draw)


def bar(label: str, count: int, most: int, role: Role, beside: Was | None = None, *, target: str = "") -> Row:
    """A label, a count, and a bar for its share of the most."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        tone: Role = "text" if count else "text_dim"
        top = y + height - 10
        items = _line(Box(x, top - 8, width, 0), label, thousands(count), (tone, tone, "bold"), beside)
        items.append(Rectangle(x, top, width, 6, "track", radius=3))
        if count:
            items.append(Rectangle(x, top, max(6.0, width * count / max(most, count)), 6, role, radius=3))
        return items

    return Row(36, draw, target)


def value(label: str, content: str, weight: Weight = "bold", beside: Was | None = None) -> Row:
    """A label and a value."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        return _line(Box(x, y + height - 7, width, 0), label, content, ("text_dim", "text", weight), beside)

    return Row(25, draw)


def _line(
    place: Box, label: str, content: str, style: tuple[Role, Role, Weight], beside: Was | None
) -> list[Primitive]:
    """A label and a value on the base line `place.y`; what was before only where it leaves room for both."""
    of_label, of_value, weight = style
    right = place.x + place.width
    size = fitting_size(content, _ROW_TEXT, 12.5, place.width * 0.6, weight)
    left = right - text_width(content, size, weight) - 10
    items: list[Primitive] = [Text(right, place.y, content, size, of_value, weight, "right")]
    said, of = fitting((label, SHORT.get(label, label)), _ROW_TEXT, 13.4, left - place.x)
    items.append(Text(place.x, place.y, said, of, of_label, max_width=left - place.x))
    if beside and place.x + text_width(label, _ROW_TEXT) + 10 + beside.width <= left + 10:
        items += beside.draw(left, place.y)
    return items


def lost_rows(frame: Frame) -> list[Row]:
    """The number that matters, as large as fits."""
    lost = frame.account.lost
    number = thousands(lost.sessions)

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        size = min(84.0, 0.5 * width / text_width(number, 1.0, "bold"), (height - 11) / 0.68)
        right = x + text_width(number, size, "bold") + 12
        role: Role = "struck" if lost.sessions else "text"
        room = x + width - right
        base = y + height - 14
        word = "session" if lost.sessions == 1 else "sessions"
        lines: list[tuple[str, float, Role]] = [(word, 21.0, "text"), (_of_how_many(frame), 14.5, "text_dim")]
        if lost.transactions:
            lines.insert(1, (f"and {thousands(lost.transactions)} transactions", 14.5, "struck"))
        step = min(22.0, (height - 23) / max(len(lines) - 1, 1))
        items: list[Primitive] = [Text(x, base, number, size, role, "bold")]
        for place, (content, points, tone) in enumerate(reversed(lines)):
            said, fitted = shortened(content, points, 12.5, room)
            if text_width(said, fitted) <= room:
                items.append(Text(right, base - step * place, said, fitted, tone))
        return items

    target = "losses" if lost.sessions or lost.transactions else ""
    then = was(frame, lost.sessions, lambda before: before.account.lost.sessions)
    return [heading("Lost so far", first=True, beside=then), Row(78, draw, target)]


def _of_how_many(frame: Frame) -> str:
    """What the losses are a part of; in a split brain, what will be lost when it ends."""
    if frame.account.at_stake.sessions:
        return f"{thousands(frame.account.at_stake.sessions)} will be discarded|after the split"
    losses = sorted({loss.at_us for loss in frame.state.losses if len(loss.sessions)})
    if len(losses) == 1:
        return f"of {thousands(frame.history.open_at[losses[0]])} open|when it struck"
    if losses:
        return f"of {thousands(frame.account.acknowledged_sessions)} let in|so far"
    return f"of {thousands(frame.account.open_sessions)} open|now"


def verdict_rows(frame: Frame) -> list[Row]:
    """Whether this was a stateful failover: zero loss, nothing else."""
    failed = bool(frame.state.failovers) or not frame.account.stateful
    good = frame.account.stateful
    words = "Not a stateful failover" if not good else ("Stateful so far" if failed else "No loss so far")
    tone: Role = "struck" if not good else "active"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        top, middle = y + 4, y + 4 + (height - 10) / 2
        fill: Role = "verdict_good" if good else "verdict_bad"
        said = fitting((words, SHORT.get(words, words)), 19, 12.5, width - 50, "bold")
        return [
            Rectangle(x, top, width, height - 10, fill, radius=10),
            *_sign(x + 22, middle, tone, good=good),
            Text(x + 38, middle + 6.5, *said, tone, "bold"),
        ]

    return [Row(54, draw)]


def _sign(x: float, y: float, role: Role, *, good: bool) -> list[Primitive]:
    """A tick or a cross."""
    if good:
        return [Path(((x - 6, y), (x - 2, y + 5), (x + 6, y - 5)), role, 2.6)]
    return [
        Path(((x - 5, y - 5), (x + 5, y + 5)), role, 2.6),
        Path(((x - 5, y + 5), (x + 5, y - 5)), role, 2.6),
    ]


def cause_rows(frame: Frame) -> list[Row]:
    """What was lost by cause: the causes that this way of copying has, and all that occurred."""
    policy = POLICIES[frame.setup.tiers[frame.tier].sync.policy]
    shown = [LossCause.NEVER_SYNCED]
    if policy.copies:
        shown = [LossCause.UNSYNCED, LossCause.IN_FLIGHT]
    if policy.whole:
        shown = [LossCause.STALE_SNAPSHOT]
    if policy.streams:
        shown = [LossCause.IN_FLIGHT, LossCause.BACKLOG]
    by_cause = frame.account.lost_by_cause
    then = frame.before.account.lost_by_cause if frame.before else {}
    shown += [cause for cause in CAUSES if (cause in by_cause or cause in then) and cause not in shown]
    total = frame.account.lost.sessions
    found = [heading("State lost, by cause")]
    for cause in shown:
        lost = by_cause.get(cause, Lost()).sessions
        label, role = LOST[cause], CAUSES[cause]
        if cause is LossCause.IN_FLIGHT and policy.streams:
            label = "still on the cable"
        target = f"losses:{cause}" if lost else ""
        beside = _of_cause(frame, lost, cause)
        told = beside if beside and beside.worse is not None else None
        found.append(bar(label, lost, total, role, told, target=target))
    return found


def _of_cause(frame: Frame, lost: int, cause: LossCause) -> Was | None:
    return was(frame, lost, lambda before: before.account.lost_by_cause.get(cause, Lost()).sessions)


def interruption_rows(frame: Frame) -> list[Row]:
    """Requests that were not served: another book."""
    counts = frame.account.interrupted
    shown = [Status.NOBODY_ACTIVE, Status.DEAD_ADDRESS]
    if frame.setup.traffic.response_us or counts.get(Status.HUNG):
        shown.append(Status.HUNG)
    then = frame.before.account.interrupted if frame.before else {}
    more = [status for status in INTERRUPTED if counts.get(status) or then.get(status)]
    shown += [status for status in more if status not in shown]
    most = frame.account.requests_interrupted
    return [
        heading("Service interrupted"),
        *(
            bar(INTERRUPTED[status], counts.get(status, 0), most, "request", _then(frame, status))
            for status in shown
        ),
        *_outcome_rows(frame),
    ]


def _then(frame: Frame, status: Status) -> Was | None:
    count = frame.account.interrupted.get(status, 0)
    found = was(frame, count, lambda before: before.account.interrupted.get(status, 0))
    return found if found and (count or found.worse is not None) else None


def _outcome_rows(frame: Frame) -> list[Row]:
    """What waits for a standby that is away; where clients try again, what became of the others."""
    held = any(tier.answers_held for tier in frame.state.tiers)
    rows = [value("not confirmed yet", thousands(frame.account.pending))] if held else []
    if not frame.state.clients_react:
        return rows
    found = frame.account.interruption
    rows.append(value("only delayed", thousands(found.delayed)))
    rows.append(value("failed for good", thousands(found.failed)))
    return [*rows, value("still trying", thousands(found.waiting))] if found.waiting else rows


def doubt_rows(frame: Frame) -> list[Row]:
    """Applied, yet not acknowledged: only when there are any."""
    count = frame.account.in_doubt
    return [heading("In doubt"), value("applied, never confirmed", thousands(count))] if count else []
