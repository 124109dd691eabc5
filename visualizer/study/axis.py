"""One parameter and the values that it takes: what `--vary` says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """`path`: the key that is varied, as `--set` takes it ("tier." at its beginning: in every tier), or the
    name of a `study.special` parameter. `values`: as `--set` takes them, in order, no two equal.
    `numbers`: the same as numbers for charts (seconds, bits a second, sessions a second, counts), None for
    words. `unit`: of the numbers. `logarithmic`: whether equal ratios are equally far apart.
    """

    path: str
    values: tuple[str, ...]
    numbers: tuple[float, ...] | None
    unit: str
    logarithmic: bool = False

    @property
    def title(self) -> str:
        """The path, as people read it: "firewall sync interval"."""
        words = [word for word in self.path.split(".") if word not in ("tiers", "tier")]
        return " ".join(words).replace("_", " ")
