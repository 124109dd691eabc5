"""Without PyAV, or with one that lacks an encoder: `film` says what to install, all else works."""

from __future__ import annotations

from pathlib import Path

import pytest
from film.command import PLAIN, SHORT_FRAMES, SMALL, frames_of, run, scenario

WITHOUT_PYAV = """
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "av":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Hidden())
"""
WITHOUT_ENCODERS = """
import importlib.abc, importlib.util, sys

LACKING = {lacking!r}

class Poorer(importlib.abc.Loader):
    def __init__(self, loader):
        self.loader = loader
    def create_module(self, spec):
        return self.loader.create_module(spec)
    def exec_module(self, module):
        self.loader.exec_module(module)
        import av.codec.codec
        whole = av.codec.codec.Codec
        class Codec:
            def __new__(cls, name, mode="r"):
                if mode == "w" and name in LACKING:
                    raise av.codec.codec.UnknownCodecError(name)
                return whole(name, mode)
        module.codecs_available = frozenset(module.codecs_available - LACKING)
        module.codec.codecs_available = module.codecs_available
        module.Codec = module.codec.Codec = Codec

class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "av":
            sys.meta_path.remove(self)
            spec = importlib.util.find_spec(name)
            spec.loader = Poorer(spec.loader)
            return spec

sys.meta_path.insert(0, Finder())
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scenario(tmp_path)
    return tmp_path


def starting_with(folder: Path, code: str) -> dict[str, str]:
    """An environment in which Python runs `code` before everything else."""
    (folder / "start").mkdir()
    (folder / "start" / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": str(folder / "start")}


def test_without_pyav_film_says_what_to_install(folder: Path):
    done = run(
        "film", "mine.yaml", "-o", "x.mp4", *SMALL, folder=folder, env=starting_with(folder, WITHOUT_PYAV)
    )
    assert done.code == 1
    assert done.err == "film needs PyAV, which is not installed; install it with: pip install av\n"
    assert not list(folder.glob("x.*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "mine.yaml"),
        ("shot", "mine.yaml", "-o", "x.png", *SMALL),
        ("check", "mine.yaml"),
        ("list",),
        ("schema",),
        ("film", "--help"),
        ("mine.yaml",),
    ],
    ids=" ".join,
)
def test_without_pyav_everything_else_works(folder: Path, arguments: tuple[str, ...]):
    done = run(*arguments, folder=folder, env=starting_with(folder, WITHOUT_PYAV))
    assert done.code == 0, done.err
    assert done.out or (folder / "x.png").exists()
    assert "PyAV" not in done.err


def test_without_its_encoder_a_film_is_refused_before_it_begins(folder: Path):
    env = starting_with(folder, WITHOUT_ENCODERS.format(lacking={"libx264"}))
    done = run("film", "mine.yaml", "-o", "x.mp4", *SMALL, folder=folder, env=env)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "libx264" in line
    assert "pip install" in line
    assert not list(folder.glob("x.*"))


def test_without_the_encoders_that_are_under_the_gpl_there_is_webm(folder: Path):
    env = starting_with(folder, WITHOUT_ENCODERS.format(lacking={"libx264", "libx264rgb", "libx265"}))
    done = run("film", "mine.yaml", "-o", "x.webm", *SMALL, *PLAIN, folder=folder, env=env)
    assert (done.code, done.err) == (0, "")
    assert frames_of(folder / "x.webm") == SHORT_FRAMES
