"""The figures of a script are those of the books, the engine and the setup, at any instant."""

from typing import Any

import pytest
from hypothesis import given
from property.profile import examples
from property.straight import with_acts
from property.worlds import INSTANTS, Story, stories

from visualizer.ledger import account, summarise
from visualizer.scenario import load, shipped_names
from visualizer.script.figures import FIGURES
from visualizer.script.script import TierSpot
from visualizer.sim import State, advance, exposure, start
from visualizer.sim.command import LinkTarget, UnitTarget
from visualizer.sim.setup import US_PER_S
from visualizer.sim.state import Role


def state_of(name: str, at_us: int, overrides: tuple[str, ...] = ()) -> State:
    state = start(load(name, overrides=overrides).setup)
    advance(state, at_us)
    return state


def value(name: str, state: State, part: Any = None) -> int | None:
    return FIGURES[name].value(state, part)


def us(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * US_PER_S)


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.parametrize("share", [0.3, 0.6, 1.0])
def test_they_are_the_figures_of_the_summary(name: str, share: float) -> None:
    state = start(load(name).setup)
    advance(state, int(state.setup.duration_us * share))
    told = summarise(state)
    last = told["failovers"][-1] if told["failovers"] else {"achieved_rpo_s": None, "achieved_rto_s": None}
    expected = {
        "lost": told["state_loss"]["sessions"],
        "lost transactions": told["state_loss"]["transactions"],
        "met nobody": told["interruption"]["requests"],
        "failed requests": told["interruption"]["failed"],
        "delayed requests": told["interruption"]["delayed"],
        "waiting requests": told["interruption"]["waiting"],
        "outage": us(told["interruption"]["no_service_s"]),
        "in doubt": told["in_doubt"]["transactions"],
        "at stake": told["at_stake"]["sessions"],
        "sessions": told["offered"]["sessions"],
        "transactions": told["offered"]["transactions"],
        "rpo": us(last["achieved_rpo_s"]),
        "rto": us(last["achieved_rto_s"]),
        "takeovers": sum(one["takeover_at_s"] is not None for one in told["failovers"]),
    }
    assert {one: value(one, state) for one in expected} == expected


@examples(60)
@given(stories(12), INSTANTS)
def test_the_tiers_add_up(story: Story, at_us: int) -> None:
    """What is counted of each tier is the whole; the worst of a bolt is that of the worst tier."""
    setup = with_acts(*story)
    state = start(setup)
    advance(state, at_us)
    spots = [TierSpot(tier) for tier in range(len(setup.tiers))]
    for name in ("lost", "lost transactions", "in doubt", "takeovers"):
        assert sum(value(name, state, spot) or 0 for spot in spots) == value(name, state)
    assert max(value("exposed", state, spot) or 0 for spot in spots) == value("exposed", state)
    assert [value("exposed", state, spot) for spot in spots] == list(exposure(state).by_tier)
    active = [sum(unit.role is Role.ACTIVE for unit in tier.units) for tier in state.tiers]
    assert [value("active units", state, spot) for spot in spots] == active


@examples(60)
@given(stories(12), INSTANTS)
def test_every_figure_can_be_had_at_any_instant(story: Story, at_us: int) -> None:
    setup = with_acts(*story)
    state = start(setup)
    advance(state, at_us)
    books = account(state)
    amounts = {name: figure.value(state) for name, figure in FIGURES.items()}
    assert all(amount is None or amount >= 0 for amount in amounts.values())
    assert amounts["open"] == books.open_sessions
    assert amounts["acknowledged sessions"] == books.acknowledged_sessions
    struck, survivors = amounts["open when struck"], amounts["survivors"]
    assert (struck is None) == (survivors is None) == (not state.failovers)
    if struck is not None and survivors is not None:
        assert struck - (amounts["lost"] or 0) <= survivors <= struck


def test_the_miss_of_the_article() -> None:
    """110 sessions were open, 91 of them copied at 9.0 s; these are all that the secondary goes on with."""
    before, struck, over = (state_of("article", at_us) for at_us in (10_999_999, 11_000_000, 13_000_000))
    assert [value("exposed", state) for state in (before, over)] == [19, 91]
    assert [value("survivors", state) for state in (before, struck, over)] == [None, 91, 91]
    assert value("open when struck", over) == 110
    assert [value("last sync", state) for state in (before, struck, over)] == [9_000_000] * 3
    assert [value("since sync", state) for state in (before, struck)] == [1_999_999, 2_000_000]
    assert [value("held", before, UnitTarget(0, unit)) for unit in (0, 1)] == [110, 91]
    assert value("held", before) == 91
    assert value("rpo", before) is None
    assert [value("rto", state) for state in (struck, over)] == [None, 2_000_000]


def test_the_survivors_are_the_answer_of_the_built_in_question() -> None:
    """Of 110 open sessions; what opens after the takeover is not among them."""
    later = state_of("article", 20_000_000)
    assert value("survivors", later) == 91
    assert (value("open", later) or 0) > 91


def test_the_figures_of_the_setup_follow_what_is_changed() -> None:
    changed = ("tiers.firewall.sync.interval=5s", "tiers.firewall.heartbeat.skew.secondary=700ms",
               "tiers.firewall.sync.link.latency=3ms")  # fmt: skip
    state = state_of("article", 1_000_000, changed)
    assert value("sync interval", state) == 5_000_000
    assert value("heartbeat interval", state) == 1_000_000
    assert value("misses", state) == 3
    assert value("hold time", state) == 3_700_000
    assert value("latency", state) == value("latency", state, LinkTarget(0, 1)) == 3_000
    assert value("latency", state, LinkTarget(0, 0)) == 0


def test_what_is_at_stake_in_a_split_brain_is_what_is_lost_when_it_ends() -> None:
    setup = load("split-brain").setup
    state = start(setup)
    told = advance(state, setup.duration_us)
    ends_us = next(event.at_us for event in told if type(event).__name__ == "Demoted")
    before = state_of("split-brain", ends_us - 1)
    assert value("at stake", before) == value("lost", state) == 499
    assert value("active units", before) == 2


def test_every_figure_says_what_it_is() -> None:
    summaries = [figure.summary for figure in FIGURES.values()]
    assert all(text and not text.endswith(".") for text in summaries)
    assert len(set(summaries)) == len(summaries)
    assert all(figure.of or figure.of_part for figure in FIGURES.values())
