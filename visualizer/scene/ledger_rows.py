"""The rows of the ledger: each has a height and can draw itself at a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.scene.frame import Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL
from visualizer.scene.lettering import shortened, text_width
from visualizer.scene.losses import CAUSES
from visualizer.scene.primitives import Path, Primitive, Rectangle, Role, Text, Weight
from visualizer.scene.wording import duration, span, thousands
from visualizer.sim.event import LossCause, Status
from visualizer.sim.replication import POLICIES
from visualizer.story.causes import INTERRUPTED, LOST

_ROW_TEXT = 15.5


@dataclass(frozen=True, slots=True)
class Row:
    """`draw(x, y, width, height)`: y is the top; heights may be stretched or squeezed a little. `target`:
    what a click on it means ("": nothing).
    """

    height: float
    draw: Callable[[float, float, float, float], list[Primitive]]
    target: str = ""


def heading(content: str, *, first: bool = False) -> Row:
    """The name of a section, in small capitals; `first` at the top of its column."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        return [
            Text(
                x,
                y + height - 9,
                content.upper(),
                SMALL,
                "text_dim",
                max_width=width,
                letter_spacing=HEADING_SPACING,
            )
        ]

    return Row(22 if first else 38, draw)


def bar(label: str, count: int, most: int, role: Role, target: str = "") -> Row:
    """A label, a count, and a bar for its share of the most."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        tone: Role = "text" if count else "text_dim"
        value, top = thousands(count), y + height - 10
        items: list[Primitive] = [
            Text(
                x,
                top - 8,
                label,
                _ROW_TEXT,
                tone,
                max_width=width - text_width(value, _ROW_TEXT, "bold") - 10,
            ),
            Text(x + width, top - 8, value, _ROW_TEXT, tone, "bold", "right"),
            Rectangle(x, top, width, 6, "track", radius=3),
        ]
        if count:
            items.append(Rectangle(x, top, max(6.0, width * count / max(most, count)), 6, role, radius=3))
        return items

    return Row(36, draw, target)


def value(label: str, content: str, weight: Weight = "bold") -> Row:
    """A label and a value."""

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        room = width - text_width(content, _ROW_TEXT, weight) - 10
        return [
            Text(x, y + height - 7, label, _ROW_TEXT, "text_dim", max_width=room),
            Text(
                x + width, y + height - 7, content, _ROW_TEXT, "text", weight, "right", max_width=width * 0.6
            ),
        ]

    return Row(25, draw)


def lost_rows(frame: Frame) -> list[Row]:
    """The number that matters, as large as fits."""
    lost = frame.account.lost
    number = thousands(lost.sessions)

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        size = min(84.0, 0.5 * width / text_width(number, 1.0, "bold"))
        right = x + text_width(number, size, "bold") + 12
        role: Role = "struck" if lost.sessions else "text"
        room = x + width - right
        base = y + height - 14
        word = "session" if lost.sessions == 1 else "sessions"
        lines: list[tuple[str, float, Role]] = [(word, 21.0, "text"), (_of_how_many(frame), 14.5, "text_dim")]
        if lost.transactions:
            lines.insert(1, (f"and {thousands(lost.transactions)} transactions", 14.5, "struck"))
        items: list[Primitive] = [Text(x, base, number, size, role, "bold")]
        for place, (content, points, tone) in enumerate(reversed(lines)):
            said, fitted = shortened(content, points, 12.5, room)
            items.append(Text(right, base - 22 * place, said, fitted, tone, max_width=room))
        return items

    target = "losses" if lost.sessions or lost.transactions else ""
    return [heading("Lost so far", first=True), Row(78, draw, target)]


def _of_how_many(frame: Frame) -> str:
    """What the losses are a part of; in a split brain, what will be lost when it ends."""
    if frame.account.at_stake.sessions:
        return f"{thousands(frame.account.at_stake.sessions)} will be discarded|after the split"
    losses = sorted({loss.at_us for loss in frame.state.losses if len(loss.sessions)})
    if len(losses) == 1:
        return f"of {thousands(frame.history.open_at[losses[0]])} open|when it struck"
    if losses:
        return f"of {thousands(frame.account.acknowledged_sessions)} let in so far"
    return f"of {thousands(frame.account.open_sessions)} open now"


def verdict_rows(frame: Frame) -> list[Row]:
    """Whether this was a stateful failover: zero loss, nothing else."""
    failed = bool(frame.state.failovers) or not frame.account.stateful
    good = frame.account.stateful
    words = "Not a stateful failover" if not good else ("Stateful so far" if failed else "No loss so far")
    tone: Role = "struck" if not good else "active"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        top, middle = y + 4, y + 4 + (height - 10) / 2
        fill: Role = "verdict_good" if good else "verdict_bad"
        return [
            Rectangle(x, top, width, height - 10, fill, radius=10),
            *_sign(x + 22, middle, tone, good=good),
            Text(x + 38, middle + 6.5, words, 19, tone, "bold", max_width=width - 50),
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
    shown += [cause for cause in CAUSES if cause in by_cause and cause not in shown]
    total = frame.account.lost.sessions
    found = [heading("State lost, by cause")]
    for cause in shown:
        lost = by_cause.get(cause)
        label, role = LOST[cause], CAUSES[cause]
        if cause is LossCause.IN_FLIGHT and policy.streams:
            label = "still on the cable"
        target = f"losses:{cause}" if lost else ""
        found.append(bar(label, lost.sessions if lost else 0, total, role, target))
    return found


def interruption_rows(frame: Frame) -> list[Row]:
    """Requests that were not served: another book."""
    counts = frame.account.interrupted
    shown = [Status.NOBODY_ACTIVE, Status.DEAD_ADDRESS]
    if frame.setup.traffic.response_us or counts.get(Status.HUNG):
        shown.append(Status.HUNG)
    shown += [status for status in INTERRUPTED if counts.get(status) and status not in shown]
    most = frame.account.requests_interrupted
    return [
        heading("Service interrupted"),
        *(bar(INTERRUPTED[status], counts.get(status, 0), most, "request") for status in shown),
        *_outcome_rows(frame),
    ]


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


def clock_rows(frame: Frame) -> list[Row]:
    """How long, and how far back."""
    last = frame.failover
    rpo = None if last is None else last.achieved_rpo_us
    rto = None if last is None else last.achieved_rto_us
    waiting = "–" if last is None else "not yet"
    return [
        heading("Clocks"),
        value("No service for", span(frame.account.no_service_us)),
        value("Achieved RPO", "–" if rpo is None else span(rpo)),
        value("Achieved RTO", waiting if rto is None else span(rto)),
    ]


def setting_rows(frame: Frame) -> list[Row]:
    """How the tier that matters is set."""
    setup = frame.setup.tiers[frame.tier]
    title = "Settings" if len(frame.setup.tiers) == 1 else f"Settings · {setup.title}"
    policy = POLICIES[setup.sync.policy]
    every = duration(setup.sync.interval_us) if policy.ticks else ("at once" if policy.streams else "never")
    latency = sorted({link.latency_us for link in setup.links})
    return [
        heading(title),
        value("Copying", setup.sync.policy, "regular"),
        value("Sync every" if policy.ticks else "Sync", every, "regular"),
        value("Heartbeat every", duration(setup.heartbeat.interval_us), "regular"),
        value("Misses to declare dead", str(setup.heartbeat.misses), "regular"),
        value("Link latency", " / ".join(duration(us) for us in latency), "regular"),
    ]
