"""A random world as the text of a scenario file."""

from __future__ import annotations

from visualizer.scenario.units import rate_text
from visualizer.sim.setup import Rate, Setup, TierSetup, TrafficSetup


def text_of(setup: Setup) -> str:
    """The scenario of a setup, without its events."""
    lines = [
        f"title: {setup.title}",
        f"duration: {setup.duration_us}us",
        f"tick: {setup.tick_us}us",
        f"seed: {setup.seed}",
        *_traffic(setup.traffic),
        "tiers:",
    ]
    for tier in setup.tiers:
        lines += _tier(tier)
    return "\n".join(lines) + "\n"


def _traffic(traffic: TrafficSetup) -> list[str]:
    lines = [
        "traffic:",
        f"  arrivals: {traffic.law}",
        f"  lifetimes: {traffic.lifetime_law}",
        f"  initial_sessions: {traffic.initial_sessions}",
        f"  response: {traffic.response_us}us",
    ]
    if traffic.lifetime_us is not None:
        lines.append(f"  lifetime: {traffic.lifetime_us}us")
    rates: dict[str, Rate | None] = {"rate": traffic.session_rate, "transactions": traffic.transaction_rate}
    return lines + [f"  {key}: {rate_text(rate)}" for key, rate in rates.items() if rate is not None]


def _tier(tier: TierSetup) -> list[str]:
    heartbeat, sync = tier.heartbeat, tier.sync
    own = len(tier.links) == 2
    link = {True: f", link: {{latency: {tier.links[0].latency_us}us}}", False: ""}[own]
    sync_link = {True: f", link: {{latency: {tier.links[-1].latency_us}us}}", False: ""}[own]
    lines = [
        f"  {tier.name}:",
        f"    title: {tier.title}",
        f"    heartbeat: {{interval: {heartbeat.interval_us}us, misses: {heartbeat.misses}, "
        f"phase: {heartbeat.phase_us}us{link}}}",
        f"    sync: {{policy: {sync.policy}, interval: {sync.interval_us}us, "
        f"phase: {sync.phase_us}us{sync_link}}}",
        f"    address: {{convergence: {tier.convergence_us}us}}",
        f"    demotion: {tier.demotion_us}us",
        f"    boot: {tier.boot_us}us",
    ]
    return lines if own else [*lines, f"    link: {{latency: {tier.links[0].latency_us}us}}"]
