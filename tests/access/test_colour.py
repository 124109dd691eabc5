"""Nothing is told by colour alone, and the colours are those that nearly everybody can tell apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from access.worlds import SHIPPED, frames

from visualizer.canvas.marks import mark
from visualizer.canvas.theme import Colour, load_theme, theme_names
from visualizer.scene.look import Look
from visualizer.scene.primitives import Box, Icon, Rectangle, Scene, Text
from visualizer.scene.view import view
from visualizer.sim.state import Role

OKABE_ITO = {"request": "#56b4e9", "sync": "#e69f00", "suspect": "#f0e442"}
STATES = ("active", "standby", "struck", "suspect")

# Machado, Oliveira and Fernandes 2009, full strength, on linear RGB
SEEN_BY = {
    "everybody": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour: Colour, eyes: str) -> np.ndarray:
    """CIELAB (D65) of a colour as these eyes see it."""
    share = np.array(colour[:3]) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(SEEN_BY[eyes] @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_the_night_keeps_the_palette_of_okabe_and_ito() -> None:
    colours = load_theme("night").colours
    assert {role: "#" + bytes(colours[role][:3]).hex() for role in OKABE_ITO} == OKABE_ITO


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("eyes", SEEN_BY)
def test_states_are_told_apart_by_all_eyes(theme: str, eyes: str) -> None:
    colours = load_theme(theme).colours
    least = 25 if eyes == "everybody" else 4
    for one, other in combinations(STATES, 2):
        assert np.linalg.norm(lab(colours[one], eyes) - lab(colours[other], eyes)) > least, (one, other)


def sign(scene: Scene, box: Box) -> tuple[object, ...]:
    """What a card says without colour: its words, its icons, how wide its edge is."""
    inside = [
        i for i in (*scene.still, *scene.moving) if isinstance(i, Text | Icon) and box.contains(i.x, i.y)
    ]
    words = tuple(i.content for i in inside if isinstance(i, Text) and i.content.isupper())
    icons = tuple(i.name for i in inside if isinstance(i, Icon))
    edges = (
        i
        for i in scene.still
        if isinstance(i, Rectangle) and (i.x, i.y, i.width) == (box.x, box.y, box.width)
    )
    return words, icons, next(edges).stroke_width


@pytest.mark.parametrize("name", SHIPPED)
def test_how_a_unit_stands_is_written_on_its_card(name: str) -> None:
    said: dict[object, set[Role]] = {}
    for frame in frames(name):
        scene = view(frame, Look(playing=True))
        for tier, here in enumerate(frame.state.tiers):
            for unit, each in enumerate(here.units):
                words, _, _ = sign(scene, scene.targets[f"unit:{tier}:{unit}"])
                assert words, (name, frame.now_us)
                said.setdefault(words, set()).add(each.role)
    working = {Role.ACTIVE, Role.STANDBY, Role.DOWN}
    assert all(len(roles & working) <= 1 for roles in said.values()), said


def test_an_active_a_standby_and_a_struck_card_differ_in_grey() -> None:
    found = {}
    for frame in frames("article"):
        scene = view(frame, Look(playing=True))
        for unit, each in enumerate(frame.state.tiers[0].units):
            found.setdefault(each.role, sign(scene, scene.targets[f"unit:0:{unit}"]))
    words, icons, edges = zip(*(found[role] for role in (Role.ACTIVE, Role.STANDBY, Role.DOWN)), strict=True)
    assert len(set(words)) == 3
    assert icons[2] != icons[0]
    assert edges[0] > edges[1]


def test_each_kind_of_packet_has_a_shape_of_its_own() -> None:
    kinds = ("request", "heartbeat", "sync", "announce", "acknowledgement", "lost", "refused")
    shapes = [str([np.round(part, 2).tolist() for part in mark(kind, 100)]) for kind in kinds]
    assert len(set(shapes)) == len(kinds)
