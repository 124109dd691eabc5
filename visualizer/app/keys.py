"""The one table of hot keys. It feeds the listener, the hint line and the help: none can drift from another.

To add a key: one `Binding` in a `Row` of `ROWS`, naming an act of `controls.ACTS` or of the window. The keys
of faults come from the registry of faults.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from visualizer.app.pointing import faults_of_key, keys_of_faults
from visualizer.sim.faults import FAULTS

_K_APPLICATION = 0x40000065  # the menu key of a PC keyboard, which pygame has no name for


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


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the help: the keys as people call them, what they do, and the bindings behind it."""

    label: str
    what: str
    bindings: tuple[Binding, ...]


def _ctrl(key: int, act: str) -> Binding:
    return Binding(key, act, "ctrl")


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


_SIZES = (
    *(_ctrl(key, "larger") for key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_KP_PLUS)),
    *(Binding(key, "larger", "ctrl shift") for key in (pygame.K_EQUALS, pygame.K_PLUS)),
    *(_ctrl(key, "smaller") for key in (pygame.K_MINUS, pygame.K_KP_MINUS)),
    *(_ctrl(key, "usual_size") for key in (pygame.K_0, pygame.K_KP_0)),
)
"""A plus needs Shift on many keyboards."""

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
    Row("B", "before, after", (Binding(pygame.K_b, "before"),)),
    Row("U", "undo", (Binding(pygame.K_u, "undo"), _ctrl(pygame.K_z, "undo"))),
    Row("?", "all keys", (Binding("?", "help"), Binding(pygame.K_F1, "help"))),
    *(_fault_row(key) for key in keys_of_faults() if key not in _leading()),
    Row("Shift U", "redo", (Binding(pygame.K_u, "redo", "shift"), _ctrl(pygame.K_y, "redo"))),
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
    Row(
        "F5", "back to the scenario's own story", (Binding(pygame.K_F5, "reset"), _ctrl(pygame.K_r, "reset"))
    ),
    Row("G", "predict what a strike leaves", (Binding(pygame.K_g, "predict"),)),
    Row("W", "why was it lost?", (Binding(pygame.K_w, "why"),)),
    Row("Shift B", "forget what was before", (Binding(pygame.K_b, "forget", "shift"),)),
    Row("O", "open another one", (Binding(pygame.K_o, "open"), _ctrl(pygame.K_o, "open"))),
    Row("Ctrl S", "save what was played", (_ctrl(pygame.K_s, "save"),)),
    Row("E", "settings", (Binding(pygame.K_e, "settings"), _ctrl(pygame.K_COMMA, "settings"))),
    Row("Ctrl + - 0", "larger, smaller, as usual", _SIZES),
    Row("T", "another theme", (Binding(pygame.K_t, "theme"),)),
    Row("L", "room mode: large, for a class", (Binding(pygame.K_l, "room"),)),
    Row("M", "sound", (Binding(pygame.K_m, "sound"),)),
    Row("Shift M", "less motion", (Binding(pygame.K_m, "reduced_motion", "shift"),)),
    Row("F", "full screen", (Binding(pygame.K_f, "full_screen"), Binding(pygame.K_F11, "full_screen"))),
    Row(
        "Esc",
        "close this, or leave",
        (Binding(pygame.K_ESCAPE, "escape"), Binding(pygame.K_q, "leave"), _ctrl(pygame.K_q, "leave")),
    ),
)
"""In order of importance: the hint line shows as many of the first as it has room for."""

BINDINGS = tuple(binding for row in ROWS for binding in row.bindings)

_IN_MENU = (
    Binding(pygame.K_UP, "menu_up", repeats=True),
    Binding(pygame.K_DOWN, "menu_down", repeats=True),
    Binding(pygame.K_TAB, "menu_up", "shift", repeats=True),
    Binding(pygame.K_TAB, "menu_down", repeats=True),
    Binding(pygame.K_RETURN, "menu_accept"),
    Binding(pygame.K_KP_ENTER, "menu_accept"),
    Binding(pygame.K_SPACE, "menu_accept"),
)

_IN_NUMBER = (
    Binding(pygame.K_UP, "answer_up", repeats=True),
    Binding(pygame.K_DOWN, "answer_down", repeats=True),
    Binding(pygame.K_RETURN, "answer_accept"),
    Binding(pygame.K_KP_ENTER, "answer_accept"),
    Binding(pygame.K_BACKSPACE, "answer_delete", repeats=True),
    Binding(pygame.K_ESCAPE, "answer_close"),
)

