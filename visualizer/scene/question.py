"""A question in the place of the ledger until it is answered; then guess beside result, over the stage."""

from __future__ import annotations

from visualizer.language import marked, say, thousands
from visualizer.scene import film_question
from visualizer.scene.asked import Answered, Asked
from visualizer.scene.film_question import in_words, of_all
from visualizer.scene.frame import Frame
from visualizer.scene.keycaps import keycaps
from visualizer.scene.layout import BODY, SMALL, Layout
from visualizer.scene.lettering import LEADING, fitting_size, set_within, text_width, wrapped
from visualizer.scene.look import Look
from visualizer.scene.lost_list import INSET, heading, panel, place_of_panel
from visualizer.scene.part import Part
from visualizer.scene.primitives import Box, Path, Primitive, Rectangle, Role, Text
from visualizer.story.words import sentence

_SIZES = (21.0, 18.0, 16.0, 14.0, 12.5)
"""Of the question: the first that leaves room for the answers."""
_BELIEF_SIZES = (30.0, 26.0, 22.0, 19.0, 16.5)
_USUAL = 16.0
_SPACING = 1.28
_GAP = 8.0
_LEAST_ROW, _ROOMY_ROW, _MOST_ROW = 38.0, 52.0, 92.0
_KEYS = (("↑ ↓", marked("choose")), (marked("Enter"), marked("answer")))
_ANSWERED_KEYS = ((marked("Enter"), marked("go on")), ("W", marked("why each was lost")))


def draw(frame: Frame, look: Look, layout: Layout) -> Part:
    """Whichever there is."""
    match look.asked:
        case Asked() | Answered() if look.film:
            return film_question.draw(look.asked, look, layout)
        case Asked():
            return _asked(look.asked, look, layout)
        case Answered():
            return _answered(look.asked, look, layout)
        case _:
            return Part()


def _asked(asked: Asked, look: Look, layout: Layout) -> Part:
    room = place_of_panel(layout)
    x, width = room.x + INSET, room.width - 2 * INSET
    column = (width - 40) / 2 if layout.portrait else width
    size, lines = _question(asked, column, room)
    items: list[Primitive] = [*panel(room), *heading(say("PREDICT: ANSWER FIRST, THEN SEE"), room)]
    items += [
        Text(x, room.y + 43 + size * (1 + _SPACING * n), line, size, weight="semibold", max_width=column)
        for n, line in enumerate(lines)
    ]
    top = room.y + 50 + (0 if layout.portrait else size * (_SPACING * len(lines) + 0.3))
    left = x + width - column
    rows = _rows(asked, Box(left, top, column, room.y + room.height - 42 - top))
    targets = {"question:panel": room}
    for place, box in enumerate(rows):
        name = f"question:{place}"
        targets[name] = box
        items += _row(asked, place, box, marked=name in (look.hover, look.focus))
    escape = (marked("Esc"), marked("go on") if asked.told else marked("back"))
    items += keycaps(x, room.y + room.height - 19, width, (*_KEYS, escape))
    return Part(moving=tuple(items), targets=targets)


def _question(asked: Asked, width: float, room: Box) -> tuple[float, tuple[str, ...]]:
    """Its size and its lines."""
    for size in _SIZES:
        lines = wrapped(asked.question.text, size, width, 12)
        if any(text_width(line, size, "semibold") > width for line in lines):
            lines = wrapped(asked.question.text, size, width, 12, "semibold")
        least = _ROOMY_ROW if size > _USUAL else _LEAST_ROW
        if room.height - 110 - _SPACING * size * len(lines) >= (asked.own + 1) * (least + _GAP):
            return size, lines
    return _SIZES[-1], wrapped(asked.question.text, _SIZES[-1], width, 99, "semibold")


def _rows(asked: Asked, room: Box) -> list[Box]:
    count = asked.own + asked.question.counted
    height = min(max(room.height / count - _GAP, _LEAST_ROW), _MOST_ROW)
    return [Box(room.x, room.y + n * (height + _GAP), room.width, height) for n in range(count)]


