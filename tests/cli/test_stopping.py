"""Ctrl-C before there is a command that could hear it: while the program is still loaded."""

from __future__ import annotations

import gc
import sys

import pytest

from visualizer import __main__, arguments


@pytest.fixture
def collecting():
    yield
    gc.enable()  # it is off while the program loads


@pytest.mark.usefixtures("collecting")
def test_ctrl_c_while_the_program_loads_is_one_line_and_its_exit_code(monkeypatch, capsys):
    def stopped(words):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "argv", ["failover-visualizer", "list"])
    monkeypatch.setattr(arguments, "options_of", stopped)
    assert __main__.main() == 130
    assert capsys.readouterr().err == "stopped by Ctrl-C\n"