_IN_QUESTION = (*(Binding(str(number), f"answer_{number}") for number in range(1, 6)), *_IN_NUMBER)

_IN_ANSWERED = (
    Binding(pygame.K_RETURN, "answer_accept"),
    Binding(pygame.K_KP_ENTER, "answer_accept"),
    Binding(pygame.K_w, "answer_why"),
    Binding(pygame.K_ESCAPE, "answer_close"),
)

_IN_DIALOG = (
    Binding(pygame.K_UP, "dialog_up", repeats=True),
    Binding(pygame.K_DOWN, "dialog_down", repeats=True),
    Binding(pygame.K_TAB, "dialog_up", "shift", repeats=True),
    Binding(pygame.K_TAB, "dialog_down", repeats=True),
    Binding(pygame.K_PAGEUP, "dialog_page_up", repeats=True),
    Binding(pygame.K_PAGEDOWN, "dialog_page_down", repeats=True),
    Binding(pygame.K_HOME, "dialog_first"),
    Binding(pygame.K_END, "dialog_last"),
    Binding(pygame.K_LEFT, "dialog_less", repeats=True),
    Binding(pygame.K_RIGHT, "dialog_more", repeats=True),
    Binding(pygame.K_BACKSPACE, "dialog_rub_out", repeats=True),
    Binding(pygame.K_DELETE, "dialog_remove"),
    Binding(pygame.K_RETURN, "dialog_accept"),
    Binding(pygame.K_KP_ENTER, "dialog_accept"),
    Binding(pygame.K_ESCAPE, "dialog_close"),
    Binding(pygame.K_F11, "full_screen"),
    *_SIZES,
    _ctrl(pygame.K_q, "leave"),
)

_WITH_PROBLEMS = (Binding(pygame.K_ESCAPE, "problems_close"),)

_IN_LOSSES = (
    Binding(pygame.K_UP, "why_up", repeats=True),
    Binding(pygame.K_DOWN, "why_down", repeats=True),
    Binding(pygame.K_PAGEUP, "why_page_up", repeats=True),
    Binding(pygame.K_PAGEDOWN, "why_page_down", repeats=True),
    Binding(pygame.K_HOME, "why_first"),
    Binding(pygame.K_END, "why_last"),
    Binding(pygame.K_RETURN, "why_accept"),
    Binding(pygame.K_KP_ENTER, "why_accept"),
    Binding(pygame.K_ESCAPE, "why_close"),
)

_IN_CHAIN = (
    Binding(pygame.K_LEFT, "why_up", repeats=True),
    Binding(pygame.K_RIGHT, "why_down", repeats=True),
    Binding(pygame.K_ESCAPE, "why_close"),
)

_ON_KNOB = (
    Binding(pygame.K_LEFT, "knob_less", repeats=True),
    Binding(pygame.K_RIGHT, "knob_more", repeats=True),
    Binding(pygame.K_UP, "knob_above", repeats=True),
    Binding(pygame.K_DOWN, "knob_below", repeats=True),
    Binding(pygame.K_ESCAPE, "knob_leave"),
)

_IN_BEAT = (
    Binding(pygame.K_LEFT, "beat_previous"),
    Binding(pygame.K_RIGHT, "beat_next"),
    Binding(pygame.K_ESCAPE, "beat_escape"),
)

_IN_TWIN = (Binding(pygame.K_ESCAPE, "compare_escape"),)

_IN_ROOM = (
    Binding(pygame.K_PAGEDOWN, "room_forth"),
    Binding(pygame.K_PAGEUP, "room_back"),
    Binding(">", "room_forth"),
    Binding("<", "room_back"),
    Binding(pygame.K_F5, "room_start"),
    Binding(pygame.K_F5, "room_start", "shift"),
    Binding(pygame.K_ESCAPE, "room_leave"),
    Binding(".", "blank"),
)
"""What the keys of a presenter's clicker mean; some send Shift F5 to start."""

CONTEXTS: dict[str, tuple[Binding, ...]] = {
    "menu": _IN_MENU,
    "question": _IN_QUESTION,
    "number": _IN_NUMBER,
    "answered": _IN_ANSWERED,
    "dialog": _IN_DIALOG,
    "problems": _WITH_PROBLEMS,
    "losses": _IN_LOSSES,
    "chain": _IN_CHAIN,
    "knob": _ON_KNOB,
    "beat": _IN_BEAT,
    "twin": _IN_TWIN,
    "room": _IN_ROOM,
}
"""What keys mean while a menu is open, or a feature with that context is at work; all others mean what they
always do.
"""


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
