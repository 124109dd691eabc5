"""A person's own recordings: found by their number, levelled, given room, laid under their beats."""

from __future__ import annotations

import os
import re
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from visualizer.canvas.sound import RATE_HZ, Samples
from visualizer.cli import run_command_line
from visualizer.film import FilmError
from visualizer.film.narration import LEAD_US, PAUSE_US, Narration, read_narration
from visualizer.film.narration_file import LOUDEST, LOUDNESS, Reader, measure
from visualizer.film.sound import Heard, samples_in, track
from visualizer.film.sound_level import COME_BACK, STEP_BACK, UNDER_VOICE, ducked
from visualizer.sim.event import UnitStruck
from visualizer.story.chapters import Chapter
from visualizer.story.screenplay import Screenplay, ToldBeat
from visualizer.story.tempo import tempo

S = 1_000_000
PITCH_HZ = 440
Spoken = Callable[..., Path]


def tone(length_s: float, level: float, rate_hz: int = RATE_HZ, pitch_hz: float = PITCH_HZ) -> Samples:
    """One channel."""
    seconds = np.arange(round(length_s * rate_hz)) / rate_hz
    return np.round(32767 * level * np.sin(2 * np.pi * pitch_hz * seconds)).astype(np.int16)


@pytest.fixture
def spoken(tmp_path: Path) -> Spoken:
    """Writes a tone as a WAV into the folder of recordings."""

    def write(name: str, length_s: float = 1.0, level: float = 0.3, rate_hz: int = RATE_HZ) -> Path:
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes(tone(length_s, level, rate_hz).tobytes())
        return tmp_path

    return write


def told(*beats: tuple[int, int], first: int = 1) -> Screenplay:
    """(instant, hold) of each beat; the first has the number `first`."""
    return Screenplay(
        (Chapter(beats[0][0], "One", ""),),
        tuple(
            ToldBeat(n, 0, at_us, f"Beat {n}.", hold_us, 1000)
            for n, (at_us, hold_us) in enumerate(beats, first)
        ),
    )


def line_of(folder: Path, sentences: int = 3) -> str:
    with pytest.raises(FilmError) as caught:
        read_narration(folder, [f"Sentence {number}." for number in range(sentences)])
    return str(caught.value)


@pytest.mark.parametrize("name", ["3.wav", "03.wav", "03-the-strike.wav", "03 take 2.wav", "0003_x.WAV"])
def test_a_recording_belongs_to_the_number_in_front_of_its_name(spoken: Spoken, name: str):
    assert list(read_narration(spoken(name), ["", "", "One."]).recordings) == [3]


