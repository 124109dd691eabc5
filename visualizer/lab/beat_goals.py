"""What a design is to reach: the goals, from the easy to the impossible. To add one: its line in `GOALS`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.language import marked
from visualizer.sim.setup import NONE, US_PER_S, LinkSetup, Setup, Share, TierSetup

_MS = 1000
_DAY_S = 86_400
_LONGEST_SERIAL_US = _MS
"""A serial cable is a few metres long; what is farther away hangs on a network."""


@dataclass(frozen=True, slots=True)
class Goal:
    """`lost`: at most so many are lost, `gap_us`: the gap is shorter than this, `answer_us`: no answer waits
    longer for a copy, `seldom_s`: false failovers are at least so far apart, on average (None: no matter).

    What the world is like: every cable takes `away_us` at least, a heartbeat is lost with chance `beat_loss`
    at least, and the sync cable may be cut for `cut_us`.
    """

    name: str
    title: str
    text: str
    lost: int | None = None
    gap_us: int | None = None
    answer_us: int | None = None
    seldom_s: int | None = None
    away_us: int = 0
    beat_loss: Share = NONE
    cut_us: int = 0


GOALS: tuple[Goal, ...] = (
    Goal(
        "nobody",
        marked("Lose nobody"),
        marked("One bolt, on any unit, at any instant: no session may be lost."),
        lost=0,
    ),
    Goal(
        "quick",
        marked("Gone for less than a second"),
        marked("After one bolt, clients are served again within a second."),
        gap_us=US_PER_S,
    ),
    Goal(
        "calm",
        marked("Quick, but not nervous"),
        marked(
            "Less than a second, while one heartbeat in a hundred gets lost; "
            "a false alarm once a year at most."
        ),
        gap_us=US_PER_S,
        seldom_s=365 * _DAY_S,
        away_us=_MS // 2,
        beat_loss=Share(1, 100),
    ),
    Goal(
        "both",
        marked("Both, at 2\u00a0ms an answer"),
        marked(
            "Nobody lost, gone for less than a second, no answer 2\u00a0ms later; "
            "the standby is 0.5\u00a0ms away."
        ),
        lost=0,
        gap_us=US_PER_S,
        answer_us=2 * _MS,
        away_us=_MS // 2,
    ),
    Goal(
        "city",
        marked("Both, in another city"),
        marked(
            "Nobody lost, less than a second, no answer 10\u00a0ms later; the standby is 40\u00a0ms away."
        ),
        lost=0,
        gap_us=US_PER_S,
        answer_us=10 * _MS,
        away_us=40 * _MS,
    ),
    Goal(
        "cut",
        marked("Both, and the cable may be cut"),
        marked(
            "Nobody lost and nobody kept waiting for a second, "
            "even while the sync cable is cut for 10\u00a0s."
        ),
        lost=0,
        gap_us=US_PER_S,
        away_us=_MS // 2,
        cut_us=10 * US_PER_S,
    ),
)
"""In the order in which they are offered."""


def in_world(setup: Setup, goal: Goal) -> Setup:
    """The design in the world of a goal."""
    return replace(setup, tiers=tuple(_tier(tier, goal) for tier in setup.tiers))


def _tier(tier: TierSetup, goal: Goal) -> TierSetup:
    links = [_away(link, goal.away_us) for link in tier.links]
    beats = tier.heartbeat.link
    links[beats] = replace(links[beats], loss=_more(links[beats].loss, goal.beat_loss))
    return replace(tier, links=tuple(links))


def _away(link: LinkSetup, away_us: int) -> LinkSetup:
    far = away_us > _LONGEST_SERIAL_US
    return replace(link, latency_us=max(link.latency_us, away_us), kind="network" if far else link.kind)


def _more(one: Share, other: Share) -> Share:
    return max(one, other, key=lambda share: share.value)
