"""`preset: NAME` fills a group: what is written there wins; the rest keeps its place in the preset."""

from pathlib import Path

import pytest

from visualizer.files import shipped
from visualizer.scenario import ScenarioError, load_preset, parse, preset_names, presets, with_commands
from visualizer.scenario.presets import Source
from visualizer.sim.command import Strike, UnitTarget
from visualizer.sim.setup import AnnouncementSetup, ClientSetup, RetrySetup, TierSetup

ADVERTS = """\
title: Adverts
summary: The address moves, state does not.
tier:
  heartbeat: {interval: 1s, misses: 3, vrrp: 3, priority: {primary: 200}}
  sync: {policy: none}
  address:
    announcements: {count: 5, spacing: 2s}
clients:
  stall: 200ms
sources:
  - {value: heartbeat.interval, figure: 1 s, source: a manual}
  - {value: address.announcements, figure: five, source: a manual}
  - {value: clients.stall, figure: 200 ms, source: a header}
"""
PATIENCE = """\
title: Patience
summary: Six tries.
clients:
  retry: {first: 1s, factor: 2, tries: 6}
sources:
  - {value: clients.retry.tries, figure: six, source: a manual}
"""
HEAD = "title: T\nduration: 20s\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two presets in place of the shipped one."""
    (tmp_path / "adverts.yaml").write_text(ADVERTS)
    (tmp_path / "patience.yaml").write_text(PATIENCE)
    monkeypatch.setattr(presets, "folder", lambda: tmp_path)
    return tmp_path


def tier_of(keys: str) -> TierSetup:
    return parse(f"{HEAD}tiers: {{a: {{{keys}}}}}\n", "t.yaml").setup.tiers[0]


def lines_of(text: str, *overrides: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse(text, "f.yaml", overrides)
    return str(caught.value).splitlines()


def test_a_preset_says_what_it_is() -> None:
    assert preset_names() == ["adverts", "patience"]
    preset = load_preset("adverts")
    assert (preset.name, preset.title, preset.summary) == (
        "adverts", "Adverts", "The address moves, state does not.",
    )  # fmt: skip
    assert preset.tier["sync"] == {"policy": "none"}
    assert preset.clients == {"stall": "200ms"}
    assert preset.sources[0] == Source("heartbeat.interval", "1 s", "a manual")
    assert load_preset("patience").tier == {}


def test_a_tier_takes_all_that_it_does_not_say_itself() -> None:
    tier = tier_of("preset: adverts")
    assert (tier.heartbeat.misses, tier.heartbeat.skew_us, tier.sync.policy) == (
        3,
        (218_750, 609_375),
        "none",
    )
    assert tier.announcement == AnnouncementSetup(5, 2_000_000)
    own = tier_of("preset: adverts, heartbeat: {misses: 5}, address: {announcements: {count: 2}}, boot: 1s")
    assert (own.heartbeat.interval_us, own.heartbeat.misses, own.boot_us) == (1_000_000, 5, 1_000_000)
    assert own.announcement == AnnouncementSetup(2, 2_000_000)


def test_two_tiers_take_the_same_preset_each_for_itself() -> None:
    text = f"{HEAD}tiers: {{a: {{preset: adverts, heartbeat: {{misses: 9}}}}, b: {{preset: adverts}}}}\n"
    assert [tier.heartbeat.misses for tier in parse(text, "t.yaml").setup.tiers] == [9, 3]


def test_clients_take_theirs() -> None:
    text = HEAD + "clients: {preset: patience, stall: 1s}\ntiers: {a: {}}\n"
    assert parse(text, "t.yaml").setup.clients == ClientSetup(RetrySetup(1_000_000, 2, 6), 1_000_000)


def test_an_option_names_a_preset_and_changes_what_it_fills() -> None:
    text = HEAD + "tiers: {a: {}}\n"
    options = ["tiers.a.preset=adverts", "tiers.a.heartbeat.misses=7"]
    heartbeat = parse(text, "t.yaml", options).setup.tiers[0].heartbeat
    assert (heartbeat.misses, heartbeat.skew_us) == (7, (218_750, 609_375))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "tiers: {a: {preset: advert}}\n",
            ["f.yaml:3:21: tiers.a.preset: there is no preset `advert`; did you mean `adverts`?"],
        ),
        (
            "tiers: {a: {preset: ../adverts}}\n",
            ["f.yaml:3:21: tiers.a.preset: there is no preset `../adverts`; did you mean `adverts`?"],
        ),
        (
            "tiers: {a: {preset: patience}}\n",
            [
                "f.yaml:3:21: tiers.a.preset: the preset `patience` says nothing of a tier; "
                "the presets are: adverts"
            ],
        ),
        (
            "tiers: {a: {preset: 3}, b: 4}\nclients: {preset: [x]}\n",
            [
                "f.yaml:3:21: tiers.a.preset: `3` cannot be a preset's name; "
                "use lower case letters, digits, _ and -, a letter first, 40 at most",
                "f.yaml:3:28: `tiers.b` is not a group of keys; put its keys on the lines below, indented",
                "f.yaml:4:19: clients.preset: `['x']` cannot be a preset's name; "
                "use lower case letters, digits, _ and -, a letter first, 40 at most",
            ],
        ),
    ],
)  # fmt: skip
def test_a_preset_that_cannot_be_used_is_a_problem_like_any_other(text: str, lines: list[str]) -> None:
    assert lines_of(HEAD + text) == lines


