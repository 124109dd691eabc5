"""`film`: what a person types to make an explainer video, and what lies in the folder afterwards."""

import itertools
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pygame
import pytest

from visualizer.arguments.pictures import SIDECARS as ARGUMENTS
from visualizer.cli import run_command_line
from visualizer.film import Clip, FilmSpec, Making, ReelSpec, film, format_of
from visualizer.film.formats import FORMATS
from visualizer.film.sidecars import SIDECARS
from visualizer.opening import open_scenario, save_run
from visualizer.sim.command import Strike, UnitTarget
from visualizer.timeline import Run

FPS = 8


def filmed(*arguments: str, fps: int = FPS) -> int:
    return run_command_line(["film", *arguments, "--size", "320x180", "--fps", str(fps)])


def frames_of(path: Path) -> int:
    with av.open(str(path)) as video:
        return sum(1 for _ in video.decode(video=0))


def pixels(path: Path) -> np.ndarray:
    return pygame.surfarray.array3d(pygame.image.load(path))


def said_once(capsys: pytest.CaptureFixture[str]) -> str:
    (line,) = capsys.readouterr().err.splitlines()
    return line


@pytest.fixture
def saved(short: str, tmp_path: Path) -> str:
    """A run in which somebody struck the standby too."""
    opened = open_scenario(short)
    run = Run(opened.setup)
    run.act(Strike(820_000, "host", UnitTarget(0, 1)))
    path = tmp_path / "played.yaml"
    save_run(opened, run, path)
    return str(path)


def test_a_plain_film_has_its_frames_and_the_same_bytes_twice(short, tmp_path, capsys):
    films = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for target in films:
        assert filmed(short, "-o", str(target), "--speed", "0.5") == 0
    assert films[0].read_bytes() == films[1].read_bytes()
    assert frames_of(films[0]) == 2 * FPS
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith(f"{films[0]}: {2 * FPS} frames, 2.0 s, ")
    with av.open(str(films[0])) as video:
        stream = video.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 320, 180)
        assert stream.codec_context.colorspace == 1  # BT.709
        assert video.metadata["title"] == "Short"


