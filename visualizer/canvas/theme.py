"""Themes: what colour each role has. One TOML file in assets/themes is one theme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from visualizer.files import shipped
from visualizer.language import say
from visualizer.scene.primitives import Role

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, each 0 to 255; alpha is not multiplied in."""

ROLES: tuple[Role, ...] = get_args(Role)
_HEX = re.compile(r"#(?:[0-9a-fA-F]{2}){3,4}")


DEFAULT_THEME = "night"


class ThemeError(ValueError):
    """A theme that cannot be used; the text is one line naming the file and what is wrong."""


@dataclass(frozen=True)
class Theme:
    """Every role's colour, and how the background and the light around things look.

    The background runs from role `background` over `middle` to `background_low`; `cloud` lies at its top with
    `cloud_strength` (0 to 1). `glow` is the strength of the light round small marks, `halo` round a bolt.
    """

    name: str
    title: str
    colours: Mapping[Role, Colour]
    middle: Colour
    cloud: Colour
    cloud_strength: float
    glow: float
    halo: float

    def colour(self, role: Role, alpha: float = 1.0) -> Colour:
        """The colour of `role`, its own alpha times `alpha` (0 to 1, clipped)."""
        red, green, blue, own = self.colours[role]
        return red, green, blue, round(own * min(max(alpha, 0.0), 1.0))


def theme_names(folder: Path | None = None) -> list[str]:
    """The names that `load_theme` takes: the default first, the others by name."""
    names = (path.stem for path in (folder or shipped("assets") / "themes").glob("*.toml"))
    return sorted(names, key=lambda name: (name != DEFAULT_THEME, name))


def load_theme(name: str, folder: Path | None = None) -> Theme:
    """Read the theme `name` from `folder` (default: the shipped ones); ThemeError says what is wrong."""
    names = theme_names(folder)
    if name not in names:
        raise ThemeError(
            say("there is no theme {name}; there are {names}", name=repr(name), names=", ".join(names))
        )
    path = (folder or shipped("assets") / "themes") / f"{name}.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        return _theme(name, document)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ThemeError) as error:
        raise ThemeError(f"{path}: {error}") from None


def _theme(name: str, document: dict[str, Any]) -> Theme:
    roles = document.get("roles", {})
    if not isinstance(roles, dict):
        raise ThemeError(say("'roles' is not a table of colours"))
    missing = [role for role in ROLES if role not in roles]
    unknown = [role for role in roles if role not in ROLES]
    if missing:
        raise ThemeError(say("no colour for {roles}", roles=", ".join(missing)))
    if unknown:
        raise ThemeError(say("unknown role {roles}", roles=", ".join(unknown)))
    return Theme(
        name=name,
        title=str(document.get("title", name)),
        colours={role: _colour(role, roles[role]) for role in ROLES},
        middle=_colour("middle", document.get("middle")),
        cloud=_colour("cloud", document.get("cloud")),
        cloud_strength=_share(document, "cloud_strength"),
        glow=_share(document, "glow"),
        halo=_share(document, "halo"),
    )


def _colour(key: str, value: object) -> Colour:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ThemeError(
            say(
                "{key} is {value}; expected a colour like {example}",
                key=key,
                value=repr(value),
                example="'#1a2b3c'",
            )
        )
    red, green, blue, *alpha = bytes.fromhex(value[1:])
    return red, green, blue, alpha[0] if alpha else 255


def _share(document: dict[str, Any], key: str) -> float:
    value = document.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ThemeError(say("{key} is {value}; expected a number from 0 to 1", key=key, value=repr(value)))
    return float(value)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 (black) to 1 (white); WCAG 2.2, "relative luminance"."""
    red, green, blue = (_linear(value / 255) for value in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two opaque colours, 1 to 21; WCAG 2.2, "contrast ratio"."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
