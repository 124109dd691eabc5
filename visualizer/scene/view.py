"""A frame and how somebody looks at it -> the picture. To add an element: one module, and its line below."""

from __future__ import annotations

from visualizer.scene import (
    bolt,
    buttons,
    caption_bar,
    cards,
    chain,
    chapters,
    clients,
    dialog,
    falling,
    header,
    help,
    hints,
    invitation,
    ledger_panel,
    links,
    lost_list,
    menu,
    paths,
    problems,
    question,
    requests,
    sites,
    timeline,
    traffic,
)
from visualizer.scene.finish import finished
from visualizer.scene.frame import Frame
from visualizer.scene.layout import layout
from visualizer.scene.look import Look
from visualizer.scene.part import Element
from visualizer.scene.primitives import Box, Primitive, Scene

ELEMENTS: tuple[Element, ...] = (
    sites.draw,
    paths.draw,
    links.draw,
    clients.draw,
    cards.draw,
    requests.draw,
    traffic.draw,
    falling.draw,
    header.draw,
    invitation.draw,
    bolt.draw,
    caption_bar.draw,
    timeline.draw,
    chapters.draw,
    buttons.draw,
    ledger_panel.draw,
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


def view(frame: Frame, look: Look) -> Scene:
    """The picture of this instant: a pure function, the same for the window, a film frame and a test."""
    rooms = layout(look, len(frame.setup.tiers), framed=sites.framed(frame.setup))
    still: list[Primitive] = []
    moving: list[Primitive] = []
    targets: dict[str, Box] = {}
    for element in ELEMENTS:
        part = element(frame, look, rooms)
        still += part.still
        moving += part.moving
        targets.update(part.targets)
    sentence = caption_bar.sentence(frame, look)
    scene = Scene(rooms.width, rooms.height, tuple(still), tuple(moving), targets, sentence)
    return finished(scene, look)
