# ruff: noqa: E501 - a table of sentences reads better unbroken
"""What the caption says of each kind of event, told on a quiet run to which the event has been added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.sim import Setup, State
from visualizer.sim.event import (
    AcknowledgementsBack,
    AcknowledgementsHeld,
    AnnouncementLost,
    Event,
    Farewell,
    FeedChanged,
    FellBack,
    Fenced,
    InDoubt,
    LossCause,
    RequestsRetried,
    ServiceResumed,
    ServiceSuspended,
    SetAside,
    StateLost,
    Takeover,
    TakeoverBegun,
    TakeoverRefused,
    UnitChanged,
    UnitStruck,
)
from visualizer.sim.setup import (
    AnnouncementSetup,
    FeedSetup,
    GuardSetup,
    Rate,
    SiteSetup,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)
from visualizer.sim.state import Role
from visualizer.story.caption import caption
from visualizer.timeline.run import Run

AT = 10_400_000
NOW = 10_500_000
GUARD = GuardSetup("lease", lease_us=4_000_000, fence_us=2_000_000)
TIERS = tuple(
    TierSetup(
        name,
        title,
        sync=SyncSetup("periodic", timeout_us=10_000_000),
        guard=GUARD,
        announcement=AnnouncementSetup(3),
        takeover_us=5_000_000,
        sites=(0, 1),
    )
    for name, title in (("firewall", "Firewall"), ("database", "Database"))
)
SETUP = Setup(
    "world",
    "World",
    "",
    20_000_000,
    TIERS,
    TrafficSetup("fixed", Rate(10)),
    sites=(SiteSetup("one", "Dublin", 0), SiteSetup("two", "Cork", 0)),
    feeds=(FeedSetup("esb", "ESB", ups_us=30_000_000),),
)
BARE = replace(SETUP, feeds=(FeedSetup("esb", "ESB"),))


def said(*events: Event, setup: Setup = SETUP, roles: dict[tuple[int, int], Role] | None = None) -> str:
    run = Run(setup)
    state: State = run.seek(NOW).copy()
    for (tier, unit), role in (roles or {}).items():
        state.change_unit(tier, unit, role=role, since_us=AT)
    return caption(state, [*run.events_between(NOW - 4_000_000, AT), *events], setup)


DOWN, ASIDE, STARTING = Role.DOWN, Role.SET_ASIDE, Role.STARTING
LOST = StateLost(AT, 1, LossCause.CASCADE, 7, 0, 7, None, "")
TABLE: list[tuple[str, tuple[Event, ...], dict[tuple[int, int], Role]]] = [
    ("The primary firewall still lives and sends its heartbeats, but answers nobody. The secondary firewall sees no reason to take over.", (UnitChanged(AT, "slow", 0, 0, "slow"),), {}),
    ("Only the watchdog of the primary firewall dies. The primary firewall serves on in silence, and silence is what the secondary firewall takes for death.", (UnitChanged(AT, "daemon", 0, 0, "mute"),), {}),
    ("The primary firewall sees neither the secondary firewall nor a witness any more, but its clients still reach it.", (UnitChanged(AT, "isolate", 0, 0, "isolated"),), {}),
    ("The primary firewall is sound again.", (UnitChanged(AT, "repair", 0, 0, "sound"),), {}),
    ("ESB fails. Dublin and Cork run on batteries; they last until 40.4 s.", (FeedChanged(AT, 0, "failed"),), {}),
    ("The generator has started: it carries Dublin and Cork now, for as long as it takes.", (FeedChanged(AT, 0, "generator"),), {}),
    ("The generator does not start. Dublin and Cork run on batteries, and there is nothing after them.", (FeedChanged(AT, 0, "no_generator"),), {}),
    ("Power is back in Dublin and Cork. What went dark must be switched on again, with empty memory.", (FeedChanged(AT, 0, "restored"),), {}),
    ("The batteries are empty. Dublin and Cork go dark and take two units down.", (FeedChanged(AT, 0, "dark"), UnitStruck(AT, "utility", 0, 0), UnitStruck(AT, "utility", 0, 1)), {(0, 0): DOWN, (0, 1): DOWN}),
    ("Dublin takes two units at once; nothing was lost with them. What shares a cause is not redundant.", (UnitStruck(AT, "power", 0, 0), UnitStruck(AT, "power", 1, 0)), {(0, 0): DOWN, (1, 0): DOWN}),
    ("The secondary firewall must not take over: the witness still sees the primary firewall at work. Without a witness both would be active now.", (TakeoverRefused(AT, 0, 1, "witness"),), {}),
    ("The secondary firewall could not switch the primary firewall off. It cannot know that the primary firewall is dead, so it must not take over.", (TakeoverRefused(AT, 0, 1, "fence"),), {}),
    ("The secondary firewall switches the primary firewall off before it takes over. Dead or alive, the primary firewall can do no harm now: that is fencing.", (Fenced(AT, 0, 0),), {}),
    ("The secondary firewall senses over the serial cable that its peer has lost power, and takes over at once. It will be active at 15.4 s.", (TakeoverBegun(AT, 0, 1, "power", AT + 5_000_000),), {(0, 1): STARTING}),
    ("The secondary firewall is taking over. It needs 5 s to start; nobody serves until then.", (), {(0, 0): DOWN, (0, 1): STARTING}),
    ("The primary firewall has had no contact with the secondary firewall for 4 s. Its lease has run out: it stops serving, so that never two do.", (ServiceSuspended(AT, 0, 0, "lease"),), {}),
    ("The primary firewall sees neither the secondary firewall nor the witness. Perhaps the secondary firewall is active by now, so the primary firewall stops serving.", (ServiceSuspended(AT, 0, 0, "quorum"),), {}),
    ("The primary firewall has contact again and goes on serving.", (ServiceResumed(AT, 0, 0),), {}),
    ("The primary firewall says farewell before it stops. The secondary firewall need not wait for its silence.", (Farewell(AT, 0, 0, AT + 1),), {}),
    ("The primary firewall says farewell and stops, but the cable is cut: the secondary firewall must find out alone.", (Farewell(AT, 0, 0, None),), {}),
    ("The standby does not answer, so nothing is confirmed to the clients: no promise without a copy. After 10 s it will go on alone.", (AcknowledgementsHeld(AT, 0),), {}),
    ("No answer in time: copying falls back to asynchronous. All that the primary firewall confirms from now on exists only there.", (FellBack(AT, 0),), {}),
    ("The standby has caught up and answers again: each request waits for its copy.", (AcknowledgementsBack(AT, 0),), {}),
    ("Nobody heard the gratuitous ARP of the secondary firewall; two more to come.", (AnnouncementLost(AT, 0, 1, 1),), {}),
    ("Nobody heard the gratuitous ARP of the secondary firewall; no other follows: clients must wait until their caches age out.", (AnnouncementLost(AT, 0, 1, 3),), {}),
    ("Service is back. 12 requests that met nobody are served at the next try: late, not lost.", (RequestsRetried(AT, 5, 7, ""),), {}),
    ("1 request was carried out but never confirmed. Nobody can tell their clients: they are in doubt.", (InDoubt(AT, 0, 1),), {}),
    ("The primary firewall falls and its whole column is out of use: one healthy unit set aside, and 7 sessions with it.", (UnitStruck(AT, "host", 0, 0), SetAside(AT, 1, 0), LOST), {(0, 0): DOWN, (1, 0): ASIDE}),
    ("The primary database is healthy and idle: no path leads through a column that has lost a unit.", (), {(1, 0): ASIDE}),
    ("The primary firewall takes over again before its copy is complete: 9 sessions that only the secondary firewall held are given up.", (Takeover(AT, 0, 0, 0), StateLost(AT, 0, LossCause.FAILBACK, 9, 0, 9, None, "")), {}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "events", "roles"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_the_caption_says(
    sentence: str, events: tuple[Event, ...], roles: dict[tuple[int, int], Role]
) -> None:
    assert said(*events, roles=roles) == sentence


def test_without_batteries_the_end_of_the_feed_is_the_end() -> None:
    assert said(FeedChanged(AT, 0, "failed"), setup=BARE) == (
        "ESB fails. Dublin and Cork go dark and take all in it down."
    )


@pytest.mark.parametrize("why", ["power", "farewell", "handover", "preemption", "silence"])
def test_every_reason_for_a_takeover_has_its_words(why: str) -> None:
    begun = TakeoverBegun(AT, 0, 1, why, AT + 1_000_000)
    assert said(begun, roles={(0, 0): DOWN, (0, 1): STARTING}).endswith("It will be active at 11.4 s.")


def test_fencing_costs_time_and_says_so() -> None:
    tier = replace(TIERS[0], guard=replace(GUARD, kind="fencing"))
    begun = TakeoverBegun(AT, 0, 1, "silence", AT + 2_000_000)
    assert said(begun, setup=replace(SETUP, tiers=(tier, TIERS[1])), roles={(0, 0): DOWN}) == (
        "The secondary firewall will take over, but first it must be sure: fencing the primary firewall takes 2 s."
    )


def test_every_sentence_fits_two_lines() -> None:
    assert max(len(row[0]) for row in TABLE) < 170
