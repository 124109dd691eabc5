from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from app.hand import Hand
from app.xvfb import NoXvfbError, private_display
from programs import cannot

from visualizer.app.window import Window
from visualizer.opening import open_scenario
from visualizer.timeline.run import Run


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    try:
        with private_display() as name:
            yield name
    except NoXvfbError as missing:
        cannot(str(missing))


@pytest.fixture
def display(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The environment of somebody who sits at the private display."""
    monkeypatch.setenv("DISPLAY", server)
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.setenv("SDL_FRAMEBUFFER_ACCELERATION", "0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for kind in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return server


@pytest.fixture
def open_hand(display: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Hand]]:
    """Opens the real window on a scenario, with a clock that the test moves; saves go to `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    hands: list[Hand] = []

    def open_window(scenario: str = "article", **options: object) -> Hand:
        hand = Hand()
        options.setdefault("settings_file", tmp_path / "settings.json")
        options.setdefault("state_folder", tmp_path / "state")
        options.setdefault("theme", "night")
        document = open_scenario(scenario)
        run = options.pop("run", None) or Run(document.setup)
        options.setdefault("document", document)
        hand.window = Window(run, clock_ns=lambda: hand.now_ns, **options)
        hands.append(hand)
        hand.turn(3)
        return hand

    yield open_window
    for hand in hands:
        hand.window.close()
