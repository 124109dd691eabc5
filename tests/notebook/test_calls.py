"""What the functions for notebooks give is what the commands give."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas
import polars
import pytest
from film.command import environment, run

import visualizer
from visualizer import ScenarioError, StudyError, compare, curve, load, simulate, sweep
from visualizer.ledger import chain
from visualizer.notebook import asking, compared, curved, loaded, played, swept
from visualizer.scenario import load as load_scenario
from visualizer.timeline import Run

SYNC = {"tiers.firewall.sync.interval": "1s"}


@pytest.mark.parametrize(
    "module", [asking, compared, curved, loaded, played, swept], ids=lambda one: one.__name__
)
def test_the_examples_are_true(module: object):
    failed, _ = doctest.testmod(module)  # type: ignore[arg-type]
    assert failed == 0


def test_every_function_has_an_example():
    for name in ("load", "simulate", "sweep", "compare", "curve"):
        function = getattr(visualizer, name)
        assert ">>> " in function.__doc__
        assert "Raises" in function.__doc__


def test_a_run_is_that_of_the_command(tmp_path: Path):
    result = simulate("split-brain", set={"seed": 5}, faults=["host:database.secondary@30s"])
    words = ("run", "split-brain", "--set", "seed=5", "--fault", "host:database.secondary@30s", "--json")
    told = json.loads(run(*words, folder=tmp_path).out)
    told.pop("theory")
    assert result.summary == told
    assert result.lost_sessions == told["state_loss"]["sessions"]
    assert result.lost_transactions == told["state_loss"]["transactions"]
    assert result.interrupted == told["interruption"]["requests"]
    assert result.no_service_s == told["interruption"]["no_service_s"]
    assert result.in_doubt == told["in_doubt"]["transactions"]
    assert result.lost_by_cause == told["state_loss"]["by_cause"]
    assert result.trace_sha256 == told["trace_sha256"]
    assert not result.stateful
    assert len(result.failovers) == len(told["failovers"])


def test_a_run_ends_where_it_was_told_to():
    assert simulate("article", until="10.9s").lost_sessions == 0
    assert simulate("article", until=11).lost_sessions == 19
    assert max(simulate("article", until=11.5).events["at_us"]) <= 11_500_000


def test_the_losses_are_columns_with_their_chains():
    result, whole = simulate("article"), Run(load_scenario("article").setup)
    end = whole.finish()
    assert len(result.losses) == 19
    for place, session in enumerate(result.losses["session"]):
        one = chain(end, int(session))
        assert result.losses["accepted_us"][place] == one.accepted_us
        assert result.losses["safe_us"][place] == one.safe_us
        assert result.losses["takeover_us"][place] == one.takeover_us
        assert result.losses["cause"][place] == "unsynced"
    with pytest.raises(KeyError, match="session 5 was not lost"):
        result.why(5)


def test_the_exposure_is_what_a_strike_takes():
    saw = simulate("article").exposure()
    at = dict(zip(saw["at_us"].tolist(), saw["firewall"].tolist(), strict=True))
    assert at[11_000_000] == 19
    assert at[3_000_000] == 30


def test_numbers_reach_pandas_and_polars_without_a_copy():
    points = sweep("article", {"sync.interval": "1s..3s:3"}, seeds=4, jobs=1).points
    frame = pandas.DataFrame(dict(points), copy=False)
    other = polars.DataFrame(dict(points))
    for name in points.keys():  # noqa: SIM118 - a table is no dict
        assert np.shares_memory(frame[name].to_numpy(), points[name])
        assert other[name].to_list() == points[name].tolist() or np.isnan(points[name]).any()
    losses = pandas.DataFrame(dict(simulate("article").losses), copy=False)
    assert losses["what"].tolist() == ["session"] * 19


def test_a_sweep_is_the_same_wherever_it_is_played():
    asked = {"vary": {"sync.interval": ["1s", "3s"]}, "seeds": [3, 1, 4], "measure": "lost_sessions"}
    one, two = (sweep("article", jobs=jobs, **asked) for jobs in (1, 2))  # type: ignore[arg-type]
    assert dict(one.runs)["lost_sessions"].tobytes() == dict(two.runs)["lost_sessions"].tobytes()
    assert one.runs["seed"].tolist() == [3, 1, 4] * 2
    assert one.sweep.plan.axes == sweep("article", "sync.interval=1s,3s", seeds=1).sweep.plan.axes


def test_each_row_of_a_sweep_can_be_opened():
    result = sweep("article", seeds=3, measure="lost_sessions")
    for seed, at_us, lost in zip(
        *(result.runs[name] for name in ("seed", "strike_us", "lost_sessions")), strict=True
    ):
        struck = curve(load("article", seed=int(seed))).run_at(at_us / 1e6)
        assert struck.lost_sessions == lost


def test_a_strike_at_an_instant_and_as_written():
    assert sweep("article", seeds=2, strike="11s").runs["lost_sessions"].tolist() == [19, 19]
    assert sweep("article", seeds=2, strike=11.0).runs["lost_sessions"].tolist() == [19, 19]
    assert sweep("article", seeds=2, strike="as-written").runs["lost_sessions"].tolist() == [19, 19]


def test_designs_meet_the_same_bolts():
    found = compare(
        "article", load("article", set=SYNC), names=("slow", "fast"), seeds=20, measure="lost_sessions"
    )
    lost = found.runs["lost_sessions"].reshape(2, 20)
    assert found.names == ("slow", "fast")
    assert found.runs["strike_us"][:20].tolist() == found.runs["strike_us"][20:].tolist()
    assert found.table["difference_mean"][1] == pytest.approx((lost[1] - lost[0]).mean())


def test_a_curve_and_the_runs_behind_it():
    found = curve("article")
    for at_s in (2.99, 3.0, 11.0):
        behind = found.run_at(at_s)
        place = int(np.flatnonzero(found.table["strike_us"] == round(at_s * 1e6))[0])
        assert behind.lost_sessions == found.table["lost_sessions"][place]
    assert found.mean_lost == pytest.approx(14.5)
    assert found.expected_lost == pytest.approx(14.5)
    assert found.worst_outage_s == 3.0


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda: load("artcle"), "artcle: there is no scenario `artcle`; did you mean `article`?"),
        (lambda: simulate("article", until="21s"), "until='21s': "),
        (lambda: simulate("article", until="soon"), "until='soon': "),
        (lambda: simulate("article").picture("30s"), "at='30s': "),
        (lambda: simulate("article").picture(theme="pink"), "theme='pink': there is no theme 'pink'"),
        (lambda: sweep("article", "nothing=1,2"), "--vary nothing=1,2: the key `nothing` is unknown"),
        (lambda: sweep("article", measure="loss"), "measure='loss': there is no measure `loss`"),
        (lambda: sweep("article", seeds=0), "--seeds: no seed"),
        (lambda: compare("article"), "compare: one design alone"),
        (lambda: curve("article", "router"), "article: there is no tier `router`"),
    ],
)
def test_a_mistake_is_one_clear_line(call, line: str):
    with pytest.raises((ScenarioError, StudyError)) as caught:
        call()
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_a_file_that_was_edited_is_read_again(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    text = load("article").text
    path.write_text(text)
    mine = load(path, set=SYNC)
    path.write_text(text.replace("rate: 10/s", "rate: 20/s"))
    assert simulate(mine.reload()).lost_sessions == 19
    assert simulate(mine).lost_sessions == 9


def test_the_program_starts_without_all_this():
    code = (
        "import sys, visualizer; assert not [m for m in sys.modules if m.startswith('visualizer.')]\n"
        "assert 'numpy' not in sys.modules\n"
        "from visualizer import simulate, sweep\n"
        "simulate('article'); sweep('article', seeds=2, jobs=1)\n"
        "print(sorted({'pygame', 'matplotlib', 'av', 'distributed', 'pyarrow', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_there_is_nothing_else():
    with pytest.raises(AttributeError, match="has no attribute 'swep'"):
        visualizer.swep  # noqa: B018
    assert set(visualizer.__all__) <= set(dir(visualizer))
    for name in visualizer.__all__:
        assert getattr(visualizer, name).__doc__
