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
from visualizer.language import marked, say, say_as, translated
from visualizer.scene.keycaps import said
from visualizer.scene.wording import within
from visualizer.sim.faults import FAULTS

_K_APPLICATION = 0x40000065  # the menu key of a PC keyboard, which pygame has no name for


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the help: the keys as people call them, what they do, and the bindings behind it. `fault`:
    the hot key of faults, which say what it does.
    """

    keys: str
    does: str
    bindings: tuple[Binding, ...]
    fault: str = ""

    @property
    def label(self) -> tuple[str, str]:
        """(keys, what they do) in the language of who reads it."""
        if not self.fault:
            return said([(self.keys, self.does)])[0]
        titles = (within(translated(FAULTS[name].title)) for name in faults_of_key(self.fault))
        shifted = self.fault != self.fault.lower()
        keys = say("Shift {key}", key=self.fault) if shifted else self.fault.upper()
        return keys, say_as("faults", " or ").join(titles)


def _fault_row(key: str) -> Row:
    """The row of a fault's hot key: a capital letter wants Shift."""
    binding = Binding(ord(key.lower()), f"fault:{key}", "shift" if key != key.lower() else "")
    return Row("", "", (binding,), key)


def _leading() -> tuple[str, ...]:
    """What the hint line shows: for each kind of target the first fault that breaks, and that mends."""
    firsts = {(fault.target, fault.mends): fault.key for fault in reversed(FAULTS.values()) if fault.key}
    return tuple(key for key in keys_of_faults() if key in firsts.values())


ROWS = (
    Row(marked("Space"), marked("play or pause"), (Binding(pygame.K_SPACE, "play"),)),
    Row(
        "← →",
        marked("step a tick"),
        (
            Binding(pygame.K_LEFT, "back", repeats=True),
            Binding(pygame.K_RIGHT, "forward", repeats=True),
        ),
    ),
    Row(
        "N P",
        marked("next, previous event"),
        (
            Binding(pygame.K_n, "next"),
            Binding(pygame.K_p, "previous"),
            Binding(pygame.K_PAGEDOWN, "next"),
            Binding(pygame.K_PAGEUP, "previous"),
        ),
    ),
    *(_fault_row(key) for key in _leading()),
    Row(
        marked("Shift Enter"),
        marked("all that can be done to it"),
        (
            Binding(pygame.K_RETURN, "menu", "shift"),
            Binding(pygame.K_KP_ENTER, "menu", "shift"),
            Binding(_K_APPLICATION, "menu"),
            Binding(pygame.K_MENU, "menu"),
        ),
    ),
    Row(
        "[ ]",
        marked("slower, faster"),
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
    Row("V", marked("compare designs"), (Binding(pygame.K_v, "compare"),)),
    Row("K", marked("turn the knobs"), (Binding(pygame.K_k, "knobs"),)),
    Row("I", marked("beat it: lose nothing"), (Binding(pygame.K_i, "beat"),)),
    Row("D", marked("struck at any other instant"), (Binding(pygame.K_d, "curve"),)),
    Row("Y", marked("many runs, along a knob"), (Binding(pygame.K_y, "sweep"),)),
    Row("B", marked("before, after"), (Binding(pygame.K_b, "before"),)),
    Row("U", marked("undo"), (Binding(pygame.K_u, "undo"), ctrl(pygame.K_z, "undo"))),
    Row("?", marked("all keys"), (Binding("?", "help"), Binding(pygame.K_F1, "help"))),
    *(_fault_row(key) for key in keys_of_faults() if key not in _leading()),
    Row(marked("Shift U"), marked("redo"), (Binding(pygame.K_u, "redo", "shift"), ctrl(pygame.K_y, "redo"))),
    Row(
        marked("Shift ← →"),
        marked("step a second"),
        (
            Binding(pygame.K_LEFT, "back_second", "shift", repeats=True),
            Binding(pygame.K_RIGHT, "forward_second", "shift", repeats=True),
        ),
    ),
    Row(
        marked("Home End"),
        marked("start, end of the run"),
        (Binding(pygame.K_HOME, "start"), Binding(pygame.K_END, "end")),
    ),
    Row(
        "< >",
        marked("previous, next chapter"),
        (Binding("<", "chapter_previous"), Binding(">", "chapter_next")),
    ),
    Row(
        marked("Backspace"),
        marked("back to the chapter's start"),
        (Binding(pygame.K_BACKSPACE, "chapter_start"),),
    ),
    Row(
        marked("Tab Enter"),
        marked("choose a thing, act on it"),
        (
            Binding(pygame.K_TAB, "focus_next", repeats=True),
            Binding(pygame.K_TAB, "focus_previous", "shift", repeats=True),
            Binding(pygame.K_RETURN, "enter"),
            Binding(pygame.K_KP_ENTER, "enter"),
        ),
    ),
    Row(
        "F5",
        marked("back to the scenario's own story"),
        (Binding(pygame.K_F5, "reset"), ctrl(pygame.K_r, "reset")),
    ),
    Row("A", marked("the story: on or off"), (Binding(pygame.K_a, "story"),)),
    Row("G", marked("predict what a strike leaves"), (Binding(pygame.K_g, "predict"),)),
    Row("W", marked("why was it lost?"), (Binding(pygame.K_w, "why"),)),
    Row(marked("Shift B"), marked("forget what was before"), (Binding(pygame.K_b, "forget", "shift"),)),
    Row("O", marked("open another one"), (Binding(pygame.K_o, "open"), ctrl(pygame.K_o, "open"))),
    Row(marked("Ctrl S"), marked("save what was played"), (ctrl(pygame.K_s, "save"),)),
    Row("E", marked("settings"), (Binding(pygame.K_e, "settings"), ctrl(pygame.K_COMMA, "settings"))),
    Row(marked("Ctrl + - 0"), marked("larger, smaller, as usual"), SIZES),
    Row("T", marked("another theme"), (Binding(pygame.K_t, "theme"),)),
    Row("L", marked("room mode: large, for a class"), (Binding(pygame.K_l, "room"),)),
    Row("M", marked("sound"), (Binding(pygame.K_m, "sound"),)),
    Row(marked("Shift M"), marked("less motion"), (Binding(pygame.K_m, "reduced_motion", "shift"),)),
    Row(
        "F", marked("full screen"), (Binding(pygame.K_f, "full_screen"), Binding(pygame.K_F11, "full_screen"))
    ),
    Row(
        marked("Esc"),
        marked("close this, or leave"),
        (Binding(pygame.K_ESCAPE, "escape"), Binding(pygame.K_q, "leave"), ctrl(pygame.K_q, "leave")),
    ),
)
"""In order of importance: the hint line shows as many of the first as it has room for."""

BINDINGS = tuple(binding for row in ROWS for binding in row.bindings)


def labels() -> tuple[tuple[str, str], ...]:
    """(keys, what they do) of every row, for `Look.keys`."""
    return tuple(row.label for row in ROWS)


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
