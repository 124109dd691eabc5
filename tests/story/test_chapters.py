"""The chapters that the events of a run make: of every shipped scenario, and of what people do."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from visualizer.files import shipped
from visualizer.scenario import load
from visualizer.sim.command import Command, FeedTarget, LinkTarget, SiteTarget, Strike, UnitTarget
from visualizer.story.chapters import MOST, Chapter, chapters, number_at
from visualizer.timeline.run import Run

SHIPPED = sorted(path.stem for path in shipped("scenarios").glob("*.yaml"))


def told(name: str, *acts: tuple[float, str, object]) -> tuple[Chapter, ...]:
    """The chapters of a scenario; with acts, of these alone."""
    setup = load(name).setup
    if acts:
        commands: tuple[Command, ...] = tuple(Strike(round(at_s * 1e6), *rest) for at_s, *rest in acts)
        setup = replace(setup, commands=commands)
    run = Run(setup)
    run.finish()
    return chapters(run.events, setup)


def titles(found: tuple[Chapter, ...]) -> list[str]:
    return [chapter.title for chapter in found]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_chapters_that_one_can_follow(name: str) -> None:
    found = told(name)
    setup = load(name).setup
    assert 1 <= len(found) <= MOST
    assert found[0].at_us == 0
    for one, other in pairwise(found):
        assert other.at_us - one.at_us >= 150_000, (one, other)
    assert all(0 <= chapter.at_us < setup.duration_us for chapter in found)
    for chapter in found:
        assert 0 < len(chapter.title) <= 28
        assert chapter.sentence[0].isupper() or chapter.sentence[0].isdigit()
        assert chapter.sentence.endswith(".")
        assert len(chapter.sentence) <= 150


def test_the_article_is_told_in_five() -> None:
    found = told("article")
    assert titles(found) == ["A working pair", "Lightning", "Silence", "Takeover", "What it cost"]
    assert [chapter.at_us for chapter in found] == [0, 10_500_000, 11_500_000, 12_625_000, 14_500_000]
    assert found[1].sentence == (
        "The primary is struck by lightning: 19 sessions that exist nowhere else go with it."
    )
    assert found[4].sentence == "19 sessions are lost, and nobody was served for 2 s."


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("split-brain", "Split brain"),
        ("split-brain", "The cable heals"),
        ("split-brain-lease", "The lease runs out"),
        ("split-brain-fencing", "Fenced"),
        ("garp-lost", "Clients follow"),
        ("cold-standby", "It starts"),
        ("semi-sync", "It gives up waiting"),
        ("failback", "Failback"),
        ("failback", "A pair again"),
        ("dublin-2011", "Darkness"),
        ("dublin-2011", "Service again"),
        ("cross-connected", "Working pairs"),
    ],
)
def test_what_a_scenario_is_about_has_a_chapter(name: str, title: str) -> None:
    assert title in titles(told(name))


def test_a_column_takes_over_as_one() -> None:
    takeover = next(chapter for chapter in told("parallel") if chapter.title == "Takeover")
    assert takeover.sentence.startswith("The other column, as a whole, takes over 2 s after the fault.")


def test_who_was_not_answered_is_counted() -> None:
    assert told("synchronous")[-1].sentence == (
        "No session is lost, and nobody was served for 2 s. For 14 s nobody got an answer."
    )


def test_what_is_wrong_from_the_start_on_comes_after_who_is_who() -> None:
    found = told("synchronous")
    assert titles(found)[:2] == ["A working pair", "The cable is cut"]
    assert found[1].at_us == 6_000_000


def test_when_nobody_is_left_it_says_since_when() -> None:
    found = told("article", (5, "lightning", UnitTarget(0, 0)), (12.5, "host", UnitTarget(0, 1)))
    assert found[-1].sentence.endswith(", and since 12.5 s nobody is served.")


def test_a_second_split_is_told_as_one() -> None:
    splits = [chapter.sentence for chapter in told("jitter") if chapter.title == "Split brain"]
    assert splits[0].startswith("The secondary has missed three heartbeats and takes over")
    assert all(each.startswith("It happens again: the ") for each in splits[1:])


def test_a_cable_says_what_it_carried() -> None:
    cut = [(name, told(name)[1].sentence) for name in ("split-brain", "sync-link-down")]
    assert cut == [
        (
            "split-brain",
            "The cable is cut: no heartbeat and no copy gets through, though both units are well.",
        ),
        (
            "sync-link-down",
            "The sync cable is cut: no copy gets through. The heartbeats go on, on a cable of their own.",
        ),
    ]
    healed = next(each for each in told("split-brain-fencing") if each.title == "The cable heals")
    assert healed.sentence == "The cable carries again, but the primary is off."


def test_what_costs_nothing_says_so() -> None:
    assert told("f5")[-1].sentence == "No session is lost, and nobody was served for 2.5 s."


def test_what_people_do_is_told() -> None:
    primary, secondary, cable = UnitTarget(0, 0), UnitTarget(0, 1), LinkTarget(0, 0)
    assert titles(told("article", (5, "switchover", primary))) == [
        "A working pair", "Switchover", "What it cost"]  # fmt: skip
    assert titles(told("article", (5, "daemon", primary)))[1:4] == ["Daemon dies", "Silence", "Split brain"]
    assert titles(told("article", (5, "heartbeat-loss", cable)))[1] == "The cable loses heartbeats"
    again = told("article", (5, "lightning", primary), (9, "repair", primary), (15, "lightning", secondary))
    assert titles(again).count("Lightning") == titles(again).count("Takeover") == 2
    idle = told("article", (5, "lightning", secondary))
    assert idle[1].sentence.startswith("The secondary is struck by lightning while it only waits.")
    site = told("dublin-2011", (100, "site", SiteTarget(0)))
    assert site[1].sentence == "The whole site is gone: 612 sessions go with it."


@pytest.mark.parametrize("at_s", [0, 0.05, 19.9, 19.999_999])
def test_a_strike_at_either_end_has_its_chapter(at_s: float) -> None:
    found = told("article", (at_s, "lightning", UnitTarget(0, 0)))
    assert titles(found).count("Lightning") == 1
    assert found[0].at_us == 0
    assert all(chapter.at_us <= 20_000_000 for chapter in found)


def test_many_strikes_are_at_most_nine_chapters() -> None:
    acts = [
        (second + half, fault, UnitTarget(0, 0))
        for second in range(1, 19, 3)
        for half, fault in ((0, "lightning"), (1, "repair"))
    ]
    found = told("article", *acts)
    assert len(found) == MOST
    assert found[-1].title == "What it cost"


def test_an_instant_lies_in_the_chapter_that_began_last() -> None:
    found = told("article")
    assert [number_at(found, at_us) for at_us in (0, 10_499_999, 10_500_000, 19_000_000)] == [0, 0, 1, 4]
    assert number_at((), 5) == 0


def test_the_power_that_fails_under_dead_units_takes_nothing_more() -> None:
    strikes = [(60 + unit, "lightning", UnitTarget(0, unit)) for unit in (0, 1)]
    found = told("dublin-2011", *strikes, (70, "utility", FeedTarget(0)))
    darkness = next(chapter for chapter in found if chapter.title == "Darkness")
    assert darkness.sentence.endswith("down.")
