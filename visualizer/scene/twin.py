"""Several designs side by side: the same traffic, the same bolt, one clock, and what differs.

Each run is drawn by the very elements of the single view, in a pane of its own. A target of pane K is called
`pane:K:` and its name there; what is pointed at in one pane is lit in all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from visualizer.language import marked, say, translated
from visualizer.scene import (
    beside,
    bolt,
    callouts,
    caption_bar,
    cards,
    chapters,
    clients,
    falling,
    header,
    ledger_panel,
    links,
    menu,
    paths,
    requests,
    sites,
    spotlight,
    timeline,
    traffic,
    twin_timeline,
    wording,
)
from visualizer.scene.asked import Asked
from visualizer.scene.beside_words import reading
from visualizer.scene.frame import Frame
from visualizer.scene.layout import BODY, Layout, layout
from visualizer.scene.lettering import (
    LEADING,
    balanced,
    fitting_size,
    set_within,
    text_width,
    whole_numbers,
    wrapped,
)
from visualizer.scene.look import Look
from visualizer.scene.panes import Panes, panes
from visualizer.scene.part import Element, Part
from visualizer.scene.primitives import Box, Primitive, Rectangle, Scene, Text
from visualizer.scene.targets import in_pane, pane_name, target_of
from visualizer.scene.twin_outcome import outcome
from visualizer.scene.view import ELEMENTS, assembled, view
from visualizer.story.difference import Side, difference

STAGE: tuple[Element, ...] = (
    sites.draw,
    paths.draw,
    links.draw,
    clients.draw,
    cards.draw,
    requests.draw,
    traffic.draw,
    falling.draw,
    bolt.draw,
    spotlight.draw,
)
"""What is drawn in each pane, back to front."""

_INSTEAD: tuple[Element, ...] = (
    header.draw,
    caption_bar.draw,
    timeline.draw,
    ledger_panel.draw,
    callouts.draw,
    menu.draw,
)
"""What has another form here."""

OVER = tuple(element for element in ELEMENTS if element not in (*STAGE, *_INSTEAD))
"""All else, as in the single view."""

_ABOUT_CARD = 12.0
"""How far a chart of many runs reaches over the stage of its pane, and from the foot of the pane."""

_RUNS = {
    2: marked("both runs, one clock"),
    3: marked("all three runs, one clock"),
    4: marked("all four runs, one clock"),
}


def view_of(frames: Sequence[Frame], look: Look) -> Scene:
    """The picture of one run, or of several side by side."""
    return view(frames[0], look) if look.comparison is None else twin_view(frames, look)


def twin_view(frames: Sequence[Frame], look: Look) -> Scene:
    """The picture of one instant of two to four runs; `look.comparison` names their designs in this order."""
    setups = [frame.setup for frame in frames]
    tiers = max(len(setup.tiers) for setup in setups)
    framed = any(sites.framed(setup) for setup in setups)
    rooms = panes(layout(look, tiers, framed=framed), len(frames), tiers, framed=framed)
    sentence = _sentence(frames, look)
    scale = twin_timeline.scale_of(frames, twin_timeline.struck_tier(frames))
    parts = [
        _header(frames, look, rooms.whole),
        *(
            _pane(number, replace(frame, shared_scale=scale), frames, look, rooms)
            for number, frame in enumerate(frames)
        ),
        _caption(sentence, look, rooms.whole),
        twin_timeline.draw(frames, look, rooms.whole),
        callouts.draw(frames[0], look, rooms.rooms[0]),
        _menu(frames, look, rooms),
        *(element(frames[0], look, rooms.whole) for element in OVER),
    ]
    return assembled(parts, rooms.whole, look, _said(sentence, look))


def _pane(number: int, frame: Frame, frames: Sequence[Frame], look: Look, rooms: Panes) -> Part:
    """Panel, title, stage, and what was lost."""
    box, room = rooms.frames[number], rooms.rooms[number]
    own = _look_into(look, number)
    still: list[Primitive] = [
        Rectangle(box.x, box.y, box.width, box.height, "panel", "panel_edge", 1, 16, 0.6),
        *_titles(number, look, rooms),
    ]
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    for element in STAGE:
        part = element(frame, own, room)
        still += part.still
        moving += part.moving
        named = {name: place for name, place in part.targets.items() if target_of(name)}
        targets.update({pane_name(number, name): place for name, place in named.items()})
    moving += outcome(frame, frames, rooms.outcomes[number])
    covered = _beside(number, look, rooms)
    return Part(tuple(still), (*moving, *covered), {} if covered else targets)


def _beside(number: int, look: Look, rooms: Panes) -> list[Primitive]:
    """Many other runs of this design, over its stage."""
    if not look.beside_each or beside.hidden(look):
        return []
    frame, stage = rooms.frames[number], rooms.rooms[number].stage
    bottom = frame.y + frame.height - _ABOUT_CARD
    room = Box(stage.x - _ABOUT_CARD, stage.y, stage.width + 2 * _ABOUT_CARD, bottom - stage.y)
    return beside.card(look.beside_each[number], room)


def _look_into(look: Look, number: int) -> Look:
    """The look within a pane: what is pointed at in any pane is lit, the keyboard's ring is in its own."""
    pane, focus = in_pane(look.focus)
    hover = in_pane(look.hover)[1] or (focus if pane != number else None)
    return replace(look, hover=hover, focus=focus if pane == number else None)


