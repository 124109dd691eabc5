"""One way to press, and what it does."""

from __future__ import annotations

from dataclasses import dataclass

import pygame


@dataclass(frozen=True, slots=True)
class Binding:
    """One way to press: `key` is a key code, or the character typed (its place differs between keyboards).

    `modifier` is "", "shift", "ctrl" (Command counts as Ctrl) or "ctrl shift"; it plays no part for a
    character. `repeats`: holding the key down goes on acting.
    """

    key: int | str
    act: str
    modifier: str = ""
    repeats: bool = False


def ctrl(key: int, act: str) -> Binding:
    """The key with Ctrl."""
    return Binding(key, act, "ctrl")


SIZES = (
    *(ctrl(key, "larger") for key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS)),
    *(Binding(key, "larger", "ctrl shift") for key in (pygame.K_EQUALS, pygame.K_PLUS)),
    *(ctrl(key, "smaller") for key in (pygame.K_MINUS, pygame.K_KP_MINUS)),
    *(ctrl(key, "usual_size") for key in (pygame.K_0, pygame.K_KP_0)),
)
"""A plus needs Shift on many keyboards."""
