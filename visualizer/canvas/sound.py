"""Sounds from numbers: one TOML file in assets/sounds is one recipe, rendered to samples without any device.

A recipe is a list of layers that are added up: a `tone` that may slide from one pitch to another, or a band
of `noise`, each with a soft start and a fading end. The same recipe gives the same samples every time.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.files import shipped
from visualizer.language import say

RATE_HZ = 48_000
"""Samples a second, of each of two channels."""

Samples = NDArray[np.int16]
_Wave = NDArray[np.float64]
_RELEASE_S = 0.06
_KINDS = ("tone", "noise")


class SoundError(ValueError):
    """A recipe that cannot be used; the text is one line naming the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Layer:
    """`level` is relative to the other layers, `pan` -1 (left) to 1 (right). The sound rises within
    `attack_s` and falls to 1/e every `decay_s`. `overtones`: levels of 2, 3, ... times the pitch; `sway_hz`:
    how often the loudness swells.
    """

    kind: str
    length_s: float
    attack_s: float
    decay_s: float
    start_s: float = 0.0
    level: float = 1.0
    pan: float = 0.0
    from_hz: float = 440.0
    to_hz: float = 440.0
    overtones: tuple[float, ...] = ()
    low_hz: float = 20.0
    high_hz: float = 20_000.0
    sway_hz: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """`peak`: the loudest sample, as a share of full scale."""

    peak: float
    layers: tuple[Layer, ...]


def sound_names(folder: Path | None = None) -> list[str]:
    """The names that `render` takes, sorted."""
    return sorted(path.stem for path in (folder or shipped("assets") / "sounds").glob("*.toml"))


@lru_cache(maxsize=16)
def render(name: str, folder: Path | None = None) -> Samples:
    """The sound of that name: shape (samples, 2), left and right, at `RATE_HZ`. Begins and ends in silence.

    Raises SoundError for a recipe that is not there or makes no sense.
    """
    recipe = load_recipe(name, folder)
    length = max(round((layer.start_s + layer.length_s) * RATE_HZ) for layer in recipe.layers) + 1
    mixed = np.zeros((length, 2))
    for number, layer in enumerate(recipe.layers):
        start = round(layer.start_s * RATE_HZ)
        made = _layer(layer, number)
        mixed[start : start + len(made)] += made
    mixed *= recipe.peak / np.abs(mixed).max()
    samples = np.round(mixed * np.iinfo(np.int16).max).astype(np.int16)
    samples.setflags(write=False)
    return samples


def load_recipe(name: str, folder: Path | None = None) -> Recipe:
    """Read the recipe `name` from `folder` (default: the shipped ones); SoundError says what is wrong."""
    path = (folder or shipped("assets") / "sounds") / f"{name}.toml"
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        layers = tuple(_checked(layer) for layer in document["layer"])
        peak = document["peak"]
        if not layers or not 0 < peak <= 1:
            raise ValueError(say("a recipe needs a layer, and a peak above 0 and up to 1"))
        return Recipe(float(peak), layers)
    except KeyError as error:
        raise SoundError(say("{path}: {key} is missing", path=path, key=error.args[0])) from None
    except (OSError, UnicodeDecodeError, ValueError, TypeError, AttributeError) as error:
        raise SoundError(f"{path}: {error}") from None


def _checked(table: dict[str, Any]) -> Layer:
    known = {field.name for field in fields(Layer)}
    unknown = [key for key in table if key not in known]
    if unknown:
        raise ValueError(say("unknown in a layer: {keys}", keys=", ".join(unknown)))
    layer = Layer(**{**table, "overtones": tuple(table.get("overtones", ()))})
    if layer.kind not in _KINDS or min(layer.length_s, layer.attack_s, layer.decay_s) <= 0:
        raise ValueError(say("a layer is a tone or noise, and its times are above 0"))
    if not (0 < layer.low_hz < layer.high_hz <= RATE_HZ / 2 and -1 <= layer.pan <= 1 and layer.start_s >= 0):
        raise ValueError(say("a layer's band, pan or start is out of range"))
    return layer


def _layer(layer: Layer, number: int) -> _Wave:
    """Shape (samples, 2)."""
    count = round(layer.length_s * RATE_HZ)
    if layer.kind == "tone":
        wave = np.repeat(_tone(layer, count)[:, None], 2, axis=1)
    else:
        wave = np.stack([_noise(layer, count, (number, side)) for side in (0, 1)], axis=1)
    sides = np.array([min(1.0, 1 - layer.pan), min(1.0, 1 + layer.pan)])
    result: _Wave = layer.level * wave * _envelope(layer, count)[:, None] * sides
    return result


def _tone(layer: Layer, count: int) -> _Wave:
    """A sine that slides, and its overtones."""
    pitch = np.linspace(layer.from_hz, layer.to_hz, count)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE_HZ
    wave: _Wave = np.sin(phase)
    for number, level in enumerate(layer.overtones, start=2):
        wave += level * np.sin(number * phase)
    return wave


def _noise(layer: Layer, count: int, key: tuple[int, int]) -> _Wave:
    """Noise between two pitches, soft at both; left and right are independent, so that it is wide."""
    white = np.random.default_rng(key).standard_normal(count)
    pitch = np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), 1e-3)
    below = 1 / (1 + (layer.low_hz / pitch) ** 4)
    above = 1 / (1 + (pitch / layer.high_hz) ** 4)
    wave: _Wave = np.fft.irfft(np.fft.rfft(white) * below * above, count)
    wave /= np.abs(wave).max()
    return wave


def _envelope(layer: Layer, count: int) -> _Wave:
    """Up like half a cosine, down like a damped bell, and to nothing at the end."""
    seconds = np.arange(count) / RATE_HZ
    rise = 0.5 - 0.5 * np.cos(np.pi * np.minimum(seconds / layer.attack_s, 1.0))
    left = np.arange(count)[::-1] / RATE_HZ
    end = 0.5 - 0.5 * np.cos(np.pi * np.minimum(left / _RELEASE_S, 1.0))
    sway = 1 - 0.35 * (0.5 - 0.5 * np.cos(2 * np.pi * layer.sway_hz * seconds))
    fall = np.exp(-np.maximum(seconds - layer.attack_s, 0) / layer.decay_s)
    result: _Wave = rise * fall * end * sway
    return result
