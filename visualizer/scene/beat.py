"""Beat it: the goal, how close a design comes to it, what that is made of, what it costs, what binds."""

from __future__ import annotations

from visualizer.lab.beat import CUT_US, Judgement
from visualizer.language import decimal, say, say_as, thousands, translated
from visualizer.scene.beat_bars import Gauge, legend
from visualizer.scene.layout import SMALL
from visualizer.scene.ledger_lines import Row, heading
from visualizer.scene.lettering import fitting_size, set_within, text_width, wrapped
from visualizer.scene.look import BeatLook, Look
from visualizer.scene.primitives import Box, Disc, Path, Primitive, Rectangle, Role, Text
from visualizer.sim.setup import US_PER_S
from visualizer.story import beat as words

GOAL = "beat:goal"
"""The target that goes from goal to goal: its left half back, its right half forward."""

WORST = "beat:worst"
"""The target that goes to the worst instant."""

_TEXT = 14.5
_SAID = 15.5
_LINE = 19.0
_LEAST_SAID = 10.5


def goal_rows(shown: BeatLook, look: Look) -> list[Row]:
    """What is to be reached, and which of the goals was reached once."""
    tries = say("measuring …") if shown.busy else say("try {number}", number=len(shown.tries))

    def head(x: float, y: float, width: float, height: float) -> list[Primitive]:
        right = Text(x + width, y + height - 9, tries, SMALL, "text_dim", anchor="right")
        return [*heading(say("Beat it"), first=True).draw(x, y, width - 90, height), right]

    def text(x: float, y: float, width: float, height: float) -> list[Primitive]:
        lines, size = set_within(translated(shown.goal.text), (SMALL, 12.5, 11.5, 10.5), width, 36)
        step = 16 if len(lines) < 3 else 1.12 * size
        return [Text(x, y + 12 + step * n, line, size, "text_dim") for n, line in enumerate(lines)]

    choice = Row(44, lambda x, y, width, height: _choice(shown, look, Box(x, y, width, height)), GOAL, Box)
    return [Row(22, head), choice, Row(36, text)]


def _choice(shown: BeatLook, look: Look, box: Box) -> list[Primitive]:
    """The title between two arrows, and a dot for each goal: full where it was reached once."""
    middle, y, right = box.x + box.width / 2, box.y + 15, box.x + box.width
    room = box.width - 44
    title = translated(shown.goal.title)
    size = fitting_size(title, 19, 14, room, "bold")
    lit: Role = "text" if GOAL in (look.hover, look.focus) else "text_dim"
    items: list[Primitive] = [
        Path(((box.x + 9, y - 6), (box.x + 3, y), (box.x + 9, y + 6)), lit, 2.4),
        Path(((right - 9, y - 6), (right - 3, y), (right - 9, y + 6)), lit, 2.4),
        Text(middle, y + 6.5, title, size, weight="bold", anchor="centre", max_width=room),
    ]
    first = middle - 7.5 * (len(shown.goals) - 1)
    for number, met in enumerate(shown.goals):
        here = number == shown.place
        edge: Role = "active" if met else ("text" if here else "text_dim")
        radius, line = (4.5, 1.8) if here else (3.5, 1.2)
        items.append(
            Disc(
                first + 15 * number, box.y + 0.78 * box.height, radius, "active" if met else None, edge, line
            )
        )
    if look.focus == GOAL:
        items.append(Rectangle(box.x - 10, box.y - 6, box.width + 20, box.height + 4, None, "focus", 2.5, 9))
    return items


def found_rows(shown: BeatLook, look: Look, *, low: bool) -> list[Row]:
    """The two gauges with their terms, what it costs, and what binds in one sentence."""
    found = shown.judgement
    if found is None:
        return [heading(say("Striking at every instant …"))]
    goal, binding = shown.goal, found.binding.name
    mean = best = ""
    if found.mean_lost is not None:
        mean = say("{mean} on average", mean=decimal(f"{found.mean_lost:.1f}"))
    if found.shortest_gap_us is not None:
        best = say("{gap} at best", gap=words.lasting(found.shortest_gap_us))
    lost = Gauge(
        say("Transactions lost, at worst") if found.transactions else say("Sessions lost, at worst"),
        thousands(found.worst_lost),
        mean if goal.lost is None else say("at most {limit}", limit=thousands(goal.lost)),
        goal.lost, found.loss_terms, found.loss_met,
    )  # fmt: skip
    gap = Gauge(
        say("No service, at worst"),
        say("for ever") if found.gap_us is None else words.lasting(found.gap_us),
        best if goal.gap_us is None else say("under {limit}", limit=words.long(goal.gap_us / US_PER_S)),
        goal.gap_us, found.gap_terms, found.gap_met,
    )  # fmt: skip
    return [
        lost.row,
        *legend(found.loss_terms, binding, thousands, only_binding=low),
        gap.row,
        *legend(found.gap_terms, binding, words.lasting, only_binding=low),
        _verdict(sentence(found), look, met=found.met),
        *_cost_rows(found, low=low),
    ]


