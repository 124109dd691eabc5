"""What a bolt at any instant takes: from the exposure of a run in which nothing is struck.

In columns a bolt takes what the other tiers of its column had not sent, too. Where it is not certain that
what they had sent arrives before the takeover, every instant of a grid is struck instead.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.lab.beat_trial import Steps as Work
from visualizer.lab.columns import NEVER_US
from visualizer.lab.control_result import Control
from visualizer.lab.control_strike import NOBODY
from visualizer.lab.curve_spread import Steps
from visualizer.sim import State, advance, command, exposed_intervals, start
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Setup, TierSetup
from visualizer.sim.traffic import FAR_US

MOST_STRIKES = 1500
"""So many instants of a run of columns are struck at most."""


def is_exposure(state: State, tier: int, control: Control) -> bool:
    """Whether the exposure of an undisturbed run says what a bolt takes."""
    setup = state.setup
    if setup.path != "parallel":
        return True
    others = [one for number, one in enumerate(setup.tiers) if number != tier]
    if state.failovers or setup.commands or not all(_is_plain(one) for one in others):
        return False
    on_its_way_us = max((one.links[one.sync.link].latency_us for one in others), default=0)
    return _soonest_us(control) - max(one.takeover_us for one in setup.tiers) >= on_its_way_us


def _is_plain(tier: TierSetup) -> bool:
    """Whether each copy that has left arrives, and just as long after."""
    link, policy = tier.links[tier.sync.link], POLICIES[tier.sync.policy]
    even = not (link.jitter_us or link.loss or link.bandwidth_bps)
    return not policy.copies or (even and not policy.whole)


def _soonest_us(control: Control) -> int:
    """The shortest time from a strike to the takeover; for ever where there is none."""
    takes = control.takeover_us != NEVER_US
    delays = control.takeover_us[takes] - np.where(control.takeover_moves, 0, control.to_us)[takes]
    return int(delays.min(initial=FAR_US))


def exposed_steps(state: State, tier: int) -> Steps:
    """From a run that has been played to its end."""
    tiers, leads_us = [tier], [0]
    if state.setup.path == "parallel":
        others = [one for one in range(len(state.tiers)) if one != tier]
        tiers += others
        leads_us += [state.sync_link(one).latency_us for one in others]
    starts, ends = exposed_intervals(state, tiers, leads_us)
    at_us = np.concatenate([np.maximum(starts, -1), ends, [-1]])
    change = np.concatenate([np.ones(len(starts)), -np.ones(len(ends)), [0]]).astype(np.int64)
    order = np.argsort(at_us, kind="stable")
    at_us, count = at_us[order], np.cumsum(change[order])
    last = np.append(at_us[1:] != at_us[:-1], True) & (at_us < state.now_us)
    return Steps(at_us[last], count[last])


def struck_steps(setup: Setup, tier: int, control: Control) -> Work[tuple[Steps, int]]:
    """From strikes on copies of an undisturbed run at every tick, or if these are too many, at every so many;
    and how far apart they are.
    """
    ticks = setup.duration_us // setup.tick_us + 1
    every_us = -(-ticks // MOST_STRIKES) * setup.tick_us
    instants = np.arange(0, setup.duration_us + 1, every_us, dtype=np.int64)
    units, takeovers = control.units(instants).tolist(), control.takeovers_us(instants).tolist()
    state, lost = start(setup), []
    for at_us, unit, takeover_us in zip(instants.tolist(), units, takeovers, strict=True):
        advance(state, at_us - 1)
        lost.append(0 if unit == NOBODY else taken_by_strike(state, at_us, tier, unit, takeover_us))
        yield
    return Steps(np.append(-1, instants[:-1]), np.array(lost, dtype=np.int64)), every_us


def taken_by_strike(state: State, at_us: int, tier: int, unit: int, takeover_us: int) -> int:
    """Sessions that lightning takes at an instant; in columns, and until the other column has taken over, for
    what is still on its way then is lost too. `state` is just before the strike.
    """
    alone = replace(state.copy(), now_us=at_us, by_fault=True)
    FAULTS["lightning"].apply(alone, tier, unit)
    count = len(alone.lost_sessions) - len(state.lost_sessions)
    if state.setup.path == "parallel" and takeover_us != NEVER_US:
        whole = state.copy()
        command(whole, Strike(at_us, "lightning", UnitTarget(tier, unit)))
        advance(whole, takeover_us)
        late = (loss for loss in whole.losses if loss.at_us > at_us and loss.tier != tier)
        count += sum(len(loss.sessions) for loss in late)
    return count
