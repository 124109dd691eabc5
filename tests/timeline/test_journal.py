"""The journal's text: what is written step by step is what is read, and a cut anywhere is no harm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.timeline import journal
from visualizer.timeline.journal import Played

FIRST = Played("The miss", "article", "/a/b.yaml", "title: The miss\n", ("seed=1",), ("power:x@1s",))
HEAD = journal.head("0.1.0")


def write(*states: Played) -> str:
    """The journal of somebody whose run was each of these in turn."""
    text, before = HEAD, None
    for state in states:
        text += journal.lines(before, state)
        before = state
    return text


def acts(*names: str) -> Played:
    return replace(FIRST, acts=names)


def test_what_was_done_is_read_back_and_what_was_undone_is_not() -> None:
    text = write(FIRST, acts("a"), acts("a", "b"), acts("a"), acts("a", "c"), acts("a", "c", "d"))
    assert journal.read(text.encode()) == acts("a", "c", "d")
    assert write(acts("a"), acts("a")) == write(acts("a"))


def test_another_scenario_begins_anew_and_a_turned_knob_keeps_the_acts() -> None:
    other = replace(FIRST, text="title: Ünother\n", path=None, faults=())
    assert journal.read(write(acts("a"), other).encode()) == other
    turned = replace(acts("a"), overrides=("seed=2",))
    assert journal.read(write(acts("a"), turned).encode()) == replace(turned, turned=True)
    assert write(acts("a"), turned).count("The miss") == write(acts("a")).count("The miss")


def test_something_was_done_when_there_are_acts_or_a_knob_was_turned() -> None:
    assert not journal.read(write(FIRST).encode()).is_something
    assert journal.read(write(acts("a")).encode()).is_something
    assert journal.read(write(FIRST, replace(FIRST, overrides=())).encode()).is_something
    assert not journal.read(write(acts("a"), FIRST).encode()).is_something


STATES = st.builds(
    Played,
    st.sampled_from(["one", "two"]),
    st.just("name"),
    st.sampled_from([None, "/x/y.yaml"]),
    st.sampled_from(["a: 1\n", "ü: \u2028\n"]),
    st.lists(st.sampled_from(["p=1", "q=2"]), max_size=2).map(tuple),
    st.just(()),
    st.lists(st.sampled_from(["a", "b", "ß\n"]), max_size=4).map(tuple),
)


@given(st.lists(STATES, min_size=1, max_size=6), st.integers(0, 10_000))
def test_a_cut_anywhere_leaves_what_stands_before_it(states: list[Played], where: int) -> None:
    """Every state that was whole on the disk at the cut, or one on the way from it to the next."""
    whole = write(*states).encode()
    assert replace(journal.read(whole), turned=False) == states[-1]
    cut = whole[: where % (len(whole) + 1)]
    read = journal.read(cut)
    lines = cut.count(b"\n")
    assert read == journal.read(b"\n".join(whole.split(b"\n")[:lines]) + b"\n")
    assert (read is None) == (lines < 2)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_byte_ends_it_there(where: int, difference: int) -> None:
    whole = bytearray(write(acts("a"), acts("a", "b")).encode())
    place = where % len(whole)
    whole[place] ^= difference
    read = journal.read(bytes(whole))
    line = bytes(whole[:place]).count(b"\n")
    lines = write(acts("a"), acts("a", "b")).encode().splitlines(keepends=True)
    assert read == journal.read(b"".join(lines[:line]))


@pytest.mark.parametrize("content", [b"", b"\n", b"hello\n", b"00000000 []\n", HEAD.encode()[:-1]])
def test_no_journal_is_none(content: bytes) -> None:
    assert journal.read(content) is None


def test_a_newer_format_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "VERSION", journal.VERSION + 1)
    newer = journal.head("9.0.0") + journal.lines(None, acts("a"))
    monkeypatch.undo()
    assert journal.read(newer.encode()) is None
    assert journal.read(write(acts("a")).encode()) == acts("a")
