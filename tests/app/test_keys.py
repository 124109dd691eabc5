"""The table of hot keys: complete, without doubles, and understood by the listener as it is shown."""

from __future__ import annotations

import pygame
import pytest

from visualizer.app import contexts, keys
from visualizer.app.controls import Controls
from visualizer.scenario import load
from visualizer.timeline.run import Run


def test_every_binding_names_an_act_and_every_act_has_a_key():
    named = {binding.act for table in (keys.BINDINGS, *contexts.CONTEXTS.values()) for binding in table}
    assert named == Controls(Run(load("article").setup)).acts


def test_no_key_means_two_things():
    pressed = [(binding.key, binding.modifier) for binding in keys.BINDINGS]
    assert len(pressed) == len(set(pressed))


@pytest.mark.parametrize("binding", keys.BINDINGS, ids=lambda binding: f"{binding.key}-{binding.modifier}")
def test_every_binding_is_found(binding: keys.Binding):
    modifiers = {
        "": 0,
        "shift": pygame.KMOD_RSHIFT,
        "ctrl": pygame.KMOD_RCTRL,
        "ctrl shift": pygame.KMOD_LCTRL | pygame.KMOD_RSHIFT,
    }[binding.modifier]
    if isinstance(binding.key, str):
        assert keys.find(0, 0, binding.key) is binding
    else:
        assert keys.find(binding.key, modifiers) is binding


@pytest.mark.parametrize(
    ("key", "modifiers", "typed", "act"),
    [
        (pygame.K_u, 0, "u", "undo"),
        (pygame.K_u, pygame.KMOD_LSHIFT, "U", "redo"),
        (pygame.K_u, pygame.KMOD_CAPS | pygame.KMOD_NUM, "U", "undo"),
        (pygame.K_z, pygame.KMOD_LMETA, "z", "undo"),
        (pygame.K_8, pygame.KMOD_MODE, "[", "slower"),  # where brackets need a third level
        (pygame.K_8, pygame.KMOD_RALT, "[", "slower"),
        (pygame.K_SLASH, pygame.KMOD_LSHIFT, "?", "help"),
        (pygame.K_TAB, pygame.KMOD_LALT, "", None),
        (pygame.K_s, pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT, "", None),
        (pygame.K_F4, pygame.KMOD_LALT, "", None),
        (pygame.K_F9, 0, "", None),
    ],
)
def test_what_a_press_means(key: int, modifiers: int, typed: str, act: str | None):
    found = keys.find(key, modifiers, typed)
    assert (found.act if found else None) == act


def test_the_help_shows_every_row_in_few_words():
    labels = keys.labels()
    assert len(labels) == len(set(labels)) == len(keys.ROWS)
    assert all(label and what and len(what) <= 32 for label, what in labels)
