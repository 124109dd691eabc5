"""Whatever the design, `expectation` has an answer or says None; it never fails, and keeps within limits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples

from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import (
    US_PER_S,
    AnnouncementSetup,
    ClientSetup,
    GuardSetup,
    HeartbeatSetup,
    LinkSetup,
    Rate,
    RetrySetup,
    Setup,
    Share,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)
from visualizer.theory import expectation
from visualizer.theory.given import BLOWS

PERIODS = st.sampled_from([US_PER_S, 3 * US_PER_S, 700_000, 999_983])
DELAYS = st.sampled_from([0, 0, 1, 100_000, 1_500_000, 5 * US_PER_S])
SHARES = st.sampled_from([Share(), Share(), Share(1, 5), Share(2, 3), Share(1, 1)])
RATES = st.sampled_from([None, Rate(7), Rate(1, 3 * US_PER_S), Rate(1000)])
TRAFFIC = st.builds(
    TrafficSetup,
    law=st.sampled_from(["fixed", "poisson"]),
    session_rate=RATES,
    lifetime_us=st.sampled_from([None, 2 * US_PER_S]),
    lifetime_law=st.sampled_from(["exponential", "fixed"]),
    transaction_rate=RATES,
    initial_sessions=st.sampled_from([0, 14]),
    response_us=DELAYS,
    connections=st.sampled_from([None, None, 4]),
)
CABLES = st.builds(
    LinkSetup,
    st.just("cable"),
    latency_us=DELAYS,
    kind=st.sampled_from(["network", "serial"]),
    jitter_us=st.sampled_from([0, 0, 0, 1000]),
    loss=SHARES,
    bandwidth_bps=st.sampled_from([None, None, 8_000, 1_000_000]),
)
SYNCS = st.builds(
    SyncSetup,
    policy=st.sampled_from(sorted(POLICIES)),
    interval_us=PERIODS,
    phase_us=DELAYS,
    link=st.just(1),
    change_bytes=st.sampled_from([0, 1000]),
    transfer_us=DELAYS,
    prepare_us=DELAYS,
    apply_us=DELAYS,
    timeout_us=st.sampled_from([None, 0, 2 * US_PER_S]),
    pickup_us=DELAYS,
    never=SHARES,
    datagram=st.booleans(),
    refresh_us=st.sampled_from([0, 2 * US_PER_S]),
)
HEARTBEATS = st.builds(
    HeartbeatSetup,
    interval_us=PERIODS,
    misses=st.integers(1, 4),
    phase_us=DELAYS,
    skew_us=st.tuples(DELAYS, DELAYS),
    poll_us=st.sampled_from([0, 250_000, 300_000, 7]),
)
GUARDS = st.builds(
    GuardSetup,
    kind=st.sampled_from(["none", "witness", "lease", "fencing"]),
    lease_us=DELAYS,
    fence_us=DELAYS,
    fence_success=SHARES,
)
ANNOUNCEMENTS = st.builds(
    AnnouncementSetup,
    count=st.integers(1, 5),
    loss=SHARES,
    cache_low_us=st.sampled_from([0, 20 * US_PER_S]),
    cache_high_us=st.just(30 * US_PER_S),
)


@st.composite
def tiers(draw: st.DrawFn) -> TierSetup:
    heartbeat_cable = draw(st.one_of(st.just(LinkSetup("heartbeat", 1000)), CABLES))
    return TierSetup(
        "tier",
        "Tier",
        heartbeat=draw(HEARTBEATS),
        sync=draw(SYNCS),
        links=(heartbeat_cable, draw(CABLES)),
        convergence_us=draw(DELAYS),
        takeover_us=draw(DELAYS),
        guard=draw(GUARDS),
        announcement=draw(ANNOUNCEMENTS),
    )


@st.composite
def setups(draw: st.DrawFn) -> Setup:
    return Setup(
        "any",
        "",
        "",
        20 * US_PER_S,
        tuple(draw(st.lists(tiers(), min_size=1, max_size=4))),
        draw(TRAFFIC),
        path=draw(st.sampled_from(["cross", "parallel"])),
        clients=ClientSetup(retry=draw(st.sampled_from([None, RetrySetup()]))),
    )


@examples(300)
@given(setup=setups(), fault=st.sampled_from(sorted(BLOWS)), data=st.data())
def test_an_answer_or_none(setup: Setup, fault: str, data: st.DataObject) -> None:
    tier = data.draw(st.integers(0, len(setup.tiers) - 1))
    found = expectation(setup, tier=tier, fault=fault)
    if found is None:
        return
    for value in (found.lost_sessions, found.requests_interrupted, found.outage_s, found.in_doubt):
        assert value is None or value >= 0
    assert found.chance_of_no_loss is None or 0 <= found.chance_of_no_loss <= 1 + 1e-12
    if found.chance_of_no_loss == 1:
        assert found.lost_sessions in (None, 0)