def _cost_rows(found: Judgement, *, low: bool) -> list[Row]:
    """What it is paid with; `low`: only what the goal has a limit for."""
    costs, goal = found.costs, found.goal
    alarms = say_as("alarms", "none")
    if costs.seldom_s is not None:
        alarms = say("{time} apart", time=words.long(costs.seldom_s))
    if goal.seldom_s:
        alarms = say("{found}, at least {limit}", found=alarms, limit=words.long(goal.seldom_s))
    answers = words.lasting(costs.answer_us) if costs.answer_us else say("no time")
    if goal.answer_us:
        answers = say("{found}, at most {limit}", found=answers, limit=words.lasting(goal.answer_us))
    rates = {"copies": _per_s(costs.copies_per_s), "heartbeats": _per_s(costs.heartbeats_per_s)}
    cable = say("copies {copies}, heartbeats {heartbeats}", **rates)
    if costs.busy is not None:
        share = decimal(f"{100 * costs.busy:.2g} %")
        cable = say("copies {copies}, heartbeats {heartbeats}, {share} full", **rates, share=share)
    rows = []
    if goal.answer_us or not low:
        rows.append(_cost(say("Answers wait for a copy"), answers, over=not found.answers_met))
    if goal.seldom_s or not low:
        rows.append(_cost(say("False failovers"), alarms, over=not found.alarms_met))
    if not low:
        time = words.long((goal.cut_us or CUT_US) / US_PER_S)
        cut = say("{n} wait in {time}", n=thousands(costs.kept_waiting), time=time)
        rows += [_cost(say("With the cable cut"), cut), _cost(say("On the cable"), cable)]
    return [heading(say("What it costs")), *rows] if not low else rows


def _per_s(rate: float) -> str:
    return decimal(f"{rate:.2g}/s") if rate < 100 else f"{thousands(round(rate))}/s"


def _cost(label: str, said: str, *, over: bool = False) -> Row:
    tone: Role = "struck" if over else "text"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        base, room = y + height - 6, width - min(text_width(said, 11, "semibold"), width / 2) - 12
        of_label = fitting_size(label, _TEXT, 9.5, room)
        left = x + text_width(label, of_label) + 12
        size = fitting_size(said, _TEXT, 9.5, x + width - left, "semibold")
        return [
            Text(x, base, label, of_label, "text_dim", max_width=room),
            Text(x + width, base, said, size, tone, "semibold", "right", max_width=x + width - left),
        ]

    return Row(22, draw)


def _verdict(said: str, look: Look, *, met: bool) -> Row:
    """The sentence; a click on it goes to the worst instant."""
    tone: Role = "active" if met else "struck"

    def draw(x: float, y: float, width: float, height: float) -> list[Primitive]:
        box = Box(x - 10, y + 6, width + 20, height - 10)
        edge: Role | None = "focus" if WORST in (look.focus, look.hover) else None
        size, lines = _fitted(said, width, box.height - 12)
        step = min(size * 1.25, (box.height - 10) / max(len(lines), 1))
        first = box.y + (box.height - step * len(lines)) / 2 + 0.78 * step
        return [
            Rectangle(
                box.x, box.y, box.width, box.height, "verdict_good" if met else "verdict_bad", edge, 2, 10
            ),
            *(
                Text(x + 4, first + step * n, line, size, tone, "semibold", max_width=width - 4)
                for n, line in enumerate(lines)
            ),
        ]

    return Row(96, draw, WORST, lambda x, y, width, height: Box(x - 10, y + 6, width + 20, height - 10))


def _fitted(said: str, width: float, height: float) -> tuple[float, tuple[str, ...]]:
    """As large as it fits into the box."""
    size, lines = _SAID, _wrapped(said, _SAID, width)
    while size > _LEAST_SAID and len(lines) * 1.22 * size > height:
        size -= 0.5
        lines = _wrapped(said, size, width)
    return size, lines


def _wrapped(said: str, size: float, width: float) -> tuple[str, ...]:
    lines = wrapped(said, size, width - 2, 9)
    if any(text_width(line, size, "semibold") > width - 4 for line in lines):
        lines = wrapped(said, size, width - 4, 9, "semibold")
    return lines


def sentence(found: Judgement) -> str:
    """What binds, in plain words."""
    name, goal = found.binding.name, found.goal
    noun = "transaction" if found.transactions else "session"
    amount = found.binding.amount
    match name:
        case "second failure":
            limits = goal.lost is not None or goal.gap_us is not None
            return words.done_sentence(found.together, noun, limits=limits)
        case "answers":
            return words.answers_sentence(amount or 0, goal.answer_us or 0)
        case "false alarms":
            return words.alarms_sentence(found.costs.seldom_s or 0.0, goal.seldom_s or 0)
        case "nervous":
            return words.loss_sentence(name, amount or 0, found.worst_lost, noun)
    if not found.loss_met:
        return words.loss_sentence(name, amount or 0, found.worst_lost, noun)
    return words.gap_sentence(name, amount, found.gap_us)
