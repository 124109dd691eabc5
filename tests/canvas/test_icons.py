from __future__ import annotations

import re
from xml.etree import ElementTree

import pygame
import pytest

from visualizer.canvas.icons import icon_names, render_icon
from visualizer.files import shipped
from visualizer.sim.faults import FAULTS

NEEDED = {
    "firewall", "load_balancer", "application", "database", "server", "bolt", "play", "pause", "step_forward",
    "step_back", "repair", "cut", "heal", "sound", "help", *(fault.mark for fault in FAULTS.values()),
}  # fmt: skip
SHAPES = {"path", "rect", "circle", "line", "polyline"}
PLACES = {"d", "x", "y", "width", "height", "rx", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points"}
INK = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"}


def test_every_icon_that_scenes_use_is_there() -> None:
    assert set(icon_names()) >= NEEDED


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_holds_only_what_the_svg_reader_understands(name: str) -> None:
    root = ElementTree.parse(shipped("assets") / "icons" / f"{name}.svg").getroot()
    assert root.get("viewBox") == "0 0 24 24"
    for element in root:
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in SHAPES
        assert len(element) == 0
        assert set(element.attrib) <= PLACES | INK
        assert {"fill", "stroke"} <= set(element.attrib)  # explicit: nothing is inherited
        for ink in ("fill", "stroke"):
            assert re.fullmatch(r"none|#ffffff", element.attrib[ink])


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_is_drawn_in_the_colour_asked_for_and_fits_its_box(name: str) -> None:
    picture = render_icon(name, 48, (200, 100, 50, 255))
    assert picture.get_size() == (48, 48)
    used = picture.get_bounding_rect(min_alpha=8)
    assert min(used.width, used.height) >= 24 or max(used.width, used.height) >= 30
    assert picture.get_rect().inflate(-2, -2).contains(used)
    strongest = max(
        (picture.get_at((x, y)) for x in range(48) for y in range(48)), key=lambda colour: colour.a
    )
    assert tuple(strongest) == (200, 100, 50, 255)


def test_icons_differ_from_each_other() -> None:
    pictures = {
        pygame.image.tobytes(render_icon(name, 24, (255, 255, 255, 255)), "RGBA") for name in icon_names()
    }
    assert len(pictures) == len(icon_names())


def test_an_unknown_icon_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"no icon 'crown'; there are application, back,"):
        render_icon("crown", 24, (0, 0, 0, 255))
