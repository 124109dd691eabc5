# ruff: noqa: E501 - a table of sentences reads better unbroken

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.scenario import load
from visualizer.sim import Setup
from visualizer.sim.command import Command, LinkTarget, SetParameter, Strike, UnitTarget
from visualizer.sim.setup import LinkSetup, Rate, SyncSetup, TierSetup, TrafficSetup
from visualizer.story.caption import RECENT_US, caption, invitation
from visualizer.timeline.run import Run

PRIMARY, SECONDARY, CABLE = UnitTarget(0, 0), UnitTarget(0, 1), LinkTarget(0, 0)
TIER = TierSetup("firewall", "Firewall", "firewall", boot_us=1_000_000)


def strike(at_s: float, fault: str = "lightning", target: UnitTarget | LinkTarget = PRIMARY) -> Strike:
    return Strike(round(at_s * 1_000_000), fault, target)


def setup(*commands: Command, tier: TierSetup = TIER, count: int = 1) -> Setup:
    names = ("firewall", "balancer")
    titles = ("Firewall", "Load balancer")
    tiers = tuple(replace(tier, name=names[i], title=titles[i]) for i in range(count))
    traffic = TrafficSetup("fixed", Rate(10))
    return Setup("article", "The miss", "", 20_000_000, tiers, traffic, commands=commands)


def said(scenario: Setup, at_s: float) -> str:
    run = Run(scenario)
    state = run.seek(round(at_s * 1_000_000))
    return caption(state, run.events_between(state.now_us - RECENT_US, state.now_us + 1), state.setup)


ARTICLE = setup(strike(11))
NEVER = replace(TIER, sync=SyncSetup("none"))
STREAM = replace(TIER, sync=SyncSetup("streaming"), links=(LinkSetup("link", 500_000),))
TWO_CABLES = replace(TIER, sync=SyncSetup(link=1), links=(LinkSetup("a"), LinkSetup("b", 400_000)))

TABLE = [
    (ARTICLE, 0.5, "The primary works. Every 1 s it tells the secondary that it lives. What it copies: all changes since the last tick, as one batch, every 3 s."),
    (ARTICLE, 5.05, "20 sessions opened since the last sync at 3.0 s exist on the primary only."),
    (ARTICLE, 9, "A copy arrives at this very instant. Lightning would come first and take 29 sessions."),
    (ARTICLE, 9.5, "The secondary now holds all up to 9.0 s. The next copy leaves at 12.0 s."),
    (ARTICLE, 11.2, "The primary is struck by lightning. 19 sessions opened since the last sync at 9.0 s exist nowhere else: they are gone."),
    (ARTICLE, 12.5, "Two heartbeats missed. The secondary must miss a third before it dares take over."),
    (ARTICLE, 14, "The secondary takes over 2 s after the strike. It has never heard of the 19 sessions lost with the primary."),
    (ARTICLE, 18, "The secondary serves alone. No second copy exists: one more bolt would take all 141."),
    (setup(strike(11, "host")), 11.2, "The primary fails. 19 sessions opened since the last sync at 9.0 s exist nowhere else: they are gone."),
    (setup(strike(9.15)), 9.2, "The primary is struck by lightning. 1 session opened since the last sync at 9.0 s exists nowhere else: it is gone."),
    (setup(strike(9.05)), 9.2, "The primary is struck by lightning. All that it acknowledged is on the secondary, or on the cable to it: no session is lost."),
    (setup(strike(9.05)), 12.5, "The secondary takes over 2.95 s after the strike, with every session: stateful, this time."),
    (setup(strike(5), tier=NEVER), 5.2, "The primary is struck by lightning. 50 sessions never copied exist nowhere else: they are gone."),
    (setup(tier=NEVER), 5.2, "Nothing is copied: 52 sessions exist on the primary only."),
    (setup(strike(5.05), tier=STREAM), 5.2, "The primary is struck by lightning. 5 sessions still on the cable exist nowhere else: they are gone."),
    (setup(tier=STREAM), 5.2, "Each change is copied at once. What 5 sessions told the primary is still on the cable."),
    (setup(strike(5), tier=replace(TIER, heartbeat=replace(TIER.heartbeat, skew_us=(0, 600_000)))), 7.4, "Three heartbeats missed. The secondary waits a little longer, as it is set to, before it dares take over."),
    (setup(strike(5, target=SECONDARY)), 5.2, "The secondary is struck by lightning. Nobody notices: the primary serves on and holds the only copy."),
    (setup(strike(5, target=SECONDARY), strike(5.1)), 5.3, "Both units of the firewall are down. There is nobody left to take over."),
    (setup(strike(5, "cut", CABLE)), 5.5, "The cable is cut. No heartbeat and no copy gets through, though both units are well."),
    (setup(strike(5.5, "cut", CABLE)), 6.7, "One heartbeat missed. The secondary cannot tell a dead unit from a dead cable: the primary is alive."),
    (setup(strike(5, "cut", CABLE)), 8.2, "Split brain: both units of the firewall are active, and neither knows of the other. What only one of them holds will be discarded."),
    (setup(strike(5, "cut", CABLE), strike(9, "heal", CABLE)), 9.5, "The primary hears its successor and steps down. What only it held is discarded: 39 sessions."),
    (setup(strike(5.5, "cut", LinkTarget(0, 1)), tier=TWO_CABLES), 5.7, "The sync cable is cut. Nothing is copied any more, and what is exposed only grows."),
    (setup(tier=TWO_CABLES), 3.2, "A batch of 31 sessions is on the cable. The secondary does not have it yet."),
    (setup(strike(5), tier=replace(TIER, convergence_us=2_000_000)), 8, "The secondary is active, but requests still go to the dead address until its gratuitous ARP has been heard."),
    (setup(strike(5), strike(9, "repair")), 9.5, "The primary boots. Its memory is empty; it must have a full copy first."),
    (setup(strike(5), strike(9, "repair")), 10.2, "The primary has its full copy. The pair is redundant again."),
    (setup(strike(5), count=2), 6.5, "Two heartbeats missed. The secondary firewall must miss a third before it dares take over."),
    (setup(SetParameter(5_000_000, "sync.interval", 0, 500_000)), 5.2, "Sync every: now 500 ms."),
    (setup(SetParameter(5_000_000, "traffic.rate", None, Rate(40))), 5.2, "New sessions: now 40 a second."),
]  # fmt: skip


