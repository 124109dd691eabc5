"""Somebody strikes in the middle of a lesson: what is no longer so is not said, and the rest still is."""

from __future__ import annotations

import pytest

from visualizer.opening import open_scenario
from visualizer.story.screenplay import screenplay
from visualizer.timeline import Run

FALSE = {
    ("02-the-sync-tick", "cut:firewall.link@10s"): ("due in a moment", "The saw is the same"),
    ("04-faster-heartbeats", "lightning:firewall.secondary@5s"): ("without service before",),
    ("03-the-miss", "lightning:firewall.primary@0.3s"): ("The standby gets it with the next sync.",),
    ("05-who-heard-it", "lightning:firewall.primary@500ms"): ("Now the primary answers to it.",),
    ("06-serial-or-cloud", "lightning:load_balancer.primary@2s"): ("All three send a copy",),
    ("07-the-cut-link", "lightning:firewall.primary@5s"): (
        "The primary is well. To the secondary",
        "Now both are active",
        "Only one of the two can be right.",
        "The primary gives up",
    ),
    ("07-the-cut-link", "lightning:load_balancer.primary@20s"): (
        "Its lease begins to run out.",
        "Given up at the heal",
        "Never did two serve.",
    ),
    ("07-the-cut-link", "lightning:application.primary@40s"): ("The primary is well, and serves on.",),
    ("07-the-cut-link", "lightning:database.primary@50s"): (
        "The secondary hears nothing",
        "Now the primary loses sight",
    ),
    ("08-the-price-of-sync", "lightning:account_book.secondary@5s"): (
        "Now a copy is on the way",
        "Nothing is wrong here",
        "Both units are well",
    ),
    ("09-cold-warm-hot", "lightning:app.primary@500s"): ("the changes are copied to it.",),
    ("09-cold-warm-hot", "lightning:db.primary@500s"): ("Hot: each change", "That is the cold one"),
    ("10-one-falls-all-follow", "lightning:firewall.primary@5s"): (
        "one unit is dead",
        "firewall and application simply went on",
    ),
}
"""A lesson, and what somebody does to it -> the sentences that this makes false."""


def said(lesson: str, *faults: str) -> list[str]:
    opened = open_scenario(f"course/{lesson}", faults=faults)
    run = Run(opened.setup)
    run.finish()
    assert opened.script is not None
    play = screenplay(opened.script, run.setup, run.events, run.state_at)
    return [beat.sentence for beat in play.beats if beat.sentence]


@pytest.mark.parametrize(("lesson", "fault"), FALSE)
def test_nothing_false_is_said(lesson: str, fault: str):
    undisturbed, struck = said(lesson), said(lesson, fault)
    for words in FALSE[lesson, fault]:
        assert any(words in sentence for sentence in undisturbed)
        assert not any(words in sentence for sentence in struck)
    assert len(struck) > len(undisturbed) // 4
