"""An instant in an author's words: what it means, and what is said of one that means nothing."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property.profile import examples

from visualizer.scenario import load
from visualizer.script.anchors import ORDERS, anchor_of
from visualizer.script.moments import MOMENTS, fits
from visualizer.script.script import Anchor, TierSpot
from visualizer.script.spots import parts
from visualizer.script.wrong import WrongValueError
from visualizer.sim.command import FeedTarget, LinkTarget, SiteTarget, UnitTarget

PARTS = parts(load("dublin-2011").setup)
LIGHTNING = Anchor("lightning", 1)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("start", Anchor("start")),
        ("end", Anchor("end")),
        ("end - 2s", Anchor("end", offset_us=-2_000_000)),
        (0, Anchor("time", time_us=0)),
        ("11s", Anchor("time", time_us=11_000_000)),
        ("1.5 min + 200 ms", Anchor("time", time_us=90_000_000, offset_us=200_000)),
        ("takeover", Anchor("takeover")),
        ("next takeover", Anchor("takeover")),
        ("  first   lightning  ", LIGHTNING),
        ("tenth missed heartbeat", Anchor("missed heartbeat", 10)),
        ("first lightning - 500ms", Anchor("lightning", 1, offset_us=-500_000)),
        ("first lightning -500ms", Anchor("lightning", 1, offset_us=-500_000)),
        ("heartbeat-loss", Anchor("heartbeat-loss")),
        ("last sync before first lightning", Anchor("sync", -1, None, "before", LIGHTNING)),
        # what is added belongs to the whole
        (
            "last sync before first lightning - 200ms",
            Anchor("sync", -1, None, "before", LIGHTNING, offset_us=-200_000),
        ),
        ("second loss after 11s", Anchor("loss", 2, None, "after", Anchor("time", time_us=11_000_000))),
        (
            "sync before first loss after first lightning + 1s",
            Anchor("sync", None, None, "before", Anchor("loss", 1, None, "after", LIGHTNING),
                   offset_us=1_000_000),
        ),
        ("takeover of server", Anchor("takeover", of=TierSpot(0))),
        ("takeover of server.secondary", Anchor("takeover", of=UnitTarget(0, 1))),
        ("first dark of feed.utility", Anchor("dark", 1, FeedTarget(0))),
        ("first host of site.zone", Anchor("host", 1, SiteTarget(0))),
        (
            "last heartbeat of server.heartbeat before loss of server",
            Anchor("heartbeat", -1, LinkTarget(0, 0), "before", Anchor("loss", of=TierSpot(0))),
        ),
    ],
)  # fmt: skip
def test_what_is_meant(said: object, meant: Anchor) -> None:
    assert anchor_of(said, PARTS) == meant


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("", "`` is no instant; say it like 11s, start or first lightning"),
        (7, "`7` is no instant; say it like 11s, start or first lightning"),
        (True, "`True` is no instant; say it like 11s, start or first lightning"),
        ("11", "`11` has no unit; say 11s or 11ms"),
        ("11 sec", "`11 sec` has an unknown unit `sec`; did you mean 11s?"),
        ("25h", "`25h` is too long; say 24h or less"),
        ("3rd sync", "`3rd sync` is not a duration; say it like 3s, 200ms or 1.5min"),
        ("first", "there is no moment behind `first`; say it like first lightning"),
        ("first lightnin", "there is no moment `lightnin`; did you mean `lightning`?"),
        ("first take over", "there is no moment `take over`; did you mean `takeover`?"),
        ("first start", "there is only one start; say `start` alone"),
        ("First lightning", "there is no moment `First lightning`; did you mean `lightning`?"),
        ("lightning of", "nothing stands behind `of`; say a tier, a unit, a cable, a site or a feed"),
        ("lightning of serve", "there is no `serve` here; did you mean `server`?"),
        ("loss of server.primary", "`loss` does not happen to `server.primary`; say a tier there"),
        ("outage of server", "`outage` does not happen to `server`; take it away"),
        ("dark of server", "`dark` does not happen to `server`; say a feed or a site there"),
        ("before 3s", "`before` needs a moment in front of it; say it like last sync before 11s"),
        ("start after 3s", "`after` needs a moment in front of it; say it like last sync after 11s"),
        ("takeover before", "nothing stands behind `before`; say an instant there"),
        ("end + 3", "`3` has no unit; say 3s or 3ms"),
        ("end - 1s - 2s", "`1s - 2s` is not a duration; say it like 3s, 200ms or 1.5min"),
        ("a " * 101, "the instant has more than 200 characters; say it in fewer words"),
    ],
)
def test_what_means_nothing(said: object, message: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        anchor_of(said, PARTS)
    assert str(caught.value) == message


def test_an_unknown_moment_far_from_all_gets_the_list() -> None:
    with pytest.raises(WrongValueError) as caught:
        anchor_of("first xyzzy", PARTS)
    assert caught.value.todo.startswith("the moments are: lightning, host, ")


@st.composite
def written(draw: st.DrawFn, depth: int = 2) -> tuple[str, Anchor]:
    """Words and what they mean, made together. Only the whole may end in an offset."""
    if draw(st.integers(0, 4)) == 0:
        plain = {"start": Anchor("start"), "end": Anchor("end"), "750ms": Anchor("time", time_us=750_000)}
        word = draw(st.sampled_from(sorted(plain)))
        return word, plain[word]
    name = draw(st.sampled_from(sorted(MOMENTS)))
    order = draw(st.sampled_from(["", *ORDERS]))
    part = draw(st.sampled_from(["", *(one for one in PARTS if fits(MOMENTS[name], PARTS[one]))]))
    words = " ".join(filter(None, (order, name, part and f"of {part}")))
    anchor = Anchor(name, ORDERS.get(order), PARTS[part] if part else None)
    if not depth or draw(st.booleans()):
        return words, anchor
    relation = draw(st.sampled_from(["before", "after"]))
    inner_words, inner = draw(written(depth - 1))
    return f"{words} {relation} {inner_words}", Anchor(name, anchor.which, anchor.of, relation, inner)


@examples(100)
@given(written())
def test_all_that_can_be_said_is_understood(pair: tuple[str, Anchor]) -> None:
    words, meant = pair
    assert anchor_of(words, PARTS) == meant


@examples(100)
@given(st.text(max_size=40))
def test_whatever_is_written_is_understood_or_refused(text: str) -> None:
    with suppress(WrongValueError):
        assert isinstance(anchor_of(text, PARTS), Anchor)