def test_a_recording_lies_under_its_beat_and_the_beat_waits_for_it(spoken: Spoken):
    spoken("01.wav", 2.0)
    narration = read_narration(spoken("02.wav", 0.5), ["Beat 1.", "Beat 2.", "Beat 3."])
    play = told((0, S), (S, S), (2 * S, S))
    least_us = narration.least_us()
    assert least_us == ((1, 2 * S + LEAD_US + PAUSE_US), (2, S // 2 + LEAD_US + PAUSE_US))
    silent, full = tempo(play, 0, 4 * S), tempo(play, 0, 4 * S, dict(least_us))
    assert full.length_us - silent.length_us == LEAD_US + PAUSE_US  # the second fits already
    voices = narration.voices(play, full, 7 * S)
    assert [voice.film_us for voice in voices] == [7 * S + LEAD_US, 7 * S + least_us[0][1] + LEAD_US]
    assert full.at(least_us[0][1]).stretch.beat == 1


def test_numbers_go_on_through_the_reels_of_a_film(spoken: Spoken):
    spoken("04.wav", 1.0)
    narration = read_narration(spoken("02.wav", 1.0), ["a"] * 4)
    assert [number for number, _ in narration.least_us()] == [2, 4]
    play = told((0, S), (S, S), first=3)
    (voice,) = narration.voices(play, tempo(play, 0, 2 * S))
    assert voice.recording.path.name == "04.wav"


def test_a_beat_that_is_not_shown_from_its_beginning_has_no_voice(spoken: Spoken):
    spoken("01.wav")
    narration = read_narration(spoken("02.wav"), ["a", "b"])
    play = told((S, 0), (3 * S, 0))
    least_us = dict(narration.least_us())
    (voice,) = narration.voices(play, tempo(play, 2 * S, 4 * S, least_us))
    assert voice.recording.path.name == "02.wav"
    assert [v.film_us for v in narration.voices(play, tempo(play, S, 2 * S, least_us))] == [LEAD_US]


def sound_of(folder: Path, events: list[UnitStruck], hold_us: int = 0, frames: int = 250) -> np.ndarray:
    narration = read_narration(folder, ["Beat 1."])
    play = told((2 * S, hold_us))
    clock = tempo(play, 0, 8 * S, dict(narration.least_us()))
    voices = narration.voices(play, clock)
    return np.concatenate(list(track([Heard(events, clock)], frames, 25, voices))) / 32767


@pytest.mark.parametrize("rate_hz", [RATE_HZ, 44_100, 16_000])
def test_a_voice_begins_at_its_sample_and_sounds_as_recorded(spoken: Spoken, rate_hz: int):
    folder = spoken("01.wav", 1.0, 0.3, rate_hz)
    sound = sound_of(folder, [])
    assert measure(folder / "01.wav").samples == pytest.approx(RATE_HZ, abs=2)
    start = (2 * S + LEAD_US) * RATE_HZ // S
    assert not sound[:start].any()
    assert not sound[start + RATE_HZ + 16 :].any()
    said = sound[start : start + RATE_HZ]
    assert np.sqrt(np.square(said).mean()) == pytest.approx(LOUDNESS, rel=0.01)
    expected = tone(1.0, LOUDNESS * 2**0.5)[:, None] / 32767
    assert np.abs(said - expected)[100:-100].max() < 0.005


def test_a_voice_is_heard_in_the_file_when_the_script_says_so(spoken: Spoken, tmp_path: Path):
    """Two scenarios in one film, a recording for the last beat: of the second."""
    short = tmp_path / "short.yaml"
    short.write_text(
        "title: Short\ndescription: A second.\nduration: 1s\ntraffic: {rate: 50/s}\n"
        "tiers: {firewall: {sync: {interval: 300ms}, heartbeat: {interval: 100ms}}}\n"
        "events:\n  - {at: 500ms, fault: lightning, target: firewall.primary}\n"
    )
    target, script = tmp_path / "short.mp4", tmp_path / "short.script.txt"
    command = ["film", str(short), str(short), "-o", str(target), "--size", "160x90", "--fps", "2"]
    assert run_command_line([*command, "--with", "script"]) == 0
    number = re.findall(r"(?m)^(\d\d)  \d", script.read_text())[-1]
    (tmp_path / "voices").mkdir()
    spoken(f"voices/{number}.wav", 12.0)
    narrated = [*command, "--with", "script", "--force", "--narration", str(tmp_path / "voices")]
    assert run_command_line(narrated) == 0
    told = re.search(rf"(?m)^{number}  (\d+):(\d\d)  ([0-9.]+) s$", script.read_text())
    assert told is not None
    minutes, seconds, lasts = told.groups()
    assert float(lasts) >= 12 + (LEAD_US + PAUSE_US) / S - 0.1
    length = samples_in(_frames(target), 2)
    sound = Reader(target).read(length + RATE_HZ)
    assert not sound[length + 1024 :].any()
    pitch = np.abs(np.fft.rfft(sound[: length // 4800 * 4800, 0].reshape(-1, 4800)))
    said = np.flatnonzero(pitch[:, PITCH_HZ // 10] > 100) / 10
    begins_s = int(minutes) * 60 + int(seconds) + LEAD_US / S
    assert begins_s - 0.1 <= said[0] <= begins_s + 1.1  # the script gives whole seconds
    assert said[-1] - said[0] == pytest.approx(12, abs=0.2)
    assert len(said) == pytest.approx(120, abs=2)


def _frames(path: Path) -> int:
    with av.open(str(path)) as video:
        return sum(1 for _ in video.decode(video=0))


def test_the_same_recordings_make_the_same_bytes(spoken: Spoken):
    folder = spoken("01.wav", 1.0, 0.2, 44_100)
    assert sound_of(folder, []).tobytes() == sound_of(folder, []).tobytes()


@pytest.mark.parametrize(("level", "loudness"), [(0.05, LOUDNESS), (0.9, LOUDNESS), (0.01, 0.05)])
def test_quiet_and_loud_recordings_are_equally_loud(spoken: Spoken, level: float, loudness: float):
    path = spoken("01.wav", 0.5, level) / "01.wav"
    sound = Reader(path).read(RATE_HZ // 2) * measure(path).gain
    assert np.sqrt(np.square(sound).mean()) == pytest.approx(loudness, rel=0.01)  # at most ten times louder


def test_pauses_do_not_make_a_voice_louder_and_peaks_do_not_clip(tmp_path: Path):
    def levelled(samples: Samples) -> np.ndarray:
        path = tmp_path / "1.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples.tobytes())
        return Reader(path).read(len(samples)) * measure(path).gain

    said, pause = tone(1.0, 0.2), np.zeros(9 * RATE_HZ, np.int16)
    assert np.array_equal(levelled(np.concatenate([said, pause]))[:RATE_HZ], levelled(said))
    assert not levelled(pause).any()
    cracked = tone(1.0, 0.02)
    cracked[RATE_HZ // 2] = 32767
    assert np.abs(levelled(cracked)).max() == pytest.approx(LOUDEST, rel=0.01)


def test_thunder_steps_back_behind_a_voice_and_comes_back(spoken: Spoken):
    folder = spoken("01.wav", 2.0, 0.0)  # a silent voice: what is left is the thunder behind it
    at_us = [S // 2, 2 * S, 4 * S]
    with_voice = sound_of(folder, [UnitStruck(each, "lightning", 0, 0) for each in at_us])
    start = (2 * S + LEAD_US) * RATE_HZ // S
    end = start + 2 * RATE_HZ
    play = told((2 * S, 0))
    clock = tempo(play, 0, 8 * S)
    events = [UnitStruck(each, "lightning", 0, 0) for each in at_us]
    alone = np.concatenate(list(track([Heard(events, clock)], 250, 25))) / 32767
    assert len(alone) == len(with_voice)
    gain = np.ones(len(alone))
    heard = np.abs(alone[:, 0]) > 0.02
    gain[heard] = with_voice[heard, 0] / alone[heard, 0]
    assert gain[: start - STEP_BACK] == pytest.approx(1, abs=0.01)
    assert gain[start:end][heard[start:end]] == pytest.approx(UNDER_VOICE, abs=0.01)
    assert gain[end + COME_BACK :] == pytest.approx(1, abs=0.01)
    assert np.abs(np.diff(np.flatnonzero(heard))).min() == 1
    steps = np.abs(np.diff(gain))[heard[1:] & heard[:-1]]
    assert steps.max() < 0.01


def test_between_two_voices_that_are_close_the_other_sounds_stay_back():
    wave = np.ones((3 * RATE_HZ, 2))
    voices = [(RATE_HZ, 4800), (RATE_HZ + 2 * 4800, 4800)]
    gain = ducked(wave, 0, voices)[:, 0]
    assert gain[RATE_HZ : RATE_HZ + 4800] == pytest.approx(UNDER_VOICE)
    assert gain[RATE_HZ + 2 * 4800 :][:4800] == pytest.approx(UNDER_VOICE)
    assert gain[RATE_HZ : RATE_HZ + 3 * 4800].max() < 0.5
    assert np.abs(np.diff(gain)).max() < 0.001
    assert gain[0] == gain[-1] == 1


@pytest.mark.parametrize(
    ("name", "codec", "layout"),
    [
        ("1.flac", "flac", "stereo"),
        ("1.mp3", "libmp3lame", "mono"),
        ("1.ogg", "libopus", "stereo"),
        ("1.m4a", "aac", "mono"),
        ("1.mkv", "pcm_s16le", "5.1"),
    ],
)
def test_any_format_is_taken(tmp_path: Path, name: str, codec: str, layout: str):
    channels = av.AudioLayout(layout).nb_channels
    samples = np.repeat(tone(1.0, 0.3)[:, None], channels, axis=1).reshape(1, -1)
    with av.open(str(tmp_path / name), "w") as container:
        stream = container.add_stream(codec, rate=RATE_HZ, layout=layout)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout=layout)
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    recording = measure(tmp_path / name)
    assert recording.samples == pytest.approx(RATE_HZ, abs=2400)
    sound = Reader(tmp_path / name).read(RATE_HZ) * recording.gain
    power = np.abs(np.fft.rfft(sound[4800:43_200, 0]))
    assert np.argmax(power) * RATE_HZ / 38_400 == pytest.approx(PITCH_HZ, abs=2)
    assert np.sqrt(np.square(sound[4800:43_200]).mean()) == pytest.approx(LOUDNESS, rel=0.1)


def test_what_is_no_number_in_a_recording_is_silence(tmp_path: Path):
    samples = np.full((1, 9600), np.nan, np.float32)
    samples[0, :4800] = np.inf
    with av.open(str(tmp_path / "1.wav"), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=RATE_HZ, layout="mono")
        frame = av.AudioFrame.from_ndarray(samples, format="flt", layout="mono")
        frame.sample_rate = RATE_HZ
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    sound = sound_of(tmp_path, [])
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() <= 1


def test_a_title_in_the_letters_of_another_machine_does_no_harm(spoken: Spoken):
    path = spoken("01.wav") / "01.wav"
    samples = measure(path).samples
    tag = b"INFOINAM" + (4).to_bytes(4, "little") + "Lüge".encode("latin-1")
    content = path.read_bytes() + b"LIST" + len(tag).to_bytes(4, "little") + tag
    path.write_bytes(content[:4] + (len(content) - 8).to_bytes(4, "little") + content[8:])
    assert measure(path).samples == samples


def test_a_recording_that_goes_away_while_it_is_mixed_is_one_line(spoken: Spoken):
    folder = spoken("01.wav")
    narration = read_narration(folder, ["Beat 1."])
    play = told((S, 0))
    clock = tempo(play, 0, 2 * S)
    (folder / "01.wav").unlink()
    with pytest.raises(FilmError, match=r"01\.wav: cannot be read as a recording \(No such file"):
        list(track([Heard([], clock)], 50, 25, narration.voices(play, clock)))


def test_no_such_folder_is_one_line(tmp_path: Path):
    folder = tmp_path / "voice"
    assert line_of(folder) == f"{folder}: there is no such folder of recordings; check the path"


def test_a_file_instead_of_a_folder_is_one_line(spoken: Spoken):
    path = spoken("01.wav") / "01.wav"
    assert line_of(path) == f"{path}: this is no folder; name the folder that the recordings are in"


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_without_rights_is_one_line(tmp_path: Path):
    tmp_path.chmod(0)
    line = line_of(tmp_path)
    tmp_path.chmod(0o700)
    assert line == f"{tmp_path}: Permission denied; check the path and its rights"


@pytest.mark.parametrize("other", [None, "script.md", ".DS_Store"])
def test_a_folder_without_recordings_is_one_line(tmp_path: Path, other: str | None):
    if other:
        (tmp_path / other).write_text("words")
    assert line_of(tmp_path) == (
        f"{tmp_path}: no recording is in it; name each by the number of its beat, such as 01.wav"
    )


@pytest.mark.parametrize("content", [b"", b"no sound at all, only words\n" * 40])
def test_a_file_that_cannot_be_decoded_is_one_line(tmp_path: Path, content: bytes):
    path = tmp_path / "02.wav"
    path.write_bytes(content)
    line = line_of(tmp_path)
    assert line.startswith(f"{path}: cannot be read as a recording (Invalid data found")
    assert line.endswith("); save it as WAV, or take it away")
    assert "\n" not in line


def test_a_file_without_sound_is_one_line(tmp_path: Path):
    path = tmp_path / "02.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.width = stream.height = 16
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8))))
        container.mux(stream.encode(None))
    assert line_of(tmp_path) == f"{path}: there is no sound in it; record it again, or take the file away"


@pytest.mark.parametrize("name", ["0.wav", "4.wav", "99999999999999999999999999.wav"])
def test_a_number_that_no_beat_has_is_one_line(spoken: Spoken, name: str):
    folder, number = spoken(name), name.removesuffix(".wav")
    assert line_of(folder) == (
        f"{folder}: there is no beat {number} in this film for {name}; its beats are 1 to 3"
    )


def test_recordings_for_a_film_that_tells_nothing_are_one_line(spoken: Spoken):
    folder = spoken("01.wav")
    assert line_of(folder, 0) == (
        f"{folder}: there is no beat 1 in this film for 01.wav; nothing is told in it"
    )


def test_two_files_for_one_beat_are_one_line(spoken: Spoken):
    spoken("01.wav")
    folder = spoken("1-again.wav")
    assert line_of(folder) == (
        f"{folder}: 01.wav and 1-again.wav are for the same beat 1; leave one of them there"
    )


def test_all_that_is_wrong_is_said_at_once(spoken: Spoken):
    spoken("01.wav")
    spoken("1-again.wav")
    folder = spoken("7.wav")
    (folder / "02.wav").write_text("words")
    lines = line_of(folder).splitlines()
    assert len(lines) == 3
    assert [word in line for word, line in zip(("same beat 1", "no beat 7", "02.wav"), lines, strict=True)]


def test_beats_without_a_recording_and_files_without_a_number_are_notes(spoken: Spoken):
    spoken("02.wav")
    folder = spoken("intro.wav")
    (folder / ".DS_Store").write_text("x")
    (folder / "old").mkdir()
    narration = read_narration(folder, ["One.", "Two.", "", "Four."])
    assert narration.notes == (
        f"{folder}: left out, because no number of a beat is in front: intro.wav",
        f"{folder}: no recording for beats 1, 4; only the caption is there",
    )
    assert (
        read_narration(folder, ["One.", "Two."])
        .notes[1]
        .endswith("no recording for beat 1; only the caption is there")
    )


def test_a_silent_beat_needs_no_recording_and_may_have_one(spoken: Spoken):
    assert read_narration(spoken("02.wav"), ["", ""]).notes == ()
    assert Narration({}).notes == ()
