"""When service is back, as a function of the instant of a strike: learnt from the engine, once for a run.

Between two instants at which something happens in the control plane a strike meets the same state. The
takeover then comes at the same instant wherever the strike falls, or as long after it. So the answer is a
list of stretches, found by striking copies of one undisturbed run at both ends and in the middle, and halving
where they disagree. Instants at which the control plane is in the same phase are alike; that is tried on
samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from visualizer.lab.beat_trial import Steps, after_us
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control_phase import Phases
from visualizer.lab.control_result import Control, Rows
from visualizer.lab.control_stretch import NEVER, Stretch, When, stretches_of
from visualizer.lab.control_strike import NOBODY, Found, Target, quiet, strike
from visualizer.lab.strike import undisturbed
from visualizer.sim import State, advance, start
from visualizer.sim.agenda import Order
from visualizer.sim.knowledge import holder
from visualizer.sim.setup import Setup
from visualizer.sim.traffic import FAR_US

T = TypeVar("T")

MOST_STRIKES = 2000
"""So many copies of the run are struck at most; one that would need more is struck on an even grid."""

GRID_STRIKES = 1000
_INSTANTS_A_STEP = 30


def control_of(setup: Setup, tier: int = 0, fault: str = "lightning", unit: int | None = None) -> Control:
    """`controlling` at once."""
    return at_once(controlling(setup, tier, fault, unit))


def controlling(
    setup: Setup, tier: int = 0, fault: str = "lightning", unit: int | None = None
) -> Steps[Control]:
    """For strikes anywhere in the run of a setup, whose own strikes on units are left out; in steps of some
    milliseconds. `unit` of the tier is struck, None: whoever holds the state at that instant.

    A strike near the end of the scenario is judged by letting it go on. Exact, but for runs in which chance
    makes almost every instant unlike the others (`every_us`).
    """
    learner = _Learner(undisturbed(setup), Target(tier, fault, unit))
    while True:
        found = yield from learner.walk()
        if found is not None:
            return found


def at_once(steps: Steps[T]) -> T:
    """The result of work in steps."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


