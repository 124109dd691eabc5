"""A person who presses, clicks, drags and drops anything at all, on the real window.

`PYTHONPATH=.:tests python -m app.fuzz --seconds 60 --seed 1` goes from scenario to scenario, on a private
display. What breaks is made as small as it goes and printed as acts that can be pasted into `replay`.
It knows no feature: keys come from `keys`, places from `Scene.targets`, so whatever is there is tried.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import pygame
from app.hand import FRAME_NS, Hand
from app.told_scenario import told_text
from app.xvfb import private_display

from visualizer.app import contexts, keys
from visualizer.app.pointing import keys_of_faults
from visualizer.app.window import Window
from visualizer.opening import open_scenario
from visualizer.scenario import shipped_names
from visualizer.scene.primitives import Scene
from visualizer.sim import finish
from visualizer.timeline.run import Run

Act = tuple[str, tuple[object, ...]]
"""What is done, and with what: all of it plain, so that acts can be printed, pasted and done again."""

SIZES = (
    (1, 1),
    (1, 5),
    (63, 900),
    (700, 300),
    (960, 540),
    (1280, 720),
    (1280, 720),
    (600, 1100),
    (1600, 700),
)
CHARACTERS = "0123456789abcxyzABCXYZ.,-+=?!<>[]/\\ %:'\"*#@äé√\u2009\x00\x08\x7f\ud800😀"
SPARE_KEYS = (
    pygame.K_BACKSPACE,
    pygame.K_DELETE,
    pygame.K_F2,
    pygame.K_LSHIFT,
    pygame.K_COMMA,
    pygame.K_0,
    0,
    -1,
)
MODIFIERS = (0, 0, 0, pygame.KMOD_LSHIFT, pygame.KMOD_LCTRL, pygame.KMOD_LALT, pygame.KMOD_LMETA)
TOLD: dict[str, Callable[[], str]] = {
    "told": told_text,
    "told-several": partial(told_text, "cross-connected", compare="copying"),
    "told-parallel": partial(told_text, "parallel"),
}
"""Scenarios that tell a story, beside those that are shipped."""

GAP_NS = 60 * 10**9
ACTS_A_WINDOW = 250


class Anybody(Hand):
    """The hands; `folder` holds the settings, what is saved, and files to drop."""

    def __init__(self, scenario: str, folder: Path) -> None:
        super().__init__()
        document = open_scenario(str(told_file(folder, scenario)) if scenario in TOLD else scenario)
        run = Run(document.setup)
        self.window = Window(
            run,
            document=document,
            size_px=(1280, 720),
            clock_ns=lambda: self.now_ns,
            settings_file=folder / "settings.json",
            state_folder=folder / "state",
        )
        self.turn(2)

    def perform(self, act: Act) -> None:
        """Do it, and demand that everything is as it must be."""
        name, given = act
        getattr(self, f"_{name}")(*given)
        self.controls.leaving = False
        demand_whole(self)

    def _key(self, key: int, mod: int, typed: str) -> None:
        self.key(key, mod, typed)

    def _point(self, pos: tuple[int, int]) -> None:
        self.move(pos)

    def _button(self, number: int, down: bool, pos: tuple[int, int]) -> None:
        kind = pygame.MOUSEBUTTONDOWN if down else pygame.MOUSEBUTTONUP
        pygame.event.post(pygame.Event(kind, pos=pos, button=number))
        self.turn()

    def _wheel(self, notches: int) -> None:
        self.wheel(notches)

    def _drop(self, file: str) -> None:
        pygame.event.post(pygame.Event(pygame.DROPFILE, file=file))
        self.turn()

    def _resize(self, size: tuple[int, int]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # one that fills the screen keeps its size
            self.resize(size)

    def _happen(self, name: str) -> None:
        pygame.event.post(pygame.Event(getattr(pygame, name)))
        self.turn()

    def _wait(self, turns: int, frame_ns: int) -> None:
        self.turn(turns, frame_ns)


def demand_whole(hand: Hand) -> None:
    """What holds whatever was done: the books of every run balance, and controls and picture make sense."""
    controls = hand.controls
    for run in controls.runs:
        finish(run.state.copy())  # ConservationError when a request is nowhere, or somewhere twice
        times = [act.at_us for act in run.acts]
        assert times == sorted(times), f"acts out of order: {run.acts}"
        assert 0 <= run.now_us <= run.setup.duration_us, f"the playhead is at {run.now_us}"
    assert len({run.now_us for run in controls.runs}) == 1, "runs beside each other at different instants"
    assert not (controls.hover and controls.focus), "two things are pointed at"
    if hand.window.picture.scene:
        demand_drawable(hand.window.picture.scene)


def demand_drawable(scene: Scene) -> None:
    """Every target can be hit."""
    for name, box in scene.targets.items():
        assert min(box.width, box.height) > 0, f"nobody can hit {name}: {box}"
        inside = -box.width < box.x < scene.width and -box.height < box.y < scene.height
        assert inside, f"{name} lies beside the picture: {box}"


def demand_same_trace(hand: Hand) -> None:
    """What was played is what a fresh run with the same acts is, event by event."""
    for run in hand.controls.runs:
        assert Run(run.setup, run.acts).trace_sha256() == run.trace_sha256()


def whatever(dice: random.Random, hand: Hand, files: Sequence[str]) -> Iterator[Act]:
    """The next thing somebody does: one act, or those of a click or a drag."""
    anywhere = _anywhere(dice, hand)
    match dice.choices(tuple(_HOW_OFTEN), tuple(_HOW_OFTEN.values()))[0]:
        case "key":
            yield "key", _any_key(dice)
        case "fault":
            key = dice.choice(keys_of_faults())
            yield "key", (ord(key.lower()), pygame.KMOD_LSHIFT if key.isupper() else 0, key)
        case "leave":
            yield "key", (pygame.K_ESCAPE, 0, "")
        case "type":
            yield "key", (0, 0, dice.choice(CHARACTERS))
        case "click":
            button = dice.choice((1, 1, 1, 3, 2))
            yield from (("point", (anywhere,)), ("button", (button, True, anywhere)))
            yield "button", (button, False, anywhere)
        case "drag":
            yield "button", (1, True, anywhere)
            yield from (("point", (_anywhere(dice, hand),)) for _ in range(dice.randrange(3)))
            if dice.random() < 0.9:
                yield "button", (1, False, _anywhere(dice, hand))
        case "point":
            yield "point", (anywhere,)
        case "wheel":
            yield "wheel", (dice.randrange(-3, 4),)
        case "wait":
            yield "wait", (dice.randrange(1, 6), dice.choice((0, FRAME_NS, 50_000_000, 100_000_000)))
        case _:
            yield _something_rare(dice, files)


_HOW_OFTEN = {
    "key": 35, "fault": 8, "leave": 5, "type": 6, "click": 20,
    "drag": 7, "point": 6, "wheel": 4, "wait": 14, "rare": 4,
}  # fmt: skip
"""Out of about a hundred. Without leaving what is open now and then, one would see little else."""


def _any_key(dice: random.Random) -> tuple[int, int, str]:
    bindings = [*keys.BINDINGS, *chain.from_iterable(contexts.CONTEXTS.values())]
    binding = dice.choice(bindings)
    if dice.random() < 0.1:
        return dice.choice(SPARE_KEYS), dice.choice(MODIFIERS), dice.choice(CHARACTERS)
    if isinstance(binding.key, str):
        return 0, dice.choice((0, pygame.KMOD_LSHIFT)), binding.key
    bits = {"shift": pygame.KMOD_LSHIFT, "ctrl": pygame.KMOD_LCTRL}
    held = sum(bits[word] for word in binding.modifier.split())
    typed = chr(binding.key) if 32 <= binding.key < 127 and not held & pygame.KMOD_LCTRL else ""
    return binding.key, held if dice.random() < 0.9 else dice.choice(MODIFIERS), typed


def _anywhere(dice: random.Random, hand: Hand) -> tuple[int, int]:
    """Mostly on something, else on any pixel or just outside."""
    scene = hand.window.picture.scene
    if scene and scene.targets and dice.random() < 0.85:
        return hand.place(dice.choice(list(scene.targets)), dice.random())
    width, height = pygame.display.get_surface().get_size()
    return dice.randrange(-5, width + 5), dice.randrange(-5, height + 5)


def _something_rare(dice: random.Random, files: Sequence[str]) -> Act:
    match dice.randrange(5):
        case 0 | 1:
            return "resize", (dice.choice(SIZES),)
        case 2:
            return "drop", (dice.choice(files),)
        case 3:
            return "wait", (1, GAP_NS)
        case _:
            names = ("WINDOWLEAVE", "WINDOWFOCUSLOST", "WINDOWEXPOSED", "WINDOWRESTORED", "QUIT")
            return "happen", (dice.choice(names),)


def files_to_drop(folder: Path) -> list[str]:
    """Scenarios, and what is none."""
    (folder / "noise.yaml").write_bytes(bytes(range(256)))
    (folder / "list.yaml").write_text("- 1\n")
    (folder / "empty.yaml").write_text("")
    shipped = [str(open_scenario(name).path) for name in ("article", "parallel", "synchronous")]
    shipped += [str(told_file(folder, name)) for name in TOLD]
    odd = ("noise.yaml", "list.yaml", "empty.yaml", "missing.yaml", "article-run-1.yaml", ".")
    return [*shipped, *(str(folder / name) for name in odd), "", "\x00"]


def told_file(folder: Path, name: str) -> Path:
    """A scenario that tells a story, of that name in `TOLD`."""
    path = folder / f"{name}.yaml"
    path.write_text(TOLD[name]())
    return path


@contextmanager
def _in_a_folder() -> Iterator[Path]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        try:
            yield Path(name)
        finally:
            os.chdir(before)


def evening(scenario: str, seed: int, acts: int, until_s: float = float("inf")) -> int:
    """So many random acts at a window on a scenario, or as many as there is time for; AssertionError with the
    shortest list of acts that breaks it. Returns how often the run was changed.
    """
    done: list[Act] = []
    try:
        return _evening(scenario, seed, acts, until_s, done)
    except Exception as error:
        small = shrunk(scenario, done, _kind(error))
        lines = "\n".join(f"    {act!r}," for act in small)
        found = f"{type(error).__name__}: {error} (seed {seed})"
        raise AssertionError(f"{found}\nreplay({scenario!r}, [\n{lines}\n])") from error


def _evening(scenario: str, seed: int, acts: int, until_s: float, done: list[Act]) -> int:
    dice, changes = random.Random(f"{scenario} {seed}"), 0
    with _in_a_folder() as folder:
        files = files_to_drop(folder)
        hand = Anybody(scenario, folder)
        try:
            while len(done) < acts and time.monotonic() < until_s:
                for act in whatever(dice, hand, files):
                    before = (hand.controls.run, hand.controls.run.acts)
                    done.append(act)
                    hand.perform(act)
                    changes += (hand.controls.run, hand.controls.run.acts) != before
            demand_same_trace(hand)
            return changes
        finally:
            hand.window.close()


def replay(scenario: str, acts: Sequence[Act]) -> None:
    """The same acts again; raises what they raise."""
    with _in_a_folder() as folder:
        files_to_drop(folder)
        hand = Anybody(scenario, folder)
        try:
            for act in acts:
                hand.perform(act)
            demand_same_trace(hand)
        finally:
            hand.window.close()


def shrunk(scenario: str, acts: Sequence[Act], kind: str, seconds: float = 90) -> list[Act]:
    """The same acts without all that play no part in an error of that kind, as far as there is time."""
    end_s = time.monotonic() + seconds
    kept, size = list(acts), max(len(acts) // 2, 1)
    while size and time.monotonic() < end_s:
        start = 0
        while start < len(kept) and time.monotonic() < end_s:
            without = kept[:start] + kept[start + size :]
            if without and _breaks(scenario, without, kind):
                kept = without
            else:
                start += size
        size //= 2
    return kept


def _breaks(scenario: str, acts: Sequence[Act], kind: str) -> bool:
    try:
        replay(scenario, acts)
    except Exception as error:
        return _kind(error) == kind
    return False


def _kind(error: BaseException) -> str:
    """Which error, and where: what must stay the same while the acts become fewer."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {last.filename}:{last.lineno}"


def main() -> int:
    """Evening after evening until the time is over."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--only", nargs="*", help="scenarios (default: all that are shipped)")
    options = words.parse_args()
    until_s, seed, count = time.monotonic() + options.seconds, options.seed, 0
    order = random.Random(seed)
    with private_display() as display:
        os.environ.update(DISPLAY=display, SDL_VIDEODRIVER="x11", SDL_FRAMEBUFFER_ACCELERATION="0")
        while time.monotonic() < until_s:
            scenario = order.choice(options.only or [*shipped_names(), *TOLD])
            print(f"{scenario}, seed {seed}", flush=True)
            try:
                evening(scenario, seed, ACTS_A_WINDOW, until_s)
            except AssertionError:
                traceback.print_exc()
                return 1
            seed, count = seed + 1, count + 1
    print(f"nothing found in {count} evenings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