def _titles(number: int, look: Look, rooms: Panes) -> list[Primitive]:
    if look.comparison is None:
        return []
    variant, box = look.comparison.variants[number], rooms.titles[number]
    title, subtitle = translated(variant.title), translated(variant.subtitle)
    size = fitting_size(title, 21, 17, box.width, "bold")
    most = 2 if box.height >= 76 else 1
    small = fitting_size(subtitle, 15, 13, box.width)
    said = wrapped(subtitle, small, box.width, most)
    if text_width(said[-1], small) > box.width:
        said, small = set_within(subtitle, (12.5, 11.5), box.width, most * LEADING * 12.5)
        said = said[:most]
    return [
        Text(box.x, box.y + 29, title, size, weight="bold", max_width=box.width),
        *(
            Text(box.x, box.y + 51 + 18 * number, line, small, "text_dim", max_width=box.width)
            for number, line in enumerate(said)
        ),
    ]


def _header(frames: Sequence[Frame], look: Look, whole: Layout) -> Part:
    """What is compared, or the chapter that is told, and the one clock."""
    x, right = whole.header.x, whole.header.x + whole.header.width
    now = wording.clock(frames[0].now_us)
    title = say("Same traffic, same bolt")
    pace = header.pace(frames[0], look)[0] if look.film else wording.speed(look.speed)
    under = f"{translated(_RUNS[len(frames)])} · {pace}"
    if text_width(title, 32, "bold") + 20 + text_width(under, BODY) > right - x:
        under = pace
    width = right - x - max(text_width(now, 42, "bold"), text_width(under, BODY)) - 20
    told, decides = (
        chapters.told_heading(look),
        translated(look.comparison.decides) if look.comparison else "",
    )
    below = told or decides
    least, most = (14.0, 19.0) if told else (13.5, 16.0)
    lines, small = set_within(below, (most, 15.0, least), width, 40, "semibold" if told else "regular")
    return Part(
        still=(
            Text(x, 51, title, fitting_size(title, 32, 20, width, "bold"), weight="bold", max_width=width),
            *(
                Text(x, 79 + LEADING * small * n, line, small, "text_dim",
                     "semibold" if told else "regular", max_width=width)
                for n, line in enumerate(lines[:2])
            ),
        ),
        moving=(
            Text(right, 58, now, 42, weight="bold", anchor="right"),
            Text(right, 82, under, BODY, "text_dim", anchor="right"),
        ),
    )  # fmt: skip


def _sentence(frames: Sequence[Frame], look: Look) -> str:
    if isinstance(look.asked, Asked) and look.film:
        return look.asked.question.text
    if look.told and look.told.sentence:
        return look.told.sentence
    phrases = [translated(variant.phrase) for variant in look.comparison.variants] if look.comparison else []
    tier = twin_timeline.struck_tier(frames)
    target = twin_timeline.target_words(frames[0], tier)
    sides = [
        Side(
            phrase,
            frame.state,
            twin_timeline.exposed_by(frame, tier),
            target,
            frame.account.no_service_us,
            frame.caption,
        )
        for phrase, frame in zip(phrases, frames, strict=True)
    ]
    return difference(sides)


def _said(sentence: str, look: Look) -> str:
    """The caption, and what the charts say, for readers without eyes."""
    if look.comparison is None or beside.hidden(look):
        return sentence
    pairs = zip(look.comparison.variants, look.beside_each, strict=False)  # there are none, or as many
    return " ".join([sentence, *(f"{translated(design.title)}: {reading(shown)}" for design, shown in pairs)])


def _caption(sentence: str, look: Look, whole: Layout) -> Part:
    """One large line, or several smaller ones."""
    if not look.captions:
        return Part()
    room = whole.caption
    sizes = caption_bar.SIZES_IN_FILM if look.film else caption_bar.SIZES
    lines, size = set_within(whole_numbers(sentence), sizes, room.width, room.height - 2)
    lines = balanced(lines, size, room.width)
    step = LEADING * size
    first = room.y + room.height / 2 + 0.35 * size - step * (len(lines) - 1) / 2
    return Part(moving=tuple(Text(room.x, first + step * n, line, size) for n, line in enumerate(lines)))


def _menu(frames: Sequence[Frame], look: Look, rooms: Panes) -> Part:
    """The menu of a thing in a pane, beside it."""
    if look.menu is None:
        return Part()
    pane, name = in_pane(look.menu.target)
    own = replace(look, menu=replace(look.menu, target=name or look.menu.target))
    return menu.draw(frames[pane], own, rooms.rooms[pane])
