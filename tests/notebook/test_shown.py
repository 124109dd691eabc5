"""What stands in the last line of a cell shows itself."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pygame
import pytest

from visualizer import compare, curve, simulate, sweep
from visualizer.scene.primitives import Scene


def pixels(png: bytes) -> np.ndarray:
    return pygame.surfarray.array3d(pygame.image.load(io.BytesIO(png), "x.png"))


def test_a_run_shows_the_instant_that_says_most():
    result = simulate("article")
    shown = pixels(result._repr_png_())
    assert shown.shape == (1280, 720, 3)
    assert (shown == pixels(result.picture("11.6s").png)).all()
    assert (shown != pixels(result.picture("5s").png)).any()
    assert "struck by lightning" in result.picture().caption


def test_a_picture_has_the_size_and_the_colours_that_were_asked_for(tmp_path: Path):
    picture = simulate("article").picture(3.5, size=(960, 540), theme="night")
    shown = pixels(picture.png)
    assert shown.shape == (960, 540, 3)
    assert shown.mean() < 80
    picture.save(tmp_path / "x.png")
    assert (tmp_path / "x.png").read_bytes() == picture._repr_png_()


def test_a_scene_shows_itself_as_that_picture():
    result = simulate("article")
    scene = result.scene("11.6s")
    shown = pixels(scene._repr_png_() or b"")
    assert shown.shape == (round(scene.width), round(scene.height), 3)
    assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 100


def test_without_a_painter_a_scene_is_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Scene, "painter", None)
    assert Scene(10, 10, (), ())._repr_png_() is None


def test_many_runs_show_a_chart(tmp_path: Path):
    swept = sweep("article", {"sync.interval": "1s..3s:3"}, seeds=5, measure=("outage_s", "lost_sessions"))
    both = compare("article", "article-5s", seeds=5)
    for result in (swept, both, curve("srx")):
        shown = pixels(result._repr_png_())
        assert shown.shape == (1280, 720, 3)
        assert len(np.unique(shown.reshape(-1, 3), axis=0)) > 50
    chart = swept.chart("lost_sessions", size=(800, 500), theme="print")
    chart.save(tmp_path / "x.svg")
    assert "Sessions lost" in chart.figure.get_label()
    assert (tmp_path / "x.svg").read_text().lstrip().startswith("<?xml")
    assert chart.svg.startswith("<svg")
    with pytest.raises(ValueError, match=r"name it something\.png"):
        chart.save(tmp_path / "x.jpg")
