"""Everything written can be read and every mark made out on what it stands on, in every theme (WCAG 2.2)."""

from __future__ import annotations

from functools import cache

import pytest
from access.grounds import grounds, over, painted, stands
from access.worlds import IN_ROOM, LOOKS, SHIPPED, TOLD, frames

from visualizer.canvas.theme import contrast, load_theme, theme_names
from visualizer.scene.look import Look
from visualizer.scene.primitives import Role, Text
from visualizer.scene.spotlight import DIM
from visualizer.scene.view import view


@cache
def least_contrast(theme_name: str, role: Role, under: tuple[tuple[Role, float], ...]) -> float:
    """Of a colour with all that may lie beneath it."""
    theme = load_theme(theme_name)
    return min(contrast(theme.colours[role], ground) for ground in grounds(theme, under))


def weak(name: str, look: Look, themes: list[str], text: float, mark: float) -> set[tuple[object, ...]]:
    """What is below these ratios: theme, kind, role, what it says or is, what it stands on."""
    found = set()
    for frame in frames(name):
        for stand in stands(view(frame, look)):
            if not painted(stand.item):
                continue
            least = text if isinstance(stand.item, Text) else mark
            under = tuple((box.fill, box.alpha) for box in stand.under)
            for theme in themes:
                ratio = least_contrast(theme, stand.item.role, under)
                if ratio < least:
                    found.add((theme, stand.item.role, str(stand.item)[:90], under, round(ratio, 2)))
    return found


@pytest.mark.parametrize("name", SHIPPED)
def test_text_has_four_and_a_half_to_one_and_marks_have_three(name: str) -> None:
    for look in LOOKS if name in ("article", "dublin-2011", "parallel") else LOOKS[:1]:
        assert not weak(name, look, theme_names(), 4.5, 3.0)


@pytest.mark.parametrize("name", ["article", "dublin-2011", "parallel", "split-brain"])
def test_what_is_told_and_filmed_is_read_as_well(name: str) -> None:
    for look in TOLD:
        assert not weak(name, look, theme_names(), 4.5, 3.0)


@pytest.mark.parametrize("theme_name", theme_names())
def test_a_ring_of_light_is_made_out_and_what_is_darkened_can_still_be_read(theme_name: str) -> None:
    theme = load_theme(theme_name)
    for ground in grounds(theme, ()):
        assert contrast(theme.colours["bolt_glow"], ground) >= 3
    dark = theme.colour("background", DIM)
    for under in ("background", "card", "panel"):
        ground = theme.colours[under]
        assert contrast(over(dark, theme.colours["text"]), over(dark, ground)) >= 3


@pytest.mark.parametrize("name", SHIPPED)
def test_in_a_class_room_text_has_seven_to_one(name: str) -> None:
    for look in IN_ROOM:
        assert not weak(name, look, ["room"], 7.0, 3.0)
