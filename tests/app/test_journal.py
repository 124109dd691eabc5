"""What is played survives a crash: the window is killed, cut off from its display, run on a full disk."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from app.hand import Hand
from app.test_open import said
from app.xvfb import private_display
from programs import program

import visualizer
from visualizer.app.journal import Journal
from visualizer.app.recovery import Recovery
from visualizer.sim.command import Strike, UnitTarget
from visualizer.story.caption import opening_us
from visualizer.timeline import journal

S = 1_000_000
Open = Callable[..., Hand]
PLAYED = """
import sys
from pathlib import Path
import pygame
from visualizer.app.window import Window
from visualizer.opening import open_scenario
from visualizer.sim.command import UnitTarget
from visualizer.timeline.run import Run

document = open_scenario("article")
window = Window(Run(document.setup), document=document, fresh=True, state_folder=Path(sys.argv[1]))
window.turn()
controls = window.controls
for at_us, fault, unit in ((2_345_678, "process", 0), (8_000_000, "lightning", 1)):
    controls.seek(at_us)
    controls.act(fault, UnitTarget(0, unit))
    window.turn()
print("played", flush=True)
while True:
    window.turn()
"""


def play(hand: Hand, *at_s: float) -> None:
    """A strike at each of these instants, if it changes anything then."""
    for number, at in enumerate(at_s):
        hand.controls.seek(round(at * S))
        hand.controls.act(("process", "lightning")[number % 2], UnitTarget(0, number % 2))
        hand.turn()


def crash(hand: Hand) -> None:
    """The process is gone, and nobody closed anything: its files are closed by the system alone."""
    feature = hand.controls.feature(Journal)
    if feature._stream:
        feature._stream.close()
    feature._stream, feature._folder = None, None


def left(state: Path) -> list[Path]:
    return sorted((state / "played").glob("*.journal"))


def offered(hand: Hand) -> list[str]:
    dialog = hand.controls.look(1280, 720).dialog
    return [row.title for row in dialog.rows] if dialog else []


def test_what_was_played_is_offered_and_opened_after_a_crash(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    play(hand, 2, 5)
    hand.key(pygame.K_u, 0, "u")
    play(hand, 0.5)
    hand.key(pygame.K_u, 0, "u")
    assert [act.at_us for act in hand.controls.run.acts] == [2 * S]
    trace = hand.controls.run.trace_sha256()
    crash(hand)
    again = open_hand()
    assert offered(again) == ["The miss, 1 act"]
    assert "was not closed: open it?" in said(again)
    assert time.strftime("%H:") in said(again)
    first = again.controls.run
    again.controls.seek(opening_us(first.setup))
    again.turn()  # somebody is invited to strike now; nobody has
    again.key(pygame.K_RETURN)
    run = again.controls.run
    assert run.acts == (Strike(2 * S, "process", UnitTarget(0, 0)),)
    assert run.trace_sha256() == trace
    assert (run.now_us, again.controls.playing, again.controls.speed) == (2 * S, False, 1.0)
    assert len(left(tmp_path / "state")) == 1, "the old journal goes when the new one has it"
    again.key(pygame.K_u, 0, "u")
    assert again.controls.run is first
    again.key(pygame.K_u, pygame.KMOD_LSHIFT, "U")
    again.controls.leaving = True
    again.window.close()
    assert left(tmp_path / "state") == []


def test_who_leaves_in_the_usual_way_is_offered_nothing(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    play(hand, 2)
    assert len(left(tmp_path / "state")) == 1
    hand.key(pygame.K_q, 0, "q")
    hand.window.close()
    assert left(tmp_path / "state") == []
    assert offered(open_hand()) == []


def test_nothing_done_is_nothing_written(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    hand.key(pygame.K_SPACE)
    hand.turn(60)
    assert left(tmp_path / "state") == []
    play(hand, 3)
    hand.key(pygame.K_u, 0, "u")
    crash(hand)
    assert offered(open_hand()) == []
    assert left(tmp_path / "state") == []


def test_a_window_that_lives_is_not_offered_to_another(open_hand: Open, tmp_path: Path):
    one = open_hand()
    play(one, 2)
    state = one.controls.state_folder
    journals = left(state)
    two = open_hand()
    assert offered(two) == []
    play(two, 3, 6)
    assert len(left(state)) == 2
    [old] = [journal.read(path.read_bytes()) for path in journals]
    assert len(old.acts) == 1, "two windows never write into one file"


def test_delete_throws_away_and_escape_leaves_it(open_hand: Open, tmp_path: Path):
    for acts in ((2,), (2, 5)):
        hand = open_hand(fresh=True)
        play(hand, *acts)
        crash(hand)
        os.utime(max(left(tmp_path / "state")), (len(acts), len(acts)))
    hand = open_hand()
    assert offered(hand) == ["The miss, 2 acts", "The miss, 1 act"]
    hand.key(pygame.K_DELETE)
    assert offered(hand) == ["The miss, 1 act"]
    hand.key(pygame.K_ESCAPE)
    assert not hand.controls.leaving
    hand = open_hand()
    assert offered(hand) == ["The miss, 1 act"]
    hand.key(pygame.K_DELETE)
    assert not hand.controls.feature(Recovery).is_open
    assert offered(open_hand()) == []


def test_fresh_offers_nothing_and_still_writes(open_hand: Open, tmp_path: Path):
    hand = open_hand(fresh=True)
    play(hand, 2)
    crash(hand)
    assert offered(open_hand(fresh=True)) == []
    assert offered(open_hand()) == ["The miss, 1 act"]


def test_turned_knobs_and_other_scenarios_come_back_too(open_hand: Open, tmp_path: Path):
    hand = open_hand()
    play(hand, 2)
    name = next(name for name in hand.window.picture.scene.targets if name.startswith("knob:"))
    hand.drag(name, 0.1, 0.9)
    setup, acts = hand.controls.run.setup, hand.controls.run.acts
    crash(hand)
    again = open_hand("f5")
    again.key(pygame.K_RETURN)
    assert again.controls.run.setup == setup
    assert again.controls.run.acts == acts
    assert again.controls.document == hand.controls.document


def test_a_journal_that_fits_no_longer_says_so_and_stays(open_hand: Open, tmp_path: Path):
    folder = tmp_path / "state" / "played"
    folder.mkdir(parents=True)
    played = journal.Played("Old", "old", None, "title: Old\nno: 1\n", (), (), ("{at: 1s}",))
    (folder / "1-1.journal").write_text(journal.head("0") + journal.lines(None, played))
    (folder / "2-2.journal").write_bytes(b"what is this")
    hand = open_hand()
    run = hand.controls.run
    assert offered(hand) == ["Old, 1 act"]
    hand.key(pygame.K_RETURN)
    assert hand.controls.run is run
    assert hand.controls.notice.startswith("It cannot be opened any more: ")
    assert len(left(tmp_path / "state")) == 2


@pytest.mark.parametrize("where", ["open", "write", "fsync", "folder"])
def test_a_full_disk_is_said_once_and_playing_goes_on(
    open_hand: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
):
    def full(*given: object, **more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    hand = open_hand()
    match where:
        case "open":
            monkeypatch.setattr(Path, "open", full)
        case "write":
            if not Path("/dev/full").exists():
                pytest.skip("there is no /dev/full here")
            (tmp_path / "state" / "played").mkdir(parents=True)
            monkeypatch.setattr(Path, "open", lambda path, mode: open("/dev/full", "wb"))  # noqa: SIM115
        case "fsync":
            monkeypatch.setattr(os, "fsync", full)
        case "folder":
            (tmp_path / "state").write_text("a file stands where the folder should be")
    play(hand, 2)
    assert hand.controls.notice.startswith("A crash would lose what you play from here on: ")
    hand.controls.act("lightning", UnitTarget(0, 1))
    hand.turn()
    assert len(hand.controls.run.acts) == 2
    assert not (hand.controls.notice or "").startswith("A crash")


def test_a_slow_disk_does_not_slow_the_window(open_hand: Open, monkeypatch: pytest.MonkeyPatch):
    synced = []
    hand = open_hand()

    def slow(handle: int) -> None:
        synced.append(hand.now_ns)
        clock[0] += 20_000_000

    clock = [0]
    monkeypatch.setattr(os, "fsync", slow)
    monkeypatch.setattr("visualizer.app.journal.time.perf_counter_ns", lambda: clock[0])
    play(hand, *(0.1 * number for number in range(1, 31)))  # half a second
    assert len(synced) == 1
    hand.turn(60)
    assert len(synced) == 2, "what is written lasts in the end"
    hand.turn(600)
    assert len(synced) == 2


def start(display: str, state: Path) -> subprocess.Popen[str]:
    """A window of its own process, with two acts done, playing on."""
    environment = os.environ | {
        "DISPLAY": display,
        "SDL_VIDEODRIVER": "x11",
        "SDL_FRAMEBUFFER_ACCELERATION": "0",
        "PYTHONPATH": str(Path(visualizer.__file__).parents[1]),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", PLAYED, str(state)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    if process.stdout.readline() != "played\n":
        process.kill()
        pytest.fail(process.communicate()[1])
    return process


def demand_offered(hand: Hand) -> None:
    """To the microsecond."""
    assert offered(hand) == ["The miss, 2 acts"]
    hand.key(pygame.K_RETURN)
    run = hand.controls.run
    assert run.acts == (
        Strike(2_345_678, "process", UnitTarget(0, 0)),
        Strike(8_000_000, "lightning", UnitTarget(0, 1)),
    )


def test_a_killed_process_loses_nothing(open_hand: Open, display: str, tmp_path: Path):
    process = start(display, tmp_path / "state")
    assert offered(open_hand()) == [], "it lives still"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    demand_offered(open_hand())


def test_a_lost_display_loses_nothing(open_hand: Open, tmp_path: Path):
    program("Xvfb", "xvfb")
    with private_display() as name:
        process = start(name, tmp_path / "state")
    process.communicate(timeout=20)  # the server is gone, and the window with it
    assert process.returncode != 0
    demand_offered(open_hand())