@pytest.mark.parametrize("kind", ["told", "automatic", "plain", "designs", "saved"])
def test_frames_of_a_film_equal_shots_at_those_instants(short, told, saved, tmp_path, kind):
    """The instants of the film; and of the run the last, which stands still."""
    scenario = {"saved": saved, "told": told}.get(kind, short)
    more = {"plain": ["--speed", "1"], "designs": ["--compare", "copying"]}.get(kind, [])
    folder = tmp_path / "frames"
    assert filmed(scenario, *more, "-o", f"{folder}/", fps=2) == 0
    frames = sorted(folder.glob("*.png"))
    for number in range(0, len(frames), max(len(frames) // 5, 1)):
        film_us = number * 1_000_000 // 2
        target = tmp_path / f"{number}.png"
        words = [scenario, *more, "--film-at", f"{film_us}us", "-o", str(target), "--size", "320x180"]
        assert run_command_line(["shot", *words]) == 0
        assert np.array_equal(pixels(frames[number]), pixels(target)), number
    last = tmp_path / "last.png"
    words = [scenario, *more, "--at", "1s" if kind != "plain" else "500ms", "-o", str(last)]
    assert run_command_line(["shot", *words, "--size", "320x180"]) == 0
    assert np.array_equal(pixels(frames[-1]), pixels(last))


def test_a_story_is_filmed_and_what_it_leaves_out_is_named(told, tmp_path, capsys):
    assert filmed(told, "-o", str(tmp_path / "a.mp4"), "--with", "srt,chapters") == 0
    assert said_once(capsys) == f"{told}:13:11: left out: no second takeover comes in this run"
    assert (tmp_path / "a.chapters.txt").read_text() == "0:00 All is well\n0:01 The strike\n"
    assert "16 were on this unit only." in (tmp_path / "a.srt").read_text()
    with av.open(str(tmp_path / "a.mp4")) as video:
        assert [mark["metadata"]["title"] for mark in video.chapters()] == ["All is well", "The strike"]
        assert video.streams.subtitles


def test_a_story_of_several_designs_is_filmed_side_by_side(told, tmp_path, capsys):
    """`story.compare`; what is given on the command line goes before it."""
    text = Path(told).read_text()
    compared = {}
    for name, key, more in (
        ("own", "copying", []), ("asked", "copying", ["--compare", "standby"]), ("plain", None, []),
    ):  # fmt: skip
        path = tmp_path / f"{name}.yaml"
        path.write_text(text.replace("story:\n", f"story:\n  compare: {key}\n") if key else text)
        words = ["shot", str(path), "--at", "600ms", "-o", str(tmp_path / f"{name}.png"), "--size", "640x360"]
        assert run_command_line([*words, *more]) == 0
        compared[name] = (tmp_path / f"{name}.png").read_bytes()
    assert len(set(compared.values())) == 3
    wrong = tmp_path / "wrong.yaml"
    for key, what in (
        ("copyign", "did you mean `copying`?"),
        ("paths", "it has one tier, and paths need two"),
    ):
        wrong.write_text(text.replace("story:\n", f"story:\n  compare: {key}\n"))
        place = f"{wrong.read_text().splitlines().index(f'  compare: {key}') + 1}:12"
        capsys.readouterr()
        for words in (["check", str(wrong)], ["film", str(wrong), "-o", str(tmp_path / "x.mp4")]):
            assert run_command_line(words) == 3
            line = said_once(capsys)
            assert line.startswith(f"{wrong}:{place}: story.compare: ")
            assert what in line


def test_several_scenarios_become_one_film(short, saved, tmp_path):
    target = tmp_path / "both.mp4"
    assert filmed(short, saved, "-o", str(target), "--speed", "2") == 0
    assert frames_of(target) == FPS
    with av.open(str(target)) as video:
        assert [mark["metadata"]["title"] for mark in video.chapters()] == ["Short", "Short"]
        assert [mark["start"] * mark["time_base"] for mark in video.chapters()] == [0, Fraction(1, 2)]


def test_a_part_of_the_run(short, tmp_path, capsys):
    target = tmp_path / "part.mp4"
    assert filmed(short, "-o", str(target), "--speed", "1", "--from", "250ms", "--to", "0.75s") == 0
    assert frames_of(target) == FPS // 2
    for wrong, what in (
        (["--from", "0.75s", "--to", "250ms"], "--from 0.75s is not before --to 250ms"),
        (["--from", "1s"], "--from 1s is not before the end of the run"),
        (["--to", "2s"], "--to 2s"),
        (["--from", "soon"], "--from soon"),
    ):
        capsys.readouterr()
        assert filmed(short, "-o", str(tmp_path / "x.mp4"), *wrong) == 2
        assert what in said_once(capsys)
    assert filmed(short, short, "-o", str(tmp_path / "x.mp4"), "--from", "250ms") == 2
    assert "one by one" in said_once(capsys)
    assert not (tmp_path / "x.mp4").exists()


def test_one_clip_a_chapter_together_as_long_as_the_film(short, tmp_path, capsys):
    whole = tmp_path / "whole.mp4"
    assert filmed(short, "-o", str(whole), fps=2) == 0
    assert filmed(short, "-o", str(tmp_path / "clip.mp4"), "--chapters", "--with", "srt", fps=2) == 0
    clips = sorted(tmp_path.glob("clip*.mp4"))
    assert [path.name[:7] for path in clips] == [f"clip-{n:02d}" for n in range(1, len(clips) + 1)]
    assert "clip-02-lightning.mp4" in [path.name for path in clips]
    assert len(clips) > 2
    assert 0 <= sum(map(frames_of, clips)) - frames_of(whole) <= len(clips)
    assert all(path.with_suffix(".srt").exists() for path in clips)
    assert len(capsys.readouterr().out.splitlines()) == 1 + len(clips)
    with av.open(str(clips[1])) as video:
        assert video.metadata["title"] == "Short: Lightning"


def test_a_story_of_which_nothing_comes_is_one_clip(short, tmp_path, capsys):
    path = tmp_path / "elsewhere.yaml"
    told = "story: {chapters: [{title: Cut, beats: [{at: first cut, say: Now.}]}]}\n"
    path.write_text(Path(short).read_text() + told)
    assert filmed(str(path), "-o", str(tmp_path / "clip.mp4"), "--chapters", fps=2) == 0
    assert "no cut comes in this run" in said_once(capsys)
    assert [clip.name for clip in tmp_path.glob("clip*")] == ["clip-01-short.mp4"]


def test_what_is_wanted_beside_it_is_written(short, tmp_path, capsys):
    target = tmp_path / "film.mp4"
    assert filmed(short, "-o", str(target), "--with", "all") == 0
    assert "0:00 A working pair\n" in (tmp_path / "film.chapters.txt").read_text()
    assert (tmp_path / "film.vtt").read_text().startswith("WEBVTT\n")
    assert "-->" in (tmp_path / "film.srt").read_text()
    assert "01  0:00" in (tmp_path / "film.script.txt").read_text()
    assert pixels(tmp_path / "film.poster.png").shape == (320, 180, 3)
    told = capsys.readouterr().out
    assert all(f"film{ending}" in told for ending in (".srt", ".vtt", ".poster.png", ".script.txt"))


def test_nothing_is_overwritten_unasked_not_even_beside_it(short, tmp_path, capsys):
    target, beside = tmp_path / "film.mp4", tmp_path / "film.srt"
    beside.write_text("mine")
    words = [short, "-o", str(target), "--with", "vtt,srt", "--speed", "4"]
    assert filmed(*words[:-2]) == 1
    assert str(beside) in (line := said_once(capsys))
    assert "--force" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.srt", "short.yaml"]
    target.write_text("mine")
    assert filmed(short, "-o", str(target), "--speed", "4") == 1
    assert "--force" in said_once(capsys)
    assert target.read_text() == beside.read_text() == "mine"
    assert filmed(*words[:-2], "--force") == 0
    assert "-->" in beside.read_text()
    assert frames_of(target) > FPS


def test_a_clip_that_is_there_stops_all_of_them(short, tmp_path, capsys):
    (tmp_path / "clip-03-takeover.mp4").write_text("mine")
    assert filmed(short, "-o", str(tmp_path / "clip.mp4"), "--chapters") == 1
    assert "clip-03-takeover.mp4: exists already" in said_once(capsys)
    assert not (tmp_path / "clip-01-a-working-pair.mp4").exists()


def test_it_sounds_unless_it_is_to_be_silent(short, tmp_path):
    for name, more in (("loud.mp4", []), ("silent.mp4", ["--silent"])):
        assert filmed(short, "-o", str(tmp_path / name), "--speed", "1", *more) == 0
    with av.open(str(tmp_path / "loud.mp4")) as video:
        heard = np.concatenate([frame.to_ndarray() for frame in video.decode(audio=0)], axis=1)
        assert abs(heard.shape[1] - 48_000) <= 48_000 // FPS
        assert np.abs(heard).max() > 0.01
    with av.open(str(tmp_path / "silent.mp4")) as video:
        assert not video.streams.audio


def test_captions_are_in_the_picture_or_left_out(short, tmp_path):
    for name, more in (("with.png", []), ("clean.png", ["--clean"])):
        words = [short, "--at", "600ms", "-o", str(tmp_path / name), "--size", "640x360", *more]
        assert run_command_line(["shot", *words]) == 0
    assert not np.array_equal(pixels(tmp_path / "with.png"), pixels(tmp_path / "clean.png"))


def test_the_name_says_the_format(short, tmp_path, capsys):
    for name in ("film.avi", "film"):
        assert filmed(short, "-o", str(tmp_path / name)) == 2
        line = said_once(capsys)
        assert all(ending in line for ending in (".mp4", ".webm", ".gif"))
    assert filmed(short, "-o", str(tmp_path / "film.mp4"), "--codec", "av1") == 2
    assert "not as av1" in said_once(capsys)
    target = tmp_path / "film.gif"
    words = ["film", short, "-o", str(target), "--speed", "1", "--size", "160x90"]
    assert run_command_line(words) == 0
    assert target.read_bytes().startswith(b"GIF89a")


def test_the_help_names_every_format_and_all_that_can_lie_beside_it(capsys):
    with pytest.raises(SystemExit) as ended:
        run_command_line(["film", "--help"])
    assert ended.value.code == 0
    words = capsys.readouterr().out.split()
    plain = {word.strip(".,;") for word in words} | {word.strip(",;") for word in words}
    endings = {"FOLDER/" if one.ending == "/" else one.ending.removeprefix(".") for one in FORMATS}
    assert endings - {"mp4"} <= plain
    assert set(SIDECARS) == set(ARGUMENTS)
    assert set(SIDECARS) <= plain


def test_what_only_a_story_can_give_is_refused_for_a_plain_film(short, tmp_path, capsys):
    for wrong in (["--chapters"], ["--with", "srt"], ["--narration", str(tmp_path)]):
        assert filmed(short, "-o", str(tmp_path / "x.mp4"), "--speed", "1", *wrong) == 2
        assert "--speed" in said_once(capsys)


@pytest.mark.parametrize(
    "wrong",
    [
        ["--speed", "0"], ["--speed", "fast"], ["--speed", "1/0"], ["--fps", "0"], ["--fps", "500"],
        ["--size", "large"], ["--with", "subtitles"], ["--jobs", "0"], ["--theme", "none"],
        ["--silent", "--narration", "x"],
    ],
)  # fmt: skip
def test_a_wrong_word_is_a_wrong_command_line(short, tmp_path, capsys, wrong):
    with pytest.raises(SystemExit) as ended:
        run_command_line(["film", short, "-o", str(tmp_path / "x.mp4"), *wrong])
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "size"), [("720p", (1280, 720)), ("vertical", (1080, 1920)), ("4k", (3840, 2160))]
)
def test_sizes_have_names(short, tmp_path, word, size):
    target = tmp_path / "x.png"
    assert run_command_line(["shot", short, "--speed", "1", "-o", str(target), "--size", word]) == 0
    assert pygame.image.load(target).get_size() == size


