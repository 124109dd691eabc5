"""The file of the scenario on show changes beside the window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand
from app.test_open import said

from visualizer.app.open import Opening
from visualizer.app.problems import ProblemsPanel
from visualizer.files import shipped
from visualizer.opening import open_scenario
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.timeline.run import Run

S = 1_000_000
HALF_NS = 500_000_000
Open = Callable[..., Hand]
ARTICLE = (shipped("scenarios") / "article.yaml").read_text()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(ARTICLE)
    return path


def looks(hand: Hand, count: int = 2) -> None:
    """So many looks at the file go by."""
    hand.turn(count, frame_ns=HALF_NS)


def write(path: Path, text: str) -> None:
    """Save, at another time than before: the clock of a test file system may be coarse."""
    before_ns = path.stat().st_mtime_ns
    path.write_text(text)
    os.utime(path, ns=(before_ns + 1_000_000, before_ns + 1_000_000))


def test_a_saved_edit_is_on_show_at_the_same_instant(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.controls.seek(4 * S)
    hand.controls.act("lightning", UnitTarget(0, 0))
    hand.controls.seek(7 * S)
    old = hand.controls.run
    write(file, ARTICLE.replace("interval: 3s", "interval: 2s"))
    looks(hand)
    run = hand.controls.run
    assert run is not old
    assert run.setup.tiers[0].sync.interval_us == 2 * S
    assert (run.now_us, run.acts) == (7 * S, old.acts)
    assert (hand.controls.before.run, hand.controls.before.label) == (old, "before the edit")
    assert hand.controls.notice == "Read again: mine.yaml."
    hand.key(pygame.K_u, 0, "u")
    assert hand.controls.run is old
    looks(hand, 4)
    assert hand.controls.run is old, "read once for each change"


def test_acts_that_fit_no_longer_are_dropped_and_said(open_hand: Open, file: Path):
    two = ARTICLE.replace("duration: 20s", "duration: 10s").replace("  - {at: 11s", "  - {at: 9s")
    assert two != ARTICLE
    hand = open_hand(str(file))
    for at_s, fault, target in ((4, "lightning", UnitTarget(0, 0)), (14, "cut", LinkTarget(0, 0))):
        hand.controls.seek(at_s * S)
        hand.controls.act(fault, target)
    write(file, two)
    looks(hand)
    run = hand.controls.run
    assert run.acts == (Strike(4 * S, "lightning", UnitTarget(0, 0)),)
    assert run.now_us == run.setup.duration_us == 10 * S
    assert hand.controls.notice.endswith("1 of your 2 acts no longer fit.")


def test_what_is_wrong_is_shown_until_it_is_right(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    run, panel = hand.controls.run, hand.controls.feature(ProblemsPanel)
    write(file, ARTICLE.replace("interval: 3s", "interval: soon"))
    looks(hand)
    assert hand.controls.run is run
    [line] = panel.shown.lines
    place = ARTICLE[: ARTICLE.index("interval: 3s")].count("\n") + 1
    assert line.startswith(f"mine.yaml:{place}:")
    assert "mine.yaml cannot be read again" in said(hand)
    write(file, ARTICLE + "\n# as it was\n")
    looks(hand)
    assert panel.shown is None
    assert hand.controls.run.setup == run.setup
    write(file, ARTICLE.replace("interval: 3s", "interval: soon"))
    looks(hand)
    hand.key(pygame.K_ESCAPE)
    assert panel.shown is None
    assert not hand.controls.leaving
    looks(hand, 4)
    assert panel.shown is None, "said once for each change"


def test_a_file_that_is_being_written_is_left_alone(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    run = hand.controls.run
    looks(hand)
    text = ARTICLE.replace("interval: 3s", "interval: 2s")
    for share in (0.2, 0.5, 0.9):
        write(file, text[: int(share * len(text))])
        looks(hand, 1)
        assert hand.controls.run is run
        assert hand.controls.feature(ProblemsPanel).shown is None
    write(file, text)
    looks(hand)
    assert hand.controls.run is not run
    file.unlink()
    looks(hand, 3)
    assert hand.controls.feature(ProblemsPanel).shown is None


def test_the_file_is_not_asked_more_than_twice_a_second(open_hand: Open, file: Path, monkeypatch):
    hand = open_hand(str(file))
    asked = []
    stat = Path.stat
    monkeypatch.setattr(Path, "stat", lambda path, **given: (asked.append(path), stat(path, **given))[1])
    hand.turn(300)  # five seconds
    assert 8 <= len(asked) <= 10


def test_what_the_command_line_said_stays_in_force(open_hand: Open, file: Path):
    document = open_scenario(str(file), ["seed=5", "traffic.rate=20/s"], ["process:firewall.secondary@2s"])
    hand = open_hand(document=document, run=Run(document.setup))
    write(file, ARTICLE.replace("interval: 3s", "interval: 2s"))
    looks(hand)
    setup = hand.controls.run.setup
    assert (setup.seed, setup.tiers[0].sync.interval_us) == (5, 2 * S)
    assert setup.traffic == document.setup.traffic
    assert Strike(2 * S, "process", UnitTarget(0, 1)) in setup.commands


def test_a_file_that_comes_back_is_looked_at_again(open_hand: Open, file: Path, tmp_path: Path):
    other = tmp_path / "other.yaml"
    other.write_text(ARTICLE)
    hand = open_hand(str(file))
    hand.controls.feature(Opening).take(str(other))
    write(file, ARTICLE.replace("interval: 3s", "interval: 2s"))
    looks(hand)
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 3 * S
    hand.key(pygame.K_u, 0, "u")
    looks(hand)
    assert hand.controls.document.path == file
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 2 * S


def test_turned_knobs_stay_turned(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.drag("knob:misses", 0.1, 0.9)
    misses = hand.controls.run.setup.tiers[0].heartbeat.misses
    assert misses != 3
    write(file, ARTICLE.replace("interval: 3s", "interval: 2s"))
    looks(hand)
    tier = hand.controls.run.setup.tiers[0]
    assert (tier.heartbeat.misses, tier.sync.interval_us) == (misses, 2 * S)


def test_a_saved_run_that_is_edited_says_what_to_do(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    saved = tmp_path / "article-run-1.yaml"
    hand.controls.feature(Opening).take(str(saved))
    sealed = saved.read_text()
    write(saved, sealed.replace("interval: 3s", "interval: 2s"))
    looks(hand)
    [line] = hand.controls.feature(ProblemsPanel).shown.lines
    assert "take its first line off" in line
    write(saved, sealed.partition("\n")[2].replace("interval: 3s", "interval: 2s"))
    looks(hand)
    assert hand.controls.feature(ProblemsPanel).shown is None
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 2 * S


def test_several_designs_on_show_are_left_alone_until_one_is(open_hand: Open, file: Path):
    hand = open_hand(str(file))
    hand.key(pygame.K_v, 0, "v")
    hand.key(pygame.K_RETURN)
    assert hand.controls.others
    write(file, ARTICLE.replace("interval: 3s", "interval: 2s"))
    looks(hand, 3)
    assert hand.controls.others
    hand.key(pygame.K_v, 0, "v")
    looks(hand)
    assert hand.controls.run.setup.tiers[0].sync.interval_us == 2 * S


def test_an_edited_preset_is_read_again(open_hand: Open, file: Path, tmp_path: Path, monkeypatch):
    assets = tmp_path / "assets"
    shutil.copytree(shipped("assets") / "presets", assets / "presets")
    monkeypatch.setattr("visualizer.scenario.presets.folder", lambda: assets / "presets")
    monkeypatch.setattr("visualizer.scenario.sources.folder", lambda: assets / "presets")
    file.write_text((shipped("scenarios") / "keepalived.yaml").read_text())
    hand = open_hand(str(file))
    preset = assets / "presets" / "keepalived.yaml"
    misses = hand.controls.run.setup.tiers[0].heartbeat.misses
    written = preset.read_text()
    write(preset, written.replace(f"misses: {misses}", f"misses: {misses + 2}"))
    looks(hand)
    assert hand.controls.run.setup.tiers[0].heartbeat.misses == misses + 2
    write(preset, written.replace(f"misses: {misses}", "misses: many"))
    looks(hand)
    [line] = hand.controls.feature(ProblemsPanel).shown.lines
    assert "keepalived.yaml:" in line
    write(preset, written)
    looks(hand)
    assert hand.controls.feature(ProblemsPanel).shown is None
    assert hand.controls.run.setup.tiers[0].heartbeat.misses == misses
