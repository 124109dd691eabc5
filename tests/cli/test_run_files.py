"""A played run as a file: it replays to the same trace, and what is wrong with it is told in one line."""

import json
from pathlib import Path

import pytest

from visualizer import __version__
from visualizer.cli import run_command_line
from visualizer.opening import Opened, save_run
from visualizer.scenario import load
from visualizer.sim.command import Strike, UnitTarget
from visualizer.timeline import Run, run_file


@pytest.fixture
def played(tmp_path: Path) -> tuple[Path, str]:
    """A saved run in which the standby was struck too, and its trace."""
    scenario = load("article", overrides=["tiers.firewall.sync.interval=2s"])
    run = Run(scenario.setup)
    run.act(Strike(15_370_000, "host", UnitTarget(0, 1)))
    path = tmp_path / "played.yaml"
    opened = Opened("article", scenario.text, ("tiers.firewall.sync.interval=2s",), scenario.setup)
    save_run(opened, run, path)
    return path, run.trace_sha256()


def test_replays_to_the_same_trace(played, capsys):
    path, trace = played
    assert run_command_line(["run", str(path), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["trace_sha256"] == trace
    assert [failover["fault"] for failover in summary["failovers"]] == ["lightning", "host"]


def test_is_an_ordinary_scenario_below_its_seal(played, tmp_path, capsys):
    text = played[0].read_text().split("\n", 2)[2]
    plain = tmp_path / "plain.yaml"
    plain.write_text(text)
    assert run_command_line(["check", str(plain)]) == 0
    assert "15.37" in text


def test_can_be_played_further(played, capsys):
    path, _ = played
    assert run_command_line(["run", str(path), "--fault", "repair:firewall.primary@18s", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["failovers"][1]["fault_at_s"] == 15.37


def test_saving_twice_gives_the_same_bytes(played, tmp_path):
    path, _ = played
    again = tmp_path / "again.yaml"
    scenario = load("article", overrides=["tiers.firewall.sync.interval=2s"])
    run = Run(scenario.setup)
    run.act(Strike(15_370_000, "host", UnitTarget(0, 1)))
    opened = Opened("article", scenario.text, ("tiers.firewall.sync.interval=2s",), scenario.setup)
    save_run(opened, run, again)
    assert again.read_bytes() == path.read_bytes()


def test_every_flipped_byte_is_refused(played, tmp_path, capsys):
    content = played[0].read_bytes()
    changed = tmp_path / "changed.yaml"
    for place in range(content.index(b"\n") + 1, len(content), 37):
        changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert run_command_line(["run", str(changed), "--json"]) == 3
        err = capsys.readouterr().err
        assert len(err.splitlines()) == 1
        assert "changed after it was saved" in err


def test_every_cut_is_refused(played, tmp_path, capsys):
    content = played[0].read_bytes()
    cut = tmp_path / "cut.yaml"
    for length in range(40, len(content), 61):
        cut.write_bytes(content[:length])
        assert run_command_line(["run", str(cut)]) == 3
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_newer_format_names_both_versions(played, tmp_path, capsys):
    newer = tmp_path / "newer.yaml"
    newer.write_text(
        played[0].read_text().replace("/run/1 program=", "/run/2 program=9.").replace("9.0", "9.9.0")
    )
    assert run_command_line(["run", str(newer)]) == 3
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "9.9.0" in err
    assert __version__ in err


def test_other_trace_is_exit_code_five(played, tmp_path, capsys):
    path, trace = played
    sealed = run_file.parse(path.read_text(), str(path), __version__)
    other = run_file.RunFile(sealed.scenario_text, sealed.overrides, sealed.until_us, "0" * 64)
    diverged = tmp_path / "diverged.yaml"
    diverged.write_text(run_file.dump(other, __version__))
    assert run_command_line(["run", str(diverged)]) == 5
    assert trace[:12] in capsys.readouterr().err
