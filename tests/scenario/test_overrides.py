"""`--set` and `--fault`: part of the scenario before it is judged, with a place of their own."""

from pathlib import Path

import pytest

from visualizer.scenario import ScenarioError, load
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import Rate, Share


def test_overrides_reach_keys_in_the_file_and_keys_left_out() -> None:
    setup = load(
        "article",
        overrides=[
            "tiers.firewall.sync.interval=5s",
            "tiers.firewall.link.latency = 2ms",
            "traffic.rate=20/s",
            "traffic.transactions=0.5/s",
            "duration=30s",
            "tick=50ms",
            "seed=3",
            "path=parallel",
            "clients.stay_on_old=60%",
            "tiers.firewall.sync.never=0.25",
            "tiers.firewall.link.bandwidth=14720B/s",
            "tiers.firewall.preempt=true",
            'title="No"',
            "tiers.firewall.address.announcements.cache=[23s, 1min]",
        ],
        faults=["repair:firewall.primary@20s", "cut:firewall.link@1.5s"],
    ).setup
    tier = setup.tiers[0]
    assert (tier.sync.interval_us, tier.links[0].latency_us) == (5_000_000, 2_000)
    assert (tier.announcement.cache_low_us, tier.announcement.cache_high_us) == (23_000_000, 60_000_000)
    assert (setup.path, setup.clients.stay) == ("parallel", Share(3, 5))
    assert (tier.sync.never, tier.links[0].bandwidth_bps, tier.preempt) == (Share(1, 4), 117_760, True)
    assert (setup.traffic.session_rate, setup.traffic.transaction_rate) == (Rate(20), Rate(1, 2_000_000))
    assert (setup.duration_us, setup.tick_us, setup.seed, setup.title) == (30_000_000, 50_000, 3, "No")
    assert setup.commands == (
        Strike(1_500_000, "cut", LinkTarget(0, 0)),
        Strike(11_000_000, "lightning", UnitTarget(0, 0)),
        Strike(20_000_000, "repair", UnitTarget(0, 0)),
    )


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("tiers.firewal.sync.interval=5s", "there is no tier `firewal`; did you mean `firewall`?"),
        ("tiers.firewall.sync.intervall=5s", "the key `intervall` is unknown here; did you mean `interval`?"),
        ("trafic.rate=5/s", "the key `trafic` is unknown here; did you mean `traffic`?"),
        ("traffic.rate=5", "traffic.rate: `5` is not a rate; say 5/s or 5/min"),
        ("sites.dubln.feed=esb", "there is no site `dubln`; there is no site to choose from"),
        ("tiers.firewall.preset=3", "tiers.firewall.preset: `3` cannot be a preset's name"),
        ("tiers.firewall.sync.never=60", "`60` is more than the whole; did you mean 60%?"),
        ("tiers.firewall.link.bandwidth=1Mbps", "did you mean 1Mbit/s?"),
        ("seed=yes", "`yes` is a yes or no to some programs"),
        (
            "tiers.firewall.address.announcements.cache=[2s, x]",
            "`x` is not a duration; say it like 3s",
        ),
        ("tiers.firewall.address.announcements.cache=[2s, ]", "there is no value; write one after the `=`"),
        ("seed=014", "`014` is not a plain decimal number"),
        ("seed=", "there is no value; write one after the `=`"),
        ("seed", "this is not PATH=VALUE; say it like traffic.rate=20/s"),
        ("duration.x=1s", "`duration` is not a group of keys; say duration=VALUE"),
        ("tiers.firewall=3", "`tiers.firewall` is not a group of keys"),
        ("events.0.at=3s", "an event has no path; use --fault"),
        ("tick=1us", "tick: `1us` is too short; say 1ms or more"),
        ("traffic.rate=1000000/s", "traffic.rate: about 20,000,000 sessions, the limit is 5,000,000"),
        ("title=a\nb", "title: the text has more than one line; write it on one line"),
        ("title=\udc80", "the invisible character U+DC80"),
    ],
)
def test_a_wrong_override_is_one_line_that_names_it(option: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("article", overrides=[option])
    (line,) = str(caught.value).splitlines()
    assert line.startswith("--set ")
    assert message in line


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("hst:firewall.primary@3s", "fault: `hst` is no fault; did you mean `host`?"),
        ("host:firewall.prim@3s", "there is no target `firewall.prim`; did you mean `firewall.primary`?"),
        ("host:firewall.primary@3", "at: `3` has no unit; say 3s or 3ms"),
        ("host:firewall.primary@99s", "at: 99s is after the end of the run, 20s"),
        ("host", "this is not KIND:TARGET@TIME; say it like host:firewall.primary@11s"),
    ],
)  # fmt: skip
def test_a_wrong_fault_is_one_line_that_names_it(option: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("article", faults=[option])
    (line,) = str(caught.value).splitlines()
    assert line.startswith(f"--fault {option}: ")
    assert message in line


def test_an_override_repairs_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("title: T\nduration: forever\ntiers: {a: {}}\n")
    assert load(path, overrides=["duration=1s"]).setup.duration_us == 1_000_000


def test_a_name_is_a_shipped_scenario_and_a_path_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = load("article")
    assert shipped.path is not None
    assert shipped.text == shipped.path.read_text()
    monkeypatch.chdir(tmp_path)
    Path("mine").write_text(shipped.text)
    assert load("mine").setup.title == shipped.setup.title
    Path("mark.yaml").write_bytes(b"\xef\xbb\xbf" + shipped.text.encode())
    assert load("mark.yaml").setup.tiers == shipped.setup.tiers


def test_default_takes_a_key_away() -> None:
    said = ["tiers.firewall.sync.interval=default", "tiers.firewall.heartbeat=default", 'title="default"']
    setup = load("article-5s", overrides=said).setup
    assert setup.tiers[0].sync.interval_us == 3_000_000
    assert setup.tiers[0].heartbeat == load("article").setup.tiers[0].heartbeat
    assert setup.title == "default"


def test_default_makes_no_group_on_its_way() -> None:
    setup = load("article", overrides=["tiers.firewall.sync.link.latency=default"]).setup
    assert [link.name for link in setup.tiers[0].links] == ["link"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("tiers.firewall.sync.intervall=default", "the key `intervall` is unknown here; did you mean"),
        ("tiers.firewal.sync.interval=default", "there is no tier `firewal`; did you mean `firewall`?"),
        ("duration=default", "the key `duration` is missing"),
    ],
)
def test_a_key_that_cannot_be_taken_away_is_explained(option: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load("article", overrides=[option])
    assert len(caught.value.problems) == 1
    assert message in str(caught.value)