class _Learner:
    """One undisturbed run, walked from instant to instant, and the copies of it that are struck."""

    def __init__(self, setup: Setup, target: Target) -> None:
        self.end_us = setup.duration_us
        self.patience_us = after_us(setup)
        self.limit_us = self.end_us + self.patience_us
        self.setup = replace(quiet(setup), duration_us=self.limit_us)
        self.target = target
        self.strikes = 0
        self.unlike: set[object] = set()
        """Phases in which strikes turned out not to be alike."""

    def walk(self) -> Steps[Control | None]:
        """The whole run; None: what seemed alike was not, and it has to be walked again."""
        state, rows, instants = start(self.setup), Rows(self.target.tier), 0
        phases, known = Phases(self.target, self.patience_us), _Known()
        advance(state, -1)
        while state.now_us < self.end_us:
            rows.look(state)
            for from_us, to_us in _spans(state, self.end_us):
                found = yield from self._of_span(state, phases, known, from_us, to_us)
                if found is None:
                    return None
                rows.add(found, self._struck(state))
            if self.strikes > MOST_STRIKES:
                return (yield from self._on_a_grid())
            advance(state, min(_next_us(state), self.end_us))
            instants += 1
            if instants % _INSTANTS_A_STEP == 0:
                yield
        yield from self._look_on(state, rows)
        return rows.control(0, self.strikes)

    def _of_span(
        self, state: State, phases: Phases, known: _Known, from_us: int, to_us: int
    ) -> Steps[list[Stretch] | None]:
        """The stretches of [from_us, to_us], in which nothing happens but the strike; None: see `walk`."""
        at_us, unit = state.now_us, self._struck(state)
        if unit == NOBODY:
            return [Stretch(from_us, to_us, NEVER, NEVER)]
        key = (phases.of(state), unit, from_us - at_us, to_us - at_us)
        alike = known.get(key)
        if alike is None or not phases.is_alone(state, at_us + _over_us(alike)):
            found = yield from stretches_of(
                lambda strike_us: self._strike(state, unit, strike_us), from_us, to_us
            )
            alike = [stretch.shifted(-at_us) for stretch in found]
            if key in self.unlike or not phases.is_alone(state, at_us + _over_us(alike)):
                return found
        elif known.is_sample(key) and not (yield from self._agrees(state, unit, alike[-1], to_us)):
            self.unlike.add(key)
            return None
        known.keep(key, alike)
        return [stretch.shifted(at_us) for stretch in alike]

    def _agrees(self, state: State, unit: int, stretch: Stretch, at_us: int) -> Steps[bool]:
        tried = yield from self._strike(state, unit, at_us)
        return tried == stretch.shifted(state.now_us).found(at_us)

    def _strike(self, state: State, unit: int, at_us: int) -> Steps[Found]:
        self.strikes += 1
        yield
        return (yield from strike(state, at_us, self.target, unit, self.limit_us))

    def _struck(self, state: State) -> int:
        if self.target.unit is not None:
            return self.target.unit
        unit = holder(state, self.target.tier)
        return NOBODY if unit is None else unit

    def _look_on(self, state: State, rows: Rows) -> Steps[None]:
        """When those who are without service at the end have it again."""
        rows.look(state)
        while rows.is_unserved and state.agenda and state.agenda[0][0] <= self.limit_us:
            advance(state, state.agenda[0][0])
            rows.look(state)
            yield

    def _on_a_grid(self) -> Steps[Control]:
        """Where hardly two instants are alike."""
        every_us = -(-self.end_us // (GRID_STRIKES * self.setup.tick_us)) * self.setup.tick_us
        state, rows = start(self.setup), Rows(self.target.tier)
        for at_us in range(0, self.end_us + 1, every_us):
            while state.now_us < at_us - 1:
                advance(state, min(_next_us(state), at_us - 1))
                rows.look(state)
            unit, to_us = self._struck(state), min(at_us + every_us - 1, self.end_us)
            if unit == NOBODY:
                rows.add([Stretch(at_us, to_us, NEVER, NEVER)], unit)
                continue
            found = yield from self._strike(state, unit, at_us)
            whens = (NEVER if end_us == NEVER_US else When(end_us - at_us, moves=True) for end_us in found)
            rows.add([Stretch(at_us, to_us, *whens)], unit)
        yield from self._look_on(state, rows)
        return rows.control(every_us, self.strikes)


class _Known:
    """Stretches by phase, relative to the instant of the phase; every now and then one is tried again."""

    def __init__(self) -> None:
        self._stretches: dict[object, list[Stretch]] = {}
        self._times: dict[object, int] = {}

    def get(self, key: object) -> list[Stretch] | None:
        return self._stretches.get(key)

    def is_sample(self, key: object) -> bool:
        """The second time, the third, the fifth, the ninth..."""
        times = self._times[key]
        return times & (times - 1) == 0

    def keep(self, key: object, stretches: list[Stretch]) -> None:
        self._stretches[key] = stretches
        self._times[key] = self._times.get(key, 0) + 1


def _next_us(state: State) -> int:
    return state.agenda[0][0] if state.agenda else FAR_US


def _spans(state: State, end_us: int) -> Iterator[tuple[int, int]]:
    """The instants up to the next at which something happens, that one included; that one alone, if somebody
    acts then, for the strike comes after the act.
    """
    from_us, to_us = state.now_us + 1, min(_next_us(state), end_us)
    acts = to_us == _next_us(state) and state.agenda[0][1] == Order.FAULT
    if acts and from_us < to_us:
        yield from_us, to_us - 1
        from_us = to_us
    yield from_us, to_us


def _over_us(stretches: list[Stretch]) -> int:
    """When all is over after these strikes; FAR_US: never."""
    ends = [when.after(one.to_us) for one in stretches for when in (one.takeover, one.restored)]
    return FAR_US if NEVER_US in ends else max(ends)
