"""`sweep`, `compare`, `curve`: what a person types, what comes of it, and every mistake as one clear line."""

import csv
import json
import re
import socket
import time
from pathlib import Path

import pytest
from film.disks import run_on_disk

from visualizer.cli import run_command_line
from visualizer.lab.many import rows_of
from visualizer.study.files import WRITERS

SYNC = ("--vary", "sync.interval=100ms,200ms,300ms")
FEW = ("--seeds", "12", "--jobs", "1")


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What a command prints that ends well."""
    assert run_command_line(arguments) == 0
    return capsys.readouterr().out.splitlines()


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """(exit code, the one line) of a command that ends badly."""
    try:
        code = run_command_line(arguments)
    except SystemExit as end:  # what argparse refuses
        code = int(str(end.code))
    shown = capsys.readouterr()
    assert shown.out == ""
    last = shown.err.splitlines()[-1]
    assert "Traceback" not in shown.err
    return code, last


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]


def test_a_sweep_without_files_is_a_table_of_its_points(short, capsys):
    shown = told(capsys, "sweep", short, *SYNC, *FEW)
    rows = [cells_of(line) for line in shown if line.startswith("│")]
    assert [row[0] for row in rows] == ["100ms", "200ms", "300ms"]
    means = [float(row[1].partition(" ±")[0]) for row in rows]
    assert means == sorted(means)
    assert "Short: 12 runs a point" in shown
    assert any("firewall.primary is struck at an instant of its own" in line for line in shown)


def test_the_sweep_of_the_issue_writes_what_its_names_say(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = [f"loss{kind}" for kind in (*WRITERS, ".png", ".svg")]
    outputs = [word for name in names for word in ("-o", name)]
    vary = ("--vary", "tiers.firewall.sync.interval=0.5s..10s:20")
    shown = told(capsys, "sweep", "article", *vary, "--seeds", "10", "--jobs", "1", *outputs)
    assert [line.partition(":")[0] for line in shown] == names
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    with Path("loss.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["firewall_sync_interval_s"]) for row in rows] == [step / 2 for step in range(1, 21)]
    assert {row["lost_sessions_runs"] for row in rows} == {"10"}
    columns = json.loads(Path("loss.json").read_text())["columns"]
    assert columns["lost_sessions_mean"] == [float(row["lost_sessions_mean"]) for row in rows]
    assert Path("loss.png").read_bytes().startswith(b"\x89PNG")
    assert "Sessions lost, by firewall sync interval" in Path("loss.svg").read_text()


def test_a_row_can_be_a_run_of_the_measures_asked_for(short, tmp_path, capsys):
    path = tmp_path / "runs.csv"
    asked = ("--rows", "runs", "--measure", "outage_s,lost_sessions", "-o", str(path))
    told(capsys, "sweep", short, *SYNC, *FEW, *asked)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == 36
    assert set(rows[0]) == {"sync_interval_s", "seed", "strike_us", "lost_sessions", "outage_s"}


def test_two_parameters_are_a_grid(short, capsys):
    shown = told(capsys, "sweep", short, *SYNC, "--vary", "heartbeat.misses=2..4", *FEW)
    rows = [cells_of(line) for line in shown if line.startswith("│")]
    assert [(row[0], len(row)) for row in rows] == [("100ms", 4), ("200ms", 4), ("300ms", 4)]


def test_what_a_sweep_says_is_what_it_was_asked(short, capsys):
    shown = told(capsys, "sweep", short, *FEW, "--measure", "stateful,failovers")
    assert any("Runs that lost nothing" in line for line in shown)
    assert any("Failovers" in line for line in shown)


def test_all_runs_can_be_struck_at_one_instant_or_as_written(short, tmp_path, capsys):
    strikes = {}
    for when in ("500ms", "as-written", "random"):
        path = tmp_path / f"{when}.csv"
        told(capsys, "sweep", short, *FEW, "--strike", when, "--rows", "runs", "-o", str(path))
        strikes[when] = [row["strike_us"] for row in csv.DictReader(path.read_text().splitlines())]
    assert set(strikes["500ms"]) == set(strikes["as-written"]) == {"500000"}
    assert len(set(strikes["random"])) == 12


def test_designs_are_compared_in_pairs(short, tmp_path, capsys):
    path = tmp_path / "compared.csv"
    shown = told(capsys, "compare", short, *SYNC, *FEW)
    assert any("100ms" in line and "300ms" in line for line in shown)
    assert any(re.search(r"\+\d+\.\d+ ± \d", line) for line in shown)
    told(capsys, "compare", short, *SYNC, *FEW, "--measure", "lost_sessions", "-o", str(path))
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert [row["design"] for row in rows] == ["100ms", "200ms", "300ms"]
    assert float(rows[2]["difference_mean"]) == pytest.approx(float(rows[2]["mean"]) - float(rows[0]["mean"]))


def test_scenarios_are_compared_and_drawn(short, tmp_path, capsys):
    other, chart = tmp_path / "other.yaml", tmp_path / "both.svg"
    other.write_text(Path(short).read_text().replace("300ms", "150ms"))
    told(capsys, "compare", short, str(other), *FEW, "-o", str(chart))
    drawn = chart.read_text()
    assert all(name in drawn for name in ("What they cost: ", "mean difference", "against "))


def test_the_curve_tells_mean_worst_and_closed_form_and_that_it_was_checked(short, tmp_path, capsys):
    data, chart = tmp_path / "curve.csv", tmp_path / "curve.png"
    shown = told(capsys, "curve", short, "-o", str(data), "-o", str(chart))
    lost = next(cells_of(line) for line in shown if "Sessions lost" in line)
    rows = list(csv.DictReader(data.read_text().splitlines()))
    assert len(rows) == 101
    assert int(lost[3]) == max(int(row["lost_sessions"]) for row in rows)
    assert "Checked by re-running at 12 instants: all equal." in shown
    assert chart.stat().st_size > 10_000


def test_the_same_sweep_is_the_same_file_however_many_play_it(short, tmp_path, capsys):
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    told(capsys, "sweep", short, *SYNC, "--seeds", "60", "--jobs", "1", "-o", str(one))
    told(capsys, "sweep", short, *SYNC, "--seeds", "60", "--jobs", "2", "-o", str(two))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--vary", "sync.interval"), "this is not PATH=VALUES"),
        (("--vary", "sync.interval=10s..1s:5"), "the range ends before it begins"),
        (("--vary", "sync.interval=1s..10:5"), "`10` has no unit"),
        (("--vary", "sync.interval=1s..2s"), "how many values is not said"),
        (("--vary", "sync.intervall=1s,2s"), "did you mean `interval`?"),
        (("--vary", "heartbeat.misses=0..3"), "heartbeat.misses"),
        (("--vary", "rate=1..3"), "the key `rate` is unknown"),
        ((*SYNC, "--vary", "heartbeat.misses=2,3", "--vary", "tick=1ms,2ms"), "3 parameters at once; say 2"),
        ((*SYNC, *SYNC), "the same parameter twice"),
        ((*SYNC, "--strike", "9h"), "--strike 9h"),
        ((*SYNC, "--strike", "often"), "--strike often"),
        ((*SYNC, "--seeds", "0"), "--seeds"),
        ((*SYNC, "--seeds", "1900000"), "the limit is 2,000,000"),
        ((*SYNC, "--measure", "losses"), "--measure"),
        ((*SYNC, "--jobs", "2", "--scheduler", "x:1"), "--scheduler"),
        ((*SYNC, "--resume"), "--resume"),
        ((*SYNC, "-o", "x.xlsx"), ".csv, .json, .parquet, .png, .svg"),
        ((*SYNC, "-o", "x.csv", "-o", "x.csv"), "the same file twice"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_exit_code_2(short, monkeypatch, capsys, wrong, said):
    folder = Path(short).parent
    monkeypatch.chdir(folder)
    code, line = complaint(capsys, "sweep", short, *wrong)
    assert code == 2
    assert said in line
    assert [path.name for path in folder.iterdir()] == ["short.yaml"]


def test_a_tier_that_is_not_there_is_named_with_the_nearest(short, capsys):
    code, line = complaint(capsys, "curve", short, "--tier", "firewal")
    assert (code, "did you mean `firewall`?" in line) == (2, True)


def test_a_scenario_that_is_wrong_has_the_exit_code_of_scenarios(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text("title: x\n")
    code, line = complaint(capsys, "sweep", str(path), *SYNC)
    assert code == 3
    assert "wrong.yaml" in line


def test_what_cannot_be_written_is_refused_before_any_run(short, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("visualizer.lab.playing.rows_of", None)  # whoever plays a run fails
    there, folder = tmp_path / "there.csv", tmp_path / "folder.csv"
    there.write_text("mine")
    folder.mkdir()
    for path, said in (
        (there, "--force"),
        (folder, "is a folder"),
        (tmp_path / "no" / "x.csv", "there is no folder"),
    ):
        code, line = complaint(capsys, "sweep", short, *SYNC, "-o", str(path))
        assert (code, said in line, str(path) in line) == (1, True, True)
    assert there.read_text() == "mine"


def test_parquet_without_its_package_says_how_to_get_it(short, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("visualizer.cli.targets.find_spec", lambda name: None)
    code, line = complaint(capsys, "sweep", short, *SYNC, "-o", str(tmp_path / "x.parquet"))
    assert (code, "pip install 'failover-visualizer[parquet]'" in line) == (1, True)


def test_a_scheduler_that_is_not_there_is_one_line_within_seconds(short, capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    begun = time.monotonic()
    code, line = complaint(capsys, "sweep", short, *SYNC, "--scheduler", address)
    assert code == 1
    assert address in line
    assert time.monotonic() - begun < 30


def test_force_writes_over_what_is_there(short, tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("mine")
    told(capsys, "sweep", short, *SYNC, *FEW, "-o", str(path), "--force")
    assert path.read_text().startswith("sync_interval_s,")


LONG = ("--vary", "sync.interval=100ms..300ms:40", "--seeds", "500", "--jobs", "1", "-o", "x.csv")


def test_ctrl_c_keeps_what_is_done_and_resume_gives_the_same_file(short, tmp_path, capsys, monkeypatch):
    asked = ("sweep", short, "--vary", "sync.interval=100ms..300ms:5", "--seeds", "80", "--jobs", "1", "-o")
    path, straight = tmp_path / "x.csv", tmp_path / "y.csv"
    tasks = []

    def stopped(task):
        if len(tasks) == 3:
            raise KeyboardInterrupt
        tasks.append(task)
        return rows_of(task)

    with monkeypatch.context() as patch:
        patch.setattr("visualizer.lab.playing.rows_of", stopped)
        code, line = complaint(capsys, *asked, str(path))
    runs = sum(len(task) for task in tasks)
    assert code == 130
    assert line == f"stopped by Ctrl-C; {path}.part has {runs} of 400 runs; go on with --resume"
    assert not path.exists()
    assert "--resume" in complaint(capsys, *asked, str(path))[1]
    assert run_command_line([*asked, str(path), "--resume"]) == 0
    assert f"going on with {runs} of 400 runs" in capsys.readouterr().err
    told(capsys, *asked, str(straight))
    assert path.read_bytes() == straight.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["short.yaml", "x.csv", "y.csv"]


def test_ctrl_c_without_a_file_keeps_nothing_and_says_so(short, capsys, monkeypatch):
    def stopped(task):
        raise KeyboardInterrupt

    monkeypatch.setattr("visualizer.lab.playing.rows_of", stopped)
    assert complaint(capsys, "sweep", short, *SYNC, *FEW) == (130, "stopped by Ctrl-C; nothing was written")


def test_a_full_disk_is_one_line_and_leaves_what_was_there(short, tmp_path):
    folder = tmp_path / "disk"
    (folder / "before").mkdir(parents=True)
    (folder / "before" / "x.csv").write_text("mine")
    (folder / "before" / "short.yaml").write_text(Path(short).read_text())
    done = run_on_disk("sweep", "short.yaml", *LONG, "--rows", "runs", "--force", folder=folder, size="48k")
    assert done.code == 1
    last = done.err.splitlines()[-1]
    assert "No space left on device" in last
    assert "Traceback" not in done.err
    assert (folder / "after" / "x.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--seeds", "0"), "argument --seeds: '0' runs; say a whole number from 1 to"),
        (("--jobs", "0"), "argument --jobs: '0' jobs; say a whole number from 1 to"),
        (("--measure", "bogus"), "argument --measure: 'bogus' is not known; say some of lost_sessions,"),
        (("--bogus",), "unrecognized arguments: --bogus"),
    ],
)
def test_a_wrong_option_is_one_line_too(wrong, said, capsys):
    with pytest.raises(SystemExit) as end:
        run_command_line(("sweep", "article", *wrong))
    (line,) = capsys.readouterr().err.splitlines()
    assert end.value.code == 2
    assert said in line
    assert line.endswith("--help` says more")


def test_a_share_is_said_with_both_ends_of_its_interval(short, capsys):
    shown = told(capsys, "sweep", short, *FEW, "--strike", "as-written", "--measure", "stateful")
    (row,) = [cells_of(line) for line in shown if line.startswith("│")]
    assert row == ["0 (0 to 24)"]  # Wilson: z² / (12 + z²)