def test_film_refuses_before_it_begins(tmp_path, short, capsys):
    there = tmp_path / "there.mp4"
    there.write_text("mine")
    cases = [
        (["-o", str(there)], "--force"),
        (["-o", str(tmp_path / "odd.mp4"), "--size", "641x360"], "even"),
        (["-o", str(tmp_path / "no" / "folder.mp4")], "folder"),
    ]
    for extra, word in cases:
        assert run_command_line(["film", short, *extra]) == 1
        assert word in said_once(capsys)
    assert there.read_text() == "mine"


def test_recordings_lie_under_their_beats_and_beats_wait_for_them(short, tmp_path, capsys):
    folder = tmp_path / "voices"
    folder.mkdir()
    _tone(folder / "01-hello.wav", seconds=9)
    quiet, spoken = tmp_path / "quiet.mp4", tmp_path / "spoken.mp4"
    assert filmed(short, "-o", str(quiet), fps=2) == 0
    assert filmed(short, "-o", str(spoken), "--narration", str(folder), fps=2) == 0
    assert "no recording for beats" in capsys.readouterr().err
    assert frames_of(spoken) > frames_of(quiet) + 2
    assert filmed(short, "-o", str(tmp_path / "x.mp4"), "--narration", str(tmp_path / "nowhere")) == 1
    assert "no such folder" in said_once(capsys)


