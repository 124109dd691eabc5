"""What a report says is what the engine counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from report.page_reader import Element, rows, table

from visualizer.lab.curve import strike_curve
from visualizer.lab.many import measure
from visualizer.lab.strike import strike_instant_us, struck
from visualizer.ledger import chain, chain_of_transaction, lost_changes, summarise
from visualizer.ledger.chain import Chain
from visualizer.opening import open_scenario
from visualizer.report.losses import MOST_IN_GROUP, SHOWN_OF_MANY
from visualizer.scenario import load
from visualizer.sim import State
from visualizer.sim.event import LossCause, Status
from visualizer.story.causes import INTERRUPTED, LOST
from visualizer.story.why import name_of, tell
from visualizer.story.words import instant, sentence
from visualizer.study.plan import plan_of
from visualizer.theory import expectation
from visualizer.timeline import Run

Tree = Callable[..., Element]
SCENARIOS = ("article", "parallel", "split-brain", "semi-sync", "f5", "failback")
MANY = "traffic.transactions=2/s"


def played(name: str, *overrides: str) -> Run:
    run = Run(load(name, overrides=overrides).setup)
    run.finish()
    return run


def number(text: str) -> int:
    return int("".join(text.split()))


def tiles(root: Element) -> dict[str, str]:
    (found,) = root.classed("tiles")
    return {each.the("dt").text: each.the("b").text for each in found.all("div")}


@pytest.mark.parametrize(("name", "more"), [*((name, ()) for name in SCENARIOS), ("article", (MANY,))])
def test_the_books_are_those_of_the_run(tree: Tree, name: str, more: tuple[str, ...]):
    root, summary = tree(name, *more), summarise(played(name, *more).finish())
    lost, gap = summary["state_loss"], summary["interruption"]
    found = {row[0]: row[1:] for row in table(root, "State lost, by cause")[1:]}
    assert [number(count) for count in found.pop("All")] == [lost["sessions"], lost["transactions"]]
    found.pop("Nothing was lost.", None)
    by_cause = {LOST[LossCause(cause)]: count for cause, count in lost["by_cause"].items()}
    assert {title: number(counts[0]) for title, counts in found.items()} == {
        sentence(title): count for title, count in by_cause.items()
    }
    met = {row[0]: row[1] for row in table(root, "Service interrupted")[1:] if len(row) == 2}
    assert number(met["All"]) == gap["requests"]
    assert number(met["Failed for good"]) == gap["failed"]
    assert number(met["Only delayed, served at a later try"]) == gap["delayed"]
    for status, count in gap["by_cause"].items():
        assert number(met[sentence(INTERRUPTED[Status(status)])]) == count
    ((_, in_doubt), *_) = table(root, "In doubt")
    assert number(in_doubt) == summary["in_doubt"]["transactions"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_verdict_and_the_large_figures(tree: Tree, name: str):
    root, summary = tree(name), summarise(played(name).finish())
    (verdict,) = root.classed("verdict")
    assert verdict.attributes["class"] == f"verdict {'good' if summary['stateful'] else 'bad'}"
    assert ("Not a stateful failover" in verdict.text) == (not summary["stateful"])
    assert number(tiles(root)["Sessions lost"]) == summary["state_loss"]["sessions"]
    assert number(tiles(root)["Requests interrupted"]) == summary["interruption"]["requests"]
    assert root.the("h1").text == load(name).setup.title


def test_the_article_in_a_sentence(tree: Tree):
    (verdict,) = tree("article").classed("verdict")
    assert "19 sessions are lost, and nobody was served for 2 s." in verdict.text
    assert tiles(tree("article")) == {
        "Sessions lost": "19",
        "Requests interrupted": "20",
        "No service for": "2 s",
        "Achieved RPO": "2 s",
        "Achieved RTO": "2 s",
    }


@pytest.mark.parametrize("name", ["article", "semi-sync", "garp-lost", "split-brain"])
def test_the_books_balance(tree: Tree, name: str):
    (balance,) = tree(name).classed("balance")
    asked, *parts = [number(term.the("b").text) for term in balance.classed("term")]
    assert asked == sum(parts) > 0


def expected_row(told: Chain) -> list[str]:
    accepted = instant(told.accepted_us) if told.accepted_us >= 0 else "before the start"
    return [
        name_of(told),
        accepted,
        "never" if told.safe_us is None else instant(max(told.safe_us, 0)),
        instant(told.fault_us),
        instant(told.lost_us),
        "never" if told.takeover_us is None else instant(told.takeover_us),
    ]


def chains(state: State) -> list[list[Chain]]:
    """Of all losses, those of one instant, tier and cause together."""
    changes = lost_changes(state)
    found: dict[int, list[Chain]] = {}
    for place in range(len(changes)):
        session, at_us = int(changes.session[place]), int(changes.accepted_us[place])
        of = chain_of_transaction(state, session, at_us) if changes.is_transaction[place] else None
        found.setdefault(int(changes.loss[place]), []).append(of or chain(state, session))
    return list(found.values())


@pytest.mark.parametrize(
    ("name", "more"),
    [("article", ()), ("article", (MANY,)), ("parallel", ()), ("split-brain", ()), ("serial-cable", ()),
     ("explainer-2-copying", ()), ("garp-lost", ()), ("cold-standby", ())],
)  # fmt: skip
def test_each_loss_has_its_chain(tree: Tree, name: str, more: tuple[str, ...]):
    run = played(name, *more)
    groups = list(tree(name, *more).classed("loss"))
    expected = chains(run.finish())
    assert len(groups) == len(expected)
    for group, members in zip(groups, expected, strict=True):
        _, *told = rows(group.the("table"))
        shown = len(members) if len(members) <= MOST_IN_GROUP else SHOWN_OF_MANY
        assert told == [expected_row(one) for one in members[:shown]]
        left = len(members) - shown
        said = [number(more.text.split("And ")[1].split(" more")[0]) for more in group.classed("more")]
        assert said == ([left] if left > 0 else [])
        (steps,) = group.classed("chain")
        lines = [step.text for step in steps.all("li")]
        assert lines in [
            [f"{'never' if s.at_us is None else instant(s.at_us)} {s.label} {s.text}" for s in story]
            for story in (tell(one, run.finish(), run.events) for one in members)
        ]


def test_nothing_lost_needs_no_explanation(tree: Tree):
    root = tree("f5")
    assert not list(root.classed("loss"))
    assert "Nothing was lost in this run" in root.text


def test_every_chapter_has_its_words_and_a_picture_of_its_own(tree: Tree):
    chapters = list(tree("explainer-1-miss").classed("chapter"))
    script = load("explainer-1-miss").script
    assert script is not None
    assert [chapter.the("h3").text for chapter in chapters] == [one.title for one in script.chapters]
    pictures = {chapter.the("img").attributes["src"] for chapter in chapters}
    assert len(pictures) == len(chapters)
    assert "It takes over, and has never heard of 19 sessions." in chapters[1].text


def test_of_several_designs_each_cost_is_told(tree: Tree):
    root = tree("explainer-4-paths")
    _, parallel, cross = table(root, "The same traffic and the same faults in each design")
    for row, path in ((parallel, "parallel"), (cross, "cross")):
        lost = summarise(played("explainer-4-paths", f"path={path}").finish())["state_loss"]
        assert number(row[1]) == lost["sessions"]
    assert number(parallel[1]) > number(cross[1])


def test_what_mattered_is_in_order_of_time(tree: Tree):
    _, *told = table(tree("explainer-4-paths"), "What mattered")
    times = [float(row[0].removesuffix(" s")) for row in told]
    assert times == sorted(times)
    assert len({tuple(row) for row in told}) == len(told)


def test_the_trace_and_the_seed_make_it_again(tree: Tree):
    root, summary = tree("article", "seed=7"), summarise(played("article", "seed=7").finish())
    (facts,) = root.classed("facts")
    assert summary["trace_sha256"] in facts.text
    commands = [each.text for each in next(root.classed("commands")).all("code")]
    assert commands[0] == "failover-visualizer report article --set seed=7 -o report.html"
    assert root.the("pre").text == " ".join(load("article").text.split())


def test_pictures_are_not_blank(tree: Tree):
    import base64
    import io

    import pygame

    for image in tree("article").all("img"):
        kind, _, content = image.attributes["src"].partition(";base64,")
        assert kind == "data:image/png"
        picture = pygame.image.load(io.BytesIO(base64.b64decode(content)), "x.png")
        assert picture.get_size() == (int(image.attributes["width"]), int(image.attributes["height"]))
        assert len(np.unique(pygame.surfarray.array2d(picture))) > 50
        assert image.attributes["alt"]


def test_strikes_at_all_instants_are_those_of_the_curve(tree: Tree):
    curve = strike_curve(load("srx").setup)
    expected = expectation(load("srx").setup)
    assert expected is not None
    assert curve.loss.mean is not None
    assert curve.outage.mean is not None
    _, mean, closed, worst, nothing = table(tree("srx"), "Strikes at all instants")
    assert mean == ["On average", f"{curve.loss.mean:.1f} sessions", f"{curve.outage.mean / 1e6:g} s"]
    assert closed == ["Closed form", f"{expected.lost_sessions:.1f} sessions", f"{expected.outage_s:g} s"]
    assert number(worst[1].split(" sessions")[0]) == int(curve.lost_sessions.max())
    low_us, high_us = curve.window_us
    free = strike_curve(load("srx").setup, 0, np.arange(low_us, high_us, 10_000)).lost_sessions == 0
    assert float(nothing[1].split()[1]) == pytest.approx(100 * free.mean(), abs=0.5)
    assert "all equal" in tree("srx").text


def test_this_run_stands_beside_many(tree: Tree):
    """Each run of the table can be played on its own: the figures are those of the runs that are named."""
    _, *found = table(tree("article"), "This run beside the others")
    by_title = {row[0]: row[1:] for row in found}
    lost = np.array([
        one.lost_sessions[0]
        for one in (measure([struck(replace(load("article").setup, seed=seed), at_us)])
                    for seed, at_us in struck_at("article"))
    ])  # fmt: skip
    this, mean, spread, closed, as_much = by_title["Sessions lost"]
    assert this == "19"
    assert float(mean.split()[0]) == pytest.approx(lost.mean(), abs=0.05)
    assert spread.startswith(f"{lost.min()} to {lost.max()}, half of them ")
    assert closed == "14.5"
    assert float(as_much.split()[0]) == pytest.approx(100 * (lost >= 19).mean(), abs=0.05)
    assert by_title["Runs that lost nothing"][0] == "no"


def struck_at(name: str) -> list[tuple[int, int]]:
    """(seed, instant) of each run of the report."""
    plan = plan_of(open_scenario(name), (), seeds=range(200))
    blow = plan.points[0].family.blow
    assert blow is not None
    return [(seed, strike_instant_us(seed, blow.window_us)) for seed in plan.seeds]
