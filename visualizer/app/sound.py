"""Thunder, heartbeats, takeovers and losses, for those who want to hear them. Off until somebody asks.

Nothing is said by sound alone: each goes with something that is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pygame

from visualizer.app.feature import Act, Feature
from visualizer.app.speaker import Speaker
from visualizer.language import marked, say, translated
from visualizer.script.script import SPEED_ONE
from visualizer.sim.event import Event
from visualizer.story.cues import Ear

if TYPE_CHECKING:
    from visualizer.app.controls import Controls

_NO_DEVICE = marked("No sound can be played on this machine; the picture goes on without it.")


class Sound(Feature):
    """Plays what happens between one picture and the next, as far as the `Ear` hears it. What is jumped over
    or scrubbed through is silent; what somebody does is heard at once, paused or not.
    """

    def __init__(self, controls: Controls) -> None:
        super().__init__(controls)
        self.speaker = Speaker()
        self._heard_us = controls.run.now_us
        self._acts = len(controls.run.acts)
        self._wall_ns = 0
        self._ear = Ear()

    @property
    def acts(self) -> Mapping[str, Act]:
        """On and off."""
        return {"sound": self._toggle}

    def changed(self) -> None:
        """What was done is heard; what is taken back is not."""
        run = self.controls.run
        if len(run.acts) == self._acts + 1:
            self._play(run.events_between(run.acts[-1].at_us, run.now_us + 1))
        self._acts = len(run.acts)
        self._heard_us = run.now_us

    def sought(self) -> None:
        """What is jumped over is silent."""
        self._heard_us = self.controls.run.now_us

    def elapse(self, wall_ns: int) -> None:
        """Play what has come since the last picture."""
        self._wall_ns += wall_ns
        run = self.controls.run
        since_us, self._heard_us = self._heard_us, run.now_us
        if run.now_us > since_us:
            self._play(run.events_between(since_us + 1, run.now_us + 1))

    def close(self) -> None:
        """Silence."""
        if pygame.mixer.get_init():
            self.speaker.close()

    def _toggle(self) -> None:
        on = not self.controls.settings.sound
        if on and not self._works(self.speaker.open):
            return
        if not on:
            self.close()
        self.controls.settings = replace(self.controls.settings, sound=on)
        self.controls.notice = say("Sound is on.") if on else say("Sound is off.")

    def _play(self, events: Iterable[Event]) -> None:
        """What is heard of them."""
        if not self.controls.settings.sound:
            return
        at_us, speed = self._wall_ns // 1000, round(self.controls.speed * SPEED_ONE)
        for event in events:
            name = self._ear.hears(event, at_us, speed)
            if name is not None and not self._works(partial(self.speaker.play, name)):
                return

    def _works(self, do: Act) -> bool:
        """Whether the device did it; if not, sound is off from now on, and one line says so."""
        try:
            do()
        except (pygame.error, NotImplementedError):  # no device, one that has gone, or pygame without sound
            self.speaker.close()
            self.controls.settings = replace(self.controls.settings, sound=False)
            self.controls.notice = translated(_NO_DEVICE)
            return False
        return True
