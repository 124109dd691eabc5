"""The schema for editors says what the program says."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from scenario.full import FULL

from visualizer import files
from visualizer.scenario import load, load_preset, preset_names, schema_text, shipped_names
from visualizer.scenario.reader import read
from visualizer.sim.faults import FAULTS
from visualizer.sim.replication import POLICIES

SCHEMA = json.loads(schema_text())
VALIDATOR = Draft202012Validator(SCHEMA)


def accepts(text: str) -> bool:
    tree, problems = read(text, "f.yaml")
    assert not problems
    return not list(VALIDATOR.iter_errors(tree.data))


def test_the_committed_schema_is_current() -> None:
    committed = (files.shipped("scenarios") / "scenario.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), (
        "write it again: "
        "python -c 'from visualizer.scenario import schema_text; print(schema_text(), end=\"\")' "
        "> scenarios/scenario.schema.json"
    )


def test_it_is_a_schema_with_words_on_every_key() -> None:
    Draft202012Validator.check_schema(SCHEMA)

    def keys(node: Any) -> Any:
        if isinstance(node, dict):
            yield from node.get("properties", {}).items()
            for value in node.values():
                yield from keys(value)

    described = {name: "description" in key or "$ref" in key for name, key in keys(SCHEMA)}
    assert len(described) > 25
    assert all(described.values()), described
    assert all("description" in part for part in SCHEMA["$defs"].values())


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_scenario_passes_and_names_the_schema(name: str) -> None:
    scenario = load(name)
    assert scenario.text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert accepts(scenario.text)
    assert scenario.setup.name == name
    assert scenario.setup.description


@pytest.mark.parametrize(
    "change",
    [
        ("duration: 20s", "duration: 20"),
        ("duration: 20s", "durration: 20s"),
        ("rate: 10/s", "rate: 10"),
        ("firewall:", "Fire wall:"),
        ("lightning", "lightnin"),
        ("misses: 3", "misses: 61"),
        ("{interval: 3s}", "{policy: sometimes}"),
        ("target: firewall.primary", "target: firewall"),
        ("fault: lightning, target: firewall.primary", "set: traffic.rate"),
        ("fault: lightning, target: firewall.primary", "set: tiers.firewall.boot, value: 1s"),
        ("target: firewall.primary", "target: firewall.third"),
        ("{interval: 3s}", "{never: 101}"),
        ("{interval: 3s}", "{never: half}"),
        ("{interval: 3s}", "{link: {bandwidth: 10Mbps}}"),
        ("{interval: 3s}", "{change_size: 1kb}"),
        ("{interval: 3s}", "{link: {loss: 0.91}}"),
        ("{interval: 3s}", "{transport: pigeon}"),
        ("tiers:", "path: diagonal\ntiers:"),
        ("tiers:", "sites: {Dublin: {}}\ntiers:"),
        ("tiers:", "clients: {retry: {tries: 0}}\ntiers:"),
    ],
)
def test_it_refuses_what_the_program_refuses(change: tuple[str, str]) -> None:
    text = load("article").text
    assert change[0] in text
    assert not accepts(text.replace(*change))


def test_it_says_what_every_fault_and_policy_does() -> None:
    texts = {
        name: {
            one["const"]: one["description"] for one in SCHEMA["$defs"][group]["properties"][name]["oneOf"]
        }
        for group, name in (("FaultEvent", "fault"), ("Sync", "policy"))
    }
    assert texts["policy"] == {name: policy.summary for name, policy in POLICIES.items()}
    assert set(texts["fault"]) == set(FAULTS)
    assert all(FAULTS[name].summary in text for name, text in texts["fault"].items())


def test_it_offers_the_presets_that_fit() -> None:
    presets = [load_preset(name) for name in preset_names()]
    for group, fitting in (
        ("Tier", [preset.name for preset in presets if preset.tier]),
        ("Clients", [preset.name for preset in presets if preset.clients]),
    ):
        offered = SCHEMA["$defs"][group]["properties"]["preset"].get("oneOf", [])
        assert [one["const"] for one in offered] == fitting


def test_it_takes_all_that_the_format_can_say() -> None:
    assert accepts(FULL)


def test_it_takes_what_the_program_takes() -> None:
    head = "title: T\nduration: 1.5 min\ntiers: {a: {boot: 0, link: {latency: 0}}}\n"
    assert accepts(head + "events: [{at: 0, set: traffic.rate, value: 3/min}]\n")
    assert accepts(head + "events: [{at: 0s, set: tiers.a.heartbeat.misses, value: 4}]\n")
