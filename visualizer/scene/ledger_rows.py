"""The upper rows of the ledger: what was lost, the verdict, state lost and service interrupted by cause."""

from __future__ import annotations

from visualizer.language import marked, say, say_many, thousands, translated
from visualizer.ledger import Lost
from visualizer.scene.frame import Frame
from visualizer.scene.ledger_lines import Row, Was, bar, heading, value, was
from visualizer.scene.lettering import fitting, shortened, text_width
from visualizer.scene.losses import CAUSES
from visualizer.scene.primitives import Path, Primitive, Rectangle, Role, Text
from visualizer.sim.event import LossCause, Status
from visualizer.sim.replication import POLICIES
from visualizer.story.causes import INTERRUPTED, LOST, SHORT


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
        word = say_many("session", "sessions", lost.sessions)
        lines: list[tuple[str, float, Role]] = [(word, 21.0, "text"), (of_how_many(frame), 14.5, "text_dim")]
        if lost.transactions:
            lines.insert(1, (_transactions(lost.transactions), 14.5, "struck"))
        step = min(22.0, (height - 23) / max(len(lines) - 1, 1))
        items: list[Primitive] = [Text(x, base, number, size, role, "bold")]
        for place, (content, points, tone) in enumerate(reversed(lines)):
            said, fitted = shortened(content, points, 12.5, room)
            if text_width(said, fitted) <= room:
                items.append(Text(right, base - step * place, said, fitted, tone))
        return items

    target = "losses" if lost.sessions or lost.transactions else ""
    then = was(frame, lost.sessions, lambda before: before.account.lost.sessions)
    return [heading(say("Lost so far"), first=True, beside=then), Row(78, draw, target)]


def _transactions(count: int) -> str:
    return say("and {n} transactions", n=thousands(count))


def of_how_many(frame: Frame) -> str:
    """What the losses are a part of; in a split brain, what will be lost when it ends. What comes after "|"
    may be left out.
    """
    if frame.account.at_stake.sessions:
        return say("{n} will be discarded|after the split", n=thousands(frame.account.at_stake.sessions))
    losses = sorted({loss.at_us for loss in frame.state.losses if len(loss.sessions)})
    if len(losses) == 1:
        return say("of {n} open|when it struck", n=thousands(frame.history.open_at[losses[0]]))
    if losses:
        return say("of {n} let in|so far", n=thousands(frame.account.acknowledged_sessions))
    return say("of {n} open|now", n=thousands(frame.account.open_sessions))


def verdict_rows(frame: Frame) -> list[Row]:
    """Whether this was a stateful failover: zero loss, nothing else."""
    failed = bool(frame.state.failovers) or not frame.account.stateful
    good = frame.account.stateful
    words = marked("Stateful so far") if failed else marked("No loss so far")
    words = words if good else marked("Not a stateful failover")
    tone: Role = "struck" if not good else "active"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        top, middle = y + 4, y + 4 + (height - 10) / 2
        fill: Role = "verdict_good" if good else "verdict_bad"
        said = fitting((translated(words), translated(SHORT.get(words, words))), 19, 12.5, width - 50, "bold")
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
    found = [heading(say("State lost, by cause"))]
    for cause in shown:
        lost = by_cause.get(cause, Lost()).sessions
        label, role = LOST[cause], CAUSES[cause]
        if cause is LossCause.IN_FLIGHT and policy.streams:
            label = marked("still on the cable")
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
        heading(say("Service interrupted")),
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
    rows = [value(marked("not confirmed yet"), thousands(frame.account.pending))] if held else []
    if not frame.state.clients_react:
        return rows
    found = frame.account.interruption
    rows.append(value(marked("only delayed"), thousands(found.delayed)))
    rows.append(value(marked("failed for good"), thousands(found.failed)))
    return [*rows, value(marked("still trying"), thousands(found.waiting))] if found.waiting else rows


def doubt_rows(frame: Frame) -> list[Row]:
    """Applied, yet not acknowledged: only when there are any."""
    count = frame.account.in_doubt
    return (
        [heading(say("In doubt")), value(marked("applied, never confirmed"), thousands(count))]
        if count
        else []
    )
