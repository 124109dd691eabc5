"""The one table of hot keys. It feeds the listener, the hint line and the help: none can drift from another.

To add a key: one `Binding` in a `Row` of `ROWS`, naming an act of `controls.ACTS` or of the window. The keys
of faults come from the registry of faults.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from visualizer.app.binding import SIZES, Binding, ctrl
from visualizer.app.contexts import CONTEXTS
from visualizer.app.pointing import faults_of_key, keys_of_faults
from visualizer.sim.faults import FAULTS

_K_APPLICATION = 0x40000065  # the menu key of a PC keyboard, which pygame has no name for


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the help: the keys as people call them, what they do, and the bindings behind it."""

    label: str
    what: str
    bindings: tuple[Binding, ...]


def _fault_row(key: str) -> Row:
    """The row of a fault's hot key: a capital letter wants Shift."""
    titles = " or ".join(FAULTS[name].title.lower() for name in faults_of_key(key))
    shifted = key != key.lower()
    binding = Binding(ord(key.lower()), f"fault:{key}", "shift" if shifted else "")
    return Row(f"Shift {key}" if shifted else key.upper(), titles, (binding,))


def _leading() -> tuple[str, ...]:
    """What the hint line shows: for each kind of target the first fault that breaks, and that mends."""
    firsts = {(fault.target, fault.mends): fault.key for fault in reversed(FAULTS.values()) if fault.key}
    return tuple(key for key in keys_of_faults() if key in firsts.values())


