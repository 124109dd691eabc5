# ruff: noqa: E501 - a table of sentences reads better unbroken

from __future__ import annotations

import pytest

from visualizer.ledger import account
from visualizer.opening import in_designs, open_scenario
from visualizer.sim import exposure
from visualizer.story.difference import Side, difference
from visualizer.timeline.run import Run

TABLE = [
    (
        "article",
        "copying",
        10.5,
        "If lightning struck now: with periodic copying 14 sessions would be lost, in the others none.",
    ),
    ("article", "copying", 11.5, "With periodic copying 19 sessions are lost, in the others none."),
    (
        "serial-cable",
        "cable",
        61,
        "Over the serial cable requests are answered, in the others they are not. Over the serial cable 317 sessions are lost, in the others none.",
    ),
    (
        "serial-cable",
        "cable",
        70,
        "Over the serial cable 317 sessions are lost, in the others none. Nobody was served for 2.04 s over the cloud link, for 2 s over the local network, for no time over the serial cable.",
    ),
    (
        "parallel",
        "paths",
        14.5,
        "The load balancer alone was hit. With parallel paths its whole column was set aside, and with it went what each tier had not yet copied.",
    ),
    ("parallel", "paths", 20, "With parallel paths 79 sessions are lost, with cross-connected paths 46."),
    (
        "cold-standby",
        "standby",
        2100,
        "With a warm standby and with a hot standby requests are answered, with a cold standby they are not. With a cold standby 839 sessions are lost, with a warm standby 59, with a hot standby none.",
    ),
]


def sides(scenario: str, key: str, at_s: float, target: str = "", tier: int = 0) -> list[Side]:
    designs = in_designs(open_scenario(scenario), key)
    found = []
    for variant, opened in zip(designs.comparison.variants, designs.opened, strict=True):
        state = Run(opened.setup).seek(round(at_s * 1_000_000))
        exposed = exposure(state).by_tier[tier]
        found.append(
            Side(variant.phrase, state, exposed, target, account(state).no_service_us, "what one run says")
        )
    return found


@pytest.mark.parametrize(("scenario", "key", "at_s", "expected"), TABLE)
def test_one_sentence_says_what_differs(scenario: str, key: str, at_s: float, expected: str) -> None:
    assert difference(sides(scenario, key, at_s)) == expected


def test_it_names_what_would_be_struck_where_there_are_several_tiers() -> None:
    both = sides("parallel", "paths", 13, "the load balancer")
    one, other = both[0], both[1]
    exposed = (
        Side(one.phrase, one.state, 99, one.target, 0, ""),
        Side(other.phrase, other.state, 20, one.target, 0, ""),
    )
    assert (
        difference(exposed)
        == "If lightning struck the load balancer now: with parallel paths 99 sessions would be lost, with cross-connected paths 20."
    )


def test_where_nothing_differs_it_says_what_is_said_of_one_run() -> None:
    assert difference(sides("parallel", "paths", 10)) == "what one run says"
