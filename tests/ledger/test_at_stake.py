"""In a split brain the old active's work is doomed, but not yet lost: the books say so."""

from visualizer.ledger import summarise
from visualizer.scenario import parse
from visualizer.sim import advance, start

SPLIT = """
title: Split
description: The heartbeats stop, both units serve.
duration: 60s
traffic: {rate: 50/s}
tiers: {db: {sync: {interval: 5s}, demotion: 10s}}
events:
  - {at: 12s, fault: cut, target: db.link}
  - {at: 24s, fault: heal, target: db.link}
"""


def summary_at(second: int) -> dict:
    state = start(parse(SPLIT, "split.yaml").setup)
    advance(state, second * 1_000_000)
    return summarise(state)


def test_nothing_is_at_stake_before_the_takeover():
    summary = summary_at(13)
    assert summary["at_stake"] == {"sessions": 0, "transactions": 0}
    assert summary["stateful"] is True


def test_what_only_the_old_active_has_is_at_stake_until_it_is_demoted():
    summary = summary_at(30)
    assert summary["state_loss"]["sessions"] == 0
    assert summary["at_stake"]["sessions"] == 199
    assert summary["stateful"] is False


def test_the_demotion_turns_it_into_loss():
    summary = summary_at(40)
    assert summary["state_loss"]["by_cause"] == {"split_brain": 199}
    assert summary["at_stake"]["sessions"] == 0
