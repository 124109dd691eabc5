"""What the keys of a scenario are called where their values are shown: in the words of the file, and in the
language that is spoken.
"""

from __future__ import annotations

from visualizer.language import marked, say, translated

OF_A_CABLE = (
    marked("kind"),
    marked("latency"),
    marked("jitter"),
    marked("loss"),
    marked("bandwidth"),
    marked("degraded latency"),
    marked("degraded jitter"),
    marked("degraded loss"),
    marked("degraded bandwidth"),
)

OTHERS = (
    marked("path"),
    marked("tiers"),
    marked("fault"),
    marked("seed"),
    marked("duration"),
    marked("tick"),
    marked("sync policy"),
    marked("sync interval"),
    marked("sync phase"),
    marked("sync change size"),
    marked("sync transfer"),
    marked("sync prepare"),
    marked("sync apply"),
    marked("sync timeout"),
    marked("sync pickup delay"),
    marked("sync never"),
    marked("sync transport"),
    marked("sync refresh"),
    marked("sync resend"),
    marked("heartbeat interval"),
    marked("heartbeat misses"),
    marked("heartbeat phase"),
    marked("heartbeat vrrp"),
    marked("heartbeat priority primary"),
    marked("heartbeat priority secondary"),
    marked("heartbeat skew primary"),
    marked("heartbeat skew secondary"),
    marked("heartbeat poll"),
    marked("guard kind"),
    marked("guard lease"),
    marked("guard renewal"),
    marked("guard fence"),
    marked("guard success"),
    marked("address convergence"),
    marked("address announcements count"),
    marked("address announcements spacing"),
    marked("address announcements loss"),
    marked("address announcements cache"),
    marked("takeover"),
    marked("election"),
    marked("preempt"),
    marked("preempt delay"),
    marked("demotion"),
    marked("boot"),
    marked("preset"),
    marked("sites primary"),
    marked("sites secondary"),
    marked("traffic arrivals"),
    marked("traffic rate"),
    marked("traffic lifetime"),
    marked("traffic lifetimes"),
    marked("traffic transactions"),
    marked("traffic initial sessions"),
    marked("traffic response"),
    marked("traffic connections"),
    marked("clients retry first"),
    marked("clients retry factor"),
    marked("clients retry tries"),
    marked("clients stall"),
    marked("clients timeout"),
    marked("clients stay on old"),
    marked("clients preset"),
    marked("feed"),
    marked("ups"),
    marked("generator start"),
    marked("generator probability"),
    marked("manual"),
)
"""The words of all paths but those of cables, without the name of a tier, feed or site before them."""

VALUES = (
    marked("parallel"),
    marked("cross"),
    marked("cross-connected"),
    marked("periodic"),
    marked("streaming"),
    marked("synchronous"),
    marked("semi-sync"),
    marked("snapshot"),
)
"""Words of designs that such a key can be set to; others are shown as they are written."""


def words_of(path: str) -> str:
    """The path in the words of the file: "firewall sync interval"."""
    first, *rest = path.split(".")
    return _words(rest if rest and first in ("tiers", "tier") else [first, *rest])


def title_of(path: str) -> str:
    """The same in the language that is spoken; what it has no word for stays as it is."""
    match path.split("."):
        case ["tier", *rest] if rest:
            return _title(rest)
        case ["tiers", tier, *rest] if rest:
            return say("{tier} {parameter}", tier=_words([tier]), parameter=_title(rest))
        case ["feeds", feed, *rest] if rest:
            return say("feeds {feed} {parameter}", feed=_words([feed]), parameter=_title(rest))
        case ["sites", site, *rest] if rest:
            return say("sites {site} {parameter}", site=_words([site]), parameter=_title(rest))
        case steps:
            return _title(steps)


def value_title(value: str) -> str:
    """A word that a key is set to, as people read it."""
    said = translated(value)
    return said if said != value else value.replace("_", " ")


def _title(steps: list[str]) -> str:
    match steps:
        case ["link", *rest] if _words(rest) in OF_A_CABLE:
            return say("link {quality}", quality=translated(_words(rest)))
        case ["heartbeat", "link", *rest] if _words(rest) in OF_A_CABLE:
            return say("heartbeat link {quality}", quality=translated(_words(rest)))
        case ["sync", "link", *rest] if _words(rest) in OF_A_CABLE:
            return say("sync link {quality}", quality=translated(_words(rest)))
        case ["cable", *rest] if _words(rest) in OF_A_CABLE:
            return say("cable {quality}", quality=translated(_words(rest)))
        case _:
            return translated(_words(steps))


def _words(steps: list[str]) -> str:
    return " ".join(steps).replace("_", " ").replace("-", " ")