ROWS = (
    Row("Space", "play or pause", (Binding(pygame.K_SPACE, "play"),)),
    Row(
        "← →",
        "step a tick",
        (
            Binding(pygame.K_LEFT, "back", repeats=True),
            Binding(pygame.K_RIGHT, "forward", repeats=True),
        ),
    ),
    Row(
        "N P",
        "next, previous event",
        (
            Binding(pygame.K_n, "next"),
            Binding(pygame.K_p, "previous"),
            Binding(pygame.K_PAGEDOWN, "next"),
            Binding(pygame.K_PAGEUP, "previous"),
        ),
    ),
    *(_fault_row(key) for key in _leading()),
    Row(
        "Shift Enter",
        "all that can be done to it",
        (
            Binding(pygame.K_RETURN, "menu", "shift"),
            Binding(pygame.K_KP_ENTER, "menu", "shift"),
            Binding(_K_APPLICATION, "menu"),
            Binding(pygame.K_MENU, "menu"),
        ),
    ),
    Row(
        "[ ]",
        "slower, faster",
        (
            Binding("[", "slower"),
            Binding("]", "faster"),
            Binding("-", "slower"),
            Binding("=", "faster"),
            Binding("+", "faster"),
            Binding(pygame.K_KP_MINUS, "slower"),
            Binding(pygame.K_KP_PLUS, "faster"),
        ),
    ),
    Row("V", "compare designs", (Binding(pygame.K_v, "compare"),)),
    Row("K", "turn the knobs", (Binding(pygame.K_k, "knobs"),)),
    Row("I", "beat it: lose nothing", (Binding(pygame.K_i, "beat"),)),
    Row("D", "struck at any other instant", (Binding(pygame.K_d, "curve"),)),
    Row("Y", "many runs, along a knob", (Binding(pygame.K_y, "sweep"),)),
    Row("B", "before, after", (Binding(pygame.K_b, "before"),)),
    Row("U", "undo", (Binding(pygame.K_u, "undo"), ctrl(pygame.K_z, "undo"))),
    Row("?", "all keys", (Binding("?", "help"), Binding(pygame.K_F1, "help"))),
    *(_fault_row(key) for key in keys_of_faults() if key not in _leading()),
    Row("Shift U", "redo", (Binding(pygame.K_u, "redo", "shift"), ctrl(pygame.K_y, "redo"))),
    Row(
        "Shift ← →",
        "step a second",
        (
            Binding(pygame.K_LEFT, "back_second", "shift", repeats=True),
            Binding(pygame.K_RIGHT, "forward_second", "shift", repeats=True),
        ),
    ),
    Row(
        "Home End",
        "start, end of the run",
        (Binding(pygame.K_HOME, "start"), Binding(pygame.K_END, "end")),
    ),
    Row(
        "< >",
        "previous, next chapter",
        (Binding("<", "chapter_previous"), Binding(">", "chapter_next")),
    ),
    Row("Backspace", "back to the chapter's start", (Binding(pygame.K_BACKSPACE, "chapter_start"),)),
    Row(
        "Tab Enter",
        "choose a thing, act on it",
        (
            Binding(pygame.K_TAB, "focus_next", repeats=True),
            Binding(pygame.K_TAB, "focus_previous", "shift", repeats=True),
            Binding(pygame.K_RETURN, "enter"),
            Binding(pygame.K_KP_ENTER, "enter"),
        ),
    ),
    Row("F5", "back to the scenario's own story", (Binding(pygame.K_F5, "reset"), ctrl(pygame.K_r, "reset"))),
    Row("A", "the story: on or off", (Binding(pygame.K_a, "story"),)),
    Row("G", "predict what a strike leaves", (Binding(pygame.K_g, "predict"),)),
    Row("W", "why was it lost?", (Binding(pygame.K_w, "why"),)),
    Row("Shift B", "forget what was before", (Binding(pygame.K_b, "forget", "shift"),)),
    Row("O", "open another one", (Binding(pygame.K_o, "open"), ctrl(pygame.K_o, "open"))),
    Row("Ctrl S", "save what was played", (ctrl(pygame.K_s, "save"),)),
    Row("E", "settings", (Binding(pygame.K_e, "settings"), ctrl(pygame.K_COMMA, "settings"))),
    Row("Ctrl + - 0", "larger, smaller, as usual", SIZES),
    Row("T", "another theme", (Binding(pygame.K_t, "theme"),)),
    Row("L", "room mode: large, for a class", (Binding(pygame.K_l, "room"),)),
    Row("M", "sound", (Binding(pygame.K_m, "sound"),)),
    Row("Shift M", "less motion", (Binding(pygame.K_m, "reduced_motion", "shift"),)),
    Row("F", "full screen", (Binding(pygame.K_f, "full_screen"), Binding(pygame.K_F11, "full_screen"))),
    Row(
        "Esc",
        "close this, or leave",
        (Binding(pygame.K_ESCAPE, "escape"), Binding(pygame.K_q, "leave"), ctrl(pygame.K_q, "leave")),
    ),
)
"""In order of importance: the hint line shows as many of the first as it has room for."""

BINDINGS = tuple(binding for row in ROWS for binding in row.bindings)


def labels() -> tuple[tuple[str, str], ...]:
    """(keys, what they do) of every row, for `Look.keys`."""
    return tuple((row.label, row.what) for row in ROWS)


def find(
    key: int, modifiers: int, typed: str = "", contexts: Sequence[str] = (), *, modal: bool = False
) -> Binding | None:
    """What a pressed key means: its code, the `pygame.KMOD_*` bits held with it, the character it types.
    `contexts` are keys of `CONTEXTS`, the first before the others; `modal`: no other key means anything.
    """
    modifier = _modifier(modifiers)
    before = [binding for name in contexts for binding in CONTEXTS[name]]
    for binding in before if modal else (*before, *BINDINGS):
        if isinstance(binding.key, str):
            if binding.key == typed and modifier in ("", "shift", None):
                return binding
        elif binding.key == key and binding.modifier == modifier:
            return binding
    return None


def _modifier(modifiers: int) -> str | None:
    """Alt belongs to the window manager: None."""
    if modifiers & pygame.KMOD_ALT:
        return None
    ctrl = modifiers & (pygame.KMOD_CTRL | pygame.KMOD_META)
    shift = modifiers & pygame.KMOD_SHIFT
    if ctrl:
        return "ctrl shift" if shift else "ctrl"
    return "shift" if shift else ""
