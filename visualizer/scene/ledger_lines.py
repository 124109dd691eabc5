"""What the rows of the ledger are made of: headings, bars, values, and what a number was before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from visualizer.language import thousands, translated
from visualizer.scene.frame import Before, Frame
from visualizer.scene.layout import HEADING_SPACING, SMALL
from visualizer.scene.lettering import fitting, fitting_size, text_width
from visualizer.scene.primitives import Area, Box, Primitive, Rectangle, Role, Text, Weight
from visualizer.story.causes import SHORT

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
    return Was(f"{translated(frame.before.label)} {said}", None if same else (now or 0) > (then or 0))


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
    """A label (`marked`), a count, and a bar for its share of the most."""

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
    """A label (`marked`) and a value."""

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
    whole = translated(label)
    said, of = fitting((whole, translated(SHORT.get(label, label))), _ROW_TEXT, 13.4, left - place.x)
    items.append(Text(place.x, place.y, said, of, of_label, max_width=left - place.x))
    if beside and place.x + text_width(whole, _ROW_TEXT) + 10 + beside.width <= left + 10:
        items += beside.draw(left, place.y)
    return items