def _row(asked: Asked, place: int, box: Box, *, marked: bool) -> list[Primitive]:
    """A key, a number as large as fits, and the belief that leads to it."""
    chosen = place == asked.chosen
    fill: Role = "track" if marked or chosen else "card"
    edge: Role = "focus" if chosen else "link"
    middle = box.y + box.height / 2
    items: list[Primitive] = [
        Rectangle(box.x, box.y, box.width, box.height, fill, edge, 2 if chosen else 1.2, 11),
        Rectangle(box.x + 12, middle - 13, 26, 26, "card", "text_dim", 1, 6),
        Text(box.x + 25, middle + 5.5, str(place + 1), 15.5, "text", "semibold", "centre"),
    ]  # fmt: skip
    left, right = box.x + 50, box.x + box.width - 12
    if place == asked.own:
        return [*items, *_own(asked, left, right, middle)]
    choice = asked.question.choices[place]
    if not asked.question.counted:
        return [*items, *_belief(choice.belief, box, left, right)]
    wide = max(text_width(thousands(one.value), 28, "bold") for one in asked.question.choices)
    size = fitting_size(thousands(choice.value), 28, 15, min(wide, 0.4 * (right - left)), "bold")
    beside = left + min(wide, 0.4 * (right - left)) + 14
    small = BODY if box.height >= _ROOMY_ROW - 4 else SMALL
    lines = wrapped(choice.belief, small, right - beside, 3 if box.height > 70 else 2)
    step, lift = 19.0, 0.6 * small
    if any(text_width(line, small) > right - beside for line in lines):
        lines, small = set_within(choice.belief, (SMALL, 12.5, 11.5), right - beside, box.height - 4)
        step = LEADING * small
        lift = step / 2
    first = middle + 0.34 * small - lift * (len(lines) - 1)
    return [
        *items,
        Text(left, middle + 0.35 * size, thousands(choice.value), size, weight="bold"),
        *(
            Text(beside, first + step * n, line, small, max_width=right - beside)
            for n, line in enumerate(lines)
        ),
    ]


def _belief(belief: str, box: Box, left: float, right: float) -> list[Primitive]:
    """An answer without a number, in the middle of its row."""
    lines, size = set_within(belief, (19.0, 17.5, BODY, SMALL), right - left, box.height - 8)
    first = box.y + box.height / 2 + 0.34 * size - 0.5 * LEADING * size * (len(lines) - 1)
    return [Text(left, first + LEADING * size * n, line, size) for n, line in enumerate(lines)]


def _own(asked: Asked, left: float, right: float, middle: float) -> list[Primitive]:
    """A field for a number of one's own."""
    if asked.typed is None:
        return [Text(left, middle + 5.5, say("another number"), BODY, "text_dim", max_width=right - left)]
    content = thousands(int(asked.typed)) if asked.typed else ""
    after = left + text_width(content, 28, "bold") + 4
    hint = say("type it, then Enter")
    items: list[Primitive] = [
        Text(left, middle + 10, content, 28, weight="bold"),
        Path(((after, middle - 14), (after, middle + 14)), "focus", 2),
    ]
    if after + 14 + text_width(hint, SMALL) < right:
        items.append(Text(right, middle + 5, hint, SMALL, "text_dim", anchor="right"))
    return items


def _answered(answered: Answered, look: Look, layout: Layout) -> Part:
    """Two numbers side by side, why it is the second, and what to say to who believed the first."""
    stage = layout.stage
    width = min(620.0, stage.width - 40)
    inner = width - 2 * 34
    why = wrapped(answered.why, 18, inner, 4)
    reply = wrapped(answered.reply, BODY, inner, 3) if answered.reply else ()
    height = 232.0 + 24 * len(why) + (12 + 22 * len(reply) if reply else 0)
    x = stage.x + (stage.width - width) / 2
    y = max(stage.y + (stage.height - height) / 2, layout.header.y)
    items: list[Primitive] = [
        Rectangle(x + 4, y + 8, width, height, "shadow", radius=18),
        Rectangle(x, y, width, height, "panel", "focus", 1.5, 17),
        *_numbers(answered, Box(x + 34, y, inner, height)),
    ]
    below = y + 192
    items += [Text(x + 34, below + 24 * n, line, 18, max_width=inner) for n, line in enumerate(why)]
    below += 24 * len(why) + 10
    items += [
        Text(x + 34, below + 22 * n, line, BODY, "text_dim", max_width=inner) for n, line in enumerate(reply)
    ]
    foot = y + height - 22
    score = say("{right} of {asked} right", right=answered.right, asked=answered.asked)
    keys = _ANSWERED_KEYS[:1] if look.comparison else _ANSWERED_KEYS  # why is asked of one run
    items += keycaps(x + 34, foot, inner - text_width(score, SMALL, "semibold") - 10, keys)
    if answered.asked > 1:
        items.append(Text(x + width - 34, foot, score, SMALL, "text", "semibold", "right"))
    return Part(moving=tuple(items), targets={"question:close": Box(x, y, width, height)})