def _tone(path: Path, seconds: int) -> None:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=48_000, layout="mono")
        wave = np.sin(np.arange(seconds * 48_000) * 0.06) * 8000
        frame = av.AudioFrame.from_ndarray(wave.astype(np.int16)[None], format="s16", layout="mono")
        frame.rate = 48_000
        file.mux([*stream.encode(frame), *stream.encode(None)])


def test_ctrl_c_leaves_a_part_that_plays_and_names_it(short, tmp_path, capsys, monkeypatch):
    target = tmp_path / "stopped.mp4"
    steps = itertools.count(1)

    def stop(self: object, *_: object, **__: object) -> None:
        if next(steps) == 20:
            raise KeyboardInterrupt

    monkeypatch.setattr("rich.progress.Progress.update", stop)
    assert filmed(short, "-o", str(target), "--speed", "0.25") == 130
    assert said_once(capsys) == f"stopped by Ctrl-C; {target}.part can be played"
    assert not target.exists()
    assert frames_of(Path(f"{target}.part")) == 20


def test_a_film_that_is_stopped_by_an_error_leaves_the_old_one(short, tmp_path):
    target = tmp_path / "old.mp4"
    target.write_text("old")
    clip = Clip(
        FilmSpec((ReelSpec((open_scenario(short),), speed=1000),), (320, 180), 24, "night"), target, ""
    )

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film(clip, Making(format_of(str(target)), force=True), stop)
    assert target.read_text() == "old"
