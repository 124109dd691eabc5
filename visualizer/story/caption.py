"""One plain sentence about what just happened or is about to, in the words of the labels.

`RULES` are asked in order; the first that has something to say is heard. To add a sentence: one function,
and its line there. Pure: the same state and events give the same sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from visualizer.language import say
from visualizer.sim import Setup, State
from visualizer.sim.event import Event
from visualizer.sim.setup import US_PER_S
from visualizer.story import cable, guards, power, quiet, sick, trouble, waiting
from visualizer.story.moment import Moment
from visualizer.story.words import sentence, unit

RECENT_US = 4 * US_PER_S
"""How far back `caption` wants to be told of events."""

Rule = Callable[[Moment], str | None]

RULES: tuple[Rule, ...] = (
    power.feed_changed,
    power.together,
    trouble.nobody_left,
    sick.cascade,
    guards.fenced,
    guards.refused,
    trouble.struck,
    trouble.standby_struck,
    trouble.failed_back,
    trouble.split_brain,
    sick.changed,
    guards.farewell,
    guards.suspended,
    guards.resumed,
    waiting.fell_back,
    waiting.held,
    trouble.stepped_down,
    cable.changed,
    guards.fencing,
    guards.begun,
    guards.starting,
    waiting.in_doubt,
    trouble.suspicion,
    waiting.unheard,
    trouble.dead_address,
    trouble.taken_over,
    waiting.answered,
    waiting.retried,
    sick.slow,
    guards.isolated,
    quiet.changed_setting,
    quiet.rejoined,
    quiet.coming_back,
    sick.set_aside,
    waiting.still_held,
    power.on_batteries,
    quiet.alone,
    quiet.opening,
    quiet.batch_under_way,
    quiet.arriving,
    quiet.just_copied,
    quiet.exposed,
)
"""From the most urgent to what can always be said."""


def caption(
    state: State, events: Sequence[Event], setup: Setup, exposed: tuple[int, ...] | None = None
) -> str:
    """The sentence for an instant; `events`: what happened in the last `RECENT_US`, in order.

    `exposed`: the exposure by tier, where it is known already.
    """
    moment = Moment(state, tuple(events), setup, exposed)
    return next(said for rule in RULES if (said := rule(moment)))


def opening_us(setup: Setup) -> int:
    """Where a person begins: a second before the story's first event, where a strike costs something."""
    first_us = min((command.at_us for command in setup.commands), default=0)
    return max(first_us - US_PER_S, 0) // setup.tick_us * setup.tick_us


def invitation(state: State) -> str:
    """What to do first, for somebody who can."""
    name = unit(state.setup, 0, state.tiers[0].directed)
    if len(state.setup.tiers) == 1:
        return say("Click the active unit to strike it with lightning. Or press Space and let time run.")
    return sentence(
        say("Click any active unit, {unit} for instance, to strike it with lightning.", unit=name)
    )
