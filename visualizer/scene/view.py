"""A frame and how somebody looks at it -> the picture. To add an element: one module, and its line below."""

from __future__ import annotations

from collections.abc import Sequence

from visualizer.scene import (
    beside,
    bolt,
    buttons,
    callouts,
    camera,
    caption_bar,
    cards,
    chain,
    chapter_title,
    chapters,
    clients,
    dialog,
    falling,
    header,
    help,
    hints,
    invitation,
    lab_curve_panel,
    lab_sweep,
    ledger_panel,
    links,
    lost_list,
    menu,
    paths,
    problems,
    question,
    requests,
    sites,
    spotlight,
    timeline,
    traffic,
)
from visualizer.scene.beside_words import reading
from visualizer.scene.finish import finished
from visualizer.scene.frame import Frame
from visualizer.scene.layout import Layout, layout
from visualizer.scene.look import Look
from visualizer.scene.part import Element, Part, together
from visualizer.scene.primitives import Scene

STAGE: tuple[Element, ...] = (
    sites.draw,
    paths.draw,
    links.draw,
    clients.draw,
    cards.draw,
    requests.draw,
    traffic.draw,
    falling.draw,
    invitation.draw,
    bolt.draw,
)
"""What the camera is pointed at."""

ELEMENTS: tuple[Element, ...] = (
    header.draw,
    *STAGE,
    spotlight.draw,
    chapter_title.draw,
    caption_bar.draw,
    timeline.draw,
    chapters.draw,
    lab_curve_panel.draw,
    buttons.draw,
    ledger_panel.draw,
    spotlight.draw_beside,
    callouts.draw,
    lab_sweep.draw,
    beside.draw,
    lost_list.draw,
    chain.draw,
    question.draw,
    hints.draw,
    problems.draw,
    menu.draw,
    dialog.draw,
    help.draw,
)
"""Back to front."""


COVERED = (
    *STAGE,
    spotlight.draw,
    chapter_title.draw,
    caption_bar.draw,
    timeline.draw,
    chapters.draw,
    callouts.draw,
    chain.draw,
)
"""What is not drawn while `Look.covered`."""


def view(frame: Frame, look: Look) -> Scene:
    """The picture of this instant: a pure function, the same for the window, a film frame and a test."""
    rooms = layout(look, len(frame.setup.tiers), framed=sites.framed(frame.setup))
    through = None if look.covered else camera.shot(frame, look, rooms)
    hidden = COVERED if look.covered else ()
    parts = [Part() if element in hidden else element(frame, look, rooms) for element in ELEMENTS]
    if through:
        first, beyond = ELEMENTS.index(STAGE[0]), ELEMENTS.index(STAGE[-1]) + 1
        parts[first:beyond] = [through.part(together(parts[first:beyond]))]
    return assembled(parts, rooms, look, _said(frame, look))


def _said(frame: Frame, look: Look) -> str:
    """The caption, and what a chart of many runs says, for readers without eyes."""
    said = caption_bar.sentence(frame, look)
    return (
        said
        if look.beside is None or look.comparison or beside.hidden(look)
        else f"{said} {reading(look.beside)}"
    )


def assembled(parts: Sequence[Part], rooms: Layout, look: Look, sentence: str) -> Scene:
    """The scene of parts, back to front; of two targets of one name the later stays."""
    whole = together(parts)
    scene = Scene(rooms.width, rooms.height, whole.still, whole.moving, whole.targets, sentence)
    return finished(scene, look)
