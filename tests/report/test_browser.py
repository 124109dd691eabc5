"""A real browser without a window opens a report: no network, no complaint, nothing blank, pages to print."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest
from programs import program

WAIT_S = 60
SCENARIOS = ("article", "keepalived", "explainer-4-paths")


@pytest.fixture(params=SCENARIOS)
def file(request: pytest.FixtureRequest, page: Callable[..., str], tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(page(request.param), encoding="utf-8")
    return path


def browse(file: Path, *words: str) -> str:
    """What the browser said; no name can be looked up, and nobody is asked."""
    chromium = program("chromium", "chromium", "google-chrome")
    done = subprocess.run(
        [
            chromium,
            "--headless=new",
            "--no-sandbox",  # as root there is no other way; all it sees is our own page
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--hide-scrollbars",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--enable-logging=stderr",
            f"--user-data-dir={file.parent / 'profile'}",
            *words,
            file.as_uri(),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WAIT_S,
        check=True,
    )
    return done.stderr


def seen(file: Path, *words: str, size: tuple[int, int]) -> np.ndarray:
    """The pixels of the page in a window of that size, shape (width, height, 3)."""
    picture = file.with_suffix(".png")
    said = browse(file, f"--screenshot={picture}", f"--window-size={size[0]},{size[1]}", *words)
    assert [line for line in said.splitlines() if "CONSOLE" in line] == []
    return pygame.surfarray.array3d(pygame.image.load(picture))


@pytest.mark.parametrize("size", [(1200, 1600), (520, 1600)], ids=["desk", "phone"])
def test_the_page_is_seen(file: Path, size: tuple[int, int]):
    pixels = seen(file, size=size)
    assert pixels.shape[:2] == size
    assert tuple(pixels[2, 2]) == (255, 255, 255)
    ink = (pixels < 128).any(axis=2)
    assert 0.005 < ink.mean() < 0.5
    assert ink[:, :300].any()
    assert ink[:, 900:].any()
    assert not ink[-8:].any(), "something reaches over the right edge"


def test_in_the_dark_it_is_dark(file: Path):
    pixels = seen(file, "--blink-settings=preferredColorScheme=0", size=(1200, 900))
    assert tuple(pixels[2, 2]) == (10, 17, 34)


def test_the_console_would_have_been_heard(file: Path):
    """The check above can fail: a page that asks for something outside is refused, and that is said."""
    file.write_text(
        file.read_text().replace("</main>", '<img src="https://example.org/x.png" alt=""></main>')
    )
    said = browse(file, f"--screenshot={file.with_suffix('.png')}")
    assert any("CONSOLE" in line and "Content Security Policy" in line for line in said.splitlines())


def test_it_can_be_printed(file: Path):
    sheet = file.with_suffix(".pdf")
    browse(file, f"--print-to-pdf={sheet}", "--no-pdf-header-footer")
    content = sheet.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", content))
    assert content.startswith(b"%PDF-")
    assert 3 <= pages <= 20
