"""A scenario, ready to be played in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from visualizer.language import translated
from visualizer.opening import DEFAULT_SCENARIO, Opened, open_again, open_scenario, open_text
from visualizer.sim.setup import US_PER_S, Setup

Settings = Mapping[str, object] | Sequence[str]
"""`{"tiers.firewall.sync.interval": "5s"}`, or `["tiers.firewall.sync.interval=5s"]`."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario or a saved run with what was changed in it. Make one with `load`.

    `opened`: the same for the rest of the program.
    """

    opened: Opened

    @property
    def name(self) -> str:
        """What it is called: "article"."""
        return self.opened.name

    @property
    def title(self) -> str:
        """What it is called on the screen: "The miss"."""
        return translated(self.opened.setup.title)

    @property
    def description(self) -> str:
        """What it shows, in a sentence or two."""
        return translated(self.opened.setup.description)

    @property
    def duration_s(self) -> float:
        """How long a run lasts."""
        return self.opened.setup.duration_us / US_PER_S

    @property
    def seed(self) -> int:
        """What all chance in it is made from."""
        return self.opened.setup.seed

    @property
    def setup(self) -> Setup:
        """All parameters, as the engine has them: integer microseconds, exact rates."""
        return self.opened.setup

    @property
    def text(self) -> str:
        """The scenario file."""
        return self.opened.text

    def changed(self, set: Settings = (), faults: Sequence[str] = (), seed: int | None = None) -> Loaded:
        """The same with more changes, as `load` takes them. Raises ScenarioError.

        >>> load("article").changed({"tiers.firewall.sync.interval": "1s"}).name
        'article'
        """
        opened = self.opened
        sets, added = (*opened.overrides, *settings_of(set, seed)), (*opened.faults, *faults)
        return Loaded(open_text(opened.text, opened.path, sets, added, opened.name))

    def reload(self) -> Loaded:
        """What its file says now, with the same changes. Raises as `load` does."""
        return Loaded(open_again(self.opened))

    def __repr__(self) -> str:
        """Its name, and what was changed."""
        changes = [*self.opened.overrides, *self.opened.faults]
        return f"<{self.name}: {self.title}{''.join(f', {one}' for one in changes)}>"


def load(
    scenario: str | Path = DEFAULT_SCENARIO,
    *,
    set: Settings = (),
    faults: Sequence[str] = (),
    seed: int | None = None,
) -> Loaded:
    """A shipped scenario, a scenario file or a saved run, by its name or path.

    `set`: values by their paths, as `--set` takes them. `faults`: more events, as `--fault` takes them.
    `seed`: another draw of chance.

    Raises ScenarioError with every problem, a line each; RunFileError and ReplayDivergedError for a saved run
    that is not whole or was played by another engine; OSError.

    >>> load("article", set={"tiers.firewall.sync.interval": "1s"}, faults=["host:firewall.primary@5s"])
    <article: The miss, tiers.firewall.sync.interval=1s, host:firewall.primary@5s>
    """
    return Loaded(open_scenario(str(scenario), settings_of(set, seed), tuple(faults)))


def settings_of(set: Settings, seed: int | None) -> list[str]:
    """As `--set` texts; a seed is one of them."""
    texts = (
        [f"{path}={_said(value)}" for path, value in set.items()] if isinstance(set, Mapping) else list(set)
    )
    return [*texts, *([] if seed is None else [f"seed={seed}"])]


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