def _numbers(answered: Answered, box: Box) -> list[Primitive]:
    """Guess and result, or where the answers are no numbers the right one in words, over a line."""
    rule = Path(((box.x, box.y + 160), (box.x + box.width, box.y + 160)), "panel_edge", 1)
    if in_words(answered):
        return [*_in_words(answered, box), rule]
    if answered.guess is None:
        return [*_alone(answered, box), rule]
    return [*_beside(answered, answered.guess, box), rule]


def _in_words(answered: Answered, box: Box) -> list[Primitive]:
    """The belief that was right, and what to say to the guess."""
    verdict, tone = _verdict(answered)
    fitted = fitting_size(verdict, 19, 13.4, box.width, "semibold")
    lines, size = set_within(sentence(answered.belief), _BELIEF_SIZES, box.width, 72, "bold")
    return [
        Text(box.x, box.y + 46, verdict, fitted, tone, "semibold"),
        *(
            Text(box.x, box.y + 62 + LEADING * size * (n + 1), line, size, "text", "bold")
            for n, line in enumerate(lines)
        ),
    ]


def _verdict(answered: Answered) -> tuple[str, Role]:
    if answered.guess is None:
        return say("This is what happens:"), "text"
    if answered.guess == answered.result:
        return say("You were right: this is what happens."), "active"
    return say("Not quite. This is what happens:"), "struck"


def _alone(answered: Answered, box: Box) -> list[Primitive]:
    """The result, which nobody has guessed."""
    number = thousands(answered.result)
    return [
        Text(box.x, box.y + 38, say("THE RUN SAYS"), SMALL, "text_dim", letter_spacing=1.3),
        Text(box.x, box.y + 100, number, fitting_size(number, 66, 30, box.width, "bold"), weight="bold"),
        *_of_all(answered, Box(box.x, box.y + 138, box.width, 0)),
    ]


def _of_all(answered: Answered, place: Box) -> list[Primitive]:
    """What the number is a part of, on the line `place.y`, or round it on two."""
    said = of_all(answered)
    lines, size = set_within(said, (BODY, SMALL, 12.5), place.width, LEADING * BODY)
    if any(text_width(line, size) > place.width for line in lines):
        lines, size = set_within(said, (12.5, 11.0), place.width, 2 * LEADING * 12.5)
    step = LEADING * size
    first = place.y - step * (len(lines) - 1) / 2
    return [Text(place.x, first + step * n, line, size, "text_dim") for n, line in enumerate(lines)]


def _beside(answered: Answered, guess: int, box: Box) -> list[Primitive]:
    """The guess, the result, and by how much they differ."""
    right = guess == answered.result
    tone: Role = "active" if right else "struck"
    off = abs(guess - answered.result)
    much = (
        say("{n} too many.", n=thousands(off))
        if guess > answered.result
        else say("{n} too few.", n=thousands(off))
    )
    verdict = say("Right.") if right else much
    second = box.x + box.width / 2
    numbers = (thousands(guess), thousands(answered.result))
    size = min(fitting_size(number, 66, 30, box.width / 2 - 14, "bold") for number in numbers)
    return [
        Text(box.x, box.y + 38, say("YOU SAID"), SMALL, "text_dim", letter_spacing=1.3),
        Text(second, box.y + 38, say("THE RUN SAYS"), SMALL, "text_dim", letter_spacing=1.3),
        Text(box.x, box.y + 100, numbers[0], size, "text", "bold"),
        Text(second, box.y + 100, numbers[1], size, tone, "bold"),
        Text(
            box.x,
            box.y + 140,
            verdict,
            fitting_size(verdict, 21, 13.4, box.width / 2 - 14, "bold"),
            tone,
            "bold",
            max_width=box.width / 2 - 14,
        ),
        *_of_all(answered, Box(second, box.y + 138, box.width / 2, 0)),
    ]
