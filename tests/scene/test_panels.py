"""The ledger and the timeline: numbers as the books have them, and a curve that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scene.picture import LIGHTNING, article, scene_at, tiers
from scene.test_layout import box_of, inside, texts

from visualizer.language import thousands
from visualizer.ledger import account
from visualizer.scene.frame import FrameSource, frame
from visualizer.scene.layout import layout
from visualizer.scene.lettering import ELLIPSIS, text_width, wrapped
from visualizer.scene.look import KnobLook, Knobs, Look
from visualizer.scene.losses import LostList, LostRow
from visualizer.scene.primitives import Area, Disc, Path, Rectangle, Scene, Text
from visualizer.scene.view import view
from visualizer.scene.wording import clock, duration, sessions, short_speed
from visualizer.sim.command import LinkTarget, Strike, UnitTarget
from visualizer.sim.setup import LinkSetup, Rate, SyncSetup, TrafficSetup
from visualizer.timeline.run import Run

LOOK = Look(1600, 900)
CUT = Strike(2_500_000, "cut", LinkTarget(0, 0))


def words(scene: Scene) -> list[str]:
    return [item.content for item in (*scene.still, *scene.moving) if isinstance(item, Text)]


def value_of(scene: Scene, label: str) -> str:
    """The text on the right end of a row of the ledger."""
    found = [item for item in scene.moving if isinstance(item, Text)]
    row = next(item for item in found if item.content == label)
    return next(i.content for i in found if i.y == row.y and i.anchor == "right" and i.x > row.x)


def test_the_ledger_of_the_article() -> None:
    scene = scene_at(article(LIGHTNING), 14, LOOK)
    assert {"19", "sessions", "of 110 open when it struck", "Not a stateful failover"} <= set(words(scene))
    assert value_of(scene, "opened since the last sync") == "19"
    assert value_of(scene, "requests that met nobody") == "20"
    assert value_of(scene, "No service for") == "2.00 s"
    assert value_of(scene, "Achieved RPO") == value_of(scene, "Achieved RTO") == "2.00 s"
    assert value_of(scene, "Sync every") == "3 s"
    assert value_of(scene, "Misses to declare dead") == "3"


def test_the_clocks_of_a_column_are_those_of_the_unit_that_failed() -> None:
    """Three tiers, copies every 3 s: the struck one was last copied at 9 s, the last one at 10 s."""
    setup = replace(tiers(3, LIGHTNING), path="parallel")
    late = replace(setup.tiers[2], sync=replace(setup.tiers[2].sync, phase_us=1_000_000))
    scene = scene_at(setup.with_tier(2, late), 14, LOOK)
    assert value_of(scene, "Achieved RPO") == "2.00 s"
    assert "SETTINGS · FIREWALL" in [text.upper() for text in words(scene)]


def test_the_part_of_how_many_is_never_cut() -> None:
    """In a small window beside a large number the words say less."""
    many = replace(article(LIGHTNING), traffic=TrafficSetup("fixed", Rate(300)))
    large, small = (scene_at(many, 14, Look(*size)) for size in ((1920, 1080), (960, 540)))
    assert f"of {thousands(3300)} open when it struck" in words(large)
    found = next(item for item in small.moving if isinstance(item, Text) and item.content.startswith("of "))
    assert found.content == f"of {thousands(3300)} open"
    assert inside(box_of(found), layout(Look(960, 540), 1).ledger)


def test_the_verdict_waits_for_a_failover() -> None:
    assert "No loss so far" in words(scene_at(article(LIGHTNING), 10.9, LOOK))
    just_copied = Strike(9_000_001, "lightning", UnitTarget(0, 0))
    assert "Stateful so far" in words(scene_at(article(just_copied), 13, LOOK))


def test_causes_follow_from_how_state_is_copied() -> None:
    setup = article(LIGHTNING)
    never = setup.with_tier(0, replace(setup.tiers[0], sync=SyncSetup("none")))
    scene = scene_at(never, 12, LOOK)
    assert value_of(scene, "never copied") == "110"
    assert "opened since the last sync" not in words(scene)


def test_what_is_in_doubt_is_shown_only_when_there_is_some() -> None:
    setup = article(LIGHTNING)
    streaming = replace(
        setup.with_tier(0, replace(setup.tiers[0], sync=SyncSetup("streaming"))),
        traffic=TrafficSetup("fixed", Rate(10), response_us=300_000),
    )
    assert "applied, never confirmed" not in words(scene_at(streaming, 10, LOOK))
    scene, run = scene_at(streaming, 12, LOOK), Run(streaming)
    assert value_of(scene, "applied, never confirmed") == str(account(run.seek(12_000_000)).in_doubt)


def test_what_waits_for_a_standby_that_is_away_is_counted_and_told() -> None:
    """Not with the standby, not lost: ten a second, from a cut at 2.5 s to the look at 9 s."""
    setup = article(CUT)
    two = (LinkSetup("sync"), LinkSetup("heartbeat"))
    apart = replace(
        setup.tiers[0],
        sync=SyncSetup("synchronous"),
        links=two,
        heartbeat=replace(setup.tiers[0].heartbeat, link=1),
    )
    scene = scene_at(setup.with_tier(0, apart), 9, LOOK)
    assert value_of(scene, "not confirmed yet") == "66"
    assert {"91 sessions", "25 sessions"} <= set(words(scene))
    assert scene.caption == (
        "The standby does not answer: nothing asked since 2.5 s is confirmed to clients."
    )
    assert "not confirmed yet" not in words(scene_at(article(), 9, LOOK))


def test_a_long_link_latency_is_shown_for_both_cables() -> None:
    setup = tiers(1)
    assert value_of(scene_at(setup, 3, LOOK), "Link latency") == "20 ms / 300 ms"
    one = setup.with_tier(0, replace(setup.tiers[0], links=(LinkSetup("a", 5000), LinkSetup("b", 5000))))
    assert value_of(scene_at(one, 3, LOOK), "Link latency") == "5 ms"


def heights(scene: Scene) -> list[float]:
    """Of the corners of the sawtooth, 0 at the foot and 1 at the top."""
    plot = layout(LOOK, 1).plot
    top, height = plot.y, plot.height
    lines = [
        i for i in (*scene.still, *scene.moving) if isinstance(i, Path) and i.stroke == "sync" and i.dash
    ]
    return [1 - (y - top) / height for line in lines if line.width == 1.5 for _, y in line.points]


@pytest.mark.parametrize("commands", [(LIGHTNING,), (CUT,), ()], ids=["struck", "split", "quiet"])
def test_the_curve_stays_readable_when_there_is_no_second_copy(commands: tuple[Strike, ...]) -> None:
    """161 sessions are exposed in the end, 30 before each copy: the scale is that of the teeth."""
    scene = scene_at(article(*commands), 5, LOOK)
    assert max(heights(scene)) == pytest.approx(1)
    assert min(heights(scene)) == pytest.approx(0, abs=0.05)
    assert ("no second copy: all of them" in words(scene)) == bool(commands)


def test_past_is_filled_and_future_is_not() -> None:
    scene = scene_at(article(LIGHTNING), 5, LOOK)
    box = scene.targets["timeline"]
    now_x = box.x + box.width / 4
    areas = [item for item in scene.moving if isinstance(item, Area) and item.fade]
    assert max(x for area in areas for x, _ in area.points) == pytest.approx(now_x)
    handle = [i for i in scene.moving if isinstance(i, Disc) and i.fill == "knob"]
    assert [disc.x for disc in handle] == [pytest.approx(now_x)]


def test_the_outage_and_what_is_due_are_marked() -> None:
    before, after = (scene_at(article(LIGHTNING), at_s, LOOK) for at_s in (5, 14))
    box = before.targets["timeline"]
    [outage] = [i for i in before.still if isinstance(i, Rectangle) and i.fill == "outage"]
    assert outage.x == pytest.approx(box.x + box.width * 11 / 20)
    assert outage.width == pytest.approx(box.width / 10)
    assert "takeover due 13 s" in words(before)
    assert "takeover 13 s" in words(after)


def test_an_act_changes_the_future_of_the_same_source() -> None:
    run = Run(article())
    source = FrameSource(run)
    run.seek(5_000_000)
    quiet = frame(run, source)
    assert source.frame().history is quiet.history
    run.act(Strike(5_000_000, "lightning", UnitTarget(0, 0)))
    struck = frame(run, source)
    assert not quiet.history.outages
    assert struck.history.outages == ((5_000_000, 7_000_000),)
    run.undo()
    assert not frame(run, source).history.outages
    assert run.now_us == 5_000_000


def test_numbers_and_times_read_well() -> None:
    assert sessions(1) == "1 session"
    assert sessions(1204) == "1\u2009204 sessions"
    assert clock(69_200_000) == "01:09.20"
    assert [duration(us) for us in (0, 80, 20_000, 2_500_000, 3_000_000)] == [
        "0 s",
        "80 us",
        "20 ms",
        "2.5 s",
        "3 s",
    ]
    assert [short_speed(times) for times in (0.001, 0.25, 1.0, 64.0)] == ["1/1000", "1/4", "1×", "64×"]


def test_wrapping_breaks_between_words_and_keeps_them_all() -> None:
    text = "Two heartbeats missed. The secondary must miss a third before it dares take over."
    lines = wrapped(text, 20, 300, 9)
    assert " ".join(lines) == text
    assert all(text_width(line, 20) <= 300 for line in lines)
    assert len(wrapped(text, 20, 300, 2)) == 2
    assert ELLIPSIS not in text


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_line_of_the_list_of_losses_is_not_cut(size: tuple[int, int]) -> None:
    row = LostRow("before the start", "session 89", "no unit left that had it", "struck")
    scene = scene_at(article(LIGHTNING), 14, Look(*size, losses=LostList("everything", 1, 0, (row,), 0)))
    said = next(t for t in texts(scene) if t.content.startswith("accepted"))
    assert said.content == "accepted before the start"
    assert said.max_width is not None
    assert text_width(said.content, said.size, said.weight) <= said.max_width


def test_what_the_scenario_tells_is_marked_as_its_story_once_somebody_acts() -> None:
    setup = replace(article(LIGHTNING), description="Struck at 11 s.")
    run = Run(setup)
    run.seek(5_000_000)
    assert "Struck at 11 s." in words(view(frame(run), LOOK))
    turned = KnobLook("knob:sync", "Sync every", "5 s", 0.5, changed=True)
    assert "As written: Struck at 11 s." in words(view(frame(run), replace(LOOK, knobs=Knobs(0, (turned,)))))
    run.act(Strike(5_000_000, "lightning", UnitTarget(0, 0)))
    assert "As written: Struck at 11 s." in words(view(frame(run), LOOK))
