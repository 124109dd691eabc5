"""Opening: from the list and by drop, what is wrong with a file, and back by undo."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand

from visualizer.app.open import Opening
from visualizer.app.problems import ProblemsPanel
from visualizer.files import shipped
from visualizer.scenario import lesson_names, load, shipped_names
from visualizer.sim.command import Strike, UnitTarget
from visualizer.story.caption import opening_us
from visualizer.timeline.run import Run

S = 1_000_000
LESSONS = len(lesson_names())
Open = Callable[..., Hand]


def drop(hand: Hand, path: Path) -> None:
    pygame.event.post(pygame.Event(pygame.DROPFILE, file=str(path)))
    hand.turn()


def search(hand: Hand, words: str) -> None:
    for letter in words:
        hand.key(0, 0, letter)


def titles(hand: Hand) -> list[str]:
    """What the list offers now, in order."""
    dialog = hand.controls.look(1280, 720).dialog
    return [row.title for row in dialog.rows] if dialog else []


def said(hand: Hand) -> str:
    """All words of the picture."""
    return "\n".join(hand.words())


def test_a_shipped_scenario_is_found_by_typing_and_opened(open_hand: Open):
    hand = open_hand()
    first = hand.controls.run
    hand.controls.seek(5 * S)
    hand.key(pygame.K_s, 0, "s")
    hand.key(pygame.K_SPACE)
    hand.key(pygame.K_o, 0, "o")
    assert len(titles(hand)) == LESSONS + len(shipped_names())
    here_us = first.now_us
    hand.turn(10)
    assert first.now_us == here_us, "time stands still while one reads"
    search(hand, "prevented Fencing")
    assert titles(hand) == ["Split brain, prevented by fencing"]
    hand.key(pygame.K_RETURN)
    setup = hand.controls.run.setup
    assert setup.title == "Split brain, prevented by fencing"
    assert (hand.controls.run.now_us, hand.controls.playing) == (opening_us(setup), False)
    assert pygame.display.get_caption()[0] == f"{setup.title} - failover visualizer"
    hand.key(pygame.K_u, 0, "u")
    assert hand.controls.run is first
    assert [act.fault for act in first.acts] == ["lightning"]
    assert pygame.display.get_caption()[0] == "The miss - failover visualizer"


def test_the_list_is_worked_by_keys_wheel_and_pointer(open_hand: Open):
    hand = open_hand()
    opening = hand.controls.feature(Opening)
    hand.key(pygame.K_o, pygame.KMOD_LCTRL)
    rows = len(titles(hand))
    seen = sum(name.removeprefix("dialog:").isdecimal() for name in hand.window.picture.scene.targets)
    assert 5 <= seen < rows
    for key, chosen in (
        (pygame.K_DOWN, 1),
        (pygame.K_TAB, 2),
        (pygame.K_UP, 1),
        (pygame.K_END, rows - 1),
        (pygame.K_DOWN, rows - 1),
        (pygame.K_HOME, 0),
        (pygame.K_UP, 0),
        (pygame.K_PAGEDOWN, seen - 1),
    ):
        hand.key(key)
        assert opening.chosen == chosen
        assert f"dialog:{chosen}" in hand.window.picture.scene.targets
    hand.key(pygame.K_HOME)
    hand.wheel(-3)
    assert "dialog:2" not in hand.window.picture.scene.targets
    hand.wheel(90)
    hand.move(hand.place("dialog:2"))
    assert opening.chosen == 2
    assert hand.controls.hover is None
    name = titles(hand)[2].removeprefix("3 · ")
    hand.click("dialog:2")
    assert hand.controls.run.setup.title == name
    hand.key(pygame.K_o, 0, "o")
    hand.click("dialog:panel", 0.99)
    assert opening.is_open
    hand.button(True, (3, 3))
    assert not opening.is_open
    assert hand.controls.run.setup.title == name


def test_letters_are_typed_while_the_list_is_open_and_do_nothing_else(open_hand: Open):
    hand = open_hand()
    hand.key(pygame.K_o, 0, "o")
    for letter in "scq[?xyz":
        hand.key(pygame.key.key_code(letter), 0, letter)
    assert hand.controls.run.acts == ()
    assert not hand.controls.help_open
    assert not hand.controls.leaving
    assert titles(hand) == []
    assert "Nothing fits what you typed." in said(hand)
    hand.key(pygame.K_RETURN)
    pygame.event.post(pygame.Event(pygame.MOUSEBUTTONDOWN, pos=hand.place("unit:0:0"), button=3))
    hand.turn()
    assert hand.controls.menu is None
    for _ in range(8):
        hand.key(pygame.K_BACKSPACE)
    assert len(titles(hand)) == LESSONS + len(shipped_names())
    hand.key(pygame.K_ESCAPE)
    assert not hand.controls.modal
    assert not hand.controls.leaving


def test_a_saved_run_opens_from_the_list_and_by_drop(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    hand.controls.seek(5 * S)
    hand.controls.act("lightning", UnitTarget(0, 0))
    trace = hand.controls.run.trace_sha256()
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    hand.key(pygame.K_s, pygame.KMOD_LCTRL)
    hand.key(pygame.K_o, 0, "o")
    search(hand, "article-run-2")
    assert titles(hand) == ["The miss"]
    hand.key(pygame.K_RETURN)
    setup = hand.controls.run.setup
    assert Strike(5 * S, "lightning", UnitTarget(0, 0)) in setup.commands
    assert hand.controls.document.path == tmp_path / "article-run-2.yaml"
    shutil.copy("article-run-1.yaml", "elsewhere.yaml")
    drop(hand, tmp_path / "elsewhere.yaml")
    assert hand.controls.document.path == tmp_path / "elsewhere.yaml"
    assert Run(hand.controls.run.setup).state.setup.title == "The miss"
    assert hand.controls.run.setup.commands == setup.commands
    assert trace != Run(load("article").setup).trace_sha256()


def test_what_was_opened_lately_comes_next_after_the_lessons(open_hand: Open, tmp_path: Path):
    folder = tmp_path / "far" / "away"
    folder.mkdir(parents=True)
    for name in ("one.yaml", "two.yaml"):
        shutil.copy(shipped("scenarios") / "garp-lost.yaml", folder / name)
    hand = open_hand()
    drop(hand, folder / "one.yaml")
    drop(hand, folder / "two.yaml")
    drop(hand, folder / "one.yaml")
    drop(hand, shipped("scenarios") / "f5.yaml")
    hand.window.close()
    again = open_hand()
    again.key(pygame.K_o, 0, "o")
    dialog = again.controls.look(1280, 720).dialog
    assert [row.value for row in dialog.rows[LESSONS : LESSONS + 2]] == [
        "one.yaml · lately",
        "two.yaml · lately",
    ]
    assert len(dialog.rows) == LESSONS + 2 + len(shipped_names())
    (folder / "one.yaml").unlink()
    again.key(pygame.K_ESCAPE)
    again.key(pygame.K_o, 0, "o")
    assert again.controls.look(1280, 720).dialog.rows[LESSONS].value == "two.yaml · lately"


def test_fresh_remembers_nothing(open_hand: Open, tmp_path: Path):
    file = shutil.copy(shipped("scenarios") / "f5.yaml", tmp_path / "mine.yaml")
    hand = open_hand(fresh=True)
    drop(hand, Path(file))
    assert not (tmp_path / "state" / "lately.json").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"a": 1}', b"[" * 50_000, b"\xff", b'["\\u0000"]'])
def test_a_damaged_memory_is_an_empty_one(open_hand: Open, tmp_path: Path, content: bytes):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "lately.json").write_bytes(content)
    hand = open_hand()
    hand.key(pygame.K_o, 0, "o")
    assert len(titles(hand)) == LESSONS + len(shipped_names())


def test_other_yaml_files_are_not_offered_broken_scenarios_are(open_hand: Open, tmp_path: Path):
    text = (shipped("scenarios") / "article.yaml").read_text()
    (tmp_path / "broken.yaml").write_text(text + "\n  what: [\n")
    (tmp_path / "wrong.yml").write_text(text.replace("duration: 20s", "duration: soon"))
    (tmp_path / "compose.yaml").write_text("services: {web: {image: nginx}}\n")
    (tmp_path / "binary.yaml").write_bytes(b"\x00\xff\x00")
    (tmp_path / "folder.yaml").mkdir()
    hand = open_hand()
    hand.key(pygame.K_o, 0, "o")
    dialog = hand.controls.look(1280, 720).dialog
    here = [row.value for row in dialog.rows if row.value.endswith("this folder")]
    assert here == ["broken.yaml · this folder", "wrong.yml · this folder"]


def test_all_that_is_wrong_is_said_and_the_run_stays(open_hand: Open, tmp_path: Path):
    text = (shipped("scenarios") / "article.yaml").read_text()
    bad = tmp_path / "bad.yaml"
    bad.write_text(text.replace("duration: 20s", "duration: soon").replace("title: The miss", "titel: no"))
    hand = open_hand()
    run = hand.controls.run
    drop(hand, bad)
    assert hand.controls.run is run
    shown = hand.controls.feature(ProblemsPanel).shown
    assert shown.heading == "bad.yaml cannot be opened"
    assert len(shown.lines) >= 2
    assert all(line.startswith("bad.yaml") and "; " in line for line in shown.lines)
    assert any(line.split(":")[1].isdecimal() and line.split(":")[2].isdecimal() for line in shown.lines)
    assert "bad.yaml cannot be opened" in said(hand)
    hand.key(pygame.K_ESCAPE)
    assert hand.controls.feature(ProblemsPanel).shown is None
    assert not hand.controls.leaving
    drop(hand, bad)
    hand.click("problems")
    assert hand.controls.feature(ProblemsPanel).shown is None
    drop(hand, bad)
    bad.write_text(text)
    drop(hand, bad)
    assert hand.controls.feature(ProblemsPanel).shown is None
    assert hand.controls.document.path == bad


@pytest.mark.parametrize("kind", ["folder", "nothing", "picture", "huge", "locked", "tampered", "newer"])
def test_whatever_is_dropped_is_refused_in_one_line(open_hand: Open, tmp_path: Path, kind: str):
    path = tmp_path / "thing.yaml"
    hand = open_hand()
    match kind:
        case "folder":
            path.mkdir()
        case "picture":
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        case "huge":
            path.write_bytes(b"a: " * 200_000)
        case "locked":
            path.write_text("title: x")
            path.chmod(0)
            if path.stat().st_uid == 0:
                path.unlink()
        case "tampered":
            hand.key(pygame.K_s, pygame.KMOD_LCTRL)
            path.write_text(Path("article-run-1.yaml").read_text() + "# more\n")
        case "newer":
            path.write_text("# failover-visualizer/run/99 program=9.0 content=0\n# {}\ntitle: x\n")
    run = hand.controls.run
    drop(hand, path)
    assert hand.controls.run is run
    [line] = hand.controls.feature(ProblemsPanel).shown.lines
    assert line.startswith("thing.yaml")
    assert ";" in line


def test_the_memory_is_a_plain_list(open_hand: Open, tmp_path: Path):
    names = []
    hand = open_hand()
    for number in range(10):
        path = tmp_path / f"{number}.yaml"
        shutil.copy(shipped("scenarios") / "article.yaml", path)
        drop(hand, path)
        names.insert(0, str(path))
    assert json.loads((tmp_path / "state" / "lately.json").read_text()) == names[:8]
