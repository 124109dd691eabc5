"""Thousands of worlds by seed: `python tests/property/fuzz.py 0 1000 --only streaming,cut`.

Prints the first world in which the engine and the naive model differ, made as small as it goes, as code that
can be pasted into `difference(...)`. `--only`: mechanisms to choose from (none: a plain pair);
`--go-on`: do not stop at the first. Run from the root of the project with `PYTHONPATH=.:tests`.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace

from property.compare import difference
from property.mechanisms import MECHANISMS, dice_of, instant
from property.stories import playable, story

from visualizer.sim.setup import Rate, Setup, Share

Looks = tuple[int, ...]


def world(seed: int, names: list[str]) -> tuple[Setup, Looks]:
    """The world of a seed, with up to three of these mechanisms, and when to look at it."""
    dice = dice_of(seed)
    chosen = [dice(names) for _ in range(dice((1, 2, 2, 3)))] if names else []
    setup = story(dice, list(dict.fromkeys(chosen)))
    looks = tuple(instant(dice) for _ in range(4)) + tuple(act.at_us for act in setup.commands)
    return setup, looks


def verdict(setup: Setup, looks: Looks) -> str | None:
    """What is wrong with a world (None: nothing)."""
    try:
        return difference(setup, looks)
    except Exception as error:  # whatever breaks is a find
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({frame.filename}:{frame.lineno})"


def kind_of(found: str) -> str:
    """Which book, or which error: what must stay the same while a world shrinks."""
    return found.split("\n", maxsplit=1)[0].rsplit(", ", maxsplit=1)[-1].split("(", maxsplit=1)[0]


def smaller(setup: Setup) -> Iterator[Setup]:
    """The same world with one thing less."""
    for place in range(len(setup.commands)):
        yield replace(setup, commands=setup.commands[:place] + setup.commands[place + 1 :])
    last = len(setup.tiers) - 1
    if last and all(getattr(getattr(act, "target", act), "tier", 0) != last for act in setup.commands):
        yield replace(setup, tiers=setup.tiers[:-1])
    yield from plainer(setup)


def plainer(thing: object) -> Iterator[object]:  # the same dataclass with one field at its default
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.default is not MISSING and value != one.default and one.name != "commands":
            yield replace(thing, **{one.name: one.default})
        if is_dataclass(value) and not isinstance(value, (Rate, Share)):
            yield from (replace(thing, **{one.name: other}) for other in plainer(value))
        elif isinstance(value, tuple) and one.name in ("tiers", "links"):
            for place, part in enumerate(value):
                for other in plainer(part):
                    yield replace(thing, **{one.name: (*value[:place], other, *value[place + 1 :])})


def shrunk(setup: Setup, looks: Looks, found: str) -> tuple[Setup, str]:
    """The smallest world that differs in the same book."""
    again = True
    while again:
        again = False
        for other in smaller(setup):
            wrong = verdict(other, looks)
            if wrong is not None and kind_of(wrong) == kind_of(found):
                setup, found, again = other, wrong, True
                break
    return setup, found


def code_of(thing: object) -> str:
    """A dataclass as code, without what is as usual."""
    if isinstance(thing, tuple):
        return "(" + "".join(code_of(part) + ", " for part in thing) + ")"
    if not is_dataclass(thing):
        return repr(thing)
    parts = [
        f"{one.name}={code_of(getattr(thing, one.name))}"
        for one in fields(thing)
        if one.default is MISSING or getattr(thing, one.name) != one.default
    ]
    return f"{type(thing).__name__}({', '.join(parts)})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("last", type=int)
    parser.add_argument("--only", default=",".join(MECHANISMS))
    parser.add_argument("--go-on", action="store_true")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name]
    played = wrong = 0
    for seed in range(asked.first, asked.last):
        setup, looks = world(seed, names)
        if not playable(setup):
            continue
        played += 1
        found = verdict(setup, looks)
        if found is None:
            continue
        wrong += 1
        small, found = shrunk(setup, looks, found)
        print(f"seed {seed}: {found}\n{code_of(small)}\nlooks={sorted(set(looks))}", flush=True)
        if not asked.go_on:
            break
    print(f"{played} worlds played, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
