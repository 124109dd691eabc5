"""What was set up: as it was, and every figure of a preset with its source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from report.page_reader import Element, table

from visualizer.opening import open_text
from visualizer.report.material import gather
from visualizer.report.setting import Setting, setting
from visualizer.scenario import load, load_preset, preset_names, taken_figures

Tree = Callable[..., Element]

PAIR = """
title: A pair
duration: 40s
traffic: {{rate: 10/s, transactions: 2/s}}
clients: {{{clients}}}
tiers:
  firewall: {{{tier}}}
events:
{events}
"""


def told(tier: str = "", clients: str = "", events: str = "  []", *overrides: str) -> Setting:
    text = PAIR.format(tier=tier, clients=clients, events=events).replace("events:\n  []", "events: []")
    return setting(gather(open_text(text, None, overrides, (), "pair")))


def line(found: Setting, label: str) -> str:
    return next(row.value for group in found.groups for row in group.rows if row.label == label)


@pytest.mark.parametrize(
    ("tier", "label", "value"),
    [
        ("sync: {interval: 5s, phase: 1s}", "Sync", "every 5 s, first at 1 s"),
        ("sync: {policy: semi-sync, timeout: 2s}", "Answers wait for the copy", "2 s at most"),
        ("sync: {policy: synchronous}", "Answers wait for the copy", "for ever"),
        ("sync: {pickup_delay: 30s}", "Copied from an age of", "30 s"),
        ("sync: {never: 20%}", "Never copied", "20 % of the sessions"),
        ("heartbeat: {interval: 200ms, misses: 1}, link: {latency: 1ms}", "Declared dead after",
         "1 miss: 200 ms of silence"),
        ("link: {latency: 5ms, jitter: 1ms, loss: 10%, bandwidth: 117760bit/s}", "Cable for both",
         "network; 5 ms one way, 1 ms of jitter on average, "
         "10 % of the messages lost, 117\u2009760 bit/s"),
        ("guard: {kind: fencing, fence: 2s, success: 90%}", "Against two active units",
         "fencing: takes 2 s, works with a chance of 90 %"),
        ("address: {announcements: {count: 5, spacing: 8s}}", "Gratuitous ARP", "5 times, 8 s apart"),
        ("takeover: 2min", "A takeover takes", "2 min from the decision"),
    ],
)  # fmt: skip
def test_a_key_of_a_tier_has_its_line(tier: str, label: str, value: str):
    assert line(told(tier), label) == value


def test_what_does_nothing_has_no_line():
    labels = {row.label for group in told().groups for row in group.rows}
    assert "A takeover takes" not in labels
    assert not any("degraded" in label for label in labels)
    assert "Tries again" not in labels


def test_how_a_bad_cable_is_stands_there_when_it_gets_bad():
    events = "  - {at: 5s, fault: degrade, target: firewall.link}"
    found = told("link: {degraded: {loss: 50%}}", events=events)
    assert "50 % of the messages lost" in line(found, "Cable for both, degraded")
    assert [(act.at, act.what) for act in found.acts] == [("5.0 s", "Firewall cable gets bad")]


def test_events_are_told_in_words(tree: Tree):
    found = table(tree("explainer-1-miss"), "What the scenario does to it")
    assert ["11.0 s", "Firewall primary is struck by lightning"] in found
    assert ["17.0 s", "Firewall primary is repaired"] in found


@pytest.mark.parametrize("name", ["fortigate-pickup-delay", "keepalived", "semi-sync", "serial-cable"])
def test_a_figure_of_a_preset_leads_to_its_source(tree: Tree, name: str):
    root = tree(name)
    notes = [link.attributes["href"] for sup in root.all("sup") for link in sup.all("a")]
    targets = {each.attributes["id"]: each for each in root.all("tr") if "id" in each.attributes}
    assert notes
    assert {note.removeprefix("#") for note in notes} <= set(targets)
    for number, taken in enumerate(taken_figures(load(name).text), 1):
        row = targets[f"source-{number}"]
        assert taken.source.figure in row.text
        assert " ".join(taken.source.source.split()) in row.text
        assert taken.path in row.text


@pytest.mark.parametrize("name", preset_names())
def test_every_source_of_every_preset_has_a_line_that_shows_its_figure(name: str):
    """So that no figure of a product stands there without its source."""
    preset = load_preset(name)
    duration = "duration: 2h\n" if name.startswith("vsphere") else "duration: 1h\n"
    head = f"title: x\n{duration}tick: 1s\ntraffic: {{rate: 1/min, transactions: 1/min}}\n"
    tier = f"preset: {name}" if preset.tier else ""
    clients = f"preset: {name}" if preset.clients else ""
    text = f"{head}clients: {{{clients}}}\ntiers:\n  server: {{{tier}}}\n"
    material = gather(open_text(text, None, (), (), "x"))
    noted = {note for group in setting(material).groups for row in group.rows for note in row.notes}
    missing = [taken.path for number, taken in enumerate(material.taken, 1) if number not in noted]
    assert missing == []


def test_a_figure_that_the_scenario_says_itself_has_no_source():
    text = "title: x\nduration: 20s\ntraffic: {rate: 1/s}\ntiers: {server: {preset: fortigate}}\n"
    paths = [taken.path for taken in taken_figures(text)]
    assert "tiers.server.heartbeat.interval" in paths
    own = [taken.path for taken in taken_figures(text, ["tiers.server.heartbeat.interval=1s"])]
    assert own == [path for path in paths if path != "tiers.server.heartbeat.interval"]
