"""Sentences with figures in them: what is filled in, how it is written, and what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples

from visualizer.scenario import load
from visualizer.script.figures import FIGURES
from visualizer.script.finding import Finder
from visualizer.script.quantities import Quantity, Telling, quantity_of, text_of
from visualizer.script.script import Anchor, TierSpot
from visualizer.script.spots import parts
from visualizer.script.templates import fill, template_of
from visualizer.script.wrong import WrongValueError
from visualizer.sim.command import UnitTarget
from visualizer.timeline import Run

ONE = parts(load("article").setup)
SEVERAL = parts(load("parallel").setup)


def telling(name: str, *overrides: str) -> Telling:
    setup = load(name, overrides=overrides).setup
    run = Run(setup)
    run.compute(setup.duration_us)
    return Telling(Finder(run.events, setup), run.state_at)


ARTICLE = telling("article")


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("Nothing to fill.", "Nothing to fill."),
        ("", ""),
        ("{open} open, {exposed} of them here only.", "106 open, 14 of them here only."),
        ("It is {now}; the copy is of {last sync}.", "It is 10.5 s; the copy is of 9.0 s."),
        ("{lost at first takeover} will be lost.", "19 will be lost."),
        ("{ lost  at  end|session is|sessions are } lost.", "19 sessions are lost."),
        ("{takeovers at end|takeover|takeovers}, {takeovers|takeover|takeovers}", "1 takeover, 0 takeovers"),
        ("{held of firewall.primary} and {held of firewall.secondary}", "106 and 91"),
        ("{exposed of firewall at last sync before first lightning}", "29"),
        ("{outage at end} after {rto at end}, {rpo at first lightning}", "2 s after 2 s, 2 s"),
        ("{rpo} and {lost at second takeover}", "none and none"),
        ("{{{misses}}} of {{all}}", "{3} of {all}"),
        ("{since sync}", "1.5 s"),
    ],
)
def test_a_sentence_is_filled(template: str, filled: str) -> None:
    template_of(template, ONE)
    assert fill(template, ARTICLE, 10_500_000) == filled


def test_the_next_moment_is_that_after_the_beat() -> None:
    assert [fill("{now at next sync}", ARTICLE, at_us) for at_us in (0, 3_000_001, 9_500_000)] == [
        "3.0 s",
        "6.0 s",
        "none",
    ]


def test_a_sentence_stays_true_when_a_parameter_is_changed() -> None:
    five = telling("article", "tiers.firewall.sync.interval=5s", "traffic.rate=100/s")
    said = "Copied every {sync interval}: {lost at end|session|sessions} lost."
    assert fill(said, ARTICLE, 0) == "Copied every 3 s: 19 sessions lost."
    assert fill(said, five, 0) == "Copied every 5 s: 99 sessions lost."
    ten = telling("article", "traffic.rate=1000/s")
    assert fill("{open at first lightning - 1us}", ten, 0) == "11\u2009000"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{", "a `{` stands alone; write {{ or }} if you mean the sign itself"),
        ("lost}", "a `}` stands alone; write {{ or }} if you mean the sign itself"),
        ("{lost {open}}", "a `{` stands alone; write {{ or }} if you mean the sign itself"),
        ("{}", "there is nothing between the braces; say a figure, like {lost}"),
        ("{los}", "there is no figure `los`; did you mean `lost`?"),
        ("{lst of firewall}", "there is no figure `lst`; did you mean `lost`?"),
        ("{lost of firewal}", "there is no `firewal` here; did you mean `firewall`?"),
        ("{lost of}", "nothing stands behind `of`; say a tier there"),
        ("{lost of firewall.primary}", "`lost` cannot be had `of firewall.primary`; say a tier there"),
        ("{held of firewall.sync}", "`held` cannot be had `of firewall.sync`; say a tier or a unit there"),
        ("{latency of firewall.primary}",
         "`latency` cannot be had `of firewall.primary`; say a tier or a cable there"),
        ("{open of firewall}", "`open` cannot be had `of firewall`; take it away"),
        ("{lost now}", "`now` cannot stand behind `lost`; say `of` or `at` there"),
        ("{lost at}", "nothing stands behind `at`; say an instant there"),
        ("{lost at first lightnin}", "there is no moment `lightnin`; did you mean `lightning`?"),
        ("{lost|a}", "`{lost|a}` has only one word; say one and several, like {lost|session|sessions}"),
        ("{lost|a||}", "`{lost|a||}` has too many words; say one and several, like {lost|session|sessions}"),
        ("{outage|a|b}", "`outage` is no count; take the words behind the bars away"),
    ],
)  # fmt: skip
def test_what_cannot_be_filled(template: str, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        template_of(template, ONE)
    assert str(caught.value) == message


def test_with_several_tiers_one_must_be_said() -> None:
    with pytest.raises(WrongValueError) as caught:
        quantity_of("sync interval", SEVERAL)
    assert str(caught.value) == ("`sync interval` is of one tier; say `sync interval of firewall`")
    assert quantity_of("sync interval of firewall", SEVERAL) == Quantity("sync interval", TierSpot(0))
    assert quantity_of("sync interval", ONE) == Quantity("sync interval")


def test_the_longest_name_is_meant() -> None:
    assert quantity_of("lost transactions of firewall", ONE) == Quantity("lost transactions", TierSpot(0))
    assert quantity_of("at stake at end", ONE) == Quantity("at stake", None, Anchor("end"))
    assert quantity_of("open when struck at last loss of firewall", ONE) == Quantity(
        "open when struck", None, Anchor("loss", -1, TierSpot(0))
    )
    assert quantity_of("held of firewall.primary at end", ONE) == Quantity(
        "held", UnitTarget(0, 0), Anchor("end")
    )


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_can_be_named(figure: str) -> None:
    assert quantity_of(f"{figure} at end", ONE) == Quantity(figure, None, Anchor("end"))
    assert fill(f"{{{figure} at end}}", ARTICLE, 0)


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (0, "count", "0"),
        (999, "count", "999"),
        (1_204, "count", "1\u2009204"),
        (1_234_567, "count", "1\u2009234\u2009567"),
        (None, "count", "none"),
        (0, "time", "0 s"),
        (80, "time", "80 µs"),
        (1_500, "time", "1.5 ms"),
        (250_000, "time", "250 ms"),
        (33_333, "time", "33.3 ms"),
        (666_667, "time", "667 ms"),
        (999_600, "time", "1 s"),
        (1_900_000, "time", "1.9 s"),
        (2_333_333, "time", "2.33 s"),
        (120_000_000, "time", "120 s"),
        (599_999_999, "time", "10 min"),
        (600_000_000, "time", "10 min"),
        (2_174_000_000, "time", "36 min 14 s"),
        (None, "time", "none"),
        (9_000_000, "instant", "9.0 s"),
        (9_250_000, "instant", "9.25 s"),
        (10_999_999, "instant", "11.0 s"),
        (2_174_000_000, "instant", "36 min 14 s"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_read_them(amount: int | None, unit: str, text: str) -> None:
    assert text_of(amount, unit) == text  # type: ignore[arg-type]


@examples(100)
@given(st.integers(0, 86_400_000_000))
def test_a_time_is_never_far_from_what_it_says(time_us: int) -> None:
    units = {"min": 60_000_000, "s": 1_000_000, "ms": 1_000, "µs": 1}
    words = text_of(time_us, "time").split()
    said_us = sum(float(words[k]) * units[words[k + 1]] for k in range(0, len(words), 2))
    assert abs(said_us - time_us) <= max(time_us / 100, 5)
    assert not any(word == "60" for word in words[2:])


@examples(100)
@given(st.text(max_size=40))
def test_whatever_is_written_is_filled_or_refused(text: str) -> None:
    try:
        template_of(text, ONE)
    except WrongValueError:
        return
    assert isinstance(fill(text, ARTICLE, 0), str)
