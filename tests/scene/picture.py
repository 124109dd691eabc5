"""Runs and scenes for the tests of the picture."""

from __future__ import annotations

from dataclasses import replace

from visualizer.scene.frame import FrameSource
from visualizer.scene.look import Look
from visualizer.scene.primitives import Scene
from visualizer.scene.view import view
from visualizer.sim import Setup
from visualizer.sim.command import Command, Strike, UnitTarget
from visualizer.sim.setup import (
    HeartbeatSetup,
    LinkSetup,
    Rate,
    SyncSetup,
    TierSetup,
    TrafficSetup,
)
from visualizer.timeline.run import Run

KEYS = (
    ("Space", "pause"),
    ("← →", "step a tick"),
    ("[ ]", "slower, faster"),
    ("S", "strike with lightning"),
    ("C", "cut a cable"),
    ("?", "all keys"),
)
TITLES = (
    "Firewall",
    "Load balancer",
    "Application",
    "Database",
    "Cache",
    "Queue",
    "Search",
    "Object store",
)
LIGHTNING = Strike(11_000_000, "lightning", UnitTarget(0, 0))


def article(*commands: Command) -> Setup:
    """One pair, one cable: 10 sessions a second, a heartbeat every second, a copy every three; 20 s."""
    tier = TierSetup("firewall", "Firewall", "firewall")
    traffic = TrafficSetup("fixed", Rate(10))
    description = "A session opened just after a sync tick. Lightning before the next one."
    return Setup("article", "The miss", description, 20_000_000, (tier,), traffic, commands=commands)


def tiers(count: int, *commands: Command, rate: int = 40, times: int = 1) -> Setup:
    """`count` pairs with two cables each and latency; every text `times` as long."""
    pairs = tuple(
        TierSetup(
            name=f"tier{number}",
            title=" ".join([title] * times),
            icon="server",
            heartbeat=HeartbeatSetup(1_000_000, 3),
            sync=SyncSetup("periodic", 3_000_000, link=1),
            links=(LinkSetup("heartbeat", 20_000), LinkSetup("sync", 300_000)),
            convergence_us=600_000,
        )
        for number, title in enumerate(TITLES[:count])
    )
    traffic = TrafficSetup(
        "fixed", Rate(rate), lifetime_us=20_000_000, transaction_rate=Rate(1), initial_sessions=1200
    )
    title = " ".join(["The weakest link"] * times)
    description = " ".join(["One pair is struck, and every session that it had not copied is gone."] * times)
    return Setup("tiers", title, description, 20_000_000, pairs, traffic, commands=commands)


def scene_at(setup: Setup, at_s: float, look: Look | None = None, *, played: bool = True) -> Scene:
    """The scene of an instant."""
    run = Run(setup)
    run.seek(round(at_s * 1_000_000))
    look = look or Look(1600, 900)
    return view(FrameSource(run).frame(), replace(look, playing=played, keys=look.keys or KEYS))
