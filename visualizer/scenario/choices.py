"""The words that are one of a few, each with its meaning; faults and policies come from `sim`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from pydantic import PlainValidator

from visualizer.language import marked, translated
from visualizer.scenario.problem import WrongValueError, quoted, suggestion
from visualizer.scenario.values import Shown
from visualizer.script.script import BESIDE, OTHERS
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES
from visualizer.sim.setup import Election, Guard, Law, LifetimeLaw, LinkKind, Path


def _one_of(
    options: Mapping[str, object], kind: str, wrong: str, also: Mapping[str, str]
) -> Callable[[object], str]:
    def check(value: object) -> str:
        word = also.get(value, value) if isinstance(value, str) else value
        if not isinstance(word, str) or word not in options:
            words = [*options, *also]
            what = translated(wrong).format(value=quoted(value))
            raise WrongValueError(what, suggestion(str(value), words, kind))
        return word

    return check


def _choice(
    options: Mapping[str, object],
    kind: str,
    wrong: str,
    texts: Mapping[str, str],
    also: Mapping[str, str] | None = None,
) -> tuple[PlainValidator, Shown]:
    """One of the words `options`; `texts` says in the schema what each of them means, `wrong` what is said of
    a `{value}` that is none. `also`: other words for the same.
    """
    same = also or {}
    texts = {**texts, **{word: f"the same as `{option}`" for word, option in same.items()}}
    words = [{"const": word, "description": text} for word, text in texts.items()]
    return PlainValidator(_one_of(options, kind, wrong, same)), Shown({"type": "string", "oneOf": words})


LAWS: dict[Law, str] = {"fixed": "evenly spaced", "poisson": "by chance, as a Poisson process"}
LIFETIME_LAWS: dict[LifetimeLaw, str] = {
    "exponential": "by chance: many short ones, few long ones",
    "fixed": "all equal",
}
PATHS: dict[Path, str] = {
    "cross": "each unit reaches both units of the next tier: only the failed tier fails over",
    "parallel": "two columns: the failure of one unit moves its whole column",
}
PATHS_ELSEWHERE: dict[str, Path] = {"cross-connected": "cross"}
LINK_KINDS: dict[LinkKind, str] = {
    "network": "a network: any distance, with jitter and loss",
    "serial": "point to point: the standby senses at once when the peer loses power",
}
TRANSPORTS = {
    "reliable": "what is lost is sent again, and the rest waits behind it",
    "datagram": "what is lost stays lost until the next refresh",
}
GUARDS: dict[Guard, str] = {
    "none": "nothing keeps the pair from being active twice",
    "witness": "a third party says whether the active unit lives",
    "lease": "the active unit stops some time after its last contact with the standby",
    "fencing": "the standby switches the other unit off before it takes over",
}
ELECTIONS: dict[Election, str] = {
    "newest": "the one that took over last goes on",
    "priority": "the primary goes on",
}
ICONS = {
    "firewall": "a wall",
    "load_balancer": "one path that becomes several",
    "application": "a program",
    "database": "a drum",
    "server": "a machine of any kind",
}
"""The pictures a tier can have."""

ArrivalLaw = Annotated[Law, *_choice(LAWS, "arrival law", marked("{value} is no arrival law"), LAWS)]
LifeLaw = Annotated[
    LifetimeLaw, *_choice(LIFETIME_LAWS, "lifetime law", marked("{value} is no lifetime law"), LIFETIME_LAWS)
]
PathDesign = Annotated[Path, *_choice(PATHS, "path", marked("{value} is no path"), PATHS, PATHS_ELSEWHERE)]
CableKind = Annotated[
    LinkKind, *_choice(LINK_KINDS, "cable kind", marked("{value} is no cable kind"), LINK_KINDS)
]
Transport = Annotated[str, *_choice(TRANSPORTS, "transport", marked("{value} is no transport"), TRANSPORTS)]
GuardKind = Annotated[Guard, *_choice(GUARDS, "guard", marked("{value} is no guard"), GUARDS)]
ElectionLaw = Annotated[
    Election, *_choice(ELECTIONS, "election", marked("{value} is no election"), ELECTIONS)
]
Icon = Annotated[str, *_choice(ICONS, "icon", marked("{value} is no icon"), ICONS)]
BesideMeasure = Annotated[str, *_choice(BESIDE, "measure", marked("{value} is no measure"), BESIDE)]
BesideOthers = Annotated[
    str, *_choice(OTHERS, "value", marked("{value} does not say how they differ"), OTHERS)
]
FaultKind = Annotated[
    str,
    *_choice(
        FAULTS,
        "fault",
        marked("{value} is no fault"),
        {name: f"{one.title}: {one.summary}" for name, one in FAULTS.items()},
    ),
]
PolicyName = Annotated[
    str,
    *_choice(
        POLICIES,
        "policy",
        marked("{value} is no policy"),
        {name: one.summary for name, one in POLICIES.items()},
    ),
]