def test_what_a_scenario_says_must_fit_what_it_takes_from_a_preset() -> None:
    assert lines_of(
        HEAD + "tiers: {a: {preset: adverts, heartbeat: {skew: {primary: 1s}, misses: 0}}}\n"
    ) == ["f.yaml:3:71: tiers.a.heartbeat.misses: `0` is out of range; say 1 to 60"]
    assert lines_of(HEAD + "tiers: {a: {preset: adverts, sync: {never: 5%}}}\n") == [
        "f.yaml:3:44: tiers.a.sync.never: only asynchronous copies may leave sessions out; "
        "take it away, or say a policy of these: snapshot, periodic, streaming"
    ]


def test_a_figure_of_a_preset_goes_with_what_the_scenario_replaces(folder: Path) -> None:
    """Nobody can take a key out of a preset's file."""
    stream = "policy: streaming, transport: datagram, refresh: 15s"
    (folder / "adverts.yaml").write_text(ADVERTS.replace("policy: none", stream))
    taken = tier_of("preset: adverts").sync
    assert (taken.datagram, taken.refresh_us) == (True, 15_000_000)
    for keys in ("policy: periodic", "policy: synchronous", "transport: reliable"):
        own = tier_of(f"preset: adverts, sync: {{{keys}}}").sync
        assert (own.datagram, own.refresh_us) == (False, 0)
    assert lines_of(HEAD + "tiers: {a: {preset: adverts, boot: 3, sync: {policy: periodic}}}\n") == [
        "f.yaml:3:36: tiers.a.boot: `3` has no unit; say 3s or 3ms"
    ]
    kept = tier_of("preset: adverts, sync: {policy: periodic, transport: reliable}")
    assert kept.sync.policy == "periodic"


@pytest.mark.parametrize("name", ["drbd-c", "mysql-semi-sync", "conntrackd-alarm"])
@pytest.mark.parametrize("policy", ["none", "snapshot", "periodic", "streaming", "synchronous"])
def test_any_policy_can_stand_in_for_that_of_a_shipped_preset(
    name: str, policy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presets, "folder", lambda: shipped("assets") / "presets")
    assert tier_of(f"preset: {name}, sync: {{policy: {policy}}}").sync.policy == policy


def test_every_problem_of_a_preset_is_told_with_those_of_the_scenario(folder: Path) -> None:
    file = folder / "adverts.yaml"
    file.write_text(
        ADVERTS.replace("misses: 3", "mises: 3").replace("policy: none", "policy: nones") + "more: 1\n"
    )
    expected = [
        "f.yaml:3:58: tiers.a.boot: `3` has no unit; say 3s or 3ms",
        f"{file}:4:29: the key `mises` is unknown here; did you mean `misses`?",
        f"{file}:5:18: tier.sync.policy: `nones` is no policy; did you mean `none`?",
        f"{file}:14:1: the key `more` is unknown here; the keys are: title, summary, tier, clients, sources",
    ]
    found = lines_of(HEAD + "tiers: {b: {preset: adverts}, a: {preset: adverts, boot: 3}}\n")
    assert found == expected
    with pytest.raises(ScenarioError) as caught:
        load_preset("adverts")
    assert str(caught.value).splitlines() == expected[1:]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            "value: clients.stall",
            "value: clients.stal",
            "13:13: there is no value `clients.stal` in this preset; did you mean `clients.stall`?",
        ),
        (
            "value: heartbeat.interval",
            "value: tier.heartbeat",
            "11:13: there is no value `tier.heartbeat` in this preset; did you mean `heartbeat`?",
        ),
        ("  stall: 200ms", "  preset: patience", "9:3: the key `preset` is unknown here"),
        ("  sync: {policy: none}", "  sites: {primary: dublin}", "5:3: the key `sites` is unknown here"),
        ("title: Adverts\n", "", "1:1: the key `title` is missing; add `title: keepalived 2.2.7`"),
        (", source: a manual", "", "11:5: the key `source` is missing"),
    ],
)
def test_what_is_wrong_with_a_preset(folder: Path, before: str, after: str, message: str) -> None:
    file = folder / "adverts.yaml"
    file.write_text(ADVERTS.replace(before, after))
    with pytest.raises(ScenarioError) as caught:
        load_preset("adverts")
    assert any(line.startswith(f"{file}:{message}") for line in str(caught.value).splitlines())


def test_a_preset_needs_a_source(folder: Path) -> None:
    (folder / "bare.yaml").write_text("title: T\nsummary: S\ntier: {boot: 1s}\nsources: []\n")
    with pytest.raises(ScenarioError, match="`sources` is not a list of at least one source; say where"):
        load_preset("bare")


def test_there_is_no_such_preset() -> None:
    with pytest.raises(ScenarioError, match="there is no preset `patients`; did you mean `patience`"):
        load_preset("patients")


def test_saving_leaves_the_preset_by_its_name() -> None:
    text = HEAD + "tiers:\n  a: {preset: adverts}\n"
    setup = parse(text, "t.yaml").setup
    strike = Strike(1_000_000, "host", UnitTarget(0, 0))
    saved = with_commands(text, setup, [strike])
    assert saved == text + "events:\n  - {at: 1s, fault: host, target: a.primary}\n"
    assert parse(saved, "t.yaml").setup.commands == (strike,)
