"""What is printed while long work goes on."""

import io

import pytest

from visualizer.console import progress_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_progress_line_says_what_how_far_and_how_long_still(monkeypatch: pytest.MonkeyPatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress_line("filming take[1].mp4") as progress:
        progress(25, 100)
        progress(50, 100)
    shown = terminal.getvalue()
    assert "filming take[1].mp4" in shown
    assert "50 %" in shown
    assert "left" in shown


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch):
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    with progress_line("filming film.mp4") as progress:
        progress(50, 100)
    assert file.getvalue() == ""
