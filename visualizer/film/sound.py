"""What is heard in a film: the sounds of the window, each when one first sees what makes it, and voices.

`track` makes it block by block, so that a film can be hours long; the same film gives the same samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from visualizer.canvas.sound import RATE_HZ, Samples, render
from visualizer.film.narration_file import Reader, Recording
from visualizer.film.sound_level import Wave, ducked, faded, limited
from visualizer.script.script import SPEED_ONE
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S
from visualizer.story.cues import Ear
from visualizer.story.tempo import Tempo

BLOCK = 4800
"""Samples that are made at a time: a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A reel as it is heard: what happens in its run, in order of time, and where it begins in the film."""

    events: Iterable[Event]
    tempo: Tempo
    start_us: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's recording, and the instant of the film at which it begins."""

    film_us: int
    recording: Recording


def samples_in(frames: int, fps: int) -> int:
    """How long the sound of so many frames is: never longer than they are, and less than a sample shorter."""
    return frames * RATE_HZ // fps


def track(
    reels: Sequence[Heard], frames: int, fps: int, voices: Sequence[Voice] = (), block: int = BLOCK
) -> Iterator[Samples]:
    """The sound of a film of so many frames: blocks of shape (block, 2), left and right, at `RATE_HZ`; the
    last may be shorter. `reels` and `voices` are in the order in which they begin.

    Raises FilmError when a recording cannot be read any more.
    """
    length = samples_in(frames, fps)
    effects, speech = _Mix(_effects(reels)), _Mix(_speech(voices))
    spoken = [(_sample(each.film_us), each.recording.samples) for each in voices]
    for low in range(0, length, block):
        high = min(low + block, length)
        wave = ducked(effects.read(low, high), low, spoken) + speech.read(low, high)
        yield np.round(limited(faded(wave, low, length)) * np.iinfo(np.int16).max).astype(np.int16)


def _sample(film_us: int) -> int:
    return film_us * RATE_HZ // US_PER_S


def begins(reel: Heard) -> Iterator[tuple[int, str]]:
    """(instant of the film, sound) for all that is heard of a reel, in order.

    What happens at an instant of the run is heard when the run first comes there: before a hold, not after.
    """
    ear = Ear()
    stretches = iter(reel.tempo.stretches)
    stretch = next(stretches)
    first_us = stretch.at_us
    for event in reel.events:
        while event.at_us > stretch.at_us + stretch.length_us * stretch.speed // SPEED_ONE:
            following = next(stretches, None)
            if following is None:
                return
            stretch = following
        gone_us = max(event.at_us - stretch.at_us, 0)
        film_us = stretch.film_us + (-(-gone_us * SPEED_ONE // stretch.speed) if gone_us else 0)
        if event.at_us >= first_us and film_us < reel.tempo.length_us:
            name = ear.hears(event, film_us, stretch.speed)
            if name is not None:
                yield reel.start_us + film_us, name


@dataclass(slots=True)
class _Effect:
    """A sound of the recipes, at full scale 1."""

    start: int
    samples: Samples

    @property
    def end(self) -> int:
        return self.start + len(self.samples)

    def read(self, low: int, high: int) -> Wave:
        return self.samples[low - self.start : high - self.start] / np.iinfo(np.int16).max


@dataclass(slots=True)
class _Spoken:
    """A recording that is read as it goes on: each piece must follow the piece before."""

    start: int
    recording: Recording
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.recording.path)

    @property
    def end(self) -> int:
        return self.start + self.recording.samples

    def read(self, low: int, high: int) -> Wave:
        return self.reader.read(high - low) * self.recording.gain


def _effects(reels: Sequence[Heard]) -> Iterator[_Effect]:
    for reel in reels:
        for film_us, name in begins(reel):
            yield _Effect(_sample(film_us), render(name))


def _speech(voices: Sequence[Voice]) -> Iterator[_Spoken]:
    for voice in voices:
        yield _Spoken(_sample(voice.film_us), voice.recording)


class _Mix:
    """The sum of what sounds. Each part is taken when it begins and forgotten when it has ended."""

    def __init__(self, parts: Iterator[_Effect | _Spoken]) -> None:
        self._coming = parts
        self._next = next(parts, None)
        self._sounding: list[_Effect | _Spoken] = []

    def read(self, low: int, high: int) -> Wave:
        """From one sample to another; each call goes on where the call before ended."""
        while self._next is not None and self._next.start < high:
            self._sounding.append(self._next)
            self._next = next(self._coming, None)
        wave = np.zeros((high - low, 2))
        for part in self._sounding:
            begin, end = max(part.start, low), min(part.end, high)
            wave[begin - low : end - low] += part.read(begin, end)
        self._sounding = [part for part in self._sounding if part.end > high]
        return wave
