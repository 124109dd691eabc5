"""`run`, `check`, `list`, `schema`: what a script or a teacher types without a window."""

import json
import os
import re
import threading
from pathlib import Path

import pytest

from visualizer import __version__
from visualizer.cli import run_command_line
from visualizer.lab.designs import COMPARISONS
from visualizer.scenario import shipped_names

SHIPPED = shipped_names()


def summary_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert run_command_line(["run", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def failure_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    code = run_command_line(arguments)
    return code, capsys.readouterr().err.splitlines()


def test_article_loses_nineteen_sessions(capsys):
    summary = summary_of(capsys, "article")
    assert summary["format"] == "failover-visualizer/summary/1"
    assert summary["state_loss"]["sessions"] == 19
    assert summary["state_loss"]["by_cause"] == {"unsynced": 19}
    assert (
        summary["interruption"] | {"no_service_s": 2.0, "delayed": 0, "failed": 20} == summary["interruption"]
    )
    assert summary["interruption"]["requests"] == 20
    assert summary["in_doubt"] == {"transactions": 0}
    assert summary["stateful"] is False
    (failover,) = summary["failovers"]
    assert failover["takeover_at_s"] == 13.0
    assert failover["achieved_rpo_s"] == 2.0
    assert failover["achieved_rto_s"] == 2.0


def test_seconds_are_printed_as_short_decimals(capsys):
    run_command_line(["run", "f5", "--json"])
    assert '"takeover_at_s": 13.001' in capsys.readouterr().out


def test_stateful_is_true_where_nothing_is_lost(capsys):
    assert summary_of(capsys, "f5")["stateful"] is True


def test_until_stops_the_run(capsys):
    summary = summary_of(capsys, "article", "--until", "12s")
    assert summary["failovers"][0]["takeover_at_s"] is None
    assert summary["failovers"][0]["achieved_rto_s"] is None
    assert summary["ticks"] == 1200


def test_set_changes_a_value(capsys):
    assert (
        summary_of(capsys, "article", "--set", "tiers.firewall.sync.interval=1s")["state_loss"]["sessions"]
        == 9
    )


def test_fault_adds_an_event(capsys):
    summary = summary_of(capsys, "article", "--fault", "lightning:firewall.secondary@15s")
    assert [failover["fault_at_s"] for failover in summary["failovers"]] == [11.0, 15.0]
    assert "no_survivor" in summary["state_loss"]["by_cause"]


def test_seed_changes_chance_only(capsys):
    poisson = ("article", "--set", "traffic.arrivals=poisson")
    first = summary_of(capsys, *poisson, "--seed", "1")
    assert first["seed"] == 1
    assert first == summary_of(capsys, *poisson, "--seed", "1")
    assert first["trace_sha256"] != summary_of(capsys, *poisson, "--seed", "2")["trace_sha256"]


def test_events_are_written_one_a_line(capsys, tmp_path: Path):
    target = tmp_path / "events.txt"
    assert run_command_line(["run", "article", "--events", str(target)]) == 0
    lines = target.read_text().splitlines()
    assert any("UnitStruck" in line and "firewall" in line for line in lines)
    times = [int(line.split()[0]) for line in lines]
    assert times == sorted(times)


def test_events_do_not_overwrite_unasked(capsys, tmp_path: Path):
    target = tmp_path / "mine.yaml"
    target.write_text("mine")
    assert run_command_line(["run", "article", "--events", str(target)]) == 1
    assert target.read_text() == "mine"
    assert "--force" in capsys.readouterr().err
    assert run_command_line(["run", "article", "--events", str(target), "--force"]) == 0
    assert "UnitStruck" in target.read_text()


def test_events_go_down_a_pipe_that_stays_one(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    listener = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    listener.start()
    assert run_command_line(["run", "article", "--events", str(pipe)]) == 0
    listener.join(10)
    assert "UnitStruck" in heard[0]
    assert pipe.is_fifo()


def test_table_says_what_was_lost(capsys):
    assert run_command_line(["run", "article"]) == 0
    text = capsys.readouterr().out
    assert re.search(r"State lost: sessions\s.*19", text)
    assert "opened since the last sync" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "articel"], 3),
        (["run", "article", "--set", "tiers.firewall.sync.intervall=5s"], 3),
        (["run", "article", "--fault", "lightning:firewall.third@11s"], 3),
        (["run", "article", "--until", "soon"], 2),
        (["run", "article", "--until", "1h"], 2),
        (["run", "article", "--events", "/nowhere/at/all/events.txt"], 1),
        (["run", "."], 3),
        (["run", ""], 3),
        (["shot", "article", "--at", "1s", "-o", "x.jpg"], 2),
        (["film", "article", "-o", "x.avi"], 2),
    ],
)
def test_what_is_wrong_is_one_line(capsys, arguments, code):
    got, lines = failure_of(capsys, *arguments)
    assert got == code
    assert len(lines) == 1
    assert "Traceback" not in lines[0]


def test_usage_is_exit_code_two(capsys):
    for arguments in (
        ["run"],
        ["run", "article", "--seed", "-1"],
        ["shot", "article"],
        ["frobnicate", "--x"],
    ):
        with pytest.raises(SystemExit) as stop:
            run_command_line(arguments)
        assert stop.value.code == 2


def test_version(capsys):
    with pytest.raises(SystemExit) as stop:
        run_command_line(["--version"])
    assert stop.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_list_names_every_comparison_and_its_designs(capsys):
    assert run_command_line(["list", "--comparisons"]) == 0
    told = capsys.readouterr().out
    for comparison in COMPARISONS.values():
        assert f"{comparison.key} " in told
        assert all(variant.title in told for variant in comparison.variants)


def test_list_names_every_scenario(capsys):
    assert run_command_line(["list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == SHIPPED


def test_schema_is_json(capsys):
    assert run_command_line(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"].startswith("https://json-schema.org/")


def test_check_judges_each_file(capsys, tmp_path: Path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: x\nduration: 0s\ntiers: {}\n")
    assert run_command_line(["check", "article", "f5"]) == 0
    assert capsys.readouterr().out.splitlines() == ["article: ok", "f5: ok"]
    assert run_command_line(["check", "article", str(bad)]) == 3
    out, err = capsys.readouterr()
    assert out == "article: ok\n"
    assert all(line.startswith(f"{bad}:") for line in err.splitlines())
    assert len(err.splitlines()) >= 2


def test_check_notes_what_a_story_leaves_out(told, capsys):
    assert run_command_line(["check", told]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{told}: ok",
        f"{told}:13:11: left out: no second takeover comes in this run",
    ]
