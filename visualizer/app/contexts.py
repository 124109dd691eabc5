"""What keys mean while something has them first: a menu, a list, a question, room mode."""

from __future__ import annotations

import pygame

from visualizer.app.binding import SIZES, Binding, ctrl

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
    Binding(pygame.K_SPACE, "answer_play"),
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
    *SIZES,
    ctrl(pygame.K_q, "leave"),
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

_IN_CURVE = (
    Binding(pygame.K_LEFT, "curve_earlier", repeats=True),
    Binding(pygame.K_RIGHT, "curve_later", repeats=True),
    Binding(pygame.K_LEFT, "curve_much_earlier", "shift", repeats=True),
    Binding(pygame.K_RIGHT, "curve_much_later", "shift", repeats=True),
    Binding(pygame.K_PAGEUP, "curve_much_earlier", repeats=True),
    Binding(pygame.K_PAGEDOWN, "curve_much_later", repeats=True),
    Binding(pygame.K_HOME, "curve_first"),
    Binding(pygame.K_END, "curve_last"),
    Binding(pygame.K_UP, "curve_tier_above"),
    Binding(pygame.K_DOWN, "curve_tier_below"),
    Binding(pygame.K_RETURN, "curve_enter"),
    Binding(pygame.K_KP_ENTER, "curve_enter"),
    Binding(pygame.K_ESCAPE, "curve_escape"),
)

_IN_SWEEP = (
    Binding(pygame.K_LEFT, "sweep_left", repeats=True),
    Binding(pygame.K_RIGHT, "sweep_right", repeats=True),
    Binding(pygame.K_UP, "sweep_up", repeats=True),
    Binding(pygame.K_DOWN, "sweep_down", repeats=True),
    Binding(pygame.K_HOME, "sweep_first"),
    Binding(pygame.K_END, "sweep_last"),
    Binding("1", "sweep_measure"),
    Binding("2", "sweep_along"),
    Binding("3", "sweep_and"),
    Binding(pygame.K_RETURN, "sweep_enter"),
    Binding(pygame.K_KP_ENTER, "sweep_enter"),
    Binding(pygame.K_ESCAPE, "sweep_escape"),
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

_AT_LESSON_END = (Binding(pygame.K_PAGEDOWN, "lesson_next"), Binding(">", "lesson_next"))
_AT_LESSON_START = (Binding(pygame.K_PAGEUP, "lesson_previous"), Binding("<", "lesson_previous"))

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
    "curve": _IN_CURVE,
    "sweep": _IN_SWEEP,
    "twin": _IN_TWIN,
    "lesson_end": _AT_LESSON_END,
    "lesson_start": _AT_LESSON_START,
    "room": _IN_ROOM,
}
"""What keys mean while a menu is open, or a feature with that context is at work; all others mean what they
always do.
"""
