"""A scenario with another number of tiers, all like one of its own."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import Any

from visualizer.scenario.overrides import apply_overrides
from visualizer.scenario.problem import ScenarioError
from visualizer.scenario.reader import read
from visualizer.script.durations import duration_text


def column_text(
    text: str,
    file_name: str,
    like: str,
    phases_us: Sequence[int | None],
    *,
    overrides: Sequence[str] = (),
    faults: Sequence[str] = (),
) -> str:
    """`text` under these options with as many tiers as there are phases, each like the tier `like`, with its
    copies sent at that phase (None: as `like` says). Events that point at other tiers are left out, and so is
    the story. JSON, which every reader of YAML reads too.

    Raises ScenarioError when the options do not fit, KeyError without such a tier.
    """
    tree, problems = read(text, file_name)
    problems += apply_overrides(tree, overrides, faults)
    if problems:
        raise ScenarioError(problems)
    data: dict[str, Any] = tree.data
    one = data["tiers"][like]
    tiers = {_name(like, place): _tier(one, phase, place) for place, phase in enumerate(phases_us)}
    data["tiers"] = tiers
    data.pop("story", None)
    sites = set((tiers[like].get("sites") or {}).values())
    _keep(data, "sites", sites)
    _keep(data, "feeds", {site.get("feed") for site in data.get("sites", {}).values()})
    data["events"] = [event for event in data.get("events", []) if _is_there(event, data)]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _name(like: str, place: int) -> str:
    return f"{like[:37]}-{place + 1}" if place else like


def _tier(like: dict[str, Any], phase_us: int | None, place: int) -> dict[str, Any]:
    tier = copy.deepcopy(like)
    if place and "title" in tier:
        tier["title"] = f"{tier['title'][:110]} {place + 1}"
    if phase_us is not None:
        tier["sync"] = {**(tier.get("sync") or {}), "phase": duration_text(phase_us)}
    return tier


def _keep(data: dict[str, Any], group: str, names: set[str]) -> None:
    if group in data:
        data[group] = {name: one for name, one in data[group].items() if name in names}


def _is_there(event: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether what an event points at is still there."""
    steps = str(event.get("target") or event.get("set")).split(".")
    match steps[0]:
        case "traffic":
            return True
        case "tiers":
            return steps[1] in data["tiers"]
        case "site" | "feed" as kind:
            return steps[1] in data.get(f"{kind}s", {})
        case name:
            return name in data["tiers"]