@pytest.mark.parametrize(("scenario", "at_s", "sentence"), TABLE, ids=[row[2][:40] for row in TABLE])
def test_the_caption_says(scenario: Setup, at_s: float, sentence: str) -> None:
    assert said(scenario, at_s) == sentence


def test_the_invitation_names_what_to_click() -> None:
    assert invitation(Run(ARTICLE).state) == (
        "Click the active unit to strike it with lightning. Or press Space and let time run."
    )
    assert "the primary firewall" in invitation(Run(setup(count=2)).state)


@pytest.mark.parametrize("misses", [1, 2, 7, 25])
def test_every_number_of_misses_can_be_told(misses: int) -> None:
    heartbeat = replace(TIER.heartbeat, misses=misses, interval_us=100_000)
    scenario = setup(strike(5), tier=replace(TIER, heartbeat=heartbeat))
    for tenth in range(30):
        assert said(scenario, 4.9 + tenth / 10).endswith((".", "!"))


def test_there_is_always_something_to_say() -> None:
    scenario = setup(
        strike(3, "cut", CABLE), strike(7), strike(9, "repair"), strike(12, "heal", CABLE), count=2
    )
    sentences = [said(scenario, at / 4) for at in range(81)]
    assert all(not s[0].islower() and s.endswith(".") for s in sentences)
    assert len(set(sentences)) > 8


@pytest.mark.parametrize(
    ("name", "at_s", "sentence"),
    [
        ("dublin-2011", 608, "Availability zone runs on batteries. They last until 15 min."),
        ("dublin-2011", 780, "Availability zone runs on batteries. They last until 15 min."),
        ("failback", 161.7, "The primary is the preferred unit. It heeds the heartbeats of the secondary no more, and will take over."),
        ("cold-standby", 2030, "829 sessions opened since the last sync at 20 min exist on the primary only."),
    ],
)  # fmt: skip
def test_the_caption_says_of_a_shipped_scenario(name: str, at_s: float, sentence: str) -> None:
    assert said(load(name).setup, at_s) == sentence
